"""Loads parcs, places and groups."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from services.maintenance.errors import GroupeInconnu, LieuInconnu
from services.maintenance.parc.models import Groupe, Lieu, Parc
from services.maintenance.parc.rules import SEPARATEUR
from shared.database.transaction import Transaction


async def parc(tx: Transaction, tiers_id: UUID) -> Parc | None:
    """The parc of a client, locked, if it is open."""
    found: Parc | None = await tx.scalar(select(Parc).where(Parc.tiers_id == tiers_id).with_for_update())
    return found


async def lieu(tx: Transaction, lieu_id: UUID, tiers_id: UUID | None = None) -> Lieu:
    """A place, of that client when one is named."""
    found = await tx.get(Lieu, lieu_id, with_for_update=True)
    if found is None or tiers_id not in (None, found.tiers_id):
        raise LieuInconnu
    return found


async def groupe(tx: Transaction, groupe_id: UUID, tiers_id: UUID | None = None) -> Groupe:
    """A group, of that client when one is named."""
    found = await tx.get(Groupe, groupe_id, with_for_update=True)
    if found is None or tiers_id not in (None, found.tiers_id):
        raise GroupeInconnu
    return found


async def lieux_de_chemins(tx: Transaction, tiers_id: UUID, chemins: Iterable[str]) -> dict[str, Lieu]:
    """The places that already exist among `chemins`."""
    requete = select(Lieu).where(Lieu.tiers_id == tiers_id, Lieu.chemin.in_(list(chemins)))
    return {found.chemin: found for found in await tx.scalars(requete)}


async def groupe_nomme(tx: Transaction, tiers_id: UUID, nom: str) -> Groupe | None:
    """The group of that name."""
    found: Groupe | None = await tx.scalar(select(Groupe).where(Groupe.tiers_id == tiers_id, Groupe.nom == nom))
    return found


async def lieux_dedans(tx: Transaction, dehors: Lieu) -> list[Lieu]:
    """A place and every place inside it."""
    dedans = Lieu.chemin.startswith(dehors.chemin + SEPARATEUR, autoescape=True)
    requete = select(Lieu).where(Lieu.tiers_id == dehors.tiers_id, (Lieu.id == dehors.id) | dedans)
    return list(await tx.scalars(requete.with_for_update()))
