"""Etudes and propositions in pages; the rest of the application is in the modules included here."""

import asyncio
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.devis import (
    adresse,
    comparaison,
    cycle,
    depuis_catalogue,
    editeur,
    envoi,
    garde,
    modeles,
    pilotage,
    presentation,
    rayons,
    reglages,
    relances,
    tarifs,
)
from gateway.pages.devis.vues import ETATS_ETUDE, STATUTS, erreurs_de
from gateway.pages.listes.catalogue import ETUDES, PROPOSITIONS
from gateway.pages.listes.lecture import lire
from gateway.pages.rendu import aller, demander, notifier, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
for module in (
    adresse,
    depuis_catalogue,
    modeles,
    rayons,
    tarifs,
    relances,
    pilotage,
    presentation,
    envoi,
    reglages,
    cycle,
    comparaison,
    garde,
    editeur,
):
    router.include_router(module.router)


@router.get("/devis")
async def etudes(
    request: Request,
    user: User,
    q: str = "",
    etat: str = "",
    commercial_id: str = "",
    tiers_id: str = "",
    curseur: str | None = None,
) -> Response:
    """Etudes, the latest first."""
    filtres = {"q": q, "etat": etat, "commercial_id": commercial_id, "tiers_id": tiers_id}
    (page, vue), collaborateurs = await asyncio.gather(
        lire(request, user, ETUDES), user.services.panneau("commercial", "/collaborateurs")
    )
    contexte: dict[str, Any] = {
        "page": page,
        "liste": vue,
        "noms": {c["id"]: c["nom"] for c in collaborateurs or ()},
        "filtres": filtres,
        "etats": ETATS_ETUDE,
        "statuts": STATUTS,
        "suite": _suite("/devis", filtres, page),
    }
    return rendre(
        request, "devis/etudes.html", onglet="etudes", fragment="rangees" if curseur else "lignes", **contexte
    )


@router.get("/devis/propositions")
async def propositions(
    request: Request,
    user: User,
    q: str = "",
    statut: str = "",
    tiers_id: str = "",
    a_approuver: str = "",
    curseur: str | None = None,
) -> Response:
    """Propositions of every etude, by state, or those that wait for an approval."""
    filtres = {"q": q, "statut": statut, "tiers_id": tiers_id, "a_approuver": a_approuver}
    page, vue = await lire(request, user, PROPOSITIONS)
    contexte: dict[str, Any] = {
        "page": page,
        "liste": vue,
        "filtres": filtres,
        "statuts": STATUTS,
        "couts": user.may("couts.voir"),
        "suite": _suite("/devis/propositions", filtres, page),
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "devis/propositions.html", onglet="propositions", fragment=fragment, **contexte)


@router.get("/devis/nouvelle")
async def nouvelle(request: Request, user: User, demande_id: str = "") -> Response:
    """Open an etude: for the demande given, or one to choose."""
    texte = ""
    if demande_id:
        connues = await user.services.get("commercial", "/demandes", {"limite": 50})
        demande = next((d for d in connues if d["id"] == demande_id), None)
        texte = f"{demande['numero']} · {demande['tiers_nom']}" if demande else "Demande en cours"
    return _formulaire(request, {"demande_id": demande_id, "objet": ""}, {}, texte=texte)


@router.post("/devis/nouvelle")
async def creer(request: Request, user: User) -> Response:
    """The etude and its first proposition, then the line editor."""
    form = await request.form()
    saisie = {"demande_id": str(form.get("demande_id") or ""), "objet": str(form.get("objet") or "").strip()}
    cle = request.headers.get("idempotency-key")
    try:
        corps = {nom: valeur for nom, valeur in saisie.items() if valeur}
        etude = await user.services.post("commercial", "/etudes", corps, cle=cle)
    except Refus as refus:
        refuse = _formulaire(request, saisie, erreurs_de(refus), texte="")
        if refus.probleme.get("code") == adresse.SANS_ADRESSE and await adresse.manque(user, saisie["demande_id"]):
            return demander(refuse, f"{adresse.ICI}?{urlencode(saisie)}")
        return refuse if "objet" in form else notifier(refuse, refus.detail, ton="danger")  # one click from a demande
    return aller(
        request, f"/devis/propositions/{etude['propositions'][0]['id']}", toast=f"Étude {etude['numero']} créée"
    )


@router.get("/devis/demandes/choisir")
async def choisir_demande(user: User, q: str = "") -> dict[str, Any]:
    """The choices of the demande combobox."""
    demandes = await user.services.get("commercial", "/demandes", {"q": q, "limite": 8})
    return {
        "elements": [
            {"valeur": d["id"], "libelle": f"{d['numero']} · {d['tiers_nom']}", "detail": d["objet"]} for d in demandes
        ]
    }


@router.get("/devis/etudes/{etude_id}")
async def etude(etude_id: UUID, request: Request, user: User) -> Response:
    """An etude is its signed proposition, else its first open one."""
    vue = await user.services.get("commercial", f"/etudes/{etude_id}")
    rang = {"valide": 0, "envoye": 1, "brouillon": 2}
    retenue = min(vue["propositions"], key=lambda p: (rang.get(p["statut"], 3), p["rang"]))
    return aller(request, f"/devis/propositions/{retenue['id']}")


@router.post("/devis/etudes/{etude_id}/lieu")
async def situer(etude_id: UUID, request: Request, user: User, proposition_id: UUID, *, hors: bool) -> Response:
    """Concluded off premises or not: a consumer is then told of the withdrawal, and given its form."""
    await user.services.put("commercial", f"/etudes/{etude_id}/lieu", {"est_hors_etablissement": hors})
    dit = "Un particulier recevra le formulaire de rétractation" if hors else "Vente en établissement"
    return aller(request, f"/devis/propositions/{proposition_id}", toast=dit)


@router.post("/devis/etudes/{etude_id}/propositions")
async def ajouter(etude_id: UUID, request: Request, user: User) -> Response:
    """One more proposition beside the others."""
    cle = request.headers.get("idempotency-key")
    vue = await user.services.post("commercial", f"/etudes/{etude_id}/propositions", {}, cle=cle)
    return aller(request, f"/devis/propositions/{vue['id']}", toast=f"Proposition {vue['lettre']} ajoutée")


def _suite(url: str, filtres: dict[str, str], page: Any) -> str | None:
    if not page or not page["curseur_suivant"]:
        return None
    utiles = {k: v for k, v in filtres.items() if v}
    return f"{url}?{urlencode({**utiles, 'curseur': page['curseur_suivant']})}"


def _formulaire(request: Request, saisie: dict[str, str], erreurs: dict[str, str], *, texte: str) -> Response:
    return rendre(
        request,
        "devis/nouvelle.html",
        onglet="etudes",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        v=saisie,
        texte=texte,
        erreurs=erreurs,
    )
