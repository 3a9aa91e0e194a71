"""Orders that wait for an approval: the decision, and the limits of each role."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.compte import droits
from gateway.compte.roles import lister
from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.achats.textes import MOTS
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User
from shared.web.doors import Db, Door

router = APIRouter()


async def _limites(db: Door) -> dict[str, str]:
    """The roles (key, name) that place orders without being able to approve them."""
    async with db.read() as session:
        connus = await lister(session)
    return {
        role.cle: role.libelle
        for role in connus
        if droits.peut(role.permissions, "achat.modifier") and not droits.peut(role.permissions, "commande.approuver")
    }


@router.post("/achats/commandes/{commande_id}/approuver")
async def approuver(commande_id: UUID, user: User, request: Request, version: int | None = None) -> Response:
    """Place the order that waited, as it was shown: whoever asked for it may have raised it since."""
    chemin = f"/commandes/{commande_id}/approuver"
    commande = await user.services.post("purchasing", chemin, version=version, cle=saisies.cle(request))
    return rafraichir(toast=f"Commande {commande['numero']} approuvée")


@router.get("/achats/commandes/{commande_id}/refuser")
async def motiver(commande_id: UUID, request: Request, user: User) -> Response:
    """Why it is refused, in a dialog."""
    return await _refus(request, user, commande_id, "", {})


@router.post("/achats/commandes/{commande_id}/refuser")
async def refuser(commande_id: UUID, request: Request, user: User) -> Response:
    """Refuse it; its author is told why."""
    motif = saisies.texte(await request.form(), "motif")
    try:
        chemin = f"/commandes/{commande_id}/refuser"
        await user.services.post("purchasing", chemin, {"motif": motif}, cle=saisies.cle(request))
    except Refus as refus:
        return await _refus(request, user, commande_id, motif, refus.erreurs or {"": refus.detail})
    return aller(request, f"/achats/commandes/{commande_id}", toast="Commande refusée, son auteur est averti")


async def _refus(request: Request, user: User, commande_id: UUID, motif: str, erreurs: dict[str, str]) -> Response:
    commande = await user.services.get("purchasing", f"/commandes/{commande_id}")
    contexte: dict[str, Any] = {**MOTS, "c": commande, "motif": motif, "erreurs": erreurs}
    gabarit, statut = "achats/refuser.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="commandes", fragment="formulaire", status_code=statut, **contexte)


@router.get("/achats/seuils")
async def seuils(request: Request, db: Db, user: User) -> Response:
    """Above which amount each role needs an approval."""
    fixes = {s["role"]: s["montant_ht"] for s in await user.services.get("purchasing", "/seuils-commande")}
    return _seuils(request, await _limites(db), fixes, {})


@router.post("/achats/seuils")
async def fixer(request: Request, db: Db, user: User) -> Response:
    """Set them."""
    form = await request.form()
    limites = await _limites(db)
    v = {role: saisies.nombre(form, role) for role in limites}
    corps = {"seuils": [{"role": role, "montant_ht": montant} for role, montant in v.items() if montant is not None]}
    try:
        await user.services.put("purchasing", "/seuils-commande", corps)
    except Refus as refus:
        return _seuils(request, limites, v, {"": refus.detail})
    return aller(request, "/achats/commandes", toast="Seuils enregistrés")


def _seuils(request: Request, roles: dict[str, str], v: dict[str, Any], erreurs: dict[str, str]) -> Response:
    contexte: dict[str, Any] = {"roles": roles, "v": v, "erreurs": erreurs}
    gabarit, statut = "achats/seuils.html", 422 if erreurs else 200
    return rendre(request, gabarit, onglet="commandes", fragment="formulaire", status_code=statut, **contexte)
