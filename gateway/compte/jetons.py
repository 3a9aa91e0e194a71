"""The tokens people make for their programs: none wider than its owner."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import use_cases
from gateway.compte.droits import portees_de
from gateway.compte.models import Compte, JetonApi
from gateway.compte.schemas import SaisieJeton
from gateway.errors import PorteeInconnue
from shared.database.transaction import Transaction


async def lister(session: AsyncSession, compte_id: UUID) -> list[JetonApi]:
    """The tokens of an account, the latest first."""
    requete = select(JetonApi).where(JetonApi.compte_id == compte_id).order_by(JetonApi.cree_le.desc()).limit(50)
    return list(await session.scalars(requete))


async def revoquer(tx: Transaction, compte_id: UUID, jeton_id: UUID) -> None:
    """End one of the account's own tokens; an unknown one is already ended."""
    await tx.execute(delete(JetonApi).where(JetonApi.id == jeton_id, JetonApi.compte_id == compte_id))


async def creer(tx: Transaction, compte: Compte, saisie: SaisieJeton) -> tuple[str, JetonApi]:
    """A token no wider than its owner; the secret is shown once and not kept."""
    permises = set(portees_de(compte.permissions))
    for portee in saisie.portees:
        if portee not in permises:
            raise PorteeInconnue(portee=portee)
    return await use_cases.creer_jeton(tx, compte, saisie)
