"""The margin guard in pages: the limits of the company, an approval asked, an approval given."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
BASE = "/devis/propositions/{proposition_id}"
DECISIONS = {"accordee": "Approbation accordée", "refusee": "Approbation refusée"}


@router.get("/devis/seuils")
async def seuils(request: Request, user: User) -> Response:
    """The largest discount and the smallest margin without approval."""
    return _seuils(request, await user.services.get("commercial", "/seuils-marge"), {})


@router.post("/devis/seuils")
async def fixer(request: Request, user: User) -> Response:
    """Set them."""
    form = await request.form()
    v = {nom: decimal(str(form.get(nom) or "")) for nom in ("remise_max", "marque_min")}
    version = version_lue(form.get("version"))
    try:
        await user.services.put("commercial", "/seuils-marge", v, version=version)
    except Refus as refus:
        return _seuils(request, {**v, "version": version}, erreurs_de(refus))
    return aller(request, "/devis/propositions", toast="Limites enregistrées")


@router.get(BASE + "/approbation")
async def approbation(proposition_id: UUID, request: Request, user: User) -> Response:
    """Ask for one, or answer the one that waits."""
    return await _approbation(request, user, proposition_id, "", {})


@router.post(BASE + "/approbation")
async def demander(proposition_id: UUID, request: Request, user: User) -> Response:
    """The salesman asks, and says why."""
    motif = str((await request.form()).get("motif") or "").strip()
    cle = request.headers.get("idempotency-key")
    try:
        chemin = f"/propositions/{proposition_id}/approbation"
        await user.services.post("commercial", chemin, {"motif": motif}, cle=cle)
    except Refus as refus:
        return await _approbation(request, user, proposition_id, motif, erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Approbation demandée")


@router.post(BASE + "/approbation/decider")
async def decider(proposition_id: UUID, request: Request, user: User) -> Response:
    """The approver answers."""
    form = await request.form()
    corps = {"decision": str(form.get("decision") or ""), "reponse": str(form.get("reponse") or "").strip()}
    try:
        await user.services.post("commercial", f"/propositions/{proposition_id}/approbation/decider", corps)
    except Refus as refus:
        return await _approbation(request, user, proposition_id, corps["reponse"], erreurs_de(refus))
    return aller(request, f"/devis/propositions/{proposition_id}", toast=DECISIONS[corps["decision"]])


async def _approbation(
    request: Request, user: User, proposition_id: UUID, texte: str, erreurs: dict[str, str]
) -> Response:
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    garde = await user.services.get("commercial", f"/propositions/{proposition_id}/garde")
    contexte: dict[str, Any] = {"p": p, "g": garde, "texte": texte, "erreurs": erreurs}
    statut = 422 if erreurs else 200
    return rendre(
        request, "devis/approbation.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )


def _seuils(request: Request, v: dict[str, Any], erreurs: dict[str, str]) -> Response:
    statut = 422 if erreurs else 200
    return rendre(
        request,
        "devis/seuils.html",
        onglet="propositions",
        fragment="formulaire",
        status_code=statut,
        v=v,
        erreurs=erreurs,
    )
