"""What staff can cause to products."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.errors import DocumentInconnu, ReferenceDejaPrise, TropDeDocuments, TypeProduitInconnu
from services.inventory.produit import repository
from services.inventory.produit.models import DocumentProduit, Produit, ProduitFournisseur
from services.inventory.produit.schemas import SaisieProduit
from services.inventory.type_produit import rules as formulaires
from services.inventory.type_produit.models import TypeProduit
from shared.database.transaction import Transaction
from shared.fichiers.reception import Fichier

SIMPLES = (
    *("reference", "designation", "description", "famille", "unite", "nature", "est_stockable", "politique_serie"),
    *("ean", "prix_vente_ht", "taux_tva", "maintenance_requise", "etiquette_requise", "est_actif"),
)


DOCUMENTS_MAX = 40


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
    produit.actions = actions
    produit.caracteristiques = [c.model_dump() for c in saisie.caracteristiques]


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
