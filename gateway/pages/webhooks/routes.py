"""Webhooks in pages, for administrators: register, look at what was sent, try again, stop."""

from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import ValidationError

from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, notifier, rafraichir, rendre
from gateway.session.dependances import Utilisateur, exiger
from gateway.webhook import catalogue, queries, rules, use_cases
from gateway.webhook.ecoute import ecoute
from gateway.webhook.models import EnvoiWebhook, Webhook
from gateway.webhook.rules import Etat
from gateway.webhook.schemas import SaisieWebhook
from shared.kernel.refusals import Refusal
from shared.web.doors import Db
from shared.web.paging import Curseur
from shared.web.problems import phrase_champ

router = APIRouter(include_in_schema=False)
Administrateur = Annotated[Utilisateur, exiger("administration")]
Json = dict[str, Any]
ICI = "/administration/webhooks"
VIDE: Json = {"libelle": "", "adresse": "https://", "faits": frozenset(), "avec_couts": False}
ETATS = {
    Etat.ATTENTE: ("En attente", "alerte", "clock"),
    Etat.REMIS: ("Remis", "succes", "check"),
    Etat.ABANDONNE: ("Abandonné", "danger", "circle-x"),
}


@router.get(ICI)
async def liste(request: Request, db: Db, _user: Administrateur) -> Response:
    """Every address, and how it goes."""
    async with db.read() as session:
        suivis = await queries.lister(session)
    return rendre(request, "webhooks/liste.html", onglet="webhooks", suivis=suivis)


@router.get(ICI + "/nouveau")
async def nouveau(request: Request, user: Administrateur) -> Response:
    """An empty one."""
    return _formulaire(request, user, VIDE, {})


@router.post(ICI + "/nouveau")
async def creer(request: Request, db: Db, user: Administrateur) -> Response:
    """Register it; its secret is shown once, on the page that follows."""
    valeurs, settings = await _saisie(request), request.app.state.means.settings
    try:
        saisie = SaisieWebhook.model_validate(valeurs)
        await use_cases.verifier(settings, user.actor, saisie)
        async with db.transaction(user.actor) as tx:
            secret, webhook = await use_cases.creer(tx, settings, user.compte, saisie)
    except (ValidationError, Refusal) as refus:
        return _formulaire(request, user, valeurs, _erreurs(refus))
    ecoute.oublier(db.database)
    return _secret(request, secret, webhook)


@router.get(ICI + "/{webhook_id}")
async def fiche(
    webhook_id: UUID,
    request: Request,
    db: Db,
    _user: Administrateur,
    etat: Annotated[Etat | None, Query()] = None,
    curseur: Curseur = None,
) -> Response:
    """One address and its last sendings."""
    async with db.read() as session:
        suivi = await queries.lire(session, webhook_id)
        envois, suite = await queries.envois(session, webhook_id, etat=etat, curseur=curseur)
    page = f"{ICI}/{webhook_id}"
    filtre = f"&etat={etat}" if etat else ""
    contexte: Json = {
        "s": suivi,
        "w": suivi.webhook,
        "page": page,
        "envois": envois,
        "etat": etat,
        "etats": ETATS,
        "suite": f"{page}?curseur={suite}{filtre}" if suite else None,
        "libelle_de": catalogue.libelle,
        "suivre": any(_part_bientot(request, envoi) for envoi in envois),
    }
    fragment = "rangees" if curseur else "envois"
    return rendre(request, "webhooks/fiche.html", onglet="webhooks", fragment=fragment, **contexte)


@router.get(ICI + "/{webhook_id}/modifier")
async def modifier(webhook_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """One to change."""
    async with db.read() as session:
        webhook = (await queries.lire(session, webhook_id)).webhook
    champs = ("id", "version", "libelle", "adresse", "faits", "avec_couts")
    return _formulaire(request, user, {champ: getattr(webhook, champ) for champ in champs}, {})


@router.post(ICI + "/{webhook_id}/modifier")
async def enregistrer(webhook_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Change it; whoever saves it answers for it."""
    valeurs = {**await _saisie(request), "id": webhook_id}
    try:
        saisie = SaisieWebhook.model_validate(valeurs)
        await use_cases.verifier(request.app.state.means.settings, user.actor, saisie)
        async with db.transaction(user.actor) as tx:
            await use_cases.modifier(tx, user.compte, webhook_id, saisie, version_lue(valeurs["version"]))
    except (ValidationError, Refusal) as refus:
        return _formulaire(request, user, valeurs, _erreurs(refus))
    ecoute.oublier(db.database)
    return aller(request, f"{ICI}/{webhook_id}", toast="Webhook enregistré")


@router.post(ICI + "/{webhook_id}/secret")
async def changer_secret(webhook_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Another secret, shown once."""
    async with db.transaction(user.actor) as tx:
        secret, webhook = await use_cases.changer_secret(tx, request.app.state.means.settings, webhook_id)
    return _secret(request, secret, webhook)


@router.post(ICI + "/{webhook_id}/essai")
async def essayer(webhook_id: UUID, db: Db, user: Administrateur) -> Response:
    """Send a message of trial; the page shows what it is answered."""
    async with db.transaction(user.actor) as tx:
        await use_cases.essayer(tx, webhook_id)
    return rafraichir(toast="Essai en route")


@router.post(ICI + "/{webhook_id}/arreter")
async def arreter(webhook_id: UUID, db: Db, user: Administrateur) -> Response:
    """Send nothing any more."""
    async with db.transaction(user.actor) as tx:
        await use_cases.arreter(tx, webhook_id)
    ecoute.oublier(db.database)
    return rafraichir(toast="Webhook arrêté", annuler=f"{ICI}/{webhook_id}/reprendre")


@router.post(ICI + "/{webhook_id}/reprendre")
async def reprendre(webhook_id: UUID, db: Db, user: Administrateur) -> Response:
    """Send again."""
    async with db.transaction(user.actor) as tx:
        await use_cases.reprendre(tx, webhook_id)
    ecoute.oublier(db.database)
    return rafraichir(toast="Webhook repris ; ce qui attendait part maintenant")


@router.post(ICI + "/{webhook_id}/supprimer")
async def supprimer(webhook_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Forget it."""
    async with db.transaction(user.actor) as tx:
        webhook = await use_cases.supprimer(tx, webhook_id)
    ecoute.oublier(db.database)
    return aller(request, ICI, toast=f"Webhook « {webhook.libelle} » supprimé")


@router.post(ICI + "/{webhook_id}/renvoyer")
async def renvoyer(webhook_id: UUID, db: Db, user: Administrateur) -> Response:
    """Try again everything given up."""
    async with db.transaction(user.actor) as tx:
        repris = await use_cases.renvoyer(tx, webhook_id)
    return rafraichir(toast=f"{repris} envoi{'s' if repris > 1 else ''} en route")


@router.get(ICI + "/{webhook_id}/envois/{envoi_id}")
async def envoi(webhook_id: UUID, envoi_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """What is sent, as far as who looks may see it, and what was answered."""
    async with db.read() as session:
        suivi, lu = await queries.lire(session, webhook_id), await queries.envoi(session, webhook_id, envoi_id)
    contexte: Json = {
        "w": suivi.webhook,
        "e": lu,
        "page": f"{ICI}/{webhook_id}",
        "libelle": catalogue.libelle(lu.type),
        "etats": ETATS,
        "corps": _montrer(user, suivi.webhook, lu),
    }
    return rendre(request, "webhooks/envoi.html", onglet="webhooks", **contexte)


@router.post(ICI + "/{webhook_id}/envois/{envoi_id}/renvoyer")
async def renvoyer_un(webhook_id: UUID, envoi_id: UUID, db: Db, user: Administrateur) -> Response:
    """Send one once more."""
    async with db.transaction(user.actor) as tx:
        await use_cases.renvoyer(tx, webhook_id, envoi_id)
    return rafraichir(toast="Envoi en route", fermer=True)


def _part_bientot(request: Request, envoi: EnvoiWebhook) -> bool:
    """Whether the answer is worth waiting for in front of the page."""
    maintenant = request.app.state.database.clock.now()
    return envoi.etat is Etat.ATTENTE and envoi.prochain_le - maintenant < rules.REPRISES[1]


def _montrer(user: Utilisateur, webhook: Webhook, envoi: EnvoiWebhook) -> str | None:
    if envoi.type != catalogue.ESSAI and not rules.lisible(user.actor, envoi.type):
        return None
    couts = webhook.avec_couts and user.may("couts.voir")
    corps = rules.corps(envoi.type, envoi.survenu_le, envoi.demande_id, envoi.contenu, couts=couts)
    return orjson.dumps(orjson.loads(corps), option=orjson.OPT_INDENT_2).decode()


async def _saisie(request: Request) -> Json:
    form = await request.form()
    return {
        "libelle": str(form.get("libelle", "")),
        "adresse": str(form.get("adresse", "")),
        "faits": [str(fait) for fait in form.getlist("faits")],
        "avec_couts": "avec_couts" in form,
        "version": form.get("version"),
    }


def _erreurs(refus: ValidationError | Refusal) -> dict[str, str]:
    if isinstance(refus, Refusal):
        return {"adresse" if refus.code.startswith("adresse") else "": refus.detail}
    erreurs = {str(e["loc"][0]): phrase_champ(dict(e)) for e in refus.errors()}
    return erreurs | ({"faits": "Choisissez au moins un fait."} if "faits" in erreurs else {})


def _formulaire(request: Request, user: Utilisateur, valeurs: Json, erreurs: dict[str, str]) -> Response:
    familles = [f for f in catalogue.FAMILLES if rules.lisible(user.actor, f.faits[0].type)]
    contexte: Json = {
        "v": valeurs,
        "erreurs": erreurs,
        "familles": familles,
        "voit_couts": user.may("couts.voir"),
        "prive": request.app.state.means.settings.webhooks_private,
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "webhooks/formulaire.html", onglet="webhooks", fragment="contenu", status_code=statut, **contexte
    )


def _secret(request: Request, secret: str, webhook: Webhook) -> Response:
    reponse = rendre(request, "webhooks/secret.html", onglet="webhooks", fragment="contenu", secret=secret, w=webhook)
    return notifier(reponse, "Copiez le secret : il ne sera plus montré")
