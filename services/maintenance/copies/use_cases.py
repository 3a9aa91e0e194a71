"""Facts of other services written into the copies; the newest wins whatever the order of arrival."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select, update

from services.maintenance.copies.models import CopieCollaborateur, CopieSociete, CopieTiers
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersModifie
from shared.database.copies import keep
from shared.database.transaction import Transaction
from shared.kernel.text import normaliser_recherche


async def noter_tiers(tx: Transaction, fait: TiersCree | TiersModifie, porteurs: Sequence[Any]) -> None:
    """A tiers as it is now; a new name goes to the rows of `porteurs` (tables with tiers_nom) that show it."""
    ancien = await tx.scalar(select(CopieTiers.nom).where(CopieTiers.tiers_id == fait.tiers_id))
    nom = fait.fiche.nom
    valeurs = {"tiers_id": fait.tiers_id, "nom": nom, "fiche": fait.fiche.model_dump(mode="json")}
    if await keep(tx, CopieTiers, **valeurs) and ancien not in (None, nom):
        mots = (normaliser_recherche(ancien), normaliser_recherche(nom))
        for table in porteurs:
            nouveaux = {"tiers_nom": nom, "recherche_texte": func.replace(table.recherche_texte, *mots)}
            await tx.execute(update(table).where(table.tiers_id == fait.tiers_id).values(nouveaux))


async def noter_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Who we are now."""
    valeurs = {"societe_id": fait.societe_id, "donnees": fait.model_dump(mode="json")}
    await keep(tx, CopieSociete, **valeurs)


async def noter_collaborateur(tx: Transaction, fait: CollaborateurModifie) -> None:
    """A member of staff as he is now."""
    nom = f"{fait.prenom} {fait.nom}".strip()
    valeurs = {"collaborateur_id": fait.collaborateur_id, "nom": nom, "est_actif": fait.est_actif}
    await keep(tx, CopieCollaborateur, **valeurs)
