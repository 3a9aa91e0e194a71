"""The directory as rows, and where an import stands."""

from uuid import UUID

from sqlalchemy import literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.echange.models import ImportTiers
from services.contacts.echange.rules import COLONNES
from services.contacts.echange.schemas import VueImport
from services.contacts.echange.use_cases import lisible
from services.contacts.errors import ImportInconnu
from services.contacts.genre.queries import libelles
from services.contacts.tiers.models import Tiers
from services.contacts.tiers.repository import ENTIER, modifiables
from shared.database.search import correspond
from shared.kernel.actor import Actor

LOT = 1000


async def exporter(session: AsyncSession, actor: Actor, *, q: str | None, role: str | None) -> list[list[str]]:
    """The headings, then every tiers of the list so filtered that `actor` reaches."""
    ordre = tuple_(Tiers.nom_tri, Tiers.id)
    choix = select(Tiers).where(Tiers.absorbe_par_id.is_(None)).options(*ENTIER).order_by(ordre).limit(LOT)
    if (trouve := correspond(Tiers, q)) is not None:
        choix = choix.where(trouve)
    if role:
        choix = choix.where(Tiers.roles.contains([role]))
    if (siens := modifiables(actor)) is not None:
        choix = choix.where(siens)
    rangees = [[c.libelle for c in COLONNES]]
    genres = await libelles(session)
    lot = list(await session.scalars(choix))
    while lot:
        rangees += [lisible(tiers, genres) for tiers in lot]
        dernier = tuple_(literal(lot[-1].nom_tri), literal(lot[-1].id))
        lot = list(await session.scalars(choix.where(ordre > dernier)))
    return rangees


async def un(session: AsyncSession, import_id: UUID) -> VueImport:
    """Where an import stands."""
    trouve = await session.get(ImportTiers, import_id)
    if trouve is None:
        raise ImportInconnu
    return VueImport.model_validate(trouve)
