"""Returns to suppliers in pages: what left, what is expected, what came of it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]
ETATS = {
    "ouvert": ("En attente du fournisseur", "alerte"),
    "echange": ("Échangé", "succes"),
    "avoir": ("Avoir reçu", "succes"),
    "rendu": ("Revenu", "neutre"),
}
ATTENTES = (("echange", "Un échange"), ("avoir", "Un avoir"))
SITUATIONS = (("ouvert", "En attente"), ("", "Tous"))


@router.get("/atelier/retours")
async def liste(request: Request, user: User, etat: str = "ouvert", curseur: str | None = None) -> Response:
    """Returns, the latest first."""
    page = await user.services.get("inventory", "/retours", {"etat": etat, "curseur": curseur})
    contexte: Json = {
        "page": page,
        "etats": ETATS,
        "etat": etat,
        "situations": SITUATIONS,
        "attentes": dict(ATTENTES),
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/retours.html", onglet="stock", fragment=fragment, **contexte)


@router.get("/atelier/retours/nouveau")
async def nouveau(request: Request, _user: User, code: str = "", historique_id: str = "", nom: str = "") -> Response:
    """What goes back."""
    return _nouveau(request, {"code": code, "historique_id": historique_id, "nom": nom, "attente": "echange"}, {})


@router.post("/atelier/retours/nouveau")
async def ouvrir(request: Request, user: User) -> Response:
    """Send it back."""
    form = await request.form()
    champs = ("code", "historique_id", "nom", "attente", "motif", "numero_rma", "fournisseur_nom")
    v: Json = {nom: str(form.get(nom, "")).strip() for nom in champs}
    corps = {**v, "historique_id": v["historique_id"] or None}
    try:
        cle = request.headers.get("idempotency-key")
        retour = await user.services.post("inventory", "/retours", corps, cle=cle)
    except Refus as refus:
        return _nouveau(request, v, refus.erreurs or {"": refus.detail})
    return aller(request, f"/atelier/retours/{retour['id']}", toast=f"Retour {retour['numero']} enregistré")


@router.get("/atelier/retours/{retour_id}")
async def fiche(retour_id: UUID, request: Request, user: User) -> Response:
    """One return."""
    retour = await user.services.get("inventory", f"/retours/{retour_id}")
    depots = await user.services.panneau("inventory", "/depots") or []
    contexte: Json = {
        "r": retour,
        "etats": ETATS,
        "attentes": dict(ATTENTES),
        "depots": [(d["id"], d["nom"]) for d in depots if d["est_actif"]],
    }
    return rendre(request, "atelier/retour.html", onglet="stock", **contexte)


@router.post("/atelier/retours/{retour_id}/remplacer")
async def remplacer(retour_id: UUID, request: Request, user: User) -> Response:
    """The replacement arrived."""
    form = await request.form()
    corps = {
        "depot_id": str(form.get("depot_id", "")),
        "numero_serie": str(form.get("numero_serie", "")).strip() or None,
        "code": str(form.get("code", "")).strip(),
    }
    return await _conclure(
        request, user, retour_id, "remplacer", corps, "Remplaçant en stock, les deux vies sont liées"
    )


@router.post("/atelier/retours/{retour_id}/crediter")
async def crediter(retour_id: UUID, request: Request, user: User) -> Response:
    """The credit note arrived."""
    form = await request.form()
    montant = decimal(str(form.get("montant_ht", "")))
    corps = {"numero": str(form.get("numero", "")).strip(), "montant_ht": montant}
    return await _conclure(request, user, retour_id, "crediter", corps, "Avoir enregistré")


@router.post("/atelier/retours/{retour_id}/rendre")
async def rendre_(retour_id: UUID, request: Request, user: User) -> Response:
    """The same object came back."""
    corps = {"depot_id": str((await request.form()).get("depot_id", ""))}
    return await _conclure(request, user, retour_id, "rendre", corps, "Objet de retour en stock")


async def _conclure(request: Request, user: User, retour_id: UUID, verbe: str, corps: Json, toast: str) -> Response:
    cle = request.headers.get("idempotency-key")
    await user.services.post("inventory", f"/retours/{retour_id}/{verbe}", corps, cle=cle)
    return aller(request, f"/atelier/retours/{retour_id}", toast=toast)


def _nouveau(request: Request, v: Json, erreurs: dict[str, str]) -> Response:
    contexte: Json = {"v": v, "attentes": ATTENTES, "erreurs": erreurs}
    gabarit, statut = "atelier/retour_nouveau.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="stock", fragment="formulaire", status_code=statut, **contexte)
