"""An agenda, straight from SQL to iCalendar."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.absence.models import Absence
from services.demandes.absence.rules import ABSENT, Demi
from services.demandes.agenda import rules
from services.demandes.agenda.models import Agenda
from services.demandes.agenda.rules import Conge, Rendez
from services.demandes.agenda.schemas import VueAgenda
from services.demandes.copies import queries as copies
from services.demandes.copies.models import CopieTiers
from services.demandes.demande.models import Demande
from services.demandes.errors import AgendaInconnu
from services.demandes.intervention.models import Intervention
from shared.documents.formats import telephone as lisible
from shared.kernel.clock import jour_paris

PASSE, AVENIR = timedelta(days=60), timedelta(days=400)
EVENEMENTS_MAX = 2000


async def de(session: AsyncSession, collaborateur_id: UUID) -> VueAgenda:
    """Whether somebody has an address."""
    connu = await session.get(Agenda, collaborateur_id)
    return VueAgenda(cree_le=connu.cree_le if connu else None)


async def publier(session: AsyncSession, jeton: str, *, maintenant: datetime, racine: str) -> bytes:
    """The agenda behind a secret, from two months ago to a year ahead; a revoked or unknown one does not exist."""
    requete = select(Agenda.collaborateur_id).where(Agenda.empreinte == rules.empreinte(jeton))
    qui: UUID | None = await session.scalar(requete)
    if qui is None:
        raise AgendaInconnu
    nom = (await copies.noms(session, [qui])).get(qui, "")
    du, au = maintenant - PASSE, maintenant + AVENIR
    return rules.calendrier(
        f"Planning {nom}".strip(),
        await _rendez_vous(session, qui, du, au, racine),
        await _conges(session, qui, du, au),
    )


async def _rendez_vous(session: AsyncSession, qui: UUID, du: datetime, au: datetime, racine: str) -> list[Rendez]:
    requete = (
        select(Intervention, Demande, CopieTiers.adresse, CopieTiers.telephone)
        .join(Demande, Demande.id == Intervention.demande_id)
        .outerjoin(CopieTiers, CopieTiers.tiers_id == Demande.tiers_id)
        .where(Intervention.collaborateur_ids.contains([qui]), Intervention.fin >= du, Intervention.debut < au)
        .order_by(Intervention.debut, Intervention.id)
        .limit(EVENEMENTS_MAX)
    )
    return [
        Rendez(
            id=i.id,
            version=i.version,
            debut=i.debut.astimezone(UTC),
            fin=i.fin.astimezone(UTC),
            modifie_le=i.modifie_le.astimezone(UTC),
            etat=i.etat,
            titre=f"{demande.tiers_nom} : {demande.objet}",
            lieu=adresse or demande.tiers_ville,
            texte="\n".join(filter(None, (f"Demande {demande.numero}", lisible(tel or ""), i.consignes))),
            adresse=f"{racine.rstrip('/')}/demandes/{i.demande_id}",
        )
        for i, demande, adresse, tel in await session.execute(requete)
    ]


async def _conges(session: AsyncSession, qui: UUID, du: datetime, au: datetime) -> list[Conge]:
    requete = select(Absence).where(
        Absence.collaborateur_id == qui, Absence.au >= jour_paris(du), Absence.du <= jour_paris(au)
    )
    return [
        Conge(a.id, a.du, a.au, _titre(a), a.modifie_le.astimezone(UTC))
        for a in await session.scalars(requete.order_by(Absence.du).limit(EVENEMENTS_MAX))
    ]


def _titre(absence: Absence) -> str:
    demi = {Demi.MATIN: " (matin)", Demi.APRES_MIDI: " (après-midi)", Demi.JOURNEE: ""}[absence.demi]
    return ABSENT + demi  # the address is given to programs and colleagues: the reason stays here
