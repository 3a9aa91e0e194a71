"""Credits of suppliers over HTTP. Purchase prices: for those who may see costs."""

from typing import Annotated
from uuid import UUID

from services.billing.avoir_fournisseur import queries, use_cases
from services.billing.avoir_fournisseur.schemas import ResumeAvoir, SaisieAvoirRecu, TotauxAvoirs, VueAvoir
from services.billing.errors import (
    AvoirFournisseurDejaRecu,
    AvoirFournisseurFutur,
    AvoirFournisseurInconnu,
    AvoirFournisseurTropGrand,
)
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("avoirs-fournisseur")


@router.get("/avoirs-fournisseur")
async def lister(
    db: Db,
    _actor: Annotated[Actor, may("couts.voir")],
    est_attendu: bool | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeAvoir]:
    """Credits of suppliers, newest first."""
    async with db.read() as session:
        return await queries.lister(session, est_attendu=est_attendu, limite=limite, curseur=curseur)


@router.get("/avoirs-fournisseur/totaux")
async def totaux(db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> TotauxAvoirs:
    """What suppliers still owe us."""
    async with db.read() as session:
        return await queries.totaliser(session)


@router.get("/avoirs-fournisseur/{avoir_id}", responses=refusals(AvoirFournisseurInconnu))
async def fiche(avoir_id: UUID, db: Db, _actor: Annotated[Actor, may("couts.voir")]) -> VueAvoir:
    """One of them, with the credit notes that came."""
    async with db.read() as session:
        return await queries.fiche(session, avoir_id)


@router.post(
    "/avoirs-fournisseur/{avoir_id}/recevoir",
    responses=refusals(
        AvoirFournisseurInconnu, AvoirFournisseurTropGrand, AvoirFournisseurDejaRecu, AvoirFournisseurFutur
    ),
)
async def recevoir(
    avoir_id: UUID,
    saisie: SaisieAvoirRecu,
    db: Db,
    actor: Annotated[Actor, may("facture.modifier")],
    _lecteur: Annotated[Actor, may("couts.voir")],
) -> VueAvoir:
    """The credit note came."""
    async with db.transaction(actor) as tx:
        await use_cases.enregistrer(tx, avoir_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, avoir_id)
