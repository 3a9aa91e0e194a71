"""What staff can cause to products."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.inventory.errors import (
    DocumentInconnu,
    KitDansKit,
    KitEnStock,
    ProduitInconnu,
    ReferenceDejaPrise,
    TropDeDocuments,
    TypeProduitInconnu,
)
from services.inventory.produit import repository
from services.inventory.produit.models import DocumentProduit, Produit, ProduitFournisseur
from services.inventory.produit.schemas import SaisieProduit
from services.inventory.type_produit import rules as formulaires
from services.inventory.type_produit.models import TypeProduit
from shared.contracts.commercial import ArticleRetenu
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier

SIMPLES = (
    *("reference", "designation", "description", "famille", "unite", "nature", "est_stockable", "politique_serie"),
    *(
        "ean",
        "prix_vente_ht",
        "taux_tva",
        "deee_ht",
        "copie_privee_ht",
        "maintenance_requise",
        "etiquette_requise",
        "garantie_mois",
        "est_visible_parc",
        "est_actif",
    ),
)


DOCUMENTS_MAX = 40
REFERENCE_MAX = 56  # leaves room for what makes it unique
PAR_DEFAUT: dict[str, Any] = {
    **{"unite": "u", "nature": "bien", "est_stockable": True, "politique_serie": "aucune", "taux_tva": Decimal(20)},
    **{"deee_ht": Decimal(0), "copie_privee_ht": Decimal(0), "maintenance_requise": False},
    **{"garantie_mois": 0, "est_visible_parc": None},
    **{"etiquette_requise": False, "est_actif": True, "actions": [], "caracteristiques": [], "composants": []},
}


async def creer(tx: Transaction, saisie: SaisieProduit) -> Produit:
    """A new product, announced to everybody."""
    produit = Produit(fournisseurs=[], type=None, prix_achat_ht=saisie.prix_achat_ht)
    await _remplir(tx, produit, saisie)
    produit.fournisseurs = _fournisseurs(saisie)
    tx.publish(produit.annoncer())
    tx.add(produit)
    return produit


async def modifier(tx: Transaction, produit_id: UUID, saisie: SaisieProduit, version: int | None) -> Produit:
    """Replace the definition; whoever may not see costs leaves them as they are."""
    produit = await repository.get_for_update(tx, produit_id)
    await tx.expect_version(produit, version)
    await _remplir(tx, produit, saisie)
    if tx.actor.may("couts.voir"):
        produit.prix_achat_ht = saisie.prix_achat_ht
        produit.fournisseurs = _fournisseurs(saisie)
    tx.publish(produit.annoncer())
    return produit


async def retenir(tx: Transaction, fait: ArticleRetenu) -> None:
    """An article quoted from a supplier's catalogue: a new product, or a supplier and its price of one already here."""
    produit = await repository.trouver_for_update(tx, fait.produit_id)
    if produit is None:
        produit = Produit(
            id=fait.produit_id,
            reference=await repository.reference_libre(tx, fait.reference[:REFERENCE_MAX]),
            designation=fait.designation[:200],
            description=fait.marque,
            famille=fait.famille[:60],
            ean=fait.ean,
            prix_achat_ht=fait.prix_achat_ht,
            fournisseurs=[],
            type=None,
            **PAR_DEFAUT,
        )
        tx.add(produit)
    if not produit.acheter_chez(fait.fournisseur_id, fait.reference[:60], fait.prix_achat_ht):
        return
    tx.publish(produit.annoncer())


async def joindre(tx: Transaction, produit_id: UUID, fichier: Fichier) -> None:
    """A file about the product; the same content is kept once."""
    produit = await repository.get_for_update(tx, produit_id)
    connus = (await tx.scalars(select(DocumentProduit).where(DocumentProduit.produit_id == produit.id))).all()
    if any(document.sha256 == fichier.sha256 for document in connus):
        return
    if len(connus) >= DOCUMENTS_MAX:
        raise TropDeDocuments(maximum=DOCUMENTS_MAX)
    tx.add(
        DocumentProduit(
            produit_id=produit.id,
            nom=fichier.nom,
            sha256=fichier.sha256,
            type=fichier.type,
            taille=fichier.taille,
            ajoute_le=tx.now,
            ajoute_par=tx.actor.nom,
        )
    )


async def retirer_document(tx: Transaction, produit_id: UUID, document_id: UUID) -> None:
    """It is no longer of use; the file itself stays in storage."""
    await repository.get_for_update(tx, produit_id)
    choix = select(DocumentProduit).where(DocumentProduit.id == document_id, DocumentProduit.produit_id == produit_id)
    document = (await tx.scalars(choix)).one_or_none()
    if document is None:
        raise DocumentInconnu
    await tx.delete(document)


async def _remplir(tx: Transaction, produit: Produit, saisie: SaisieProduit) -> None:
    if saisie.reference != produit.reference:
        autre = await repository.par_reference(tx, saisie.reference)
        if autre is not None:
            raise ReferenceDejaPrise(reference=saisie.reference, designation=autre.designation)
    actions = [a.model_dump(mode="json") for a in saisie.actions]
    formulaires.verifier_formulaire((), formulaires.actions(actions))
    produit.type = await _type(tx, saisie.type_id)
    produit.type_id = saisie.type_id
    for nom in SIMPLES:
        setattr(produit, nom, getattr(saisie, nom))
    produit.composants = await _composants(tx, produit, saisie)
    produit.actions = actions
    produit.caracteristiques = [c.model_dump() for c in saisie.caracteristiques]


async def _composants(tx: Transaction, produit: Produit, saisie: SaisieProduit) -> list[dict[str, str]]:
    """The parts of a kit: known, simple, none twice; neither itself in stock nor in another kit."""
    quantites: dict[UUID, Decimal] = {}
    for composant in saisie.composants:
        quantites[composant.produit_id] = quantites.get(composant.produit_id, Decimal(0)) + composant.quantite
    if not quantites:
        return []
    connus = await repository.plusieurs(tx, quantites)
    if quantites.keys() - connus.keys():
        raise ProduitInconnu
    for connu in connus.values():
        if connu.composants or connu.id == produit.id:
            raise KitDansKit(designation=connu.designation)
    if produit.id is not None:
        await _verifier_kit(tx, produit)
    return [{"produit_id": str(id_), "quantite": str(quantite)} for id_, quantite in quantites.items()]


async def _verifier_kit(tx: Transaction, produit: Produit) -> None:
    if kits := await repository.kits_avec(tx, produit.id):
        raise KitDansKit(designation=kits[0])
    if await repository.est_en_stock(tx, produit.id):
        raise KitEnStock(designation=produit.designation)


async def _type(tx: Transaction, type_id: UUID | None) -> TypeProduit | None:
    if type_id is None:
        return None
    trouve = await tx.get(TypeProduit, type_id)
    if trouve is None:
        raise TypeProduitInconnu
    return trouve


def _fournisseurs(saisie: SaisieProduit) -> list[ProduitFournisseur]:
    return [
        ProduitFournisseur(
            rang=rang,
            fournisseur_id=f.fournisseur_id,
            reference=f.reference,
            prix_ht=None if f.prix_ht is None else Decimal(f.prix_ht),
        )
        for rang, f in enumerate(saisie.fournisseurs)
    ]
