"""The client's link over HTTP: called by the gateway's public page, the token is what opens it."""

from dataclasses import replace
from typing import Annotated

from fastapi import Path, Request, Response

from services.commercial.envoi.routes import fichier_pdf
from services.commercial.errors import DejaRepondu, DocumentAbsent, LienExpire, LienInconnu, LienRemplace
from services.commercial.signature import queries, use_cases
from services.commercial.signature.schemas import SaisieAccord, SaisieRefus, VueOffre
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("portail")
Jeton = Annotated[str, Path(min_length=20, max_length=100)]
Portail = Annotated[Actor, may("portail.repondre")]
REPONSE = refusals(LienInconnu, LienExpire, LienRemplace, DejaRepondu)


@router.get("/portail/devis/{jeton}", responses=refusals(LienInconnu))
async def offre(jeton: Jeton, db: Db, _actor: Portail) -> VueOffre:
    """The offer as the client reads it, or why it can no longer be answered."""
    async with db.read() as session:
        return await queries.offre(session, jeton, aujourd_hui=jour_paris(db.database.clock.now()))


@router.get("/portail/devis/{jeton}/document", response_class=Response, responses=refusals(LienInconnu, DocumentAbsent))
async def document(jeton: Jeton, request: Request, db: Db, _actor: Portail) -> Response:
    """The very file mailed with this link."""
    means: Means = request.app.state.means
    async with db.read() as session:
        lien = await use_cases.trouver(session, jeton)
    if lien.document_sha256 is None:
        raise DocumentAbsent
    return fichier_pdf(await means.stockage.lire(lien.document_sha256), lien.document_nom)


@router.post("/portail/devis/{jeton}/accepter", responses=REPONSE)
async def accepter(jeton: Jeton, accord: SaisieAccord, db: Db, actor: Portail) -> VueOffre:
    """The client signs on line."""
    async with db.transaction(_client(actor, accord.nom)) as tx:
        await use_cases.accepter(tx, jeton, accord)
    return await offre(jeton, db, actor)


@router.post("/portail/devis/{jeton}/refuser", responses=REPONSE)
async def refuser(jeton: Jeton, refus: SaisieRefus, db: Db, actor: Portail) -> VueOffre:
    """The client says no."""
    async with db.transaction(_client(actor, "")) as tx:
        await use_cases.refuser(tx, jeton, refus)
    return await offre(jeton, db, actor)


def _client(actor: Actor, nom: str) -> Actor:
    """Who the audit names: the person who answered, not a member of staff."""
    return replace(actor, nom=f"{nom} (client)".strip(), id=None, origine="portail", permissions=frozenset())
