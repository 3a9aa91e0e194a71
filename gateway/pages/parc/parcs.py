"""Parcs: the clients who own something, one parc with its places and groups, and a label looked up."""

from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.listes.catalogue import PARCS
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.parc import saisies
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]
FILTRES = ("q", "lieu_id", "groupe_id", "type_code", "sous_contrat", "sans_lieu", "retires")


@router.get("/parc")
async def liste(request: Request, user: User, q: str = "", curseur: str | None = None) -> Response:
    """Clients who own something."""
    page, vue = await lire_exigee(request, user, PARCS)
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "parc/parcs.html", onglet="parcs", fragment=fragment, page=page, liste=vue, q=q)


@router.get("/parc/identifier")
async def identifier(request: Request, user: User, code: str = "") -> Response:
    """Somebody calls and reads a label: client, object, place, contract on one screen."""
    trouve, refus = None, ""
    if code.strip():
        try:
            trouve = await user.services.get(
                "maintenance", f"/equipements/par-etiquette/{quote(code.strip(), safe='')}"
            )
        except Refus as dit:
            refus = dit.detail
    contexte: Json = {**MOTS, "code": code.strip(), "i": trouve, "refus": refus}
    return rendre(request, "parc/identifier.html", onglet="parcs", **contexte)


@router.get("/parc/{tiers_id}")
async def parc(tiers_id: UUID, request: Request, user: User, curseur: str | None = None) -> Response:
    """One client's parc: its tree, its objects, what covers them."""
    filtres = {nom: request.query_params.get(nom, "") for nom in FILTRES}
    params = {**filtres, "tiers_id": tiers_id, "curseur": curseur}
    page = await user.services.get("maintenance", "/equipements", params)
    arbre, contrats, visites = await user.services.panneaux(
        ("maintenance", f"/parcs/{tiers_id}"),
        ("maintenance", "/contrats", {"tiers_id": tiers_id, "limite": 20}),
        ("maintenance", "/visites", {"tiers_id": tiers_id, "etat": "a_traiter", "limite": 1}),
    )
    if arbre and not arbre["nom"]:  # merged since, or never heard of: the directory says which
        tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
        if tiers["absorbe_par_id"]:
            return aller(request, f"/parc/{tiers['absorbe_par_id']}")
        arbre |= {"nom": tiers["nom"], "code": tiers["code"]}
    lien = _lien(str(tiers_id), filtres)
    contexte: Json = {
        **MOTS,
        "tiers_id": str(tiers_id),
        "page": page,
        "p": arbre,
        "contrats": contrats,
        "visites": visites,
        "f": filtres,
        "lien": lien,
        "noeuds": _noeuds(arbre, filtres, lien) if arbre else [],
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "parc/parc.html", onglet="parcs", fragment=fragment, **contexte)


@router.post("/parc/{tiers_id}/ranger")
async def ranger(tiers_id: UUID, request: Request, user: User) -> Response:
    """Put the ticked objects in a place or a group."""
    form = await request.form()
    corps = saisies.rangement(form, str(tiers_id))
    await user.services.post("maintenance", "/equipements/ranger", corps, cle=saisies.cle(request))
    filtres = {nom: saisies.texte(form, nom) for nom in FILTRES}
    return aller(request, _lien(str(tiers_id), filtres)(), toast="Équipements rangés")


@router.get("/parc/{tiers_id}/lignes-de-contrat")
async def choisir_contrat(tiers_id: UUID, request: Request, user: User) -> Response:
    """Contract lines for the ticked objects: how many lines, on which contract."""
    ids = request.query_params.getlist("ids")
    page = await user.services.get("maintenance", "/equipements", {"tiers_id": tiers_id, "limite": 200})
    contrats = await user.services.get("maintenance", "/contrats", {"tiers_id": tiers_id, "limite": 50})
    ouverts = [c for c in contrats["elements"] if c["etat"] in {"brouillon", "actif"}]
    contexte: Json = {
        **MOTS,
        "tiers_id": str(tiers_id),
        "choisis": [e for e in page["elements"] if e["id"] in ids],
        "ids": ids,
        "contrats": ouverts,
        "tiers_nom": page["elements"][0]["tiers_nom"] if page["elements"] else "",
    }
    return rendre(request, "parc/lignes_de_contrat.html", onglet="parcs", **contexte)


@router.post("/parc/{tiers_id}/lignes-de-contrat")
async def creer_lignes(tiers_id: UUID, request: Request, user: User) -> Response:
    """Write the lines, then open the contract."""
    corps = saisies.depuis_parc(await request.form(), str(tiers_id))
    contrat = await user.services.post("maintenance", "/contrats/depuis-parc", corps, cle=saisies.cle(request))
    return aller(request, f"/parc/contrats/{contrat['id']}", toast=f"Lignes ajoutées au contrat {contrat['numero']}")


def _lien(tiers_id: str, filtres: dict[str, str]) -> Any:
    """The URL of the parc with a filter changed, for chips and tree: `lien(lieu_id="…")`."""

    def lien(**changes: str) -> str:
        utiles = {nom: v for nom, v in {**filtres, **changes}.items() if v}
        return f"/parc/{tiers_id}" + (f"?{urlencode(utiles)}" if utiles else "")

    return lien


def _noeuds(parc: Json, filtres: dict[str, str], lien: Any) -> list[Json]:
    """The places as a tree, with everything and what has no place around them."""
    ailleurs = {"groupe_id": "", "type_code": "", "retires": "", "sans_lieu": ""}
    autre = any(filtres[nom] for nom in ("lieu_id", "groupe_id", "type_code", "retires", "sans_lieu"))
    noeuds: dict[str, Json] = {}
    racines: list[Json] = []
    for lieu in parc["lieux"]:
        noeud = noeuds[lieu["id"]] = {
            "libelle": lieu["nom"],
            "href": lien(lieu_id=lieu["id"], **ailleurs),
            "icone": "building" if lieu["parent_id"] is None else "map-pin",
            "compte": lieu["equipements_dedans"],
            "actif": filtres["lieu_id"] == lieu["id"],
            "ouvert": True,
            "enfants": [],
        }
        parent = noeuds.get(lieu["parent_id"])
        (parent["enfants"] if parent else racines).append(noeud)
    tout: Json = {
        "libelle": "Tout le parc",
        "href": lien(lieu_id="", **ailleurs),
        "icone": "boxes",
        "compte": parc["equipements"],
        "actif": not autre,
    }
    sans: Json = {
        "libelle": "Sans lieu",
        "href": lien(lieu_id="", **{**ailleurs, "sans_lieu": "true"}),
        "icone": "map-pin-off",
        "compte": parc["sans_lieu"],
        "actif": filtres["sans_lieu"] == "true",
    }
    return [tout, *racines, *([sans] if parc["sans_lieu"] and parc["lieux"] else [])]
