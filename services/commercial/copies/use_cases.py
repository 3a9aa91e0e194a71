"""Keeping the copies: one statement per fact, repeated and older facts change nothing."""

from sqlalchemy import update

from services.commercial.copies.models import (
    CopieDemande,
)
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee, DemandeModifiee
from shared.contracts.inventory import ProduitModifie, StockChange
from shared.database.copies import Values, keep
from shared.database.transaction import Transaction
from shared.kernel.search import texte_recherche


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """What is known of a tiers."""
    fiche = fait.fiche
    return {
        "tiers_id": fait.tiers_id,
        "nom": fiche.nom,
        "roles": list(fiche.roles),
        "email": fiche.email,
        "fiche": fiche.model_dump(mode="json"),
    }


def produit(fait: ProduitModifie) -> Values:
    """What is known of a product; its first supplier is the usual one."""
    fournisseur = fait.fournisseurs[0] if fait.fournisseurs else None
    champs = (
        *("reference", "designation", "description", "famille", "unite", "nature", "est_stockable", "ean"),
        *("prix_achat_ht", "prix_vente_ht", "taux_tva", "maintenance_requise", "est_actif"),
    )
    references = " ".join(f.reference for f in fait.fournisseurs)
    return {
        "produit_id": fait.produit_id,
        "fournisseur_id": fournisseur.fournisseur_id if fournisseur else None,
        "recherche_texte": texte_recherche(fait.reference, fait.designation, fait.ean, references),
        **{champ: getattr(fait, champ) for champ in champs},
    }


def stock(fait: StockChange) -> Values:
    """What an agency has available."""
    return {"produit_id": fait.produit_id, "agence_id": fait.agence_id, "disponible": fait.disponible}


def societe(fait: SocieteModifiee) -> Values:
    """Who we are."""
    valeurs = {"convention_marge": fait.convention_marge, "fiche": fait.model_dump(mode="json")}
    return valeurs | {"societe_id": fait.societe_id}


def collaborateur(fait: CollaborateurModifie) -> Values:
    """Who works here."""
    return {
        "collaborateur_id": fait.collaborateur_id,
        "nom": f"{fait.prenom} {fait.nom}".strip(),
        "email": fait.email,
        "telephone": fait.telephone,
        "est_actif": fait.est_actif,
    }


async def copier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """A demande was opened: an etude may be made from it."""
    champs = ("numero", "objet", "tiers_id", "tiers_nom", "agence_id", "responsable_id", "affaire_id")
    valeurs = {champ: getattr(fait, champ) for champ in champs} | {
        "cree_le": tx.now,
        "recherche_texte": texte_recherche(fait.numero, fait.objet, fait.tiers_nom),
    }
    await keep(tx, CopieDemande, demande_id=fait.demande_id, **valeurs)


async def corriger_demande(tx: Transaction, fait: DemandeModifiee) -> None:
    """Its object or person in charge changed. A demande not known yet is left to its creation fact."""
    seq = _seq(tx)
    ou = (CopieDemande.demande_id == fait.demande_id, CopieDemande.seq < seq)
    valeurs = {"seq": seq, "objet": fait.objet, "responsable_id": fait.responsable_id}
    await tx.execute(update(CopieDemande).where(*ou).values(**valeurs))


def _seq(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope else 0
