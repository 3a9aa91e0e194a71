"""A devis is wanted for a client without address: it is asked for there and then, kept in its file, and the devis made."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
ICI = "/devis/adresse"
SANS_ADRESSE = "sans_adresse"
CHAMPS = ("demande_id", "objet", "adresse", "code_postal", "ville")
PATIENCE, ESSAI = 10.0, 0.1  # seconds: the address must reach the service that makes the devis
TROP_LONG = "L’adresse est enregistrée, le devis n’est pas encore fait : recommencez dans un instant."
SANS_LIEU = "Indiquez au moins la ville."


@router.get(ICI)
async def formulaire(request: Request, user: User, demande_id: Designe = None, objet: str = "") -> Response:
    """Where the client is."""
    saisie = dict.fromkeys(CHAMPS, "") | {"demande_id": str(demande_id or ""), "objet": objet}
    return _formulaire(request, await _client(user, saisie["demande_id"]), saisie, {})


@router.post(ICI)
async def enregistrer(request: Request, user: User) -> Response:
    """The address in the client's file, then the etude that was asked for."""
    form = await request.form()
    saisie = {champ: str(form.get(champ) or "").strip() for champ in CHAMPS}
    tiers = await _client(user, saisie["demande_id"])
    if not saisie["ville"]:
        return _formulaire(request, tiers, saisie, {"ville": SANS_LIEU})
    try:
        if not tiers["adresses"]:
            await _ecrire(user, tiers, saisie)
        etude = await _faire(user, saisie, request.headers.get("idempotency-key"))
    except Refus as refus:
        return _formulaire(request, tiers, saisie, erreurs_de(refus))
    except TimeoutError:
        return _formulaire(request, tiers, saisie, {"": TROP_LONG})
    return aller(
        request, f"/devis/propositions/{etude['propositions'][0]['id']}", toast=f"Étude {etude['numero']} créée"
    )


async def manque(user: Utilisateur, demande_id: str) -> bool:
    """Whether the client of a demande has no address, and this person may give it one."""
    return user.may("tiers.modifier") and not (await _client(user, demande_id))["adresses"]


async def _client(user: Utilisateur, demande_id: str) -> dict[str, Any]:
    demande = await user.services.get("demandes", f"/demandes/{demande_id}")
    tiers: dict[str, Any] = await user.services.get("contacts", f"/tiers/{demande['tiers_id']}")
    return tiers


async def _ecrire(user: Utilisateur, tiers: dict[str, Any], saisie: dict[str, str]) -> None:
    lignes = [ligne.strip() for ligne in saisie["adresse"].splitlines() if ligne.strip()]
    adresse = {"lignes": lignes, "code_postal": saisie["code_postal"], "ville": saisie["ville"]}
    corps = {**tiers, "adresses": [adresse]}
    await user.services.put("contacts", f"/tiers/{tiers['id']}", corps, version=tiers["version"])


async def _faire(user: Utilisateur, saisie: dict[str, str], cle: str | None) -> dict[str, Any]:
    """The etude; TimeoutError when its service does not hear of the address in time."""
    corps = {champ: saisie[champ] for champ in ("demande_id", "objet") if saisie[champ]}
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                etude: dict[str, Any] = await user.services.post("commercial", "/etudes", corps, cle=cle)
            except Refus as refus:
                if refus.probleme.get("code") != SANS_ADRESSE:
                    raise
                await asyncio.sleep(ESSAI)
            else:
                return etude


def _formulaire(request: Request, tiers: dict[str, Any], saisie: dict[str, str], erreurs: dict[str, str]) -> Response:
    return rendre(
        request,
        "devis/adresse.html",
        onglet="etudes",
        fragment="formulaire",
        status_code=422 if erreurs else 200,
        tiers=tiers,
        v=saisie,
        erreurs=erreurs,
    )
