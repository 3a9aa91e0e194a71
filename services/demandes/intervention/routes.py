"""The planning over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.demandes.errors import (
    CollaborateurNonConnu,
    DemandeInconnue,
    HorairesInvalides,
    InterventionClose,
    InterventionDeplacee,
    InterventionInconnue,
    PersonneManquante,
    PlanificationTropTot,
)
from services.demandes.intervention import queries, use_cases
from services.demandes.intervention.schemas import (
    FicheIntervention,
    JourPlanning,
    LigneIntervention,
    Planning,
    SaisieAnnulation,
    SaisieCreneau,
    SaisieDeplacement,
    SaisieFin,
    SaisieIntervention,
    VueIntervention,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("planning")
Lire = Annotated[Actor, may("planning.lire")]
Modifier = Annotated[Actor, may("planning.modifier")]
Intervenir = Annotated[Actor, may("temps.saisir")]
PLACER = (CollaborateurNonConnu, HorairesInvalides, PersonneManquante)
CLORE = refusals(InterventionInconnue, InterventionClose)


@router.get("/planning")
async def semaine(
    db: Db,
    actor: Lire,
    jour: JourPlanning | None = None,
    equipe_id: UUID | None = None,
    personne_id: UUID | None = None,
) -> Planning:
    """The week of a day (today by default): people, interventions, what waits for a date."""
    voulu = jour or jour_paris(db.database.clock.now())
    async with db.read() as session:
        return await queries.semaine(session, voulu, equipe_id, personne_id, actor)


@router.get("/interventions")
async def lister(
    db: Db,
    _actor: Lire,
    demande_id: UUID | None = None,
    collaborateur_id: UUID | None = None,
    du: date | None = None,
    au: date | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneIntervention]:
    """Interventions by date, latest first."""
    async with db.read() as session:
        return await queries.lister(
            session,
            demande_id=demande_id,
            collaborateur_id=collaborateur_id,
            du=du,
            au=au,
            limite=limite,
            curseur=curseur,
        )


@router.get("/interventions/{intervention_id}", responses=refusals(InterventionInconnue))
async def fiche(intervention_id: UUID, db: Db, _actor: Lire) -> FicheIntervention:
    """One intervention."""
    async with db.read() as session:
        trouvee = await queries.une(session, intervention_id)
    if trouvee is None:
        raise InterventionInconnue
    return trouvee


@router.post("/interventions", status_code=201, responses=refusals(DemandeInconnue, PlanificationTropTot, *PLACER))
async def planifier(saisie: SaisieIntervention, db: Db, actor: Modifier) -> VueIntervention:
    """Give a demande a date and people."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.planifier(tx, saisie)
    return VueIntervention.model_validate(intervention)


@router.put(
    "/interventions/{intervention_id}",
    responses=refusals(InterventionInconnue, InterventionClose, VersionPerimee, *PLACER),
)
async def replanifier(
    intervention_id: UUID, saisie: SaisieCreneau, db: Db, version: IfMatch, actor: Modifier
) -> VueIntervention:
    """Another date, other people; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.replanifier(tx, intervention_id, saisie, version)
    return VueIntervention.model_validate(intervention)


@router.post(
    "/interventions/{intervention_id}/deplacer",
    responses=refusals(InterventionInconnue, InterventionClose, InterventionDeplacee, VersionPerimee, *PLACER),
)
async def deplacer(
    intervention_id: UUID, saisie: SaisieDeplacement, db: Db, version: IfMatch, actor: Modifier
) -> VueIntervention:
    """A block dragged on the grid: its length stays, the person dropped on replaces the one dragged from."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.deplacer(tx, intervention_id, saisie, version)
    return VueIntervention.model_validate(intervention)


@router.post("/interventions/{intervention_id}/demarrer", responses=CLORE)
async def demarrer(intervention_id: UUID, db: Db, actor: Intervenir) -> VueIntervention:
    """The technician leaves."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.demarrer(tx, intervention_id)
    return VueIntervention.model_validate(intervention)


@router.post("/interventions/{intervention_id}/terminer", responses=CLORE)
async def terminer(intervention_id: UUID, saisie: SaisieFin, db: Db, actor: Intervenir) -> VueIntervention:
    """The work on site is over."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.terminer(tx, intervention_id, saisie)
    return VueIntervention.model_validate(intervention)


@router.post("/interventions/{intervention_id}/annuler", responses=CLORE)
async def annuler(intervention_id: UUID, saisie: SaisieAnnulation, db: Db, actor: Modifier) -> VueIntervention:
    """It will not take place; the demande waits for a date again."""
    async with db.transaction(actor) as tx:
        intervention = await use_cases.annuler(tx, intervention_id, saisie.motif)
    return VueIntervention.model_validate(intervention)
