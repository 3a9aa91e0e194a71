"""The fil de vie of one object."""

from uuid import UUID

from sqlalchemy import DateTime, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.fil.models import FilDeVie
from services.inventory.fil.schemas import Evenement
from services.inventory.historique.models import Historique
from shared.web.paging import Cle, Page, paginer


async def lire(
    session: AsyncSession, historique_id: UUID, *, limite: int, curseur: str | None, avec_couts: bool
) -> Page[Evenement]:
    """Newest first. A part separated from a quantity keeps the life of the quantity up to their separation, and a
    replacement the life of what it replaces up to its arrival.
    """
    ici = select(
        Historique.id,
        func.coalesce(Historique.parent_id, Historique.remplace_id).label("source_id"),
        Historique.parent_id,
        cast(literal("infinity"), DateTime(timezone=True)).label("avant"),
        Historique.cree_le,
        literal(value=False).label("est_du_remplace"),
    ).where(Historique.id == historique_id)
    lignee = ici.cte("lignee", recursive=True)
    lignee = lignee.union_all(
        select(
            Historique.id,
            func.coalesce(Historique.parent_id, Historique.remplace_id),
            Historique.parent_id,
            lignee.c.cree_le.label("avant"),
            Historique.cree_le,
            or_(lignee.c.est_du_remplace, lignee.c.parent_id.is_(None)),
        ).join(lignee, lignee.c.source_id == Historique.id)
    )
    requete = (
        select(FilDeVie, lignee.c.est_du_remplace)
        .join(lignee, lignee.c.id == FilDeVie.historique_id)
        .where(FilDeVie.le <= lignee.c.avant)
    )
    cles = [
        Cle(FilDeVie.le, decroissant=True),
        Cle(FilDeVie.seq, decroissant=True),
        Cle(FilDeVie.id, decroissant=True),
    ]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    elements = [
        Evenement.model_validate(fait).model_copy(update={"est_du_remplace": du_remplace})
        for fait, du_remplace in lignes
    ]
    if not avec_couts:
        elements = [e.model_copy(update={"montant_ht": None}) for e in elements]
    return Page(elements=elements, curseur_suivant=suite)
