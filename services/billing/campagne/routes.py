"""Campagnes over HTTP: one verb per step."""

from typing import Annotated
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.campagne import use_cases
from services.billing.campagne.models import Campagne
from services.billing.campagne.schemas import NouvelleCampagne, ResumeCampagne, VueCampagne
from services.billing.errors import CampagneExistante, CampagneInconnue, EtapeNonAtteinte
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("campagnes")
Lanceur = Annotated[Actor, may("campagne.lancer")]


@router.get("/campagnes")
async def lister(db: Db, _actor: Annotated[Actor, may("facture.lire")]) -> list[ResumeCampagne]:
    """The runs of the last five years, newest first."""
    async with db.read() as session:
        lignes = await session.scalars(select(Campagne).order_by(Campagne.periode.desc()).limit(60))
        return [ResumeCampagne.model_validate(ligne) for ligne in lignes]


@router.post("/campagnes", status_code=201, responses=refusals(CampagneExistante))
async def ouvrir(saisie: NouvelleCampagne, db: Db, actor: Lanceur) -> VueCampagne:
    """Step 1: what is billable this month."""
    async with db.transaction(actor) as tx:
        campagne = await use_cases.ouvrir(tx, saisie.periode)
    return VueCampagne.model_validate(campagne)


@router.get("/campagnes/{campagne_id}", responses=refusals(CampagneInconnue))
async def fiche(campagne_id: UUID, db: Db, _actor: Annotated[Actor, may("facture.lire")]) -> VueCampagne:
    """A run and its lines."""
    async with db.read() as session:
        campagne = await session.get(Campagne, campagne_id, options=[selectinload(Campagne.lignes)])
    if campagne is None:
        raise CampagneInconnue
    return VueCampagne.model_validate(campagne)


@router.post("/campagnes/{campagne_id}/creer-affaires", responses=refusals(CampagneInconnue))
async def creer_affaires(campagne_id: UUID, db: Db, actor: Lanceur) -> VueCampagne:
    """Step 2: the affaires client."""
    async with db.transaction(actor) as tx:
        campagne = await use_cases.creer_affaires(tx, campagne_id)
    return VueCampagne.model_validate(campagne)


@router.post("/campagnes/{campagne_id}/emettre", responses=refusals(CampagneInconnue, EtapeNonAtteinte))
async def emettre(campagne_id: UUID, db: Db, actor: Lanceur) -> VueCampagne:
    """Step 3: the invoices."""
    async with db.transaction(actor) as tx:
        campagne = await use_cases.emettre(tx, campagne_id)
    return VueCampagne.model_validate(campagne)


@router.post("/campagnes/{campagne_id}/envoyer", responses=refusals(CampagneInconnue, EtapeNonAtteinte))
async def envoyer(campagne_id: UUID, db: Db, actor: Lanceur) -> VueCampagne:
    """Step 4: the sendings."""
    async with db.transaction(actor) as tx:
        campagne = await use_cases.envoyer(tx, campagne_id)
    return VueCampagne.model_validate(campagne)
