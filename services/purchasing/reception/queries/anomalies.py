"""Codes refused while scanning on, that nobody settled since."""

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from services.purchasing.reception.models import Lecture, LigneReception, Reception

EN_SUSPENS = ("surplus", "serie_non_annoncee", "code_inconnu", "serie_en_attente")
AU_PLUS = 50


async def a_traiter(session: AsyncSession, reception: Reception) -> list[Lecture]:
    """The last reading of each refused code, the most recent first, unless it was taken in or set aside since."""
    apres = aliased(Lecture)
    relu = select(apres.id).where(
        apres.reception_id == Lecture.reception_id, apres.code == Lecture.code, apres.id > Lecture.id
    )
    pris = select(LigneReception.id).where(
        LigneReception.reception_id == Lecture.reception_id, LigneReception.produit_id == Lecture.produit_id
    )
    requete = (
        select(Lecture)
        .where(
            Lecture.reception_id == reception.id,
            Lecture.est_annulee.is_(False),
            or_(
                Lecture.motif.in_(EN_SUSPENS),
                and_(Lecture.motif == "hors_commande", ~pris.exists()),
            ),
            ~relu.exists(),
        )
        .order_by(Lecture.id.desc())
        .limit(AU_PLUS)
    )
    return list(await session.scalars(requete))
