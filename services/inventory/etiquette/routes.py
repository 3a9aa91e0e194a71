"""Labels over HTTP."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from services.inventory.copies import queries as copies
from services.inventory.copies.models import CopieSociete
from services.inventory.errors import EtiquetteInconnue, HistoriqueInconnu, LotInconnu, ObjetSansEtiquette
from services.inventory.etiquette import documents, queries
from services.inventory.etiquette.schemas import Impression, VueEtiquette, VueLot
from shared.documents.errors import EtiquettesRefusees
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("etiquettes")
Imprimeur = Annotated[Actor, may("etiquette.imprimer")]
PDF: dict[int | str, dict[str, Any]] = {200: {"content": {"application/pdf": {}}}}


@router.get("/etiquettes/lots")
async def lister(db: Db, _actor: Imprimeur, limite: Limite = 50, curseur: Curseur = None) -> Page[VueLot]:
    """The batches of labels made, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, limite=limite, curseur=curseur)


@router.get(
    "/etiquettes/lots/{lot_id}/planche",
    response_class=Response,
    responses={**PDF, **refusals(LotInconnu, EtiquettesRefusees)},
)
async def planche(
    lot_id: UUID, request: Request, db: Db, _actor: Imprimeur, impression: Annotated[Impression, Query()]
) -> Response:
    """The PDF sheet of a batch, at the exact size of the paper."""
    async with db.read() as session:
        lignes = await queries.du_lot(session, lot_id)
        societe = await copies.societe(session)
    return await _imprimer(request, lignes, societe, impression)


@router.get(
    "/historiques/{historique_id}/etiquette/planche",
    response_class=Response,
    responses={**PDF, **refusals(HistoriqueInconnu, ObjetSansEtiquette, EtiquettesRefusees)},
)
async def reimprimer(
    historique_id: UUID, request: Request, db: Db, _actor: Imprimeur, impression: Annotated[Impression, Query()]
) -> Response:
    """The label of one object again, the same code: lost, torn or washed out."""
    async with db.read() as session:
        ligne = await queries.de_l_objet(session, historique_id)
        societe = await copies.societe(session)
    return await _imprimer(request, [ligne], societe, impression)


@router.get("/etiquettes/{code}", responses=refusals(EtiquetteInconnue))
async def une(code: str, db: Db, _actor: Annotated[Actor, may("stock.lire")]) -> VueEtiquette:
    """A label and the object that carries it."""
    async with db.read() as session:
        return await queries.une(session, code)


async def _imprimer(
    request: Request,
    lignes: Sequence[tuple[str, str | None, str | None, str | None]],
    societe: CopieSociete | None,
    impression: Impression,
) -> Response:
    means: Means = request.app.state.means
    page = documents.composer(
        lignes,
        public_url=means.settings.public_url,
        societe=societe.raison_sociale if societe is not None else "Amanela",
        telephone=societe.telephone if societe is not None else "",
        impression=impression,
    )
    contenu = await means.renderer.imprimer(page)
    entetes = {"Content-Disposition": f'inline; filename="etiquettes-{impression.format}.pdf"'}
    return Response(contenu, media_type="application/pdf", headers=entetes)
