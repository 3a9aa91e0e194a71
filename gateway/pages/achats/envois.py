"""Mails to suppliers: prices asked for several negociations at once, orders."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.rendu import aller, rendre, servir
from gateway.session.dependances import User, Utilisateur

router = APIRouter()


@router.get("/achats/fournisseurs/{tiers_id}/demander-prix")
async def preparer_demande(tiers_id: UUID, request: Request, user: User) -> Response:
    """The request for the prices of the ticked negociations, ready to be corrected."""
    projet = await user.services.get("purchasing", f"/fournisseurs/{tiers_id}/projet-demande-prix")
    return await _demande(request, user, tiers_id, set(request.query_params.getlist("ids")), _champs(projet), {})


@router.post("/achats/fournisseurs/{tiers_id}/demander-prix")
async def demander(tiers_id: UUID, request: Request, user: User) -> Response:
    """Ask for the mail to leave; refused, what was typed stays."""
    form = await request.form()
    ids, v = [str(id_) for id_ in form.getlist("ids")], await _saisie(request)
    corps = {**_corps(v), "fournisseur_id": str(tiers_id), "negociation_ids": ids}
    try:
        envoi = await user.services.post("purchasing", "/demandes-prix", corps, cle=saisies.cle(request))
    except Refus as refus:
        return await _demande(request, user, tiers_id, set(ids), v, _erreurs(refus))
    return aller(request, f"/achats/fournisseurs/{tiers_id}", toast=f"La demande {envoi['numero']} part par e-mail")


@router.get("/achats/commandes/{commande_id}/envoyer")
async def preparer_commande(commande_id: UUID, request: Request, user: User) -> Response:
    """The mail that carries an order, ready to be corrected."""
    projet = await user.services.get("purchasing", f"/commandes/{commande_id}/projet-envoi")
    return await _commande(request, user, commande_id, _champs(projet), {})


@router.post("/achats/commandes/{commande_id}/envoyer")
async def envoyer_commande(commande_id: UUID, request: Request, user: User) -> Response:
    """Ask for the mail to leave."""
    v = await _saisie(request)
    chemin = f"/commandes/{commande_id}/envoyer"
    try:
        await user.services.post("purchasing", chemin, _corps(v), cle=saisies.cle(request))
    except Refus as refus:
        return await _commande(request, user, commande_id, v, _erreurs(refus))
    return aller(request, f"/achats/commandes/{commande_id}", toast="La commande part par e-mail")


@router.get("/achats/envois/{envoi_id}.pdf")
async def document(envoi_id: UUID, user: User) -> Response:
    """The exact file that left."""
    return servir(await user.services.fichier("purchasing", f"/envois/{envoi_id}/document"))


async def _demande(
    request: Request, user: Utilisateur, tiers_id: UUID, ids: set[str], v: dict[str, str], erreurs: dict[str, str]
) -> Response:
    dossier = await user.services.get("purchasing", f"/fournisseurs/{tiers_id}/achats")
    contexte: dict[str, Any] = {
        "titre": "Demander les prix",
        "ou": f"/achats/fournisseurs/{tiers_id}/demander-prix",
        "retour": (f"/achats/fournisseurs/{tiers_id}", dossier["nom"]),
        "lignes": [n for n in dossier["negociations"] if n["id"] in ids],
        "aide": "La liste jointe porte les références et les quantités ; ni vos clients ni vos prix n’y figurent.",
    }
    return _rendre(request, contexte, v, erreurs)


async def _commande(
    request: Request, user: Utilisateur, commande_id: UUID, v: dict[str, str], erreurs: dict[str, str]
) -> Response:
    commande = await user.services.get("purchasing", f"/commandes/{commande_id}")
    contexte: dict[str, Any] = {
        "titre": f"Envoyer la commande {commande['numero']}",
        "ou": f"/achats/commandes/{commande_id}/envoyer",
        "retour": (f"/achats/commandes/{commande_id}", commande["numero"]),
        "lignes": [],
        "aide": f"Le bon de commande {commande['numero']} est joint en PDF.",
    }
    return _rendre(request, contexte, v, erreurs)


def _rendre(request: Request, contexte: dict[str, Any], v: dict[str, str], erreurs: dict[str, str]) -> Response:
    statut = 422 if erreurs else 200
    ecran = {**contexte, "v": v, "erreurs": erreurs}
    gabarit = "achats/envoyer.html"
    return rendre(request, gabarit, onglet="commandes", fragment="formulaire", status_code=statut, **ecran)


def _champs(projet: dict[str, Any]) -> dict[str, str]:
    return {**projet, "destinataires": ", ".join(projet["destinataires"])}


async def _saisie(request: Request) -> dict[str, str]:
    form = await request.form()
    return {nom: saisies.texte(form, nom) for nom in ("destinataires", "sujet", "message")}


def _corps(v: dict[str, str]) -> dict[str, Any]:
    adresses = [a.strip() for a in v["destinataires"].replace(";", ",").split(",") if a.strip()]
    return {**v, "destinataires": adresses}


def _erreurs(refus: Refus) -> dict[str, str]:
    return {cle.split(".")[0]: texte for cle, texte in refus.erreurs.items()} or {"": refus.detail}
