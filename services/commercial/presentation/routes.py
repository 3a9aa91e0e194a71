"""How devis look, over HTTP."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from services.commercial.copies import queries as copies
from services.commercial.errors import CgvRefusees, PresentationChangee, SocieteNonRenseignee
from services.commercial.presentation import documents, queries, use_cases
from services.commercial.presentation.schemas import SaisiePresentation, VueCgv, VuePresentation
from shared.documents import assemblage
from shared.documents.errors import LogoRefuse, PdfIllisible
from shared.fichiers.types import PDF
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.means import Means
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.problems import refusals

router = new_router("presentation")
Metteur = Annotated[Actor, may("societe.modifier")]


@router.get("/presentations")
async def lire(db: Db, _actor: Metteur, agence_id: UUID | None = None) -> VuePresentation:
    """The last version of the agency, or of the company when none is named."""
    async with db.read() as session:
        return await queries.derniere(session, agence_id)


@router.put("/presentations", responses=refusals(PresentationChangee, LogoRefuse, CgvRefusees))
async def ecrire(
    saisie: SaisiePresentation, request: Request, db: Db, rang: IfMatch, actor: Metteur
) -> VuePresentation:
    """One more version; what was sent or signed keeps the one it had."""
    means: Means = request.app.state.means
    if saisie.cgv_sha256 and not await means.stockage.existe(saisie.cgv_sha256):
        raise CgvRefusees
    async with db.transaction(actor) as tx:
        await use_cases.ecrire(tx, saisie, rang)
        return await queries.derniere(tx.session, saisie.agence_id)


@router.put("/presentations/cgv", responses=refusals(CgvRefusees))
async def deposer_cgv(
    nom: Annotated[str, Query(min_length=1, max_length=200)], request: Request, _actor: Metteur
) -> VueCgv:
    """The PDF of general conditions: the body is the file; its pages follow the devis from the next version that names it."""
    means: Means = request.app.state.means
    fichier = await means.stockage.poser(request.stream(), nom, PDF)
    if fichier.type != PDF:
        raise CgvRefusees
    try:
        await asyncio.to_thread(assemblage.verifier, await means.stockage.lire(fichier.sha256))
    except PdfIllisible as refus:
        raise CgvRefusees from refus
    return VueCgv(sha256=fichier.sha256, nom=fichier.nom[:120])


@router.post("/presentations/apercu", response_class=Response, responses=refusals(LogoRefuse, SocieteNonRenseignee))
async def apercu(saisie: SaisiePresentation, request: Request, db: Db, _actor: Metteur) -> Response:
    """An example of devis as it would look; nothing is kept."""
    means: Means = request.app.state.means
    async with db.read() as session:
        societe = await copies.societe(session)
        avant = await queries.courante(session, saisie.agence_id)
    if societe is None:
        raise SocieteNonRenseignee
    siennes = avant.valeurs if avant and avant.agence_id == saisie.agence_id else None
    presentation = use_cases.essayer(saisie, siennes)
    contenu = await documents.exemple(means, societe, presentation, jour_paris(db.database.clock.now()))
    return Response(contenu, media_type=PDF)
