"""Negociations: the list, and what changes while a price is being asked."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.achats import saisies
from gateway.pages.achats.textes import MOTS
from gateway.pages.edition import version_lue
from gateway.pages.rendu import rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()


@router.get("/achats/negociations")
async def liste(request: Request, user: User, etat: str = "ouverte", curseur: str | None = None) -> Response:
    """Prices being asked, or already ordered or closed."""
    params = {"etat": "" if etat == "toutes" else etat, "curseur": curseur}
    page = await user.services.get("purchasing", "/negociations", params)
    contexte: dict[str, Any] = {**MOTS, "page": page, "etat": etat}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "achats/negociations.html", onglet="negociations", fragment=fragment, **contexte)


@router.get("/achats/comparaison")
async def comparer(demande_id: UUID, request: Request, user: User) -> Response:
    """Every supplier asked for a project, side by side: prices, total, delay."""
    comparaison = await user.services.get("purchasing", "/comparaison", {"demande_id": demande_id})
    contexte: dict[str, Any] = {"c": comparaison, "demande_id": demande_id}
    return rendre(request, "achats/comparaison.html", onglet="negociations", **contexte)


@router.get("/achats/negociations/{negociation_id}")
async def formulaire(negociation_id: UUID, request: Request, user: User) -> Response:
    """What can change, in a dialog."""
    negociation = await user.services.get("purchasing", f"/negociations/{negociation_id}")
    envois = await user.services.panneau("purchasing", "/envois", {"negociation_id": negociation_id}) or []
    contexte: dict[str, Any] = {**MOTS, "n": negociation, "envois": envois}
    return rendre(request, "achats/negociation.html", onglet="negociations", **contexte)


@router.post("/achats/negociations/{negociation_id}")
async def modifier(negociation_id: UUID, request: Request, user: User) -> Response:
    """The price came, the basket was filled."""
    form = await request.form()
    corps: dict[str, Any] = {"avancement": saisies.texte(form, "avancement") or None}
    if "quantite" in form:
        corps |= {
            "quantite": saisies.nombre(form, "quantite"),
            "delai_jours": saisies.texte(form, "delai_jours") or None,
            "reference_fournisseur": saisies.texte(form, "reference_fournisseur"),
            "note": saisies.texte(form, "note"),
        }
    if "prix_ht" in form:
        corps["prix_ht"] = saisies.nombre(form, "prix_ht")
    version = version_lue(form.get("version"))
    chemin = f"/negociations/{negociation_id}"
    await user.services.patch("purchasing", chemin, corps, version=version)
    return rafraichir(toast="Négociation enregistrée", fermer=True)


@router.post("/achats/negociations/{negociation_id}/fermer")
async def fermer(negociation_id: UUID, user: User) -> Response:
    """No longer useful; undone by the toast."""
    await user.services.post("purchasing", f"/negociations/{negociation_id}/fermer")
    return rafraichir(toast="Négociation fermée", annuler=f"/achats/negociations/{negociation_id}/rouvrir")


@router.post("/achats/negociations/{negociation_id}/rouvrir")
async def rouvrir(negociation_id: UUID, user: User) -> Response:
    """Useful after all."""
    await user.services.post("purchasing", f"/negociations/{negociation_id}/rouvrir")
    return rafraichir(toast="Négociation rouverte")
