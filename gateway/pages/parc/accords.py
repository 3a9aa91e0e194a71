"""Tariff agreements: what was proposed to clients without contract, and their answers."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.parc import saisies
from gateway.pages.parc.textes import MOTS
from gateway.pages.rendu import rafraichir, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter()
Json = dict[str, Any]
SITUATIONS = (
    ("", "Tous"),
    ("envoye", "En attente"),
    ("signe", "Acceptés"),
    ("refuse", "Refusés"),
    ("echoue", "Envois échoués"),
)


@router.get("/parc/accords")
async def liste(request: Request, user: User, q: str = "", etat: str = "", curseur: str | None = None) -> Response:
    """Tariffs proposed, newest first."""
    page = await user.services.get("maintenance", "/accords", {"etat": etat, "q": q, "curseur": curseur})
    tarif = await user.services.panneau("maintenance", "/accords/tarif")
    contexte: Json = {**MOTS, "page": page, "tarif": tarif, "q": q, "etat": etat, "situations": SITUATIONS}
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "parc/accords.html", onglet="accords", fragment=fragment, **contexte)


@router.get("/parc/accords/nouveau")
async def nouveau(request: Request, user: User, tiers_id: Designe = None, equipement_id: Designe = None) -> Response:
    """Tariffs to propose, the usual ones already there."""
    valeurs: Json = {"tiers_id": tiers_id, "equipement_id": equipement_id, "destinataire": None}
    if tiers_id is not None:
        tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
        valeurs |= {"tiers_nom": tiers["nom"], "destinataire": tiers["email"]}
    tarif = await user.services.get("maintenance", "/accords/tarif")
    return _formulaire(request, {**(tarif or {}), **valeurs}, {})


@router.post("/parc/accords/nouveau")
async def proposer(request: Request, user: User) -> Response:
    """Mail them."""
    form = await request.form()
    saisie = saisies.accord(form)
    try:
        accord = await user.services.post("maintenance", "/accords", saisie, cle=saisies.cle(request))
    except Refus as refus:
        valeurs = {**saisie, "tiers_nom": saisies.texte(form, "tiers_nom")}
        return _formulaire(request, valeurs, refus.erreurs or {"": refus.detail})
    return rafraichir(toast=f"Tarifs {accord['numero']} envoyés à {accord['destinataire']}", fermer=True)


@router.get("/parc/accords/tarif")
async def tarif(request: Request, user: User) -> Response:
    """The rates proposed when nobody chooses others."""
    return rendre(request, "parc/tarif.html", onglet="accords", t=await _tarif(user))


@router.post("/parc/accords/tarif")
async def fixer_tarif(request: Request, user: User) -> Response:
    """Set them."""
    form = await request.form()
    corps = {
        "taux_horaire_ht": decimal(saisies.texte(form, "taux_horaire_ht")),
        "deplacement_ht": decimal(saisies.texte(form, "deplacement_ht")),
        "conditions": saisies.texte(form, "conditions"),
    }
    await user.services.put("maintenance", "/accords/tarif", corps, version=saisies.version(form))
    return rafraichir(toast="Tarifs habituels enregistrés", fermer=True)


@router.post("/parc/accords/{accord_id}/relancer")
async def relancer(accord_id: UUID, request: Request, user: User) -> Response:
    """Mail the same tariffs again."""
    accord = await user.services.post("maintenance", f"/accords/{accord_id}/relancer", cle=saisies.cle(request))
    return rafraichir(toast=f"Tarifs {accord['numero']} renvoyés")


async def _tarif(user: Utilisateur) -> Json:
    lu: Json | None = await user.services.get("maintenance", "/accords/tarif")
    return lu or {"taux_horaire_ht": None, "deplacement_ht": None, "conditions": "", "version": ""}


def _formulaire(request: Request, valeurs: Json, erreurs: dict[str, str]) -> Response:
    base = {"taux_horaire_ht": None, "deplacement_ht": None, "conditions": "", "tiers_nom": ""}
    statut = 422 if erreurs else 200
    contexte: Json = {"v": {**base, **valeurs}, "erreurs": erreurs}
    gabarit = "parc/accord_formulaire.html"
    return rendre(request, gabarit, onglet="accords", fragment="formulaire", status_code=statut, **contexte)
