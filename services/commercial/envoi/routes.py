"""Sending a devis, and reading the file that was sent, over HTTP."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Request, Response
from sqlalchemy import select

from services.commercial.envoi import queries, use_cases
from services.commercial.envoi.schemas import ProjetEnvoi, SaisieEnvoi, VueEnvoi
from services.commercial.errors import (
    ApprobationRequise,
    DocumentAbsent,
    PrixAFixer,
    PropositionFigee,
    PropositionInconnue,
    PropositionSansLigne,
    SansAdresse,
    SocieteNonRenseignee,
    ValiditeDepassee,
)
from services.commercial.proposition import documents, repository
from services.commercial.proposition.models.signature import Signature
from services.commercial.proposition.rules.statuts import MODIFIABLES
from services.commercial.proposition.use_cases import approbation
from shared.courriel.errors import AdresseInvalide
from shared.fichiers.noms import a_montrer
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("envois")
Lecteur = Annotated[Actor, may("devis.lire")]
Expediteur = Annotated[Actor, may("devis.envoyer")]


def fichier_pdf(contenu: bytes, nom: str) -> Response:
    """A PDF shown by the browser, with its name."""
    return Response(contenu, media_type="application/pdf", headers=a_montrer(nom))


@router.post(
    "/propositions/{proposition_id}/envoyer",
    status_code=202,
    responses=refusals(
        *(
            PropositionInconnue,
            PropositionFigee,
            PropositionSansLigne,
            PrixAFixer,
            ValiditeDepassee,
            ApprobationRequise,
            AdresseInvalide,
            SansAdresse,
        )
    ),
)
async def envoyer(proposition_id: UUID, saisie: SaisieEnvoi, db: Db, actor: Expediteur) -> VueEnvoi:
    """Ask for the devis to be mailed; `GET .../envois` tells how it went."""
    async with approbation.refus_notes(db.database, actor, proposition_id), db.transaction(actor) as tx:
        envoi = await use_cases.demander(tx, proposition_id, saisie)
    return VueEnvoi.model_validate(envoi)


@router.get("/propositions/{proposition_id}/envois")
async def lister(proposition_id: UUID, db: Db, _actor: Lecteur) -> list[VueEnvoi]:
    """The sendings of a proposition, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, proposition_id)


@router.get("/propositions/{proposition_id}/projet-envoi", responses=refusals(PropositionInconnue))
async def projet(proposition_id: UUID, db: Db, _actor: Expediteur) -> ProjetEnvoi:
    """What the sending dialog starts from."""
    async with db.read() as session:
        return await queries.projet(session, proposition_id)


@router.get(
    "/propositions/{proposition_id}/document",
    response_class=Response,
    responses=refusals(PropositionInconnue, DocumentAbsent, SocieteNonRenseignee),
)
async def document(
    proposition_id: UUID,
    request: Request,
    db: Db,
    _actor: Lecteur,
    forme: Literal["envoyee", "actuelle", "signee"] | None = None,
) -> Response:
    """The PDF: the file that was sent while it says what the proposition says, else the present text.

    `signee` is the one that bears the signature: sealed, or scanned.
    """
    means: Means = request.app.state.means
    if forme == "signee":
        return await _signe(db, means, proposition_id)
    async with db.read() as session:
        proposition = await repository.get(session, proposition_id)
        envoi = await queries.dernier_abouti(session, proposition_id)
        if forme == "envoyee" and envoi is None:
            raise DocumentAbsent
        fidele = envoi is not None and (proposition.statut not in MODIFIABLES or envoi.revision == proposition.revision)
        garde = envoi if forme == "envoyee" or (forme is None and fidele) else None
        if garde is None:
            le, filigrane = documents.jour_du_document(proposition), documents.filigrane_de(proposition)
            devis = await documents.composer(session, proposition, le=le, filigrane=filigrane)
    if garde is not None and garde.document_sha256:
        return fichier_pdf(await means.stockage.lire(garde.document_sha256), garde.document_nom)
    return fichier_pdf(await documents.imprimer(means, devis), documents.nom_fichier(proposition))


async def _signe(db: Db, means: Means, proposition_id: UUID) -> Response:
    async with db.read() as session:
        choix = select(Signature).where(Signature.proposition_id == proposition_id)
        signature = (await session.scalars(choix)).one_or_none()
    if signature is None or signature.document_signe_sha256 is None:
        raise DocumentAbsent
    contenu = await means.stockage.lire(signature.document_signe_sha256)
    entetes = a_montrer(signature.document_signe_nom)
    return Response(contenu, media_type=signature.document_signe_type, headers=entetes)
