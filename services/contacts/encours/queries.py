"""What the contacts of a list owe together."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.contacts.encours.models import Piece
from services.contacts.tiers.models import Tiers
from services.contacts.tiers.queries import filtrees
from services.contacts.tiers.schemas import TotauxTiers
from shared.database.search import correspond
from shared.kernel.money import ZERO


async def totaux(session: AsyncSession, *, q: str | None, role: str | None) -> TotauxTiers:
    """How many contacts a search finds and what they owe.

    Only who has something unpaid owes: adding up every file would read the whole table, counting them reads an index.
    """
    trouvees = filtrees(correspond(Tiers, q), role)
    doivent = select(Piece.tiers_id).where(Piece.solde_ttc != ZERO)
    somme = select(func.coalesce(func.sum(Tiers.encours_ttc), ZERO)).where(*trouvees, Tiers.id.in_(doivent))
    nombre = select(func.count()).select_from(Tiers).where(*trouvees)
    compte, encours_ttc = (await session.execute(select(nombre.scalar_subquery(), somme.scalar_subquery()))).one()
    return TotauxTiers(nombre=compte, encours_ttc=encours_ttc)
