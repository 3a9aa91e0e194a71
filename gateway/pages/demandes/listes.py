"""Demandes as a list: everything, or mine; filters live in the address."""

import asyncio
from collections import defaultdict
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.demandes import presentation, vues
from gateway.pages.listes.catalogue import DEMANDES, MES_DEMANDES
from gateway.pages.listes.lecture import lire_exigee
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur
from shared.web.doors import Db, Door

router = APIRouter(include_in_schema=False)
FILTRES = ("q", "type_code", "etat_code", "urgence", "responsable_id", "en_retard", "sous_contrat", "ouvertes")
AUTRES = ("tiers_id", "affaire_id", "equipement_id", "attente_jours", "a_relancer", "tri", "curseur", "miennes")


@router.get("/demandes/liste")
async def liste(request: Request, db: Db, user: User) -> Response:
    """Every demande."""
    return await _liste(request, db, user, "liste")


@router.get("/demandes/mes-demandes")
async def miennes(request: Request, db: Db, user: User) -> Response:
    """Those of the signed-in person that are still open."""
    return await _liste(request, db, user, "mes-demandes")


async def _liste(request: Request, db: Door, user: Utilisateur, onglet: str) -> Response:
    params = {c: request.query_params[c] for c in (*FILTRES, *AUTRES) if request.query_params.get(c)}
    (page, vue), types = await asyncio.gather(
        lire_exigee(request, user, MES_DEMANDES if onglet == "mes-demandes" else DEMANDES),
        user.services.panneau("demandes", "/types-demande"),
    )
    suite = params.pop("curseur", None) is not None
    url = f"/demandes/{onglet}"
    relances = bool({"attente_jours", "a_relancer"} & params.keys())  # who waits is called back: show when it was done
    async with db.read() as session:
        gardees = await vues.lire(session, user.compte.id)
    contexte: dict[str, Any] = {
        "page": page,
        "vues": gardees,
        "params": defaultdict(lambda: None, params),
        "url": url,
        "titre": "Mes demandes" if onglet == "mes-demandes" else "Toutes les demandes",
        "liste": vue,
        "relances": relances,
        "types": types or [],
        "requete": presentation.requete,
        "suivante": f"{url}?{presentation.requete(params, curseur=page['curseur_suivant'])}",
        "url_tri": f"{url}?{presentation.requete(params, tri=None)}&tri=",
        **await presentation.panneau(user),
    }
    fragment = "rangees" if suite else "lignes"
    return rendre(request, "demandes/liste.html", onglet=onglet, fragment=fragment, **contexte)
