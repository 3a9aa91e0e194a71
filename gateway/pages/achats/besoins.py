"""The list of needs: products at the left, the one being bought at the right."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.achats import saisies
from gateway.pages.achats.textes import FILTRES_BESOINS, MOTS
from gateway.pages.adresse import Designe
from gateway.pages.atelier import natures
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
PLACES_MONTREES = 30
A_TRAITER = ("a_acheter", "en_negociation")


def _filtre(q: str, filtre: str, demande_id: UUID | None) -> dict[str, str]:
    """What the URL keeps from one product to the next."""
    connu = filtre if filtre in dict(FILTRES_BESOINS) else "manquants"
    brut = {"demande_id": str(demande_id or ""), "q": q, "filtre": "" if connu == "manquants" else connu}
    return {nom: valeur for nom, valeur in brut.items() if valeur}


async def _page(
    request: Request, user: Utilisateur, filtre: dict[str, str], produit_id: UUID | None, curseur: str | None
) -> Response:
    liste = await user.services.get("purchasing", "/besoins", {**filtre, "curseur": curseur})
    groupe = await _groupe(user, filtre, produit_id, liste)
    places = await _places(user, groupe)
    contexte: dict[str, Any] = {
        **MOTS,
        "liste": liste,
        "groupe": groupe,
        "places": places,
        "choisi": produit_id is not None,
        "suite": urlencode(filtre),
        "filtre": filtre,
        "filtres": FILTRES_BESOINS,
        "demande": await demande_lue(user, filtre, liste["elements"]),
    }
    fragment = "rangees" if curseur else "produits"
    return rendre(request, "achats/besoins.html", onglet="besoins", fragment=fragment, **contexte)


async def _groupe(
    user: Utilisateur, filtre: dict[str, str], produit_id: UUID | None, liste: dict[str, Any]
) -> dict[str, Any] | None:
    """The product shown at the right: the one named, else the first to buy, else the first."""
    elements: list[dict[str, Any]] = liste["elements"]
    if produit_id is None:
        return next((e for e in elements if e["etat"] in A_TRAITER), elements[0] if elements else None)
    for element in elements:
        if element["produit_id"] == str(produit_id):
            return element
    params = {"produit_id": produit_id, "demande_id": filtre.get("demande_id"), "filtre": "tous"}
    trouves: list[dict[str, Any]] = (await user.services.get("purchasing", "/besoins", params))["elements"]
    return trouves[0] if trouves else None


async def _places(user: Utilisateur, groupe: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Where the product shown is kept, place by place; the page goes on without it."""
    if groupe is None or not user.may("stock.lire"):
        return []
    params = {"produit_id": groupe["produit_id"], "limite": PLACES_MONTREES}
    lues, connues = await asyncio.gather(
        user.services.panneau("inventory", "/stock/places", params), natures.lues(user)
    )
    une_autre_est_voulue = any(b["nature_a_part"] for b in groupe["besoins"])
    nommer = connues.nom if une_autre_est_voulue else connues.a_part
    return [{**p, "nature_dite": nommer(p["nature"]).lower()} for p in lues["elements"]] if lues else []


async def demande_lue(
    user: Utilisateur, filtre: dict[str, str], elements: list[dict[str, Any]]
) -> dict[str, Any] | None:
    """The project whose needs are listed, as its sheets name it; as the demande does once it wants nothing more."""
    if "demande_id" not in filtre:
        return None
    sien = next((b for groupe in elements for b in groupe["besoins"] if b["est_demandee"]), None)
    if sien is None:
        lue = await user.services.panneau("demandes", f"/demandes/{filtre['demande_id']}")
        sien = {"tiers_nom": lue["tiers_nom"], "objet": lue["objet"], "devis_numero": lue["numero"]} if lue else {}
    return {"tiers_nom": "", "objet": "", "devis_numero": "", **sien, "id": filtre["demande_id"]}


@router.get("/achats")
async def liste(
    request: Request,
    user: User,
    q: str = "",
    filtre: str = "manquants",
    demande_id: Designe = None,
    curseur: str | None = None,
) -> Response:
    """What projects want, all together or for one demande."""
    return await _page(request, user, _filtre(q, filtre, demande_id), None, curseur)


@router.get("/achats/besoins/{produit_id}")
async def produit(
    produit_id: UUID,
    request: Request,
    user: User,
    q: str = "",
    filtre: str = "manquants",
    demande_id: Designe = None,
) -> Response:
    """One product being bought; htmx asks only for its half of the page."""
    retenu = _filtre(q, filtre, demande_id)
    if request.headers.get("HX-Request") != "true" or "HX-History-Restore-Request" in request.headers:
        return await _page(request, user, retenu, produit_id, None)
    groupe = await _groupe(user, retenu, produit_id, {"elements": []})
    contexte = {**MOTS, "groupe": groupe, "suite": urlencode(retenu), "filtre": retenu, "choisi": True}
    contexte["places"] = await _places(user, groupe)
    return rendre(request, "achats/besoins.html", onglet="besoins", fragment="detail", **contexte)


@router.post("/achats/besoins/{produit_id}/negocier")
async def negocier(produit_id: UUID, request: Request, user: User) -> Response:
    """Ask a supplier, for the ticked projects; what is agreed at once leads to the order ready to place."""
    saisie = {**await saisies.negociation(request), "produit_id": str(produit_id)}
    ouverte = await user.services.post("purchasing", "/negociations", saisie, cle=saisies.cle(request))
    if saisies.texte(await request.form(), "ensuite") == "commander":
        return aller(request, f"/achats/fournisseurs/{ouverte['fournisseur_id']}/commander?ids={ouverte['id']}")
    if request.headers.get("HX-Request") != "true":
        return aller(request, f"/achats/besoins/{produit_id}")
    return rafraichir(toast=f"Négociation ouverte chez {ouverte['fournisseur_nom']}")
