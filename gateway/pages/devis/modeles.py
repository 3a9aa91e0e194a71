"""Models in pages: the list, one model, making one from a proposition, laying one down."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)


@router.get("/devis/modeles")
async def modeles(request: Request, user: User) -> Response:
    """Models by name."""
    liste = await user.services.panneau("commercial", "/modeles", {"actifs": "false"})
    return rendre(request, "devis/modeles.html", onglet="modeles", fragment="lignes", modeles=liste)


@router.get("/devis/modeles/{modele_id}")
async def modele(modele_id: UUID, request: Request, user: User) -> Response:
    """What a model lays down."""
    vue = await user.services.get("commercial", f"/modeles/{modele_id}")
    return rendre(request, "devis/modele.html", onglet="modeles", m=vue)


@router.post("/devis/modeles/{modele_id}/proposer/{actif}")
async def proposer(modele_id: UUID, actif: bool, request: Request, user: User) -> Response:
    """Offer a model again, or no longer."""
    vue = await user.services.get("commercial", f"/modeles/{modele_id}")
    corps = {"nom": vue["nom"], "description": vue["description"], "est_actif": actif}
    await user.services.put("commercial", f"/modeles/{modele_id}", corps, version=vue["version"])
    return aller(request, f"/devis/modeles/{modele_id}", toast="Modèle proposé" if actif else "Modèle retiré")


@router.get("/devis/propositions/{proposition_id}/modele")
async def nouveau(proposition_id: UUID, request: Request, user: User) -> Response:
    """Keep these lines as a model."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    return _formulaire(request, p, {"nom": p["libelle"] or p["objet"], "description": ""}, {})


@router.post("/devis/propositions/{proposition_id}/modele")
async def creer(proposition_id: UUID, request: Request, user: User) -> Response:
    """The model exists."""
    form = await request.form()
    v = {nom: str(form.get(nom) or "").strip() for nom in ("nom", "description")}
    cle = request.headers.get("idempotency-key")
    try:
        corps = {**v, "proposition_id": str(proposition_id)}
        await user.services.post("commercial", "/modeles", corps, cle=cle)
    except Refus as refus:
        p = await user.services.get("commercial", f"/propositions/{proposition_id}")
        return _formulaire(request, p, v, erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}", toast=f"Modèle « {v['nom']} » enregistré")


@router.get("/devis/propositions/{proposition_id}/appliquer-modele")
async def choisir(proposition_id: UUID, request: Request, user: User) -> Response:
    """Which model to lay down."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    liste = await user.services.get("commercial", "/modeles")
    return rendre(request, "devis/appliquer_modele.html", onglet="etudes", p=p, modeles=liste)


@router.post("/devis/propositions/{proposition_id}/appliquer-modele/{modele_id}")
async def appliquer(proposition_id: UUID, modele_id: UUID, request: Request, user: User) -> Response:
    """Its lines at the end of the proposition."""
    cle = request.headers.get("idempotency-key")
    corps = {"modele_id": str(modele_id)}
    await user.services.post("commercial", f"/propositions/{proposition_id}/appliquer-modele", corps, cle=cle)
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Lignes du modèle ajoutées")


def _formulaire(request: Request, p: dict[str, Any], v: dict[str, str], erreurs: dict[str, str]) -> Response:
    contexte: dict[str, Any] = {"p": p, "v": v, "erreurs": erreurs}
    statut = 422 if erreurs else 200
    return rendre(
        request, "devis/nouveau_modele.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )
