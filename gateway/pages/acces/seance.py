"""What every way of signing in ends with: the page again with a sentence, the code asked, the session opened."""

from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from gateway.compte import entreprise, rules, use_cases
from gateway.compte.models import Compte
from gateway.pages.rendu import rendre
from gateway.reponses import veut_une_page
from gateway.session.dependances import COOKIE, csrf_de
from shared.web.doors import Door


def connexion(
    request: Request, *, suite: str, identifiant: str = "", erreur: str | None = None, status_code: int = 200
) -> Response:
    """The sign-in page, with the button of the company's provider when there is one."""
    settings = request.app.state.means.settings
    bouton = settings.oidc_label if entreprise.est_reglee(settings) else None
    contexte: dict[str, Any] = {"suite": suite, "identifiant": identifiant, "erreur": erreur, "entreprise": bouton}
    return rendre(request, "coque/connexion.html", status_code=status_code, **contexte)


def demander_code(request: Request, billet: str, suite: str, erreur: str | None = None) -> Response:
    """The page that asks for the code of the phone."""
    contexte: dict[str, Any] = {"suite": suite, "billet": billet, "erreur": erreur}
    return rendre(request, "coque/connexion_code.html", status_code=401 if erreur else 200, **contexte)


async def ouvrir(request: Request, db: Door, compte: Compte, suite: str) -> Response:
    """The session of somebody who proved who they are."""
    async with db.transaction(compte.acteur("page")) as tx:
        appareil = request.headers.get("user-agent", "")
        secret = await use_cases.ouvrir_session(tx, compte, adresse=adresse_de(request), appareil=appareil)
    reponse: Response = RedirectResponse(chemin_sur(suite, compte.page_entree), 303)
    if not veut_une_page(request):
        reponse = Response(status_code=204)
        reponse.headers["x-csrf-token"] = csrf_de(request, rules.empreinte(secret))
    securise = request.app.state.means.settings.public_url.startswith("https://")
    duree = int(use_cases.DUREE_SESSION.total_seconds())
    reponse.set_cookie(COOKIE, secret, max_age=duree, path="/", httponly=True, samesite="lax", secure=securise)
    return reponse


def chemin_sur(chemin: str, defaut: str) -> str:
    """Where to go after signing in: only inside this site."""
    sur = chemin.startswith("/") and not chemin.startswith(("//", "/\\")) and "\\" not in chemin
    return chemin if sur else defaut


def adresse_de(request: Request) -> str:
    """Where the browser is."""
    return request.client.host if request.client else ""


def cle_de(request: Request) -> str:
    """What signs tickets."""
    cle: str = request.app.state.means.settings.session_secret.get_secret_value()
    return cle
