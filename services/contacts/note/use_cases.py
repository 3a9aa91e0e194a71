"""What staff can cause to the notes of a tiers."""

from uuid import UUID

from sqlalchemy import select

from services.contacts.collaborateur.models import Collaborateur
from services.contacts.errors import TiersAbsorbe, TiersInconnu
from services.contacts.note.models import NoteTiers
from services.contacts.note.schemas import SaisieNote
from services.contacts.tiers.models import Tiers
from shared.database.transaction import Transaction
from shared.kernel.mentions import mentions


async def noter(tx: Transaction, tiers_id: UUID, saisie: SaisieNote) -> NoteTiers:
    """Write what was said, and tell those it names; TiersInconnu, TiersAbsorbe. A merge at the same moment takes it along or
    comes first: a note is never left on a file nobody opens.
    """
    tiers = await tx.session.get(Tiers, tiers_id, with_for_update={"read": True})
    if tiers is None:
        raise TiersInconnu
    if tiers.absorbe_par_id is not None:
        raise TiersAbsorbe
    note = NoteTiers.de(tiers, saisie.genre, saisie.texte, par=tx.actor, le=tx.now)
    tx.add(note)
    tx.publish(note.annoncer(tiers, mentions(note.texte, await _collegues(tx) if "@" in note.texte else {})))
    return note


async def _collegues(tx: Transaction) -> dict[UUID, str]:
    requete = select(Collaborateur.id, Collaborateur.prenom, Collaborateur.nom).where(Collaborateur.est_actif)
    return {g.id: f"{g.prenom} {g.nom}".strip() for g in await tx.execute(requete)}
