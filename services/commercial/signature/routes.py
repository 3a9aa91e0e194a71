"""The client's link over HTTP: called by the gateway's public page, the token is what opens it."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import Path, Query, Request, Response

from services.commercial.envoi.routes import fichier_pdf
from services.commercial.errors import (
    CertificationManquante,
    ChoixImpossible,
    DejaRepondu,
    DocumentAbsent,
    LienExpire,
    LienInconnu,
    LienRemplace,
    SignatureManquante,
    TropDeQuestions,
)
from services.commercial.proposition.rules.chiffrage import LIGNES_MAX
from services.commercial.signature import queries, use_cases
from services.commercial.signature.schemas import (
    SaisieAccord,
    SaisieLecture,
    SaisieQuestion,
    SaisieRefus,
    VueOffre,
    VueReponse,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("portail")
Jeton = Annotated[str, Path(max_length=500)]  # cut by a mail program, it is still a link: unknown
Portail = Annotated[Actor, may("portail.repondre")]
REPONSE = refusals(LienInconnu, LienExpire, LienRemplace, DejaRepondu)


@router.get("/portail/devis/{jeton}", responses=refusals(LienInconnu, ChoixImpossible))
async def offre(
    jeton: Jeton,
    db: Db,
    _actor: Portail,
    choix: Annotated[list[UUID] | None, Query(max_length=LIGNES_MAX)] = None,
    simule: bool = False,
) -> VueOffre:
    """The offer as the client reads it, or why it can no longer be answered.

    With `simule`, its totals are those of the optional lines in `choix` (none at all when absent).
    """
    voulu = (choix or []) if simule else None
    async with db.read() as session:
        return await queries.offre(session, jeton, aujourd_hui=jour_paris(db.database.clock.now()), choix=voulu)


@router.post("/portail/devis/{jeton}/lectures", status_code=204, responses=refusals(LienInconnu))
async def lire(jeton: Jeton, lecture: SaisieLecture, db: Db, actor: Portail) -> Response:
    """The public page says that it was opened, or its file read: nothing else tells it, no mail holds an image."""
    async with db.transaction(_client(actor, "")) as tx:
        await use_cases.lire(tx, jeton, lecture.quoi)
    return Response(status_code=204)


@router.get("/portail/devis/{jeton}/document", response_class=Response, responses=REPONSE | refusals(DocumentAbsent))
async def document(jeton: Jeton, request: Request, db: Db, _actor: Portail) -> Response:
    """The very file mailed with this link, while the offer it holds may be read."""
    means: Means = request.app.state.means
    async with db.read() as session:
        lien = await queries.document(session, jeton, aujourd_hui=jour_paris(db.database.clock.now()))
    return fichier_pdf(await means.stockage.lire(str(lien.document_sha256)), lien.document_nom)


@router.get(
    "/portail/devis/{jeton}/document-signe", response_class=Response, responses=refusals(LienInconnu, DocumentAbsent)
)
async def document_signe(jeton: Jeton, request: Request, db: Db, _actor: Portail) -> Response:
    """The same file with the signature and our seal, for who signed it by this link."""
    means: Means = request.app.state.means
    async with db.read() as session:
        signature = await queries.signature_du_lien(session, jeton)
    if signature is None or signature.document_signe_sha256 is None:
        raise DocumentAbsent
    return fichier_pdf(await means.stockage.lire(signature.document_signe_sha256), signature.document_signe_nom)


@router.get(
    "/portail/devis/{jeton}/conditions", response_class=Response, responses=refusals(LienInconnu, DocumentAbsent)
)
async def conditions(jeton: Jeton, request: Request, db: Db, _actor: Portail) -> Response:
    """The general conditions joined to the offer."""
    means: Means = request.app.state.means
    async with db.read() as session:
        nom, sha256 = await queries.conditions(session, jeton, aujourd_hui=jour_paris(db.database.clock.now()))
    return fichier_pdf(await means.stockage.lire(sha256), nom)


@router.post(
    "/portail/devis/{jeton}/accepter",
    responses=REPONSE | refusals(SignatureManquante, CertificationManquante, ChoixImpossible),
)
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


@router.post("/portail/devis/{jeton}/questions", status_code=201, responses=REPONSE | refusals(TropDeQuestions))
async def demander(jeton: Jeton, question: SaisieQuestion, db: Db, actor: Portail) -> VueOffre:
    """The client asks something before answering."""
    async with db.transaction(_client(actor, question.nom)) as tx:
        await use_cases.demander(tx, jeton, question)
    return await offre(jeton, db, actor)


@router.get("/propositions/{proposition_id}/reponses")
async def reponses(proposition_id: UUID, db: Db, _actor: Annotated[Actor, may("devis.lire")]) -> list[VueReponse]:
    """What the client answered by the mailed links, the latest first."""
    async with db.read() as session:
        return await queries.reponses(session, proposition_id)


def _client(actor: Actor, nom: str) -> Actor:
    """Who the audit names: the person who answered, not a member of staff."""
    return replace(actor, nom=f"{nom} (client)".strip(), id=None, origine="portail", permissions=frozenset())
