"""Affaires in pages: one list for opportunities, affaires and models; the file; its form."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.devis.vues import ETATS_AFFAIRE, STATUTS, erreurs_de
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
VIDE: dict[str, Any] = {
    "code": "",
    "libelle": "",
    "libelle_abrege": "",
    "etat": "opportunite",
    "tiers_id": None,
    "tiers_nom": "",
    "priorite": 5,
    "montant_ht": None,
    "reference_externe": "",
}


@router.get("/devis/affaires")
async def affaires(request: Request, user: User, q: str = "", etat: str = "", curseur: str | None = None) -> Response:
    """Opportunities, affaires and models in one list."""
    filtres = {"q": q, "etat": etat}
    page = await user.services.panneau("commercial", "/affaires", {**filtres, "curseur": curseur})
    suite = None
    if page and page["curseur_suivant"]:
        utiles = {k: v for k, v in filtres.items() if v}
        suite = f"/devis/affaires?{urlencode({**utiles, 'curseur': page['curseur_suivant']})}"
    contexte: dict[str, Any] = {"page": page, "filtres": filtres, "etats": ETATS_AFFAIRE, "suite": suite}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "affaires/liste.html", onglet="affaires", fragment=fragment, **contexte)


@router.get("/devis/affaires/nouvelle")
async def nouvelle(request: Request, _user: User) -> Response:
    """An empty file."""
    return _formulaire(request, VIDE, {})


@router.post("/devis/affaires/nouvelle")
async def creer(request: Request, user: User) -> Response:
    """A new project file."""
    saisie = await _lire(request)
    cle = request.headers.get("idempotency-key")
    try:
        affaire = await user.services.post("commercial", "/affaires", saisie, cle=cle)
    except Refus as refus:
        return _formulaire(request, {**VIDE, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/affaires/{affaire['id']}", toast=f"Affaire {affaire['code']} créée")


@router.get("/devis/affaires/{affaire_id}")
async def fiche(affaire_id: UUID, request: Request, user: User) -> Response:
    """The file, and the propositions made for it."""
    affaire = await user.services.get("commercial", f"/affaires/{affaire_id}")
    propositions = None
    if user.may("devis.lire"):
        filtre = {"affaire_id": str(affaire_id), "limite": 20}
        propositions = await user.services.panneau("commercial", "/propositions", filtre)
    contexte: dict[str, Any] = {
        "a": affaire,
        "propositions": propositions,
        "etats": ETATS_AFFAIRE,
        "statuts": STATUTS,
    }
    return rendre(request, "affaires/fiche.html", onglet="affaires", **contexte)


@router.get("/devis/affaires/{affaire_id}/modifier")
async def modifier(affaire_id: UUID, request: Request, user: User) -> Response:
    """The form of an existing affaire."""
    return _formulaire(request, await user.services.get("commercial", f"/affaires/{affaire_id}"), {})


@router.post("/devis/affaires/{affaire_id}/modifier")
async def enregistrer(affaire_id: UUID, request: Request, user: User) -> Response:
    """Save; what was typed stays when it is refused."""
    saisie = await _lire(request)
    existante = await user.services.get("commercial", f"/affaires/{affaire_id}")
    version = int(str((await request.form()).get("version") or existante["version"]))
    saisie["demande_id"] = existante["demande_id"]
    try:
        await user.services.put("commercial", f"/affaires/{affaire_id}", saisie, version=version)
    except Refus as refus:
        return _formulaire(request, {**existante, **saisie}, erreurs_de(refus))
    return aller(request, f"/devis/affaires/{affaire_id}", toast="Affaire enregistrée")


async def _lire(request: Request) -> dict[str, Any]:
    form = await request.form()
    saisie: dict[str, Any] = {
        nom: str(form.get(nom) or "").strip()
        for nom in ("code", "libelle", "libelle_abrege", "etat", "reference_externe")
    }
    saisie["tiers_id"] = form.get("tiers_id") or None
    saisie["priorite"] = str(form.get("priorite") or "5")
    saisie["montant_ht"] = decimal(str(form.get("montant_ht") or ""))
    return saisie


def _formulaire(request: Request, v: dict[str, Any], erreurs: dict[str, str]) -> Response:
    existe = "id" in v
    contexte: dict[str, Any] = {
        "v": v,
        "titre": f"Modifier {v['code']}" if existe else "Nouvelle affaire",
        "action": f"/devis/affaires/{v['id']}/modifier" if existe else "/devis/affaires/nouvelle",
        "etats": [(cle, mots[0]) for cle, mots in ETATS_AFFAIRE.items()],
        "erreurs": erreurs,
    }
    statut = 422 if erreurs else 200
    return rendre(
        request, "affaires/formulaire.html", onglet="affaires", fragment="formulaire", status_code=statut, **contexte
    )
