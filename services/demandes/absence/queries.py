"""Absences, straight from SQL to schemas."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.absence.models import Absence
from services.demandes.absence.rules import libelle
from services.demandes.absence.schemas import LigneAbsence, VueAbsence
from services.demandes.copies import queries as copies
from shared.kernel.actor import Actor

ABSENCES_MAX = 500
Savoir = Callable[[UUID], bool]


async def entre(session: AsyncSession, du: date, au: date) -> Sequence[Absence]:
    """Those that touch these days, first ones first."""
    requete = select(Absence).where(Absence.au >= du, Absence.du <= au).order_by(Absence.du, Absence.id)
    return (await session.scalars(requete.limit(ABSENCES_MAX))).all()


async def qui_sait(session: AsyncSession, actor: Actor) -> Savoir:
    """Whether the reason of somebody's absence is the actor's business: he manages the planning, or it is his own."""
    moi, _ = await copies.moi(session, actor)
    return lambda personne: actor.may("planning.modifier") or personne == moi


async def lister(session: AsyncSession, depuis: date, actor: Actor) -> list[LigneAbsence]:
    """Present and coming absences, with names."""
    sait = await qui_sait(session, actor)
    trouvees = await entre(session, depuis, date.max)
    noms = await copies.noms(session, {a.collaborateur_id for a in trouvees})
    return [
        LigneAbsence(
            **VueAbsence.model_validate(a).model_dump(exclude={"motif"}),
            nom=noms.get(a.collaborateur_id, ""),
            motif=a.motif if sait(a.collaborateur_id) else None,
            motif_libelle=libelle(a.motif, est_visible=sait(a.collaborateur_id)),
        )
        for a in trouvees
    ]
