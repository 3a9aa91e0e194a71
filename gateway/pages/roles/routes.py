"""Roles in pages: the list, and the grid of rights by application and action."""

from collections.abc import Collection
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from gateway.compte import droits, roles
from gateway.compte.models import Role
from gateway.compte.schemas import SaisieRole
from gateway.pages.adresse import Designe
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Utilisateur, exiger
from shared.kernel.refusals import Refusal
from shared.web.doors import Db
from shared.web.problems import phrase_champ

router = APIRouter(include_in_schema=False)
Administrateur = Annotated[Utilisateur, exiger(droits.ADMINISTRER)]
Json = dict[str, Any]
ICI = "/administration/roles"
VIDE: Json = {"libelle": "", "description": "", "metier": "", "est_tout": False, "droits": frozenset(), "etendues": {}}


@router.get(ICI)
async def liste(request: Request, db: Db, _user: Administrateur) -> Response:
    """Every role: who it is for, what it opens, how many hold it."""
    async with db.read() as session:
        connus, effectifs = await roles.lister(session), await roles.effectifs(session)
    lignes = [
        {"role": role, "effectif": effectifs.get(role.cle, 0), "resume": _resume(role.permissions)} for role in connus
    ]
    return rendre(request, "roles/roles.html", onglet="roles", lignes=lignes, metiers=droits.METIERS)


@router.get(ICI + "/nouveau")
async def nouveau(request: Request, db: Db, _user: Administrateur, depuis: Designe = None) -> Response:
    """An empty role, or a copy of another to change."""
    valeurs = VIDE
    if depuis is not None:
        async with db.read() as session:
            modele = _valeurs(await roles.lire(session, depuis))
        valeurs = {**modele, "libelle": f"{modele['libelle']} (copie)", "copie_de": modele["libelle"]}
    return _formulaire(request, valeurs, {})


@router.post(ICI + "/nouveau")
async def creer(request: Request, db: Db, user: Administrateur) -> Response:
    """Open it."""
    valeurs = await _saisie(request)
    try:
        async with db.transaction(user.actor) as tx:
            role = await roles.creer(tx, SaisieRole.model_validate(valeurs))
    except (ValidationError, Refusal) as refus:
        return _formulaire(request, valeurs, _erreurs(refus))
    return aller(request, ICI, toast=f"Rôle {role.libelle} créé")


@router.get(ICI + "/{role_id}")
async def fiche(role_id: UUID, request: Request, db: Db, _user: Administrateur) -> Response:
    """A role to change."""
    async with db.read() as session:
        role = await roles.lire(session, role_id)
        effectif = (await roles.effectifs(session)).get(role.cle, 0)
    return _formulaire(request, {**_valeurs(role), "effectif": effectif}, {})


@router.post(ICI + "/{role_id}")
async def enregistrer(role_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Change it: everybody who holds it is served accordingly at their next request."""
    valeurs = await _saisie(request)
    try:
        async with db.transaction(user.actor) as tx:
            saisie = SaisieRole.model_validate(valeurs)
            await roles.modifier(tx, role_id, saisie, version_lue(valeurs["version"]))
    except (ValidationError, Refusal) as refus:
        return _formulaire(request, {**valeurs, "id": role_id}, _erreurs(refus))
    request.app.state.registre.oublier()
    return aller(request, ICI, toast=f"Rôle {saisie.libelle} enregistré")


@router.post(ICI + "/{role_id}/supprimer")
async def supprimer(role_id: UUID, request: Request, db: Db, user: Administrateur) -> Response:
    """Remove it; refused while somebody holds it."""
    async with db.transaction(user.actor) as tx:
        role = await roles.supprimer(tx, role_id)
    return aller(request, ICI, toast=f"Rôle {role.libelle} supprimé")


async def _saisie(request: Request) -> Json:
    form = await request.form()
    valeurs: Json = {champ: str(form.get(champ, "")) for champ in ("libelle", "description", "metier", "version")}
    etendues = {genre: str(form[f"etendue:{genre}"]) for genre in droits.GENRES if f"etendue:{genre}" in form}
    cochees = [str(d) for d in form.getlist("droits")]
    return {**valeurs, "est_tout": "est_tout" in form, "droits": cochees, "etendues": etendues}


def _valeurs(role: Role) -> Json:
    champs = ("id", "version", "libelle", "description", "metier")
    return {
        **{champ: getattr(role, champ) for champ in champs},
        "est_tout": droits.TOUT in role.permissions,
        "droits": droits.cochees(role.permissions),
        "etendues": role.etendues,
    }


def _resume(permissions: Collection[str]) -> list[str]:
    """What a role opens, in words: the applications where it may do something."""
    if droits.TOUT in permissions:
        return ["Tous les droits"]
    cochees = droits.cochees(permissions)
    return [nom for nom, rubriques in droits.GRILLE if any(d.cle in cochees for r in rubriques for d in r.droits())]


def _erreurs(refus: ValidationError | Refusal) -> dict[str, str]:
    if isinstance(refus, Refusal):
        return {"": refus.detail}
    return {str(e["loc"][0]): phrase_champ(dict(e)) for e in refus.errors()}


def _formulaire(request: Request, valeurs: Json, erreurs: dict[str, str]) -> Response:
    contexte: Json = {
        "v": valeurs,
        "erreurs": erreurs,
        "grille": droits.GRILLE,
        "metiers": list(droits.METIERS.items()),
        "etendues": [(cle.value, libelle) for cle, libelle in droits.ETENDUES.items()],
    }
    statut = 422 if erreurs else 200
    return rendre(request, "roles/role.html", onglet="roles", fragment="formulaire", status_code=statut, **contexte)
