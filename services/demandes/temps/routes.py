"""Time over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from services.demandes.errors import (
    CollaborateurNonConnu,
    DemandeInconnue,
    DernierTemps,
    TempsDUnAutre,
    TempsFacture,
    TempsInconnu,
)
from services.demandes.temps import queries, use_cases
from services.demandes.temps.schemas import LigneTemps, SaisieCorrection, SaisieTemps, TotalTemps, VueTemps
from shared.kernel.actor import Actor
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("temps")
Saisir = Annotated[Actor, may("temps.saisir")]
CORRIGER = (TempsInconnu, TempsDUnAutre, TempsFacture)


@router.get("/demandes/{demande_id}/temps")
async def de_la_demande(demande_id: UUID, db: Db, _actor: Annotated[Actor, may("demande.lire")]) -> TotalTemps:
    """Time spent on a demande, with its total."""
    async with db.read() as session:
        return await queries.de_la_demande(session, demande_id)


@router.post(
    "/demandes/{demande_id}/temps", status_code=201, responses=refusals(DemandeInconnue, CollaborateurNonConnu)
)
async def saisir(demande_id: UUID, saisie: SaisieTemps, db: Db, actor: Saisir) -> VueTemps:
    """Record time and work."""
    async with db.transaction(actor) as tx:
        temps = await use_cases.saisir(tx, demande_id, saisie)
    return VueTemps.model_validate(temps)


@router.put("/temps/{temps_id}", responses=refusals(*CORRIGER, VersionPerimee))
async def corriger(temps_id: UUID, saisie: SaisieCorrection, db: Db, version: IfMatch, actor: Saisir) -> VueTemps:
    """Correct one's own time, until it is billed."""
    async with db.transaction(actor) as tx:
        temps = await use_cases.corriger(tx, temps_id, saisie, version)
    return VueTemps.model_validate(temps)


@router.delete("/temps/{temps_id}", status_code=204, responses=refusals(*CORRIGER, DernierTemps))
async def retirer(temps_id: UUID, db: Db, actor: Saisir) -> None:
    """Remove one's own time, until it is billed."""
    async with db.transaction(actor) as tx:
        await use_cases.retirer(tx, temps_id)


@router.get("/temps")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("planning.lire")],
    collaborateur_id: UUID | None = None,
    du: date | None = None,
    au: date | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneTemps]:
    """All time spent, latest day first."""
    async with db.read() as session:
        return await queries.lister(
            session, collaborateur_id=collaborateur_id, du=du, au=au, limite=limite, curseur=curseur
        )
