"""The page behind the link mailed with a devis. No account: the link is what opens it, and only that devis."""

from collections.abc import Awaitable
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from gateway.clients.services import Services
from gateway.errors import Refus, ServiceAbsent
from gateway.pages.rendu import rendre
from shared.kernel.actor import Actor

router = APIRouter(include_in_schema=False)
CLIENT = Actor(nom="Client", permissions=frozenset({"portail.repondre"}), origine="portail")
NAVIGATEUR_MAX = 300


@router.get("/portail/devis/{jeton}")
async def offre(jeton: str, request: Request) -> Response:
    """The offer, or why it can no longer be answered."""
    return await _page(request, jeton, {}, "")


@router.get("/portail/devis/{jeton}/document")
async def document(jeton: str, request: Request) -> Response:
    """The very file mailed with this link."""
    try:
        fichier = await _services(request).fichier("commercial", f"/portail/devis/{jeton}/document")
    except (Refus, ServiceAbsent) as refus:
        return _refuser(request, refus)
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline"), "cache-control": "no-store"}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


@router.post("/portail/devis/{jeton}/accepter")
async def accepter(jeton: str, request: Request) -> Response:
    """« Bon pour accord »: kept with the name, the moment and where it came from."""
    form = await request.form()
    accord = {
        "nom": str(form.get("nom") or "").strip(),
        "qualite": str(form.get("qualite") or "").strip(),
        "adresse_ip": request.client.host if request.client else "",
        "navigateur": request.headers.get("user-agent", "")[:NAVIGATEUR_MAX],
    }
    if form.get("accord") != "1":
        return await _page(request, jeton, accord, "Cochez « Bon pour accord » pour accepter ce devis.")
    reponse = _services(request).post("commercial", f"/portail/devis/{jeton}/accepter", accord)
    return await _repondre(request, jeton, reponse, accord)


@router.post("/portail/devis/{jeton}/refuser")
async def refuser(jeton: str, request: Request) -> Response:
    """No, and why if the client wants to say it."""
    motif = str((await request.form()).get("motif") or "").strip()
    reponse = _services(request).post("commercial", f"/portail/devis/{jeton}/refuser", {"motif": motif})
    return await _repondre(request, jeton, reponse)


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services.pour(CLIENT)


async def _repondre(
    request: Request, jeton: str, envoi: Awaitable[Any], saisie: dict[str, str] | None = None
) -> Response:
    """Once answered, back to the page: reading it again answers nothing."""
    try:
        await envoi
    except Refus as refus:
        if refus.erreurs:
            return await _page(request, jeton, saisie or {}, "Indiquez le nom de la personne qui signe.")
        return _refuser(request, refus)
    except ServiceAbsent as refus:
        return _refuser(request, refus)
    return RedirectResponse(f"/portail/devis/{jeton}", 303)


async def _page(request: Request, jeton: str, saisie: dict[str, str], message: str) -> Response:
    """The offer, with what was typed and what is missing when an answer was incomplete."""
    try:
        vue = await _services(request).get("commercial", f"/portail/devis/{jeton}")
    except (Refus, ServiceAbsent) as refus:
        return _refuser(request, refus)
    contexte: dict[str, Any] = {
        "o": vue,
        "c": vue["contenu"],
        "url": f"/portail/devis/{jeton}",
        "saisie": saisie,
        "message": message,
    }
    return rendre(request, "portail/devis/offre.html", status_code=422 if message else 200, **contexte)


def _refuser(request: Request, refus: Refus | ServiceAbsent) -> Response:
    statut = refus.statut if isinstance(refus, Refus) else 503
    return rendre(request, "portail/devis/indisponible.html", status_code=statut, phrase=refus.detail)
