"""The page behind the link mailed with intervention tariffs. No account: the link opens it, and only that proposal."""

from collections.abc import Awaitable
from typing import Any

from fastapi import APIRouter, Depends, Request, Response

from gateway.clients.services import Services
from gateway.errors import Refus, ServiceAbsent
from gateway.pages.rendu import rendre
from gateway.portail.cadence import compter_inconnu, mesurer
from shared.kernel.actor import Actor

router = APIRouter(include_in_schema=False, dependencies=[Depends(mesurer)])
CLIENT = Actor(nom="Client", permissions=frozenset({"accord.repondre"}), origine="portail")
NAVIGATEUR_MAX = 300
SANS_NOM = "Indiquez votre nom : il est conservé avec votre réponse."


@router.get("/accord/{jeton}")
async def proposition(jeton: str, request: Request) -> Response:
    """The tariffs, or why they can no longer be answered."""
    return await _montrer(request, jeton, _services(request).get("maintenance", f"/accords/publics/{jeton}"))


@router.post("/accord/{jeton}/accepter")
async def accepter(jeton: str, request: Request) -> Response:
    """Yes: kept with the name, the moment and where it came from."""
    saisie, coche = await _saisie(request)
    if not coche:
        return await _relire(request, jeton, saisie, "Cochez la case pour accepter ces tarifs.")
    return await _repondre(request, jeton, "accepter", saisie)


@router.post("/accord/{jeton}/refuser")
async def refuser(jeton: str, request: Request) -> Response:
    """No, and why if the client wants to say it."""
    saisie, _ = await _saisie(request)
    return await _repondre(request, jeton, "refuser", saisie)


async def _saisie(request: Request) -> tuple[dict[str, str], bool]:
    form = await request.form()
    saisie = {
        "nom": str(form.get("nom") or "").strip(),
        "motif": str(form.get("motif") or "").strip(),
        "adresse_ip": request.client.host if request.client else "",
        "appareil": request.headers.get("user-agent", "")[:NAVIGATEUR_MAX],
    }
    return saisie, form.get("accord") == "1"


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services.pour(CLIENT)


async def _repondre(request: Request, jeton: str, verbe: str, saisie: dict[str, str]) -> Response:
    reponse = _services(request).post("maintenance", f"/accords/publics/{jeton}/{verbe}", saisie)
    return await _montrer(request, jeton, reponse, saisie)


async def _montrer(
    request: Request, jeton: str, lecture: Awaitable[Any], saisie: dict[str, str] | None = None
) -> Response:
    try:
        vue = await lecture
    except Refus as refus:
        if saisie is not None and refus.erreurs:
            return await _relire(request, jeton, saisie, SANS_NOM)
        return _refuser(request, refus)
    except ServiceAbsent as refus:
        return _refuser(request, refus)
    return _page(request, jeton, vue, {}, "")


async def _relire(request: Request, jeton: str, saisie: dict[str, str], message: str) -> Response:
    """The same page with what was typed and what is missing."""
    try:
        vue = await _services(request).get("maintenance", f"/accords/publics/{jeton}")
    except (Refus, ServiceAbsent) as refus:
        return _refuser(request, refus)
    return _page(request, jeton, vue, saisie, message)


def _page(request: Request, jeton: str, vue: Any, saisie: dict[str, str], message: str) -> Response:
    contexte: dict[str, Any] = {"a": vue, "url": f"/accord/{jeton}", "saisie": saisie, "message": message}
    return rendre(request, "portail/accord/tarifs.html", status_code=422 if message else 200, **contexte)


def _refuser(request: Request, refus: Refus | ServiceAbsent) -> Response:
    statut = refus.statut if isinstance(refus, Refus) else 503
    if statut == 404:
        compter_inconnu(request)
    phrase = refus.detail if statut != 422 else "Ce lien n’est pas valable ; vérifiez l’adresse reçue par e-mail."
    return rendre(request, "portail/accord/indisponible.html", status_code=statut, phrase=phrase)
