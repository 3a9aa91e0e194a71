"""Somebody asks for the address of his agenda, or takes it back."""

from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from services.demandes.agenda import rules
from services.demandes.agenda.models import Agenda
from services.demandes.copies import queries as copies
from shared.database.transaction import Transaction


async def renouveler(tx: Transaction) -> str:
    """A new address for who asks; the one given before stops at once. Answers its secret, which is not kept."""
    qui = await moi(tx)
    secret = token_urlsafe(32)
    neuf = {"empreinte": rules.empreinte(secret), "cree_le": tx.now}
    ajout = insert(Agenda).values(collaborateur_id=qui, **neuf)
    await tx.execute(ajout.on_conflict_do_update(index_elements=["collaborateur_id"], set_=neuf))
    return secret


async def revoquer(tx: Transaction) -> None:
    """The address of who asks stops at once."""
    await tx.execute(delete(Agenda).where(Agenda.collaborateur_id == await moi(tx)))


async def moi(tx: Transaction) -> UUID:
    """The collaborator who asks; somebody without one has no agenda."""
    qui, _ = await copies.moi(tx.session, tx.actor)
    return (await copies.collaborateur(tx.session, qui or UUID(int=0))).collaborateur_id
