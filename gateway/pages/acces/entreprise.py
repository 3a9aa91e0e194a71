"""The way to the identity provider of the company, and back."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from gateway.compte import entreprise, rules
from gateway.errors import EntrepriseRefusee
from gateway.pages.acces.seance import chemin_sur, cle_de, connexion, demander_code, ouvrir
from gateway.session.dependances import trouver_porteur
from shared.kernel.refusals import Refusal
from shared.web.doors import Db

router = APIRouter()
COOKIE = "amanela_entreprise"
ALLER = "/connexion/entreprise"


@router.get(ALLER)
async def partir(request: Request, db: Db, suite: str = "") -> Response:
    """To the provider; back to the page with a sentence when it does not answer."""
    settings = request.app.state.means.settings
    if not entreprise.est_reglee(settings):
        return RedirectResponse("/connexion", 303)
    porteur = await trouver_porteur(request)
    if porteur is not None:
        return RedirectResponse(chemin_sur(suite, porteur.compte.page_entree), 303)
    try:
        adresse, scelle = await entreprise.partir(settings, suite[:500], db.database.clock.now())
    except Refusal as refus:
        return connexion(request, suite=suite, erreur=refus.detail, status_code=502)
    reponse = RedirectResponse(adresse, 303)
    duree = int(entreprise.DUREE.total_seconds())
    securise = settings.public_url.startswith("https://")
    reponse.set_cookie(COOKIE, scelle, max_age=duree, path=ALLER, httponly=True, samesite="lax", secure=securise)
    return reponse


@router.get(entreprise.RETOUR)
async def revenir(request: Request, db: Db) -> Response:
    """From the provider: the session of the account it names, once its second factor is given when it has one."""
    settings, maintenant = request.app.state.means.settings, db.database.clock.now()
    if not entreprise.est_reglee(settings):
        return RedirectResponse("/connexion", 303)
    try:
        if "error" in request.query_params:
            raise EntrepriseRefusee
        scelle = request.cookies.get(COOKIE, "")
        nom, suite = await entreprise.revenir(settings, str(request.url), scelle, maintenant)
        async with db.read() as session:
            compte = await entreprise.compte_de(session, nom)
    except Refusal as refus:
        reponse = connexion(request, suite="", erreur=refus.detail, status_code=401)
    else:
        if compte.totp_actif_le is None:
            reponse = await ouvrir(request, db, compte, suite)
        else:
            reponse = demander_code(request, rules.billet(cle_de(request), compte.id, maintenant), suite)
    reponse.delete_cookie(COOKIE, path=ALLER)
    return reponse
