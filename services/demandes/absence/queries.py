"""Absences, straight from SQL to schemas."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.absence.models import Absence
from services.demandes.absence.rules import LIBELLES
from services.demandes.absence.schemas import LigneAbsence, VueAbsence
from services.demandes.copies import queries as copies

ABSENCES_MAX = 500


async def entre(session: AsyncSession, du: date, au: date) -> Sequence[Absence]:
    """Those that touch these days, first ones first."""
    requete = select(Absence).where(Absence.au >= du, Absence.du <= au).order_by(Absence.du, Absence.id)
    return (await session.scalars(requete.limit(ABSENCES_MAX))).all()


async def lister(session: AsyncSession, depuis: date) -> list[LigneAbsence]:
    """Present and coming absences, with names."""
    trouvees = await entre(session, depuis, date.max)
    noms = await copies.noms(session, {a.collaborateur_id for a in trouvees})
    return [
        LigneAbsence(
            **VueAbsence.model_validate(a).model_dump(),
            nom=noms.get(a.collaborateur_id, ""),
            motif_libelle=LIBELLES[a.motif],
        )
        for a in trouvees
    ]
