"""Facts of other services written into the copies; the newest wins whatever the order of arrival."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update

from services.maintenance.copies.models import CopieTiers
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.database.copies import keep
from shared.database.rows import Values
from shared.database.transaction import Transaction
from shared.kernel.text import normaliser_recherche


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """A tiers as it is now."""
    return {
        "tiers_id": fait.tiers_id,
        "nom": fait.fiche.nom,
        "fiche": fait.fiche.model_dump(mode="json"),
        "commercial_ids": list(fait.fiche.commercial_ids),
    }


async def suivre_tiers(tx: Transaction, fait: TiersModifie, porteurs: Sequence[Any]) -> None:
    """A tiers as it is now; a new name goes to the rows of `porteurs` (tables with tiers_nom) that show it."""
    ancien = await tx.scalar(select(CopieTiers.nom).where(CopieTiers.tiers_id == fait.tiers_id))
    nom = fait.fiche.nom
    if await keep(tx, CopieTiers, **tiers(fait)) and ancien not in (None, nom):
        mots = (normaliser_recherche(ancien), normaliser_recherche(nom))
        for table in porteurs:
            nouveaux = {"tiers_nom": nom, "recherche_texte": func.replace(table.recherche_texte, *mots)}
            await tx.execute(update(table).where(table.tiers_id == fait.tiers_id).values(nouveaux))


def societe(fait: SocieteModifiee) -> Values:
    """Who we are now."""
    return {"societe_id": fait.societe_id, "donnees": fait.model_dump(mode="json")}


def collaborateur(fait: CollaborateurModifie) -> Values:
    """A member of staff as he is now."""
    nom = f"{fait.prenom} {fait.nom}".strip()
    propres = {champ: getattr(fait, champ) for champ in ("collaborateur_id", "agence_id", "est_actif")}
    return {**propres, "nom": nom}


def vente(fait: DevisValide) -> Values:
    """Who sold it."""
    return {champ: getattr(fait, champ) for champ in ("proposition_id", "demande_id", "commercial_id", "agence_id")}
