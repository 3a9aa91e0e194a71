"""Accounts, the company's file, and where programs find the API."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from sqlalchemy import select

from gateway.clients.services import LIBELLES
from gateway.compte import personnel, roles, second_facteur, use_cases
from gateway.compte.models import Compte
from gateway.compte.schemas import NouveauCompte, SaisieCompte
from gateway.errors import CompteInconnu, Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur, exiger
from shared.kernel.refusals import Refusal
from shared.web.doors import Db, Door
from shared.web.problems import phrase_champ

router = APIRouter(include_in_schema=False)
VIDE: dict[str, Any] = {"roles": [], "autres_agences": [], "est_actif": True, "page_entree": "/demandes"}
Administrateur = Annotated[Utilisateur, exiger("administration")]
TEXTES = (
    *("raison_sociale", "forme_juridique", "capital", "siren", "siret", "rcs", "naf", "tva_intracom"),
    *("telephone", "email", "iban", "bic", "convention_marge"),
)


@router.get("/administration")
async def comptes(request: Request, db: Db, _user: Administrateur) -> Response:
    """Who may sign in."""
    async with db.read() as session:
        lus = list(await session.scalars(select(Compte).order_by(Compte.nom)))
    return rendre(request, "administration/comptes.html", onglet="comptes", comptes=lus)


@router.get("/administration/comptes/nouveau")
async def nouveau(request: Request, db: Db, user: Administrateur) -> Response:
    """An empty account."""
    return await _compte(request, db, user, VIDE, {})


@router.post("/administration/comptes/nouveau")
async def creer(request: Request, db: Db, user: Administrateur) -> Response:
    """Open an account with its first password."""
    valeurs = await _lire(request)
    try:
        async with db.transaction(user.actor) as tx:
            compte = await use_cases.creer(tx, NouveauCompte.model_validate(valeurs))
    except (ValidationError, Refusal) as refus:
        return await _compte(request, db, user, valeurs, _erreurs(refus))
    return aller(request, "/administration", toast=f"Compte {compte.identifiant} ouvert")


@router.get("/administration/comptes/{compte_id}")
async def compte(compte_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """An account to change."""
    async with db.read() as session:
        lu = await session.get(Compte, compte_id)
        if lu is None:
            raise CompteInconnu
        sessions = await personnel.sessions(session, compte_id)
    champs = (*SaisieCompte.model_fields, "id", "version", "totp_actif_le", "est_provisoire")
    return await _compte(request, db, user, {c: getattr(lu, c) for c in champs}, {}, sessions)


@router.post("/administration/comptes/{compte_id}/sessions/fermer")
async def fermer_sessions(compte_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Sign somebody out everywhere: a phone was stolen."""
    async with db.transaction(user.actor) as tx:
        await personnel.fermer_les_autres(tx, compte_id, user.empreinte)
    request.app.state.registre.oublier()
    return aller(request, f"/administration/comptes/{compte_id}", toast="Sessions fermées")


@router.post("/administration/comptes/{compte_id}/mot-de-passe")
async def donner_mot_de_passe(compte_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Somebody forgot his password: a provisional one, shown once, to change at the next sign-in."""
    async with db.transaction(user.actor) as tx:
        provisoire = await use_cases.donner_mot_de_passe(tx, compte_id)
    request.app.state.registre.oublier()
    return rendre(request, "administration/provisoire.html", onglet="comptes", fragment="valeur", provisoire=provisoire)


@router.post("/administration/comptes/{compte_id}/second-facteur/reinitialiser")
async def reinitialiser_second_facteur(compte_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """The phone is lost: its owner prepares another at the next sign-in."""
    async with db.transaction(user.actor) as tx:
        await second_facteur.reinitialiser(tx, compte_id)
    request.app.state.registre.oublier()
    return aller(request, f"/administration/comptes/{compte_id}", toast="Double authentification réinitialisée")


@router.post("/administration/comptes/{compte_id}")
async def enregistrer(compte_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Change roles or close an account."""
    valeurs = {**await _lire(request), "id": compte_id}
    try:
        async with db.transaction(user.actor) as tx:
            saisie = SaisieCompte.model_validate(valeurs)
            await use_cases.modifier(tx, compte_id, saisie, int(valeurs["version"]))
    except (ValidationError, Refusal) as refus:
        return await _compte(request, db, user, valeurs, _erreurs(refus))
    request.app.state.registre.oublier()
    return aller(request, "/administration", toast="Compte enregistré")


@router.get("/administration/societe")
async def societe(request: Request, user: User) -> Response:
    """The identity printed on documents."""
    try:
        lue = await user.services.get("contacts", "/societe")
    except Refus:
        lue = {"agences": [], "adresse": {"lignes": [], "code_postal": "", "ville": ""}, "version": 0}
    return _societe(request, lue)


@router.post("/administration/societe")
async def enregistrer_societe(request: Request, user: User) -> Response:
    """Save the identity; agencies are kept as they are."""
    form = await request.form()
    version = version_lue(form.get("version"))
    existante = await user.services.get("contacts", "/societe") if version else {"agences": []}
    adresse = {
        "lignes": [ligne.strip() for ligne in str(form.get("adresse", "")).splitlines() if ligne.strip()],
        "code_postal": form.get("code_postal", ""),
        "ville": form.get("ville", ""),
    }
    corps = {
        **{champ: form.get(champ, "") for champ in TEXTES},
        "adresse": adresse,
        "option_debits": "option_debits" in form,
        "acompte_pourcent": decimal(str(form.get("acompte_pourcent") or "")) or "0",
        "logo_svg": existante.get("logo_svg", ""),
        "agences": existante["agences"],
    }
    try:
        await user.services.put("contacts", "/societe", corps, version=version or None)
    except Refus as refus:
        return _societe(request, {**existante, **corps, "version": version}, erreur=refus.detail)
    return aller(request, "/administration/societe", toast="Société enregistrée")


@router.get("/administration/api")
async def api(request: Request, _user: Administrateur) -> Response:
    """Where programs find each service's OpenAPI."""
    return rendre(request, "administration/api.html", onglet="api", services=LIBELLES)


async def _lire(request: Request) -> dict[str, Any]:
    form = await request.form()
    champs = ("identifiant", "nom", "email", "fonction", "page_entree", "mot_de_passe", "version")
    valeurs: dict[str, Any] = {champ: str(form.get(champ, "")) for champ in champs}
    for champ in ("collaborateur_id", "agence_id"):
        valeurs[champ] = form.get(champ) or None
    return {
        **valeurs,
        "roles": form.getlist("roles"),
        "autres_agences": form.getlist("autres_agences"),
        "est_actif": "est_actif" in form,
    }


def _erreurs(refus: ValidationError | Refusal) -> dict[str, str]:
    if isinstance(refus, Refusal):
        return {"": refus.detail}
    return {str(e["loc"][0]): phrase_champ(dict(e)) for e in refus.errors()}


async def _compte(
    request: Request,
    db: Door,
    user: Utilisateur,
    valeurs: dict[str, Any],
    erreurs: dict[str, str],
    sessions: Sequence[personnel.SessionOuverte] = (),
) -> Response:
    gens, societe = await user.services.panneaux(("contacts", "/collaborateurs"), ("contacts", "/societe"))
    async with db.read() as session:
        connus = await roles.lister(session)
    noms = [(g["id"], f"{g['prenom']} {g['nom']}".strip()) for g in gens or () if g["est_actif"]]
    contexte: dict[str, Any] = {
        "v": valeurs,
        "erreurs": erreurs,
        "roles": [(role.cle, role.libelle) for role in connus],
        "sessions": sessions,
        "collaborateurs": _avec(noms, valeurs.get("collaborateur_id"), "Collaborateur actuel"),
        "agences": _avec(
            [(a["id"], a["nom"]) for a in (societe["agences"] if societe else ())],
            valeurs.get("agence_id"),
            "Agence actuelle",
        ),
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "administration/compte.html", onglet="comptes", fragment="formulaire", status_code=statut, **contexte
    )


def _avec(options: list[tuple[str, str]], actuelle: Any, libelle: str) -> list[tuple[str, str]]:
    """The choices, with the present one when the list does not know it (left, or contacts does not answer)."""
    connue = not actuelle or str(actuelle) in {cle for cle, _ in options}
    return options if connue else [(str(actuelle), libelle), *options]


def _societe(request: Request, valeurs: dict[str, Any], erreur: str | None = None) -> Response:
    contexte: dict[str, Any] = {"s": valeurs, "erreur": erreur}
    statut = 422 if erreur else 200
    return rendre(
        request, "administration/societe.html", onglet="societe", fragment="formulaire", status_code=statut, **contexte
    )
