"""The purchasing file of a supplier, and the order built in it."""

import asyncio
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.achats.textes import MOTS
from gateway.pages.adresse import Designe
from gateway.pages.coque.formats import euros
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
VIDE: dict[str, Any] = {
    **dict.fromkeys(("numero_fournisseur", "livraison_prevue", "frais_ht", "note")),
    "fermer_ids": [],
    "non_retenues_ids": None,  # nothing answered yet
}


@router.get("/achats/fournisseurs/choisir")
async def choisir(user: User, q: str = "", produit_id: Designe = None) -> dict[str, Any]:
    """Suppliers for a combobox: those that sell the product first, with their reference and price."""
    proposes: list[dict[str, Any]] = []
    if produit_id is not None:
        liste = await user.services.get("purchasing", "/besoins", {"produit_id": produit_id, "filtre": "tous"})
        proposes = [f for groupe in liste["elements"] for f in groupe["fournisseurs"] if q.lower() in f["nom"].lower()]
    page = await user.services.get("purchasing", "/fournisseurs", {"q": q, "limite": 8})
    connus = {f["fournisseur_id"] for f in proposes}
    elements = [_propose(f) for f in proposes]
    elements += [
        {"valeur": f["tiers_id"], "libelle": f["nom"], "detail": f["code"]}
        for f in page["elements"]
        if f["tiers_id"] not in connus
    ]
    return {"elements": elements}


def _propose(fournisseur: dict[str, Any]) -> dict[str, str]:
    prix = euros(fournisseur["prix_ht"]) if fournisseur["prix_ht"] else ""
    detail = " · ".join(filter(None, (fournisseur["reference"], prix)))
    return {"valeur": fournisseur["fournisseur_id"], "libelle": fournisseur["nom"], "detail": detail}


@router.get("/achats/fournisseurs/{tiers_id}")
async def fiche(tiers_id: UUID, request: Request, user: User) -> Response:
    """Orders in progress and pending negociations."""
    dossier, tolere = await asyncio.gather(
        user.services.get("purchasing", f"/fournisseurs/{tiers_id}/achats"),
        user.services.get("purchasing", f"/fournisseurs/{tiers_id}/tolerance"),
    )
    return rendre(request, "achats/fournisseur.html", onglet="commandes", f=dossier, tolere=tolere, **MOTS)


@router.get("/achats/fournisseurs/{tiers_id}/tolerance")
async def tolerance(tiers_id: UUID, request: Request, user: User) -> Response:
    """How far from its orders the supplier may deliver and bill."""
    v = await user.services.get("purchasing", f"/fournisseurs/{tiers_id}/tolerance")
    return await _tolerance(request, user, tiers_id, v, {})


@router.post("/achats/fournisseurs/{tiers_id}/tolerance")
async def fixer_tolerance(tiers_id: UUID, request: Request, user: User) -> Response:
    """Set it."""
    form = await request.form()
    v: dict[str, Any] = {nom: saisies.nombre(form, nom) or "0" for nom in ("quantite_pct", "prix_pct")}
    v["au_dela"] = saisies.texte(form, "au_dela")
    try:
        await user.services.put("purchasing", f"/fournisseurs/{tiers_id}/tolerance", v)
    except Refus as refus:
        return await _tolerance(request, user, tiers_id, v, refus.erreurs or {"": refus.detail})
    return aller(request, f"/achats/fournisseurs/{tiers_id}", toast="Tolérances enregistrées")


async def _tolerance(
    request: Request, user: Utilisateur, tiers_id: UUID, v: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    dossier = await user.services.get("purchasing", f"/fournisseurs/{tiers_id}/achats")
    contexte: dict[str, Any] = {"f": dossier, "v": v, "erreurs": erreurs}
    gabarit, statut = "achats/tolerance.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="commandes", fragment="formulaire", status_code=statut, **contexte)


@router.get("/achats/fournisseurs/{tiers_id}/commander")
async def preparer(tiers_id: UUID, request: Request, user: User) -> Response:
    """The order to place with the ticked negociations."""
    return await _formulaire(request, user, tiers_id, set(request.query_params.getlist("ids")), {})


@router.post("/achats/fournisseurs/{tiers_id}/commander")
async def commander(tiers_id: UUID, request: Request, user: User) -> Response:
    """Place it; refused, what was typed stays."""
    saisie = {**await saisies.commande(request), "fournisseur_id": str(tiers_id)}
    try:
        commande = await user.services.post("purchasing", "/commandes", saisie, cle=saisies.cle(request))
    except Refus as refus:
        erreurs = refus.erreurs or {"": refus.detail}
        return await _formulaire(request, user, tiers_id, set(saisie["negociation_ids"]), saisie, erreurs)
    mot = "attend une approbation" if commande["etat"] == "a_approuver" else "passée"
    toast = f"Commande {commande['numero']} {mot}"
    return aller(request, f"/achats/commandes/{commande['id']}", toast=toast)


async def _formulaire(
    request: Request,
    user: Utilisateur,
    tiers_id: UUID,
    choisies: set[str],
    saisie: dict[str, Any],
    erreurs: dict[str, str] | None = None,
) -> Response:
    dossier = await user.services.get("purchasing", f"/fournisseurs/{tiers_id}/achats")
    agences = await user.services.get("purchasing", "/agences")
    rivales = (
        await user.services.get("purchasing", "/negociations/rivales", {"ids": sorted(choisies)}) if choisies else []
    )
    contexte: dict[str, Any] = {
        **MOTS,
        "f": dossier,
        "rivales": rivales,
        "choisies": [n for n in dossier["negociations"] if n["id"] in choisies],
        "restantes": [n for n in dossier["negociations"] if n["id"] not in choisies],
        "agences": [(a["agence_id"], a["nom"]) for a in agences],
        "agence_id": saisie.get("agence_id") or (str(user.actor.agence_id) if user.actor.agence_id else None),
        "v": {**VIDE, **saisie},
        "erreurs": erreurs or {},
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "achats/commander.html", onglet="commandes", fragment="formulaire", status_code=statut, **contexte
    )
