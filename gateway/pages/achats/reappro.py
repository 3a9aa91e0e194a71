"""Reorder rules: what each depot keeps, and what is missing there."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
CHAMPS = ("produit_id", "produit_nom", "agence_id", "mini", "maxi")


@router.get("/achats/reappro")
async def liste(request: Request, user: User, q: str = "", curseur: str | None = None) -> Response:
    """Every rule with what its depot has and expects."""
    page = await user.services.get("purchasing", "/regles-reappro", {"q": q, "curseur": curseur})
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "achats/reappro.html", onglet="besoins", fragment=fragment, page=page, q=q)


@router.get("/achats/reappro/regle")
async def regle(request: Request, user: User) -> Response:
    """A rule to make, or the one named to change."""
    v = {nom: request.query_params.get(nom) for nom in CHAMPS}
    return await _formulaire(request, user, v, {})


@router.post("/achats/reappro/regle")
async def fixer(request: Request, user: User) -> Response:
    """Save it."""
    form = await request.form()
    v: dict[str, Any] = {nom: saisies.texte(form, nom) for nom in CHAMPS}
    seuils = {nom: saisies.nombre(form, nom) for nom in ("mini", "maxi")}
    corps = {"produit_id": v["produit_id"], "agence_id": v["agence_id"], **seuils}
    try:
        await user.services.put("purchasing", "/regles-reappro", corps)
    except Refus as refus:
        return await _formulaire(request, user, {**v, **seuils}, refus.erreurs or {"": refus.detail})
    return aller(request, "/achats/reappro", toast="Règle enregistrée")


@router.post("/achats/reappro/{regle_id}/retirer")
async def retirer(regle_id: UUID, user: User) -> Response:
    """Keep nothing of it any more."""
    await user.services.delete("purchasing", f"/regles-reappro/{regle_id}")
    return rafraichir(toast="Règle retirée")


@router.get("/achats/reappro/produits")
async def produits(user: User, q: str = "") -> dict[str, Any]:
    """Products for the combobox."""
    trouves = await user.services.get("purchasing", "/produits", {"q": q, "limite": 8})
    return {
        "elements": [
            {"valeur": p["produit_id"], "libelle": p["designation"], "detail": p["reference"]} for p in trouves
        ]
    }


async def _formulaire(request: Request, user: Utilisateur, v: dict[str, Any], erreurs: dict[str, str]) -> Response:
    agences = [(a["agence_id"], a["nom"]) for a in await user.services.get("purchasing", "/agences")]
    contexte: dict[str, Any] = {"v": v, "agences": agences, "erreurs": erreurs}
    gabarit, statut = "achats/regle.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="besoins", fragment="formulaire", status_code=statut, **contexte)
