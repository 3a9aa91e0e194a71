"""How I prove who I am: second factor, sessions elsewhere, tokens for my programs. In a browser only."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from gateway.compte import coffre, personnel, second_facteur, totp, use_cases
from gateway.compte import jetons as mes_jetons
from gateway.compte.droits import dire, rubriques_de
from gateway.compte.schemas import SaisieJeton
from gateway.errors import IdentifiantsRefuses, MotDePasseActuelFaux, PorteesManquantes
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Personne, Utilisateur
from shared.kernel.refusals import Refusal
from shared.settings import Settings
from shared.web.doors import Db, Door

router = APIRouter(include_in_schema=False)
Secret = Annotated[str, Form(max_length=200)]
DUREES = (("1", "1 jour"), ("7", "7 jours"), ("30", "30 jours"), ("90", "90 jours"), ("365", "1 an"))


@router.get("/moi/second-facteur")
async def page(request: Request, user: Personne) -> Response:
    """Where the second factor stands: absent, being set up, active."""
    return _page(request, user)


@router.post("/moi/second-facteur/preparer")
async def preparer(request: Request, db: Db, user: Personne, mot_de_passe: Secret) -> Response:
    """A QR code for the phone, against the password: an unattended screen must not give the account away."""
    try:
        await use_cases.identifier(db.database, user.compte.identifiant, mot_de_passe)
    except IdentifiantsRefuses:
        return _page(request, user, erreur=MotDePasseActuelFaux().detail)
    async with db.transaction(user.actor) as tx:
        await second_facteur.preparer(tx, _reglages(request), user.compte.id)
    return _revenir(request, "Scannez le code avec votre téléphone")


@router.post("/moi/second-facteur/activer")
async def activer(request: Request, db: Db, user: Personne, code: Secret) -> Response:
    """The first code proves the phone; the recovery codes are shown once."""
    try:
        async with db.transaction(user.actor) as tx:
            codes = await second_facteur.activer(tx, _reglages(request), user.compte.id, code)
    except Refusal as refus:
        return _page(request, user, erreur=refus.detail)
    request.app.state.registre.oublier()
    return rendre(request, "moi/codes.html", fragment="contenu", codes=codes)


@router.post("/moi/second-facteur/desactiver")
async def desactiver(request: Request, db: Db, user: Personne, code: Secret) -> Response:
    """Back to the password alone."""
    try:
        async with db.transaction(user.actor) as tx:
            await second_facteur.desactiver(tx, _reglages(request), user.compte.id, code)
    except Refusal as refus:
        return _page(request, user, erreur=refus.detail)
    return _revenir(request, "Double authentification désactivée")


@router.post("/moi/sessions/fermer-les-autres")
async def fermer_les_autres(request: Request, db: Db, user: Personne) -> Response:
    """Sign out everywhere but here."""
    async with db.transaction(user.actor) as tx:
        await personnel.fermer_les_autres(tx, user.compte.id, user.empreinte)
    request.app.state.registre.oublier()
    return aller(request, "/moi", toast="Vos autres sessions sont fermées")


@router.get("/moi/jetons")
async def jetons(request: Request, db: Db, user: Personne) -> Response:
    """The tokens of my programs."""
    return await _jetons(request, db, user)


@router.post("/moi/jetons")
async def creer_jeton(request: Request, db: Db, user: Personne) -> Response:
    """A token for a program: its secret is shown once, on this page."""
    form = await request.form()
    portees = [str(p) for p in form.getlist("portees")]
    try:
        if not portees and "tout" not in form:
            raise PorteesManquantes
        saisie = SaisieJeton(
            libelle=str(form.get("libelle", "")).strip()[:120] or "Sans nom",
            portees=[] if "tout" in form else portees,
            jours=_jours(str(form.get("jours"))),
        )
        async with db.transaction(user.actor) as tx:
            secret, jeton = await mes_jetons.creer(tx, user.compte, saisie)
    except Refusal as refus:
        return await _jetons(request, db, user, erreur=refus.detail)
    return rendre(request, "moi/jeton.html", fragment="contenu", secret=secret, jeton=jeton)


@router.post("/moi/jetons/{jeton_id}/revoquer")
async def revoquer(jeton_id: UUID, request: Request, db: Db, user: Personne) -> Response:
    """The program is refused from now on."""
    async with db.transaction(user.actor) as tx:
        await mes_jetons.revoquer(tx, user.compte.id, jeton_id)
    request.app.state.registre.oublier()
    return aller(request, "/moi/jetons", toast="Jeton révoqué")


def _jours(choix: str) -> int:
    """One of the durations offered; the shortest when it is none of them."""
    return int(choix) if choix in dict(DUREES) else 1


def _revenir(request: Request, toast: str) -> Response:
    request.app.state.registre.oublier()
    return aller(request, "/moi/second-facteur", toast=toast)


def _reglages(request: Request) -> Settings:
    settings: Settings = request.app.state.means.settings
    return settings


def _page(request: Request, user: Utilisateur, *, erreur: str | None = None) -> Response:
    compte, settings = user.compte, _reglages(request)
    contexte: dict[str, Any] = {
        "compte": compte,
        "exige": compte.exige_second_facteur(second_facteur.roles_exigeants(settings)),
        "erreur": erreur,
        "image": None,
        "secret": None,
    }
    if compte.totp_secret and compte.totp_actif_le is None:
        secret = coffre.ouvrir(settings, compte.totp_secret)
        adresse = totp.adresse(secret, compte.identifiant, request.app.state.societe)
        contexte |= {"image": totp.image(adresse), "secret": secret}
    return rendre(
        request, "moi/second_facteur.html", fragment="contenu", status_code=422 if erreur else 200, **contexte
    )


async def _jetons(request: Request, db: Door, user: Utilisateur, *, erreur: str | None = None) -> Response:
    async with db.read() as session:
        lus = await mes_jetons.lister(session, user.compte.id)
    contexte: dict[str, Any] = {
        "jetons": lus,
        "dites": {j.id: " · ".join(map(dire, j.portees)) or "Tout ce que vous pouvez faire" for j in lus},
        "rubriques": rubriques_de(user.compte.permissions),
        "durees": DUREES,
        "maintenant": db.database.clock.now(),
        "erreur": erreur,
    }
    return rendre(request, "moi/jetons.html", fragment="contenu", status_code=422 if erreur else 200, **contexte)
