"""The logistics supervisor: who waits for what, in which sequence, and the run that shares the stock again."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import FicheAbsente
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.coque.formats import nombre
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]


@router.get("/atelier/superviseur")
async def superviseur(
    request: Request,
    user: User,
    tri: str = "priorite",
    depot_id: str = "",
    manquants: str = "",
    curseur: str | None = None,
) -> Response:
    """Every product a sheet in progress waits for."""
    filtre = {"tri": tri, "depot_id": depot_id, "manquants": manquants}
    page = await user.services.get("inventory", "/reservations", {**filtre, "curseur": curseur})
    depots = await user.services.panneau("inventory", "/depots")
    garde = {cle: valeur for cle, valeur in filtre.items() if valeur}
    sans_tri = {cle: valeur for cle, valeur in garde.items() if cle != "tri"}
    suite = urlencode({**garde, "curseur": page["curseur_suivant"] or ""})
    contexte: Json = {
        "page": page,
        "depots": depots or [],
        "filtre": filtre,
        "url_tri": f"/atelier/superviseur?{urlencode(sans_tri)}{'&' if sans_tri else ''}tri=",
        "suite": f"/atelier/superviseur?{suite}" if page["curseur_suivant"] else None,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "atelier/superviseur.html", onglet="superviseur", fragment=fragment, **contexte)


@router.post("/atelier/superviseur/generer")
async def generer(request: Request, user: User) -> Response:
    """Share the stock again, and show who has what."""
    cle = request.headers.get("idempotency-key")
    passage = await user.services.post("inventory", "/reservations/generer", cle=cle)
    n = passage["feuilles_changees"]
    mots = "Rien à changer : les réservations suivent déjà l’ordre de service"
    if n:
        mots = f"Réservations générées : {n} feuille{'s' if n > 1 else ''} modifiée{'s' if n > 1 else ''}"
    return aller(request, "/atelier/superviseur", toast=mots)


@router.get("/atelier/superviseur/{attendu_id}/liberer")
async def motiver(attendu_id: UUID, request: Request, user: User) -> Response:
    """How much of what is kept is given back, why, and to which project that misses the same."""
    trouvees = (await user.services.get("inventory", "/reservations", {"attendu_id": attendu_id}))["elements"]
    if not trouvees or not float(trouvees[0]["reserve"]):
        raise FicheAbsente
    ligne = trouvees[0]
    attente = {"produit_id": ligne["produit_id"], "manquants": True, "limite": 100}
    page = await user.services.get("inventory", "/reservations", attente)
    autres = [
        (x["attendu_id"], f"{x['tiers_nom']} · {x['feuille_numero']} · manque {nombre(x['manquant'])}")
        for x in page["elements"]
        if x["nature"] == ligne["nature"] and x["attendu_id"] != ligne["attendu_id"]
    ]
    return rendre(request, "atelier/liberer.html", onglet="superviseur", l=ligne, autres=autres)


@router.post("/atelier/superviseur/{attendu_id}/liberer")
async def liberer(attendu_id: UUID, request: Request, user: User) -> Response:
    """Give it back."""
    form = await request.form()
    corps = {
        "quantite": decimal(str(form.get("quantite", ""))),
        "motif": str(form.get("motif", "")),
        "pour_attendu_id": str(form.get("pour_attendu_id", "")) or None,
    }
    cle = request.headers.get("idempotency-key")
    await user.services.post("inventory", f"/reservations/{attendu_id}/liberer", corps, cle=cle)
    return rafraichir(toast="Stock passé à l’autre projet" if corps["pour_attendu_id"] else "Stock libéré", fermer=True)
