"""PV de réception over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Request, Response

from services.inventory.errors import FeuilleInconnue, PhotoInconnue, PvInconnu, PvNonArchive, RienAReceptionner
from services.inventory.piece.schemas import Filtres
from services.inventory.pv_reception import queries, use_cases
from services.inventory.pv_reception.schemas import ResumePv, SaisiePv, VuePv
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("pv-reception")
Lecteur = Annotated[Actor, may("feuille.lire")]
Preparateur = Annotated[Actor, may("feuille.preparer")]


@router.get("/pv-reception")
async def lister(
    db: Db,
    _actor: Lecteur,
    filtres: Filtres,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[ResumePv]:
    """What clients signed, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, filtres, limite=limite, curseur=curseur)


@router.post(
    "/feuilles/{feuille_id}/pv-reception",
    status_code=201,
    responses=refusals(FeuilleInconnue, PhotoInconnue, RienAReceptionner),
)
async def signer(feuille_id: UUID, saisie: SaisiePv, db: Db, actor: Preparateur) -> VuePv:
    """The client signs what is installed; the PDF is stored a moment later."""
    async with db.transaction(actor) as tx:
        pv = await use_cases.signer(tx, feuille_id, saisie)
        return VuePv.model_validate(pv)


@router.get("/pv-reception/{pv_id}", responses=refusals(PvInconnu))
async def fiche(pv_id: UUID, db: Db, _actor: Lecteur) -> VuePv:
    """One PV."""
    async with db.read() as session:
        return await queries.fiche(session, pv_id)


@router.get(
    "/pv-reception/{pv_id}/document",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}, **refusals(PvInconnu, PvNonArchive)},
)
async def document(pv_id: UUID, request: Request, db: Db, _actor: Lecteur) -> Response:
    """The stored PDF, byte for byte."""
    async with db.read() as session:
        pv = await queries.entier(session, pv_id)
    if pv.document_sha256 is None:
        raise PvNonArchive(numero=pv.numero)
    means: Means = request.app.state.means
    contenu = await means.stockage.lire(pv.document_sha256)
    return Response(contenu, media_type="application/pdf", headers=a_montrer(pv.document_nom))
