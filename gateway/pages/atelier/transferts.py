"""Transfers between depots in pages: what leaves, what arrives, what became of the difference."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]
ETATS = {
    "envoye": ("En transit", "accent"),
    "recu": ("Reçu", "succes"),
    "ecart": ("Écart à régler", "danger"),
    "clos": ("Clos", "neutre"),
}
ISSUES = (("retrouve", "Retrouvé, il est arrivé"), ("retourne", "Revenu au départ"), ("perdu", "Perdu"))
SITUATIONS = (("", "Tous"), ("envoye", "En transit"), ("ecart", "Avec un écart"))


@router.get("/atelier/transferts")
async def liste(request: Request, user: User, etat: str = "", curseur: str | None = None) -> Response:
    """Transfers, the latest first."""
    page = await user.services.get("inventory", "/transferts", {"etat": etat, "curseur": curseur})
    contexte: Json = {"page": page, "etats": ETATS, "etat": etat, "situations": SITUATIONS}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/transferts.html", onglet="stock", fragment=fragment, **contexte)


@router.get("/atelier/transferts/nouveau")
async def nouveau(request: Request, user: User) -> Response:
    """What leaves, and for where."""
    return await _nouveau(request, user, {}, {})


@router.post("/atelier/transferts/nouveau")
async def envoyer(request: Request, user: User) -> Response:
    """Send it."""
    form = await request.form()
    v = {nom: str(form.get(nom, "")).strip() for nom in ("de_depot_id", "vers_depot_id", "motif", "codes")}
    v |= {"produit_id": str(form.get("produit_id", "")), "quantite": decimal(str(form.get("quantite", ""))) or ""}
    lignes: list[Json] = [{"code": code} for brut in v["codes"].splitlines() if (code := brut.strip())]
    if v["produit_id"]:
        lignes.append({"produit_id": v["produit_id"], "quantite": v["quantite"] or "1"})
    corps = {nom: v[nom] for nom in ("de_depot_id", "vers_depot_id", "motif")} | {"lignes": lignes}
    try:
        cle = request.headers.get("idempotency-key")
        transfert = await user.services.post("inventory", "/transferts", corps, cle=cle)
    except Refus as refus:
        return await _nouveau(request, user, v, refus.erreurs or {"": refus.detail})
    return aller(request, f"/atelier/transferts/{transfert['id']}", toast=f"Transfert {transfert['numero']} envoyé")


@router.get("/atelier/transferts/produits")
async def produits(user: User, q: str = "") -> Json:
    """Products for the combobox."""
    page = await user.services.get("inventory", "/stock", {"q": q, "presents": "true", "limite": 8})
    return {
        "elements": [
            {"valeur": p["produit_id"], "libelle": p["designation"], "detail": p["reference"]} for p in page["elements"]
        ]
    }


@router.get("/atelier/transferts/{transfert_id}")
async def fiche(transfert_id: UUID, request: Request, user: User) -> Response:
    """What travels, and what is done about it."""
    transfert = await user.services.get("inventory", f"/transferts/{transfert_id}")
    contexte: Json = {"t": transfert, "etats": ETATS, "issues": ISSUES, "mots_issue": dict(ISSUES)}
    return rendre(request, "atelier/transfert_fiche.html", onglet="stock", **contexte)


@router.post("/atelier/transferts/{transfert_id}/recevoir")
async def recevoir(transfert_id: UUID, request: Request, user: User) -> Response:
    """What arrived, line by line."""
    form = await request.form()
    lignes = [
        {"ligne_id": str(nom).removeprefix("recue_"), "recue": decimal(str(valeur)) or "0"}
        for nom, valeur in form.items()
        if str(nom).startswith("recue_")
    ]
    cle = request.headers.get("idempotency-key")
    chemin = f"/transferts/{transfert_id}/recevoir"
    recu = await user.services.post("inventory", chemin, {"lignes": lignes}, cle=cle)
    toast = "Transfert reçu" if recu["etat"] == "recu" else "Transfert reçu avec un écart, à régler"
    return aller(request, f"/atelier/transferts/{transfert_id}", toast=toast)


@router.post("/atelier/transferts/{transfert_id}/lignes/{ligne_id}/regler")
async def regler(transfert_id: UUID, ligne_id: UUID, request: Request, user: User) -> Response:
    """What became of what was missing."""
    form = await request.form()
    corps = {"issue": str(form.get("issue", "")), "motif": str(form.get("motif", "")).strip()}
    await user.services.post("inventory", f"/transferts/{transfert_id}/lignes/{ligne_id}/regler", corps)
    return rafraichir(toast="Écart réglé")


async def _nouveau(request: Request, user: User, v: Json, erreurs: dict[str, str]) -> Response:
    depots = await user.services.get("inventory", "/depots")
    contexte: Json = {"depots": [(d["id"], d["nom"]) for d in depots if d["est_actif"]], "v": v, "erreurs": erreurs}
    gabarit, statut = "atelier/transfert_nouveau.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="stock", fragment="formulaire", status_code=statut, **contexte)
