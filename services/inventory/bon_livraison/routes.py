"""Bons de livraison over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from services.inventory.bon_livraison import documents, queries
from services.inventory.bon_livraison.schemas import ResumeBon, VueBon
from services.inventory.copies import queries as copies
from services.inventory.errors import BonInconnu, SocieteNonRenseignee
from services.inventory.piece.schemas import Filtres
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("bons-livraison")
Lecteur = Annotated[Actor, may("feuille.lire")]


@router.get("/bons-livraison")
async def lister(
    db: Db,
    _actor: Lecteur,
    filtres: Filtres,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumeBon]:
    """What was delivered, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, filtres, limite=limite, curseur=curseur)


@router.get("/bons-livraison/{bon_id}", responses=refusals(BonInconnu))
async def fiche(bon_id: UUID, db: Db, _actor: Lecteur) -> VueBon:
    """A whole bon de livraison."""
    async with db.read() as session:
        return await queries.fiche(session, bon_id)


@router.get(
    "/bons-livraison/{bon_id}/document",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **refusals(BonInconnu, SocieteNonRenseignee)},
)
async def document(bon_id: UUID, request: Request, db: Db, _actor: Lecteur) -> Response:
    """Its PDF."""
    async with db.read() as session:
        bon = await queries.fiche(session, bon_id)
        societe, client = await copies.identite(session), await copies.fiche_tiers(session, bon.tiers_id)
    means: Means = request.app.state.means
    contenu = await documents.pdf(means.renderer, bon, societe, client)
    return Response(contenu, media_type="application/pdf", headers=a_montrer(f"{bon.numero}.pdf"))
