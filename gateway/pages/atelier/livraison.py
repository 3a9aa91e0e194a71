"""Deliveries of a worksheet: what leaves now, and the bons de livraison."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.rendu import rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter()
Json = dict[str, Any]


@router.get("/atelier/feuilles/{feuille_id}/livrer")
async def choisir(feuille_id: UUID, request: Request, user: User) -> Response:
    """What is not out yet, all of it ticked."""
    return _formulaire(request, await user.services.get("inventory", f"/feuilles/{feuille_id}"), None)


@router.post("/atelier/feuilles/{feuille_id}/livrer")
async def livrer(feuille_id: UUID, request: Request, user: User) -> Response:
    """Deliver what is ticked."""
    form = await request.form()
    choisis = [str(x) for x in form.getlist("historique_id")]
    feuille = await user.services.get("inventory", f"/feuilles/{feuille_id}")
    if not choisis:
        return _formulaire(request, feuille, "Cochez ce qui part chez le client.")
    corps = {"historique_ids": choisis, "recu_par": str(form.get("recu_par", ""))}
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("inventory", f"/feuilles/{feuille_id}/livrer", corps, cle=cle)
    except Refus as refus:
        return _formulaire(request, feuille, refus.detail)
    return rafraichir(toast="Bon de livraison créé", fermer=True)


@router.get("/atelier/bons-livraison/{bon_id}.pdf")
async def document(bon_id: UUID, user: User) -> Response:
    """The PDF of a bon de livraison."""
    fichier = await user.services.fichier("inventory", f"/bons-livraison/{bon_id}/document")
    entetes = {"Content-Disposition": fichier.entetes.get("content-disposition", "inline")}
    return Response(fichier.corps, media_type="application/pdf", headers=entetes)


def _formulaire(request: Request, feuille: Json, erreur: str | None) -> Response:
    restants = [o for c in feuille["colonnes"] for o in c["objets"] if not o["est_livre"]]
    contexte: Json = {"f": feuille, "restants": restants, "erreur": erreur}
    statut = 422 if erreur else 200
    return rendre(
        request, "atelier/livraison.html", onglet="feuilles", fragment="formulaire", status_code=statut, **contexte
    )
