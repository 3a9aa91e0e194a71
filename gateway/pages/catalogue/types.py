"""Product types in pages: their configuration form is data, edited here without code."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.catalogue import formulaire
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]


@router.get("/catalogue/types")
async def liste(request: Request, user: User) -> Response:
    """Every type with its form."""
    types = await user.services.get("inventory", "/types-produit")
    return rendre(request, "catalogue/types.html", onglet="types", types=types, genres=dict(formulaire.TYPES_CHAMP))


@router.get("/catalogue/types/nouveau")
async def nouveau(request: Request, _user: User) -> Response:
    """An empty type."""
    vide = {"libelle": "", "icone": "package", "champs": [], "actions": [], "est_visible_parc": True, "est_actif": True}
    return _formulaire(request, vide, {})


@router.post("/catalogue/types/nouveau")
async def creer(request: Request, user: User) -> Response:
    """Create it."""
    saisie = await formulaire.lire_type(request)
    try:
        await user.services.post("inventory", "/types-produit", saisie, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return _formulaire(request, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, "/catalogue/types", toast=f"Type {saisie['libelle']} créé")


@router.get("/catalogue/types/{type_id}")
async def modifier(type_id: UUID, request: Request, user: User) -> Response:
    """The definition of a type."""
    return _formulaire(request, await user.services.get("inventory", f"/types-produit/{type_id}"), {})


@router.post("/catalogue/types/{type_id}")
async def enregistrer(type_id: UUID, request: Request, user: User) -> Response:
    """Save it on the version read."""
    saisie = await formulaire.lire_type(request)
    version = version_lue((await request.form()).get("version"))
    try:
        await user.services.put("inventory", f"/types-produit/{type_id}", saisie, version=version)
    except Refus as refus:
        valeurs = {**saisie, "id": str(type_id), "version": version}
        return _formulaire(request, valeurs, refus.erreurs or {"": refus.detail})
    return aller(request, "/catalogue/types", toast="Type enregistré")


def _formulaire(request: Request, valeurs: Json, erreurs: dict[str, str]) -> Response:
    existe = "id" in valeurs
    return rendre(
        request,
        "catalogue/type.html",
        onglet="types",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        v=valeurs,
        erreurs=erreurs,
        titre=valeurs["libelle"] or "Nouveau type de produit",
        action=f"/catalogue/types/{valeurs['id']}" if existe else "/catalogue/types/nouveau",
        icones=formulaire.ICONES,
        **formulaire.CHOIX_DES_RANGEES,
    )
