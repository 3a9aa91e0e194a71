"""Signing in and out, in a page or in the dialog that keeps what was typed."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from gateway.compte import rules, second_facteur, use_cases
from gateway.compte.models import Compte
from gateway.errors import BilletPerime, SecondFacteurAttendu
from gateway.pages.rendu import rendre
from gateway.reponses import veut_une_page
from gateway.session.dependances import COOKIE, User, csrf_de, trouver_porteur
from shared.kernel.refusals import Refusal
from shared.web.doors import Db, Door
from shared.web.problems import probleme

router = APIRouter(include_in_schema=False)
Texte = Annotated[str, Form(max_length=200)]
PHRASE_CODE = "Tapez le code à 6 chiffres de votre application, ou un code de secours."


def _suite(chemin: str, defaut: str) -> str:
    """Where to go after signing in: only inside this site."""
    sur = chemin.startswith("/") and not chemin.startswith(("//", "/\\")) and "\\" not in chemin
    return chemin if sur else defaut


@router.get("/")
async def accueil(request: Request) -> Response:
    """The entry page of the person, or the sign-in page."""
    porteur = await trouver_porteur(request)
    return RedirectResponse(porteur.compte.page_entree if porteur else "/connexion", 303)


@router.get("/connexion")
async def page(request: Request, suite: str = "") -> Response:
    """The sign-in page."""
    porteur = await trouver_porteur(request)
    if porteur is not None:
        return RedirectResponse(_suite(suite, porteur.compte.page_entree), 303)
    return rendre(request, "coque/connexion.html", suite=suite, identifiant="", erreur=None)


@router.post("/connexion")
async def se_connecter(
    request: Request, db: Db, identifiant: Texte, mot_de_passe: Texte, suite: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Open a session; a wrong password shows the page again with what was typed."""
    try:
        compte = await use_cases.identifier(
            db.database, identifiant.strip().lower(), mot_de_passe, adresse=_adresse(request)
        )
    except Refusal as refus:
        if not veut_une_page(request):
            raise
        contexte: dict[str, Any] = {"suite": suite, "identifiant": identifiant, "erreur": refus.detail}
        return rendre(request, "coque/connexion.html", status_code=401, **contexte)
    if compte.totp_actif_le is None:
        return await _ouvrir(request, db, compte, suite)
    billet = rules.billet(_cle(request), compte.id, db.database.clock.now())
    if veut_une_page(request):
        return rendre(request, "coque/connexion_code.html", suite=suite, billet=billet, erreur=None)
    attendu = SecondFacteurAttendu()
    return probleme(401, attendu.code, "Code de vérification", PHRASE_CODE, billet=billet)


@router.post("/connexion/code")
async def verifier_code(
    request: Request, db: Db, billet: Texte, code: Texte, suite: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """The second step: the code of the phone, or a recovery code."""
    try:
        compte_id = rules.lire_billet(_cle(request), billet, db.database.clock.now())
        if compte_id is None:
            raise BilletPerime
        compte = await second_facteur.verifier(db.database, request.app.state.means.settings, compte_id, code)
    except Refusal as refus:
        if not veut_une_page(request):
            raise
        if isinstance(refus, BilletPerime):
            contexte: dict[str, Any] = {"suite": suite, "identifiant": "", "erreur": refus.detail}
            return rendre(request, "coque/connexion.html", status_code=401, **contexte)
        contexte = {"suite": suite, "billet": billet, "erreur": refus.detail}
        return rendre(request, "coque/connexion_code.html", status_code=401, **contexte)
    return await _ouvrir(request, db, compte, suite)


async def _ouvrir(request: Request, db: Door, compte: Compte, suite: str) -> Response:
    """The session of somebody who proved who they are."""
    async with db.transaction(compte.acteur("page")) as tx:
        appareil = request.headers.get("user-agent", "")
        secret = await use_cases.ouvrir_session(tx, compte, adresse=_adresse(request), appareil=appareil)
    reponse: Response = RedirectResponse(_suite(suite, compte.page_entree), 303)
    if not veut_une_page(request):
        reponse = Response(status_code=204)
        reponse.headers["x-csrf-token"] = csrf_de(request, rules.empreinte(secret))
    _poser_cookie(request, reponse, secret)
    return reponse


@router.post("/deconnexion")
async def se_deconnecter(request: Request, db: Db, user: User) -> Response:
    """Close the session; nothing stays readable by going back."""
    async with db.transaction(user.actor) as tx:
        await use_cases.fermer_session(tx, user.empreinte)
    request.app.state.registre.oublier()
    reponse = RedirectResponse("/connexion", 303)
    reponse.delete_cookie(COOKIE, path="/")
    reponse.headers["clear-site-data"] = '"cache", "storage"'
    return reponse


def _adresse(request: Request) -> str:
    return request.client.host if request.client else ""


def _cle(request: Request) -> str:
    cle: str = request.app.state.means.settings.session_secret.get_secret_value()
    return cle


def _poser_cookie(request: Request, reponse: Response, secret: str) -> None:
    securise = request.app.state.means.settings.public_url.startswith("https://")
    duree = int(use_cases.DUREE_SESSION.total_seconds())
    reponse.set_cookie(COOKIE, secret, max_age=duree, path="/", httponly=True, samesite="lax", secure=securise)
