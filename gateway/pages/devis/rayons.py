"""Shelves of frequent products in pages."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
ICONES = (
    ("package", "Colis"), ("cctv", "Caméra"), ("network", "Réseau"), ("cable", "Câble"), ("phone", "Téléphone"),
    ("printer", "Imprimante"), ("hammer", "Main-d’œuvre"), ("shield", "Sécurité"), ("server", "Serveur"),
)  # fmt: skip
VIDE: dict[str, Any] = {"nom": "", "icone": "package", "rang": 0, "est_personnel": False, "produits": []}


@router.get("/devis/rayons")
async def rayons(request: Request, user: User) -> Response:
    """Every shelf and what is on it."""
    liste = await user.services.panneau("commercial", "/rayons")
    contexte: dict[str, Any] = {"rayons": liste, "couts": user.may("couts.voir")}
    return rendre(request, "devis/rayons.html", onglet="rayons", fragment="lignes", **contexte)


@router.get("/devis/rayons/nouveau")
async def nouveau(request: Request, _user: User) -> Response:
    """An empty shelf."""
    return _formulaire(request, VIDE, {})


@router.post("/devis/rayons/nouveau")
async def creer(request: Request, user: User) -> Response:
    """A new shelf; its products come next."""
    form = await request.form()
    saisie: dict[str, Any] = {
        "nom": str(form.get("nom") or "").strip(),
        "icone": str(form.get("icone") or "package"),
        "est_personnel": form.get("pour") == "moi",
    }
    cle = request.headers.get("idempotency-key")
    try:
        cree = await user.services.post("commercial", "/rayons", saisie, cle=cle)
    except Refus as refus:
        return _formulaire(request, {**VIDE, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/rayons/{cree['id']}", toast=f"Rayon « {saisie['nom']} » créé")


@router.get("/devis/rayons/{rayon_id}")
async def rayon(rayon_id: UUID, request: Request, user: User) -> Response:
    """A shelf to arrange."""
    return _formulaire(request, await _un(user, rayon_id), {})


@router.post("/devis/rayons/{rayon_id}")
async def enregistrer(rayon_id: UUID, request: Request, user: User) -> Response:
    """Its name and the default quantities; those emptied leave the shelf."""
    form = await request.form()
    existant = await _un(user, rayon_id)
    produits = [
        {"produit_id": str(id_), "quantite": decimal(str(quantite))}
        for id_, quantite in zip(form.getlist("produit_id"), form.getlist("quantite"), strict=False)
        if str(quantite).strip()
    ]
    saisie = {
        "nom": str(form.get("nom") or "").strip(),
        "icone": str(form.get("icone") or "package"),
        "rang": existant["rang"],
        "est_personnel": existant["est_personnel"] and form.get("pour", "moi") == "moi",
        "produits": produits,
    }
    version = version_lue(form.get("version") or existant["version"])
    try:
        await user.services.put("commercial", f"/rayons/{rayon_id}", saisie, version=version)
    except Refus as refus:
        return _formulaire(request, {**existant, "nom": saisie["nom"], "icone": saisie["icone"]}, erreurs_de(refus))
    return aller(request, "/devis/rayons", toast="Rayon enregistré")


@router.post("/devis/rayons/{rayon_id}/produits")
async def ajouter(rayon_id: UUID, request: Request, user: User) -> Response:
    """One more product on a shelf."""
    form = await request.form()
    corps = {"produit_id": str(form.get("produit_id") or ""), "quantite": decimal(str(form.get("quantite") or "1"))}
    try:
        await user.services.post("commercial", f"/rayons/{rayon_id}/produits", corps)
    except Refus as refus:
        return _formulaire(request, await _un(user, rayon_id), erreurs_de(refus))
    return _formulaire(request, await _un(user, rayon_id), {})


@router.post("/devis/rayons/{rayon_id}/supprimer")
async def supprimer(rayon_id: UUID, request: Request, user: User) -> Response:
    """Take a shelf away; its products stay in the catalogue."""
    await user.services.delete("commercial", f"/rayons/{rayon_id}")
    return aller(request, "/devis/rayons", toast="Rayon supprimé")


async def _un(user: Utilisateur, rayon_id: UUID) -> dict[str, Any]:
    liste: list[dict[str, Any]] = await user.services.get("commercial", "/rayons")
    trouve = next((r for r in liste if r["id"] == str(rayon_id)), None)
    if trouve is None:
        raise Refus(404, {"detail": "Ce rayon n’existe pas ou n’existe plus.", "code": "rayon_inconnu"})
    return trouve


def _formulaire(request: Request, r: dict[str, Any], erreurs: dict[str, str]) -> Response:
    contexte: dict[str, Any] = {"r": r, "icones": ICONES, "erreurs": erreurs}
    statut = 422 if erreurs else 200
    return rendre(request, "devis/rayon.html", onglet="rayons", fragment="formulaire", status_code=statut, **contexte)
