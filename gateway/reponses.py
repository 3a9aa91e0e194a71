"""How refusals reach people: a page for a browser, problem+json for htmx, islands and programs."""

from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from gateway.compte import droits
from gateway.errors import MotDePasseAChanger, Refus, SecondFacteurAActiver, ServiceAbsent, TropSouvent
from gateway.pages.rendu import est_htmx, fenetre, rendre
from shared.kernel.refusals import Refusal
from shared.web.auth import NonAuthentifie
from shared.web.problems import PHRASES_HTTP, avouer, installer, probleme, statut_de


def veut_une_page(request: Request) -> bool:
    """Whether a person's browser asks for a whole page."""
    if request.url.path.startswith(("/api/", "/static/")) or est_htmx(request) or fenetre(request):
        return False
    return "text/html" in request.headers.get("accept", "")


async def refuser(request: Request, refus: Exception) -> Response:
    """A refusal of the gateway, or of a service as it was said."""
    assert isinstance(refus, Refusal)
    statut, titre, detail, extra = _lire(refus)
    if not request.url.path.startswith("/api/"):
        detail = droits.en_mots(detail)
    if not veut_une_page(request):
        return probleme(statut, extra.pop("code", refus.code), titre, detail, **extra)
    if isinstance(refus, TropSouvent):
        societe = request.app.state.societe
        return rendre(request, "portail/trop_souvent.html", status_code=statut, detail=detail, societe=societe)
    if isinstance(refus, NonAuthentifie) or statut == 401:
        suite = quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        return RedirectResponse(f"/connexion?suite={suite}", 303)
    if isinstance(refus, SecondFacteurAActiver):
        return RedirectResponse("/moi/second-facteur", 303)
    if isinstance(refus, MotDePasseAChanger):
        return RedirectResponse("/moi/mot-de-passe", 303)
    return rendre(request, "coque/erreur.html", status_code=statut, code=statut, titre=titre, detail=detail)


def _lire(refus: Refusal) -> tuple[int, str, str, dict[str, Any]]:
    if isinstance(refus, Refus):
        corps = refus.probleme
        extra: dict[str, Any] = {k: corps[k] for k in ("code", "erreurs", "modifications") if k in corps}
        return refus.statut, str(corps.get("title", "Demande refusée")), refus.detail, extra
    if isinstance(refus, ServiceAbsent):
        return 503, "Service indisponible", refus.detail, {}
    if isinstance(refus, TropSouvent):
        return 429, "Trop de demandes", refus.detail, {}
    statut, titre = statut_de(refus)
    return statut, titre, refus.detail, {}


async def refuser_http(request: Request, erreur: Exception) -> Response:
    """Unknown addresses and wrong methods."""
    assert isinstance(erreur, HTTPException)
    code, phrase = PHRASES_HTTP.get(erreur.status_code, ("erreur", str(erreur.detail)))
    if veut_une_page(request):
        titre = "Page introuvable" if erreur.status_code == 404 else "Demande refusée"
        return rendre(
            request,
            "coque/erreur.html",
            status_code=erreur.status_code,
            code=erreur.status_code,
            titre=titre,
            detail=phrase,
        )
    return probleme(erreur.status_code, code, "Demande refusée", phrase)


async def avouer_page(request: Request, erreur: Exception) -> Response:
    """A bug: logged, told, nothing written."""
    reponse = await avouer(request, erreur)
    if not veut_une_page(request):
        return reponse
    detail = "Une erreur inattendue s’est produite ; rien n’a été enregistré."
    return rendre(request, "coque/erreur.html", status_code=500, code=500, titre="Erreur inattendue", detail=detail)


def installer_reponses(app: FastAPI) -> None:
    """Register the handlers; malformed payloads are answered as in the services."""
    installer(app)
    app.add_exception_handler(Refusal, refuser)
    app.add_exception_handler(HTTPException, refuser_http)
    app.add_exception_handler(Exception, avouer_page)
