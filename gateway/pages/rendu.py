"""Turns a template and values into a page, whole for a browser and one block for htmx."""

import json
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from gateway.clients.portes import Reponse
from gateway.pages.coque.contexte import Session
from gateway.pages.coque.formats import FILTRES
from gateway.pages.coque.gabarits import PAGES, Gabarits, Macros, asset, attributs, champ_csrf, icone, ilot, teinte
from gateway.pages.coque.navigation import applications_de, situer
from shared.documents.typographie import Typographie, francais
from shared.kernel.clock import jour_paris

THEMES = ("systeme", "clair", "sombre")
FENETRES = ("tiroir", "dialogue")
R = TypeVar("R", bound=Response)


@lru_cache(maxsize=1)
def environnement() -> Environment:
    """The only Jinja environment: escaping on, unknown names refused."""
    env = Gabarits(
        loader=FileSystemLoader([PAGES, PAGES.parent]),  # screens, then "portail/..."
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=1000,
        extensions=[Typographie],
    )
    env.filters.update(FILTRES, attributs=attributs, teinte=teinte, francais=francais)
    env.globals.update(
        {**FILTRES, "asset": asset, "icone": icone, "ilot": ilot, "champ_csrf": champ_csrf, "ui": Macros(env)}
    )
    return env


def rendre(
    request: Request,
    gabarit: str,
    *,
    onglet: str | None = None,
    chemin: str | None = None,
    fragment: str | None = None,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
    **ctx: Any,
) -> HTMLResponse:
    """Render `gabarit` in the shell.

    `onglet` is the key of the current tab (found from the path when absent); `chemin` shows the page in the application
    of another path. An htmx request gets only the block
    named `fragment`; a request for a drawer or a dialog gets the block `tiroir` or `dialogue` when there is one.
    """
    template = environnement().get_template(gabarit)
    valeurs = {**_coque(request, onglet, chemin), **ctx}
    bloc = _bloc(request, template, fragment)
    html = template.render(valeurs) if bloc is None else _rendre_bloc(template, bloc, valeurs)
    entetes = {"Vary": "HX-Request, X-Fenetre", "Cache-Control": "no-store", **(headers or {})}
    return HTMLResponse(html, status_code=status_code, headers=entetes)


def rendre_bloc(request: Request, gabarit: str, bloc: str, **ctx: Any) -> str:
    """The text of one block, to join several fragments (out-of-band swaps) in one answer."""
    return _rendre_bloc(environnement().get_template(gabarit), bloc, {**_coque(request, None), **ctx})


def aujourd_hui(request: Request) -> date:
    """The present day in France, at the clock of this gateway."""
    return jour_paris(request.app.state.database.clock.now())


def est_htmx(request: Request) -> bool:
    """Whether htmx asks for a piece of page (going back in history asks for the whole page)."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def fenetre(request: Request) -> str | None:
    """ "tiroir" or "dialogue" when the page is wanted inside one, else None."""
    voulue = request.headers.get("X-Fenetre")
    return voulue if voulue in FENETRES else None


def notifier(reponse: R, texte: str, *, ton: str = "succes", annuler: str | None = None) -> R:
    """Show a toast when this answer arrives; `annuler` is the URL that POST undoes it."""
    evenements = json.loads(reponse.headers.get("HX-Trigger", "{}"))
    evenements["amanela:toast"] = {"texte": texte, "ton": ton, "annuler": annuler}
    reponse.headers["HX-Trigger"] = json.dumps(evenements)
    return reponse


def demander(reponse: R, url: str) -> R:
    """Open the dialog of `url` when this answer arrives: what is missing is asked for where the gesture was made."""
    reponse.headers["HX-Trigger"] = json.dumps({"amanela:dialogue": {"url": url}})
    return reponse


def aller(request: Request, url: str, *, toast: str | None = None) -> Response:
    """Go to `url` after a form: HX-Redirect for htmx, 303 for a browser."""
    if est_htmx(request) or fenetre(request) is not None:
        reponse = Response(status_code=204, headers={"HX-Redirect": url})
    else:
        reponse = Response(status_code=303, headers={"Location": url})
    if toast:
        reponse.set_cookie("toast", quote(toast), max_age=20, path="/", samesite="lax")
    return reponse


def rafraichir(*, toast: str | None = None, annuler: str | None = None, fermer: bool = False) -> Response:
    """After an action that changes the page in several places: the browser reads again the drawer, or the page."""
    evenements: dict[str, Any] = {"amanela:rafraichir": True}
    if fermer:
        evenements = {"amanela:fermer": True, **evenements}
    reponse = Response(status_code=204, headers={"HX-Trigger": json.dumps(evenements)})
    return notifier(reponse, toast, annuler=annuler) if toast else reponse


def conclure(request: Request, url: str, toast: str, *, annuler: str | None = None, fermer: bool = False) -> Response:
    """After something done over a page: that page is read again; a form sent from a page of its own goes to `url`."""
    ici = urlsplit(request.headers.get("HX-Current-URL", "")).path
    if est_htmx(request) and ici != request.url.path:
        return rafraichir(toast=toast, annuler=annuler, fermer=fermer)
    return aller(request, url, toast=toast)


def servir(fichier: Reponse) -> Response:
    """A file as its service gave it, shown in the page rather than downloaded."""
    entetes = {"content-disposition": fichier.entetes.get("content-disposition", "inline"), "cache-control": "no-store"}
    return Response(fichier.corps, media_type=fichier.entetes["content-type"], headers=entetes)


def _bloc(request: Request, template: Template, fragment: str | None) -> str | None:
    voulue = fenetre(request)
    if voulue in template.blocks:
        return voulue
    return fragment if fragment is not None and est_htmx(request) else None


def _rendre_bloc(template: Template, bloc: str, valeurs: dict[str, Any]) -> str:
    contexte = template.new_context(valeurs)
    return "".join(template.blocks[bloc](contexte))


def _boite_locale(request: Request) -> bool:
    """Whether mails stay in a local mailbox that pages show (demonstration)."""
    means = getattr(request.app.state, "means", None)  # the gallery of the shell has none
    return means is not None and means.settings.mailbox_folder is not None


def _coque(request: Request, onglet: str | None, chemin: str | None = None) -> dict[str, Any]:
    session: Session | None = getattr(request.state, "session", None)
    theme = request.cookies.get("theme", session.theme if session else "systeme")
    application, courant = situer(chemin or request.url.path, onglet)
    return {
        "request": request,
        "session": session,
        "theme": theme if theme in THEMES else "systeme",
        "applications": applications_de(session) if session else (),
        "application": application,
        "onglets": application.onglets_de(session) if application and session else (),
        "onglet": courant,
        "fenetre": fenetre(request),
        "boite_locale": _boite_locale(request),
        "cloche": session is not None and hasattr(request.app.state, "means"),  # the gallery of the shell tells nothing
    }
