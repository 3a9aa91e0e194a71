"""The page behind the link mailed with a devis. No account: the link is what opens it, and only that devis."""

from collections.abc import Awaitable
from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import ImmutableMultiDict

from gateway.clients.services import Services
from gateway.errors import Refus, ServiceAbsent
from gateway.pages.rendu import rendre
from gateway.portail.cadence import compter_inconnu, mesurer
from shared.kernel.actor import Actor

router = APIRouter(include_in_schema=False, dependencies=[Depends(mesurer)])
CLIENT = Actor(nom="Client", permissions=frozenset({"portail.repondre"}), origine="portail")
NAVIGATEUR_MAX = 300
SANS_NOM = "Indiquez le nom de la personne qui signe."


@router.get("/portail/devis/{jeton}")
async def offre(jeton: str, request: Request) -> Response:
    """The offer, or why it can no longer be answered; priced anew when the client tries options."""
    params = request.query_params
    if "simule" not in params:
        await _noter(request, jeton, "page")
    saisie: dict[str, Any] = {"choix": _choix(params)} if "simule" in params else {}
    return await _page(request, jeton, saisie, "")


@router.get("/portail/devis/{jeton}/document")
async def document(jeton: str, request: Request) -> Response:
    """The very file mailed with this link."""
    await _noter(request, jeton, "document")
    return await _fichier(request, f"/portail/devis/{jeton}/document")


@router.get("/portail/devis/{jeton}/conditions")
async def conditions(jeton: str, request: Request) -> Response:
    """The general conditions joined to the offer."""
    return await _fichier(request, f"/portail/devis/{jeton}/conditions")


@router.get("/portail/devis/{jeton}/document-signe")
async def document_signe(jeton: str, request: Request) -> Response:
    """The same file with the signature and our seal."""
    return await _fichier(request, f"/portail/devis/{jeton}/document-signe")


async def _noter(request: Request, jeton: str, quoi: str) -> None:
    """Staff see that it was read; a client reads all the same when this cannot be written."""
    with suppress(Refus, ServiceAbsent):
        await _services(request).post("commercial", f"/portail/devis/{jeton}/lectures", {"quoi": quoi})


async def _fichier(request: Request, chemin: str) -> Response:
    try:
        fichier = await _services(request).fichier("commercial", chemin)
    except (Refus, ServiceAbsent) as refus:
        return _refuser(request, refus)
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline"), "cache-control": "no-store"}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


@router.post("/portail/devis/{jeton}/accepter")
async def accepter(jeton: str, request: Request) -> Response:
    """« Bon pour accord »: kept with the name, the moment and where it came from."""
    form = await request.form()
    accord: dict[str, Any] = {
        "nom": str(form.get("nom") or "").strip(),
        "qualite": str(form.get("qualite") or "").strip(),
        "trace": str(form.get("trace") or "").strip(),
        "choix": _choix(form) if "simule" in form else None,
        "nom_vaut_signature": form.get("nom_vaut_signature") == "1",
        "certifie_taux_reduit": form.get("certifie_taux_reduit") == "1",
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
    form = await request.form()
    refus = {"motif": str(form.get("motif") or "").strip(), "cause": str(form.get("cause") or "autre")}
    reponse = _services(request).post("commercial", f"/portail/devis/{jeton}/refuser", refus)
    return await _repondre(request, jeton, reponse)


@router.post("/portail/devis/{jeton}/questions")
async def demander(jeton: str, request: Request) -> Response:
    """A question before answering: staff are told."""
    form = await request.form()
    question = {"nom": str(form.get("nom") or "").strip(), "texte": str(form.get("texte") or "").strip()}
    saisie = {"question_nom": question["nom"], "question": question["texte"]}
    envoi = _services(request).post("commercial", f"/portail/devis/{jeton}/questions", question)
    return await _repondre(request, jeton, envoi, saisie, "Indiquez votre nom et votre question.")


def _choix(valeurs: ImmutableMultiDict[str, Any]) -> list[str]:
    """The options kept: checkboxes, and one button of each variant."""
    return [str(v) for nom, v in valeurs.multi_items() if nom == "choix" or nom.startswith("variante-")]


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services.pour(CLIENT)


async def _repondre(
    request: Request, jeton: str, envoi: Awaitable[Any], saisie: dict[str, Any] | None = None, manque: str = SANS_NOM
) -> Response:
    """Once answered, back to the page: reading it again answers nothing."""
    try:
        await envoi
    except Refus as refus:
        if refus.statut == 422:
            return await _page(request, jeton, saisie or {}, manque if refus.erreurs else refus.detail)
        return _refuser(request, refus)
    except ServiceAbsent as refus:
        return _refuser(request, refus)
    return RedirectResponse(f"/portail/devis/{jeton}", 303)


async def _page(request: Request, jeton: str, saisie: dict[str, Any], message: str) -> Response:
    """The offer, with what was typed and what is missing when an answer was incomplete."""
    try:
        choix = saisie.get("choix")
        params = None if choix is None else {"simule": True, "choix": choix}
        vue = await _services(request).get("commercial", f"/portail/devis/{jeton}", params)
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
    if statut == 404:
        compter_inconnu(request)
    return rendre(request, "portail/devis/indisponible.html", status_code=statut, phrase=refus.detail)
