"""The margin guard in pages: the limits of the company, an approval asked, an approval given."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.compte import droits, roles
from gateway.compte.models import Role
from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
BASE = "/devis/propositions/{proposition_id}"
APPROUVER = "marge.approuver"
SANS_DROIT = "{noms} : aucun de ses rôles ne permet d’approuver une marge."
DECISIONS = {"accordee": "Approbation accordée", "refusee": "Approbation refusée"}


@router.get("/devis/seuils")
async def seuils(request: Request, user: User, db: Db) -> Response:
    """The largest discount and the smallest margin without approval: of the company, of roles, of people."""
    return await _seuils(request, user, db, await user.services.get("commercial", "/seuils-marge"), {})


@router.post("/devis/seuils")
async def fixer(request: Request, user: User, db: Db) -> Response:
    """Set them."""
    form = await request.form()
    v: dict[str, Any] = {nom: decimal(str(form.get(nom) or "")) for nom in ("remise_max", "marque_min")}
    v["encours_bloque"] = "encours_bloque" in form
    version = version_lue(form.get("version"))
    try:
        await user.services.put("commercial", "/seuils-marge", v, version=version)
    except Refus as refus:
        return await _seuils(request, user, db, {**v, "version": version}, erreurs_de(refus))
    return aller(request, "/devis/seuils", toast="Limites enregistrées")


@router.post("/devis/seuils/regles")
async def fixer_regle(request: Request, user: User, db: Db) -> Response:
    """Those of a role, or of somebody."""
    form = await request.form()
    genre, _, cle = str(form.get("vise") or "").partition(":")
    tous, personnes = await _roles(db), await user.services.get("commercial", "/seuils-marge/personnes")
    noms = {
        **{f"role:{role.cle}": role.libelle for role in tous},
        **{f"personne:{p['personne_id']}": p["nom"] for p in personnes},
    }
    habilites = {p["personne_id"] for p in _habilites(tous, personnes)}
    corps = {
        "role": cle if genre == "role" else None,
        "personne_id": cle if genre == "personne" else None,
        "nom": noms.get(f"{genre}:{cle}", ""),
        "approbateurs": [str(id_) for id_ in form.getlist("approbateurs") if id_],
        **{nom: decimal(str(form.get(nom) or "")) for nom in ("remise_max", "marque_min")},
    }
    sans_droit = [noms.get(f"personne:{id_}", "Inconnu") for id_ in corps["approbateurs"] if id_ not in habilites]
    try:
        if sans_droit:
            return await _regle_refusee(request, user, db, SANS_DROIT.format(noms=", ".join(sans_droit)))
        await user.services.put("commercial", "/seuils-marge/regles", corps)
    except Refus as refus:
        return await _regle_refusee(request, user, db, refus.detail)
    return aller(request, "/devis/seuils", toast=f"Limites de {corps['nom']} enregistrées")


@router.post("/devis/seuils/regles/{regle_id}/retirer")
async def retirer_regle(regle_id: UUID, request: Request, user: User) -> Response:
    """They follow the company's again."""
    await user.services.delete("commercial", f"/seuils-marge/regles/{regle_id}")
    return aller(request, "/devis/seuils", toast="Limites retirées")


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


async def _roles(db: Db) -> Sequence[Role]:
    async with db.read() as session:
        return await roles.lister(session)


def _habilites(tous: Iterable[Role], personnes: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those who may be named to decide: one of their roles lets them approve."""
    cles = {role.cle for role in tous if droits.peut(role.permissions, APPROUVER)}
    return [personne for personne in personnes if cles & set(personne["roles"])]


async def _regle_refusee(request: Request, user: User, db: Db, phrase: str) -> Response:
    v = await user.services.get("commercial", "/seuils-marge")
    return await _seuils(request, user, db, v, {"regle": phrase})


async def _seuils(request: Request, user: User, db: Db, v: dict[str, Any], erreurs: dict[str, str]) -> Response:
    regles, personnes, refus = await user.services.panneaux(
        *(("commercial", f"/seuils-marge/{quoi}") for quoi in ("regles", "personnes", "refus"))
    )
    tous = await _roles(db)
    contexte: dict[str, Any] = {
        "v": v,
        "erreurs": erreurs,
        "regles": regles or [],
        "habilites": _habilites(tous, personnes or ()),
        "personnes": personnes or [],
        "refus": refus or [],
        "noms": {p["personne_id"]: p["nom"] for p in personnes or ()},
        "roles": [(role.cle, role.libelle) for role in tous],
    }
    statut = 422 if erreurs else 200
    return rendre(request, "devis/seuils.html", onglet="propositions", status_code=statut, **contexte)
