"""The load, straight from SQL to schemas: people, teams, absences, interventions, what waits; one query each."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.absence import rules as absence
from services.demandes.absence.models import Absence
from services.demandes.absence.rules import DemiJour
from services.demandes.charge import rules
from services.demandes.charge.schemas import Attente, ChargePersonne, PlanDeCharge
from services.demandes.copies import queries as copies
from services.demandes.demande.models import Demande
from services.demandes.intervention.models import Intervention
from services.demandes.intervention.queries import en_attente, partants
from services.demandes.intervention.rules import DEMIS, EtatIntervention
from services.demandes.intervention.schemas import EquipePlanning
from shared.kernel.clock import PARIS

Planifies = dict[UUID, list[tuple[datetime, datetime]]]


async def plan(session: AsyncSession, jour: date, nombre: int) -> PlanDeCharge:
    """`nombre` weeks from that of `jour`."""
    semaines = rules.lundis(jour, nombre)
    jours = [semaines[0] + timedelta(days=n) for n in range(7 * nombre)]
    equipes = await copies.equipes(session)
    planifies = await _planifies(session, jours[0], jours[-1])
    absents = await _absents(session, jours)
    feries = {(jour, demi) for jour in absence.feries(jours) for demi in DEMIS}
    gens = await copies.collaborateurs(session)
    montres = partants(equipes, [planifies]) if equipes else {p.collaborateur_id for p in gens}
    return PlanDeCharge(
        semaines=semaines,
        personnes=[
            ChargePersonne(
                id=p.collaborateur_id,
                nom=p.nom,
                fonction=p.fonction,
                capacite=rules.capacite(semaines, p.demi_journees, feries | absents[p.collaborateur_id]),
                planifie=rules.charge(semaines, p.demi_journees, planifies[p.collaborateur_id]),
            )
            for p in gens
            if p.collaborateur_id in montres
        ],
        equipes=[EquipePlanning(id=e.equipe_id, nom=e.nom, membre_ids=e.membre_ids) for e in equipes],
        attente=await _attente(session),
    )


async def _planifies(session: AsyncSession, du: date, au: date) -> Planifies:
    debut, fin = (datetime.combine(d, time(0), PARIS) for d in (du, au + timedelta(days=1)))
    requete = select(Intervention.debut, Intervention.fin, Intervention.collaborateur_ids).where(
        Intervention.debut < fin, Intervention.fin > debut, Intervention.etat != EtatIntervention.ANNULEE
    )
    planifies: Planifies = defaultdict(list)
    for commence, finit, personnes in await session.execute(requete):
        for personne in personnes:
            planifies[personne].append((commence, finit))
    return planifies


async def _absents(session: AsyncSession, jours: list[date]) -> dict[UUID, set[DemiJour]]:
    requete = select(Absence.collaborateur_id, Absence.du, Absence.au, Absence.demi)
    absents: dict[UUID, set[DemiJour]] = defaultdict(set)
    for qui, du, au, demi in await session.execute(requete.where(Absence.au >= jours[0], Absence.du <= jours[-1])):
        absents[qui].update(absence.cases(du, au, demi, jours))
    return absents


async def _attente(session: AsyncSession) -> Attente:
    minutes = func.sum(Demande.duree_prevue_minutes * Demande.personnes_prevues)
    requete = en_attente(func.count(), func.coalesce(minutes, 0), func.count(Demande.duree_prevue_minutes))
    nombre, total, estimees = (await session.execute(requete)).one()
    duree = timedelta(minutes=int(total))
    return Attente(nombre=nombre, demi_journees=rules.demi_journees(duree), sans_duree=nombre - estimees)
