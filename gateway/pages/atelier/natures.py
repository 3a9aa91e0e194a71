"""The natures of stock in pages: their names wherever goods are shown, and where the company says what they are."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import FicheAbsente, Refus
from gateway.pages.edition import version_lue
from gateway.pages.rendu import rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
ICI = "/atelier/stock/natures"


@dataclass(frozen=True, slots=True)
class Natures:
    """The natures as pages name them: their labels by code, the main one, those whose goods may not be delivered."""

    libelles: dict[str, str]
    principale: str
    non_livrables: frozenset[str]

    def nom(self, code: str) -> str:
        """What people read; the code itself while inventory does not answer."""
        return self.libelles.get(code, code.capitalize())

    def a_part(self, code: str) -> str:
        """The name of a nature that is not the main one, in small letters; empty for the main one."""
        return "" if code == self.principale else self.nom(code).lower()


async def lues(user: Utilisateur) -> Natures:
    """The natures of the company, as far as inventory answers."""
    connues = await user.services.panneau("inventory", "/natures-stock") or []
    return Natures(
        {n["code"]: n["libelle"] for n in connues},
        next((n["code"] for n in connues if n["est_principale"]), ""),
        frozenset(n["code"] for n in connues if not n["est_livrable"]),
    )


@router.get(ICI)
async def liste(request: Request, user: User) -> Response:
    """Every nature, and which one is the main one."""
    natures = await user.services.get("inventory", "/natures-stock")
    return rendre(request, "atelier/natures.html", onglet="stock", natures=natures)


@router.get(ICI + "/nouvelle")
async def nouvelle(request: Request) -> Response:
    """An empty nature."""
    vide = {"libelle": "", "est_livrable": True, "est_principale": False, "version": 0}
    return _formulaire(request, vide, {}, f"{ICI}/nouvelle")


@router.post(ICI + "/nouvelle")
async def creer(request: Request, user: User) -> Response:
    """A nature the company did not use yet."""
    saisie = await _lire(request)
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("inventory", "/natures-stock", saisie, cle=cle)
    except Refus as refus:
        return _formulaire(request, {**saisie, "version": 0}, _erreurs(refus), f"{ICI}/nouvelle")
    return rafraichir(toast=f"Nature {saisie['libelle']} ajoutée", fermer=True)


@router.get(ICI + "/{nature_id}")
async def fiche(nature_id: UUID, request: Request, user: User) -> Response:
    """One nature."""
    natures = await user.services.get("inventory", "/natures-stock")
    nature = next((n for n in natures if n["id"] == str(nature_id)), None)
    if nature is None:
        raise FicheAbsente
    return _formulaire(request, nature, {}, f"{ICI}/{nature_id}")


@router.post(ICI + "/{nature_id}")
async def enregistrer(nature_id: UUID, request: Request, user: User) -> Response:
    """Its name, whether its goods may be delivered, whether it is the main one."""
    saisie = await _lire(request)
    version = version_lue((await request.form()).get("version"))
    try:
        await user.services.put("inventory", f"/natures-stock/{nature_id}", saisie, version=version)
    except Refus as refus:
        return _formulaire(request, {**saisie, "version": version}, _erreurs(refus), f"{ICI}/{nature_id}")
    return rafraichir(toast=f"Nature {saisie['libelle']} enregistrée", fermer=True)


async def _lire(request: Request) -> Json:
    form = await request.form()
    coches = {champ: champ in form for champ in ("est_livrable", "est_principale")}
    return {"libelle": str(form.get("libelle", "")).strip(), **coches}


def _erreurs(refus: Refus) -> dict[str, str]:
    return refus.erreurs or {"": refus.detail}


def _formulaire(request: Request, v: Json, erreurs: dict[str, str], action: str) -> Response:
    statut = 422 if erreurs else 200
    contexte: Json = {"v": v, "erreurs": erreurs, "action": action}
    return rendre(request, "atelier/nature.html", onglet="stock", fragment="formulaire", status_code=statut, **contexte)
