"""Which presentation a devis has, and what the page that changes it shows."""

from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.presentation.models import Presentation
from services.commercial.presentation.rules import DEFAUT
from services.commercial.presentation.rules import Presentation as Valeurs
from services.commercial.presentation.schemas import VuePresentation
from shared.database.statements import once

COURANTE = (
    select(Presentation)
    .where(or_(Presentation.agence_id.is_(None), Presentation.agence_id == bindparam("agence_id")))
    .order_by(Presentation.agence_id.is_(None), Presentation.rang.desc())
    .limit(1)
)
ID_COURANTE = once(COURANTE.with_only_columns(Presentation.id))


async def courante(session: AsyncSession, agence_id: UUID | None) -> Presentation | None:
    """The last one of the agency, else of the company; None while nobody wrote one."""
    return (await session.scalars(COURANTE, {"agence_id": agence_id})).one_or_none()


async def id_courante(session: AsyncSession, agence_id: UUID | None) -> UUID | None:
    """Which one that is, without its logo and its texts."""
    trouvee: UUID | None = await session.scalar(ID_COURANTE, {"agence_id": agence_id})
    return trouvee


async def valeurs(session: AsyncSession, presentation_id: UUID | None) -> Valeurs:
    """That very version; the product's own when there was none."""
    gardee = await session.get(Presentation, presentation_id) if presentation_id else None
    return gardee.valeurs if gardee else DEFAUT


async def derniere(session: AsyncSession, agence_id: UUID | None) -> VuePresentation:
    """The last version written for the agency or for the company alone, to be changed."""
    choix = (
        select(Presentation)
        .where(Presentation.agence_id.is_not_distinct_from(agence_id))
        .order_by(Presentation.rang.desc())
        .limit(1)
    )
    trouvee = (await session.scalars(choix)).one_or_none()
    if trouvee is None:
        return VuePresentation(agence_id=agence_id)
    return VuePresentation(
        **trouvee.textes,
        agence_id=agence_id,
        rang=trouvee.rang,
        a_logo=bool(trouvee.logo),
        cgv_nom=trouvee.cgv_nom,
        cree_le=trouvee.cree_le,
        cree_par=trouvee.cree_par,
    )
