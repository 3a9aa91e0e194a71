"""The bank details of a contact in pages: added, corrected, removed by those who may."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import FicheAbsente, Refus
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Utilisateur, exiger

router = APIRouter(include_in_schema=False)
Comptable = Annotated[Utilisateur, exiger("rib.modifier")]
Json = dict[str, Any]
ICI = "/contacts/{tiers_id}/ribs"
VIDE: Json = {"titulaire": "", "iban": "", "bic": "", "version": 0}
CHAMPS = {"iban_invalide": "iban", "rib_deja_connu": "iban", "bic_invalide": "bic"}


@router.get(ICI + "/nouveau")
async def nouveau(tiers_id: UUID, request: Request, user: Comptable) -> Response:
    """An empty form."""
    return await _formulaire(request, user, tiers_id, VIDE, {})


@router.post(ICI + "/nouveau")
async def creer(tiers_id: UUID, request: Request, user: Comptable) -> Response:
    """One more account."""
    valeurs = await _saisie(request)
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("contacts", f"/tiers/{tiers_id}/ribs", valeurs, cle=cle)
    except Refus as refus:
        return await _formulaire(request, user, tiers_id, {**VIDE, **valeurs}, _erreurs(refus))
    return aller(request, f"/contacts/{tiers_id}", toast="Coordonnées bancaires ajoutées")


@router.get(ICI + "/{rib_id}")
async def fiche(tiers_id: UUID, rib_id: UUID, request: Request, user: Comptable) -> Response:
    """One to change."""
    return await _formulaire(request, user, tiers_id, await _un(user, tiers_id, rib_id), {})


@router.post(ICI + "/{rib_id}")
async def enregistrer(tiers_id: UUID, rib_id: UUID, request: Request, user: Comptable) -> Response:
    """Another number, holder or bank."""
    valeurs, connu = await _saisie(request), await _un(user, tiers_id, rib_id)
    version = version_lue((await request.form()).get("version"))
    try:
        await user.services.put("contacts", f"/tiers/{tiers_id}/ribs/{rib_id}", valeurs, version=version)
    except Refus as refus:
        return await _formulaire(request, user, tiers_id, {**connu, **valeurs, "version": version}, _erreurs(refus))
    return aller(request, f"/contacts/{tiers_id}", toast="Coordonnées bancaires enregistrées")


@router.post(ICI + "/{rib_id}/retirer")
async def retirer(tiers_id: UUID, rib_id: UUID, request: Request, user: Comptable) -> Response:
    """The account is closed."""
    await user.services.delete("contacts", f"/tiers/{tiers_id}/ribs/{rib_id}")
    return aller(request, f"/contacts/{tiers_id}", toast="Coordonnées bancaires retirées")


async def _un(user: Utilisateur, tiers_id: UUID, rib_id: UUID) -> Json:
    ribs = await user.services.get("contacts", f"/tiers/{tiers_id}/ribs")
    trouve: Json | None = next((r for r in ribs if r["id"] == str(rib_id)), None)
    if trouve is None:
        raise FicheAbsente
    return trouve


async def _saisie(request: Request) -> Json:
    form = await request.form()
    return {champ: str(form.get(champ) or "").strip() for champ in ("titulaire", "iban", "bic")}


def _erreurs(refus: Refus) -> dict[str, str]:
    return refus.erreurs or {CHAMPS.get(str(refus.probleme.get("code")), ""): refus.detail}


async def _formulaire(
    request: Request, user: Utilisateur, tiers_id: UUID, valeurs: Json, erreurs: dict[str, str]
) -> Response:
    tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
    contexte: Json = {"v": valeurs, "tiers": tiers, "erreurs": erreurs}
    statut = 422 if erreurs else 200
    return rendre(
        request, "contacts/rib.html", onglet="contacts", fragment="formulaire", status_code=statut, **contexte
    )
