"""Labels over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from services.inventory.copies import queries as copies
from services.inventory.errors import EtiquetteInconnue, LotInconnu
from services.inventory.etiquette import documents, queries
from services.inventory.etiquette.schemas import FormatPlanche, VueEtiquette, VueLot
from shared.documents.errors import EtiquettesRefusees
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("etiquettes")


@router.get("/etiquettes/lots")
async def lister(
    db: Db, _actor: Annotated[Actor, may("etiquette.imprimer")], limite: Limite = 50, curseur: Curseur = None
) -> Page[VueLot]:
    """The batches of labels made, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, limite=limite, curseur=curseur)


@router.get(
    "/etiquettes/lots/{lot_id}/planche",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **refusals(LotInconnu, EtiquettesRefusees)},
)
async def planche(
    lot_id: UUID,
    request: Request,
    db: Db,
    _actor: Annotated[Actor, may("etiquette.imprimer")],
    format: FormatPlanche = "L7160",
    depart: Annotated[int, Query(ge=1, le=65)] = 1,
) -> Response:
    """The PDF sheet of a batch, at the exact size of the paper; `depart` resumes a sheet already begun."""
    means: Means = request.app.state.means
    async with db.read() as session:
        lignes = await queries.du_lot(session, lot_id)
        societe = await copies.societe(session)
    page = documents.composer(
        lignes,
        public_url=means.settings.public_url,
        societe=societe.raison_sociale if societe is not None else "Amanela",
        telephone=societe.telephone if societe is not None else "",
        format=format,
        depart=depart,
    )
    contenu = await means.renderer.imprimer(page)
    entetes = {"Content-Disposition": f'inline; filename="etiquettes-{format}.pdf"'}
    return Response(contenu, media_type="application/pdf", headers=entetes)


@router.get("/etiquettes/{code}", responses=refusals(EtiquetteInconnue))
async def une(code: str, db: Db, _actor: Annotated[Actor, may("stock.lire")]) -> VueEtiquette:
    """A label and the object that carries it."""
    async with db.read() as session:
        return await queries.une(session, code)
