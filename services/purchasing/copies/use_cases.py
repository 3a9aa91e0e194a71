"""Facts of other services written into the copies; a fact older than the copy changes nothing."""

from sqlalchemy import delete

from services.purchasing.copies.models import (
    CopieAgence,
    CopieProduit,
    CopieSociete,
    CopieStock,
    CopieTiers,
    ReferenceChezFournisseur,
)
from services.purchasing.copies.rules import cle, cle_ean
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.inventory import ProduitModifie, StockChange
from shared.database.copies import keep, put
from shared.database.transaction import Transaction
from shared.kernel.text import normaliser_recherche


def place(tx: Transaction) -> int:
    """The place of the fact being handled in its emitter's order; 0 outside a handler."""
    return tx.envelope.seq if tx.envelope else 0


async def copier_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """A tiers, supplier or not."""
    fiche = fait.fiche
    valeurs = {
        "tiers_id": fait.tiers_id,
        "code": fiche.code,
        "nom": fiche.nom,
        "nom_tri": normaliser_recherche(fiche.nom),
        "est_fournisseur": "fournisseur" in fiche.roles,
        "email": fiche.email,
        "telephone": fiche.telephone,
        "tva_intracom": fiche.tva_intracom,
        "siren": fiche.siren,
        "adresse": fiche.adresse.model_dump(mode="json") if fiche.adresse else None,
    }
    await keep(tx, CopieTiers, **valeurs)


async def copier_produit(tx: Transaction, fait: ProduitModifie) -> None:
    """A product and its supplier references, replaced together."""
    valeurs = {
        "produit_id": fait.produit_id,
        "reference": fait.reference,
        "reference_cle": cle(fait.reference),
        "designation": fait.designation,
        "recherche": normaliser_recherche(f"{fait.reference} {fait.designation} {fait.ean or ''}"),
        "unite": fait.unite,
        "politique_serie": fait.politique_serie,
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


async def copier_stock(tx: Transaction, fait: StockChange) -> None:
    """The balance of a product in one agency."""
    await keep(tx, CopieStock, **fait.model_dump())


async def copier_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """The company and its agencies."""
    valeurs = {"societe_id": fait.societe_id, "identite": fait.model_dump(mode="json")}
    if not await keep(tx, CopieSociete, **valeurs):
        return
    for agence in fait.agences:
        await keep(tx, CopieAgence, **agence.model_dump(mode="json") | {"agence_id": agence.agence_id})
