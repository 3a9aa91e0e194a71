"""Signing in and out, in a page or in the dialog that keeps what was typed."""

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from gateway.compte import rules, second_facteur, use_cases
from gateway.errors import BilletPerime, SecondFacteurAttendu
from gateway.pages.acces.entreprise import router as entreprise
from gateway.pages.acces.seance import adresse_de, chemin_sur, cle_de, connexion, demander_code, ouvrir
from gateway.reponses import veut_une_page
from gateway.session.dependances import COOKIE, User, trouver_porteur
from shared.kernel.refusals import Refusal
from shared.web.doors import Db
from shared.web.problems import probleme

router = APIRouter(include_in_schema=False)
router.include_router(entreprise)
Texte = Annotated[str, Form(max_length=200)]
PHRASE_CODE = "Tapez le code à 6 chiffres de votre application, ou un code de secours."


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
        return RedirectResponse(chemin_sur(suite, porteur.compte.page_entree), 303)
    return connexion(request, suite=suite)


@router.post("/connexion")
async def se_connecter(
    request: Request, db: Db, identifiant: Texte, mot_de_passe: Texte, suite: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Open a session; a wrong password shows the page again with what was typed."""
    try:
        compte = await use_cases.identifier(
            db.database, identifiant.strip().lower(), mot_de_passe, adresse=adresse_de(request)
        )
    except Refusal as refus:
        if not veut_une_page(request):
            raise
        return connexion(request, suite=suite, identifiant=identifiant, erreur=refus.detail, status_code=401)
    if compte.totp_actif_le is None:
        return await ouvrir(request, db, compte, suite)
    billet = rules.billet(cle_de(request), compte.id, db.database.clock.now())
    if veut_une_page(request):
        return demander_code(request, billet, suite)
    attendu = SecondFacteurAttendu()
    return probleme(401, attendu.code, "Code de vérification", PHRASE_CODE, billet=billet)


@router.post("/connexion/code")
async def verifier_code(
    request: Request, db: Db, billet: Texte, code: Texte, suite: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """The second step: the code of the phone, or a recovery code."""
    try:
        compte_id = rules.lire_billet(cle_de(request), billet, db.database.clock.now())
        if compte_id is None:
            raise BilletPerime
        compte = await second_facteur.verifier(db.database, request.app.state.means.settings, compte_id, code)
    except Refusal as refus:
        if not veut_une_page(request):
            raise
        if isinstance(refus, BilletPerime):
            return connexion(request, suite=suite, erreur=refus.detail, status_code=401)
        return demander_code(request, billet, suite, refus.detail)
    return await ouvrir(request, db, compte, suite)


@router.post("/deconnexion")
async def se_deconnecter(request: Request, db: Db, user: User) -> Response:
    """Close the session; nothing stays readable by going back. Storage is left to the page: it drops its copies, and keeps the
    scans that wait for whoever made them.
    """
    async with db.transaction(user.actor) as tx:
        await use_cases.fermer_session(tx, user.empreinte)
    request.app.state.registre.oublier()
    reponse = RedirectResponse("/connexion", 303)
    reponse.delete_cookie(COOKIE, path="/")
    reponse.headers["clear-site-data"] = '"cache"'
    return reponse
