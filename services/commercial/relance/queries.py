"""The scheme and the reminders, straight from SQL to schemas."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import Statut
from services.commercial.relance.models import EtapeRelance, Relance
from services.commercial.relance.schemas import SaisieEtape, Schema, VueRelance
from services.commercial.signature.models import GenreReponse, ReponseClient
from shared.web.paging import Cle, Page, paginer

# The client asked something about what was sent: a machine does not ask him whether he read it.
A_QUESTIONNE = exists().where(
    ReponseClient.proposition_id == Proposition.id,
    ReponseClient.genre == GenreReponse.QUESTION,
    ReponseClient.recue_le >= Proposition.envoye_le,
)
DE_RELANCE = ("id", "genre", "rang", "prevue_le", "faite_le", "faite_par", "note", "erreur", "envoye_le")
DE_PROPOSITION = ("numero", "objet", "tiers_id", "tiers_nom", "total_ht", "commercial_id", "valide_jusqu_au")


async def schema(session: AsyncSession) -> Schema:
    """The steps in order."""
    etapes = await session.scalars(select(EtapeRelance).order_by(EtapeRelance.rang))
    return Schema(etapes=[SaisieEtape.model_validate(etape) for etape in etapes])


async def lister(
    session: AsyncSession,
    *,
    a_faire: bool,
    commercial_id: UUID | None,
    proposition_id: UUID | None,
    limite: int,
    curseur: str | None,
) -> Page[VueRelance]:
    """Calls to make on devis still open, the oldest first; or everything about one proposition."""
    colonnes = [getattr(Relance, c) for c in DE_RELANCE] + [getattr(Proposition, c) for c in DE_PROPOSITION]
    choix = select(*colonnes, Proposition.id).join(Proposition, Proposition.id == Relance.proposition_id)
    if a_faire:
        choix = choix.where(Relance.faite_le.is_(None), Relance.genre == "appel", Proposition.statut == Statut.ENVOYE)
    if commercial_id is not None:
        choix = choix.where(Proposition.commercial_id == commercial_id)
    if proposition_id is not None:
        choix = choix.where(Relance.proposition_id == proposition_id)
    lignes, suite = await paginer(
        session, choix, [Cle(Relance.prevue_le), Cle(Relance.id)], limite=limite, curseur=curseur
    )
    noms = (*DE_RELANCE, *DE_PROPOSITION, "proposition_id")
    elements = [VueRelance.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)
