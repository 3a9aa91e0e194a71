"""How the copies follow the facts of their owners."""

from uuid import UUID

from services.inventory.copies.models import CopieSociete, CopieTiers
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.copies import keep
from shared.database.transaction import Transaction


async def retenir_tiers(tx: Transaction, tiers_id: UUID, fiche: FicheTiers) -> None:
    """Keep the name of a tiers, unless a newer fact was already applied."""
    await keep(tx, CopieTiers, tiers_id=tiers_id, code=fiche.code, nom=fiche.nom)


async def retenir_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Keep the name of the company, unless a newer fact was already applied."""
    identite = {"raison_sociale": fait.raison_sociale, "telephone": fait.telephone}
    await keep(tx, CopieSociete, societe_id=fait.societe_id, **identite)
