"""Received mails with their files."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.courrier.models import CourrierRecu, PieceRecue
from services.demandes.courrier.rules import EtatCourrier
from services.demandes.courrier.schemas import PieceDuTiers, VueCourrier, VuePiece
from services.demandes.demande.models import Demande
from services.demandes.errors import CourrierInconnu
from shared.web.paging import Cle, Page, paginer

PAR_DEMANDE = 100


async def lister(session: AsyncSession, etat: EtatCourrier, *, limite: int, curseur: str | None) -> Page[VueCourrier]:
    """Mails of a state, the latest first."""
    requete = select(CourrierRecu).where(CourrierRecu.etat == etat)
    cle = Cle(CourrierRecu.id, decroissant=True)
    lignes, suite = await paginer(session, requete, [cle], limite=limite, curseur=curseur)
    return Page(elements=await _avec_pieces(session, lignes), curseur_suivant=suite)


async def de_la_demande(session: AsyncSession, demande_id: UUID) -> list[VueCourrier]:
    """The mails of a demande, the latest first."""
    requete = select(CourrierRecu).where(CourrierRecu.demande_id == demande_id).order_by(CourrierRecu.id.desc())
    return await _avec_pieces(session, list(await session.scalars(requete.limit(PAR_DEMANDE))))


async def un(session: AsyncSession, courrier_id: UUID) -> VueCourrier:
    """A mail."""
    courrier = await session.get(CourrierRecu, courrier_id)
    if courrier is None:
        raise CourrierInconnu
    return (await _avec_pieces(session, [courrier]))[0]


async def piece(session: AsyncSession, courrier_id: UUID, piece_id: UUID) -> PieceRecue:
    """A kept file of a mail."""
    trouvee = await session.get(PieceRecue, piece_id)
    if trouvee is None or trouvee.courrier_id != courrier_id or not trouvee.sha256:
        raise CourrierInconnu
    return trouvee


async def pieces_du_tiers(session: AsyncSession, tiers_id: UUID) -> list[PieceDuTiers]:
    """The kept files of the mails of every demande of a tiers, the latest first."""
    requete = (
        select(PieceRecue, CourrierRecu.recu_le, CourrierRecu.de, Demande.id, Demande.numero)
        .join(CourrierRecu, CourrierRecu.id == PieceRecue.courrier_id)
        .join(Demande, Demande.id == CourrierRecu.demande_id)
        .where(Demande.tiers_id == tiers_id, PieceRecue.sha256 != "")
        .order_by(CourrierRecu.recu_le.desc(), PieceRecue.id)
        .limit(PAR_DEMANDE)
    )
    return [
        PieceDuTiers(
            **VuePiece.model_validate(piece).model_dump(),
            courrier_id=piece.courrier_id,
            recu_le=recu_le,
            de=de,
            demande_id=demande_id,
            demande_numero=numero,
        )
        for piece, recu_le, de, demande_id, numero in await session.execute(requete)
    ]


async def _avec_pieces(session: AsyncSession, courriers: Sequence[CourrierRecu]) -> list[VueCourrier]:
    requete = select(PieceRecue).where(PieceRecue.courrier_id.in_([c.id for c in courriers]))
    pieces: defaultdict[UUID, list[VuePiece]] = defaultdict(list)
    for p in await session.scalars(requete.order_by(PieceRecue.id)):
        pieces[p.courrier_id].append(VuePiece.model_validate(p))
    champs = [c for c in VueCourrier.model_fields if c != "pieces"]
    return [VueCourrier(**{c: getattr(lu, c) for c in champs}, pieces=pieces[lu.id]) for lu in courriers]
