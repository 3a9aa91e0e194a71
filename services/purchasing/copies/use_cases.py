"""Facts of other services written into the copies; a fact older than the copy changes nothing."""

from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from services.purchasing.copies.models import (
    CopieAgence,
    CopieProduit,
    CopieSociete,
    ReferenceChezFournisseur,
)
from services.purchasing.copies.rules import cle, cle_ean, numero_serie
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.gateway import CompteModifie
from shared.contracts.inventory import NatureStockModifiee, ProduitModifie, SerieSituee, StockChange
from shared.database.copies import keep
from shared.database.rows import Values, put
from shared.database.transaction import Transaction
from shared.kernel.search import texte_recherche
from shared.kernel.text import normaliser_recherche


def place(tx: Transaction) -> int:
    """The place of the fact being handled in its emitter's order; 0 outside a handler."""
    return tx.envelope.seq if tx.envelope else 0


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """A tiers, supplier or not."""
    fiche = fait.fiche
    return {
        "tiers_id": fait.tiers_id,
        "code": fiche.code,
        "nom": fiche.nom,
        "nom_tri": normaliser_recherche(fiche.nom),
        "recherche_texte": texte_recherche(fiche.code, fiche.nom),
        "est_fournisseur": "fournisseur" in fiche.roles,
        "email": fiche.email,
        "telephone": fiche.telephone,
        "tva_intracom": fiche.tva_intracom,
        "siren": fiche.siren,
        "adresse": fiche.adresse.model_dump(mode="json") if fiche.adresse else None,
    }


async def copier_produit(tx: Transaction, fait: ProduitModifie) -> None:
    """A product and its supplier references, replaced together."""
    valeurs = {
        "produit_id": fait.produit_id,
        "reference": fait.reference,
        "reference_cle": cle(fait.reference),
        "designation": fait.designation,
        "recherche_texte": texte_recherche(fait.reference, fait.designation, fait.ean),
        "unite": fait.unite,
        "politique_serie": fait.politique_serie,
        "est_unitaire": fait.est_unitaire,
        "ean_cle": cle_ean(fait.ean),
        "prix_achat_ht": fait.prix_achat_ht,
        "est_stockable": fait.est_stockable,
        "est_actif": fait.est_actif,
    }
    if not await keep(tx, CopieProduit, **valeurs):
        return
    await tx.execute(delete(ReferenceChezFournisseur).where(ReferenceChezFournisseur.produit_id == fait.produit_id))
    references = {
        reference.fournisseur_id: {
            "produit_id": fait.produit_id,
            "fournisseur_id": reference.fournisseur_id,
            "reference": reference.reference,
            "reference_cle": cle(reference.reference),
            "prix_ht": reference.prix_ht,
        }
        for reference in fait.fournisseurs
    }
    await put(tx, ReferenceChezFournisseur, list(references.values()))


def stock(fait: StockChange) -> Values:
    """The balance of a product in one agency and one nature."""
    return fait.model_dump()


def nature(fait: NatureStockModifiee) -> Values:
    """What goods are good for, and which nature is the main one."""
    return {"code": fait.code, "libelle": fait.libelle, "est_principale": fait.est_principale}


def serie(fait: SerieSituee) -> Values:
    """Where a serial number is; one that its object lost names nothing any more."""
    return {
        "historique_id": fait.historique_id,
        "produit_id": fait.produit_id,
        "numero": numero_serie(fait.numero_serie or ""),
        "lieu": fait.lieu,
        "est_vivant": fait.est_vivant and bool(fait.numero_serie),
    }


def compte(fait: CompteModifie) -> Values:
    """Roles, under the id the person acts with."""
    acteur_id = fait.collaborateur_id or fait.compte_id
    return {"compte_id": fait.compte_id, "acteur_id": acteur_id, "roles": list(fait.roles)}


async def copier_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """The company and its agencies."""
    valeurs = {"societe_id": fait.societe_id, "identite": fait.model_dump(mode="json")}
    if not await keep(tx, CopieSociete, **valeurs):
        return
    for agence in fait.agences:
        await keep(tx, CopieAgence, **agence.model_dump(mode="json") | {"agence_id": agence.agence_id})


async def fusionner_references(tx: Transaction, tiers_id: UUID, absorbe_id: UUID) -> None:
    """References of an absorbed supplier become the kept one's; where both named a product, the kept one speaks."""
    autre = aliased(ReferenceChezFournisseur)
    deja = select(autre.produit_id).where(autre.fournisseur_id == tiers_id)
    siennes = ReferenceChezFournisseur.fournisseur_id == absorbe_id
    en_double = (siennes, ReferenceChezFournisseur.produit_id.in_(deja))
    await tx.execute(delete(ReferenceChezFournisseur).where(*en_double))
    await tx.execute(update(ReferenceChezFournisseur).where(siennes).values(fournisseur_id=tiers_id))
