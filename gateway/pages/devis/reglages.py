"""What stands around the lines: object, validity, deposit, texts. Two people who change it are put together, field by field."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.contacts.formulaire import decimal, version_lue
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
URL = "/devis/propositions/{proposition_id}/reglages"
# What is typed, as the form names it: (field, name of it in a question).
CHAMPS = {
    "objet": "Objet",
    "libelle": "Nom de la proposition",
    "commercial_id": "Commercial",
    "valide_jusqu_au": "Valable jusqu’au",
    "livraison_souhaitee": "Livraison souhaitée",
    "acompte_pourcent": "Acompte à la commande",
    "adresse_code": "Adresse imprimée",
    "introduction": "Texte d’introduction",
    "conditions": "Conditions",
}
FACULTATIFS = ("commercial_id", "livraison_souhaitee")
Json = dict[str, Any]


@router.get(URL)
async def reglages(proposition_id: UUID, request: Request, user: User) -> Response:
    """The form."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    return await _formulaire(request, user, p, tete(p), {})


@router.post(URL)
async def enregistrer(proposition_id: UUID, request: Request, user: User) -> Response:
    """Save the head. What somebody else saved meanwhile joins it; a field both changed is shown, and the person chooses."""
    form = await request.form()
    chemin, mien, avant = f"/propositions/{proposition_id}", _lire(form), _avant(form)
    for champ in CHAMPS:
        if form.get(f"choix_{champ}") == "leur":
            mien[champ] = avant.get(champ, "")
    try:
        try:
            await user.services.put("commercial", chemin, _corps(mien), version=version_lue(form.get("version")))
        except Refus as refus:
            if refus.probleme.get("code") != "version_perimee":
                raise
            p = await user.services.get("commercial", chemin)
            mien, conflits = unir(avant, mien, tete(p))
            if conflits:
                return await _formulaire(request, user, p, mien, {}, conflits)
            await user.services.put("commercial", chemin, _corps(mien), version=p["version"])
    except Refus as refus:
        p = await user.services.get("commercial", chemin)
        lue = {"version": version_lue(form.get("version"))}
        return await _formulaire(request, user, {**p, **lue}, mien, erreurs_de(refus), avant=avant)
    return aller(request, f"/devis/propositions/{proposition_id}", toast="Réglages enregistrés")


def tete(p: Mapping[str, Any]) -> dict[str, str]:
    """The head of a proposition as its form would send it back."""
    return {champ: _ecrit(champ, p[champ]) for champ in CHAMPS}


def unir(avant: Mapping[str, str], mien: Mapping[str, str], leur: Mapping[str, str]) -> tuple[dict[str, str], Json]:
    """Each field from the side that changed it, mine where both did; those, with what the other side wrote."""
    unie, conflits = dict(leur), {}
    for champ, valeur in mien.items():
        connue = avant.get(champ, leur[champ])
        if valeur == leur[champ] or valeur == connue:
            continue
        unie[champ] = valeur
        if leur[champ] != connue:
            conflits[champ] = leur[champ]
    return unie, conflits


def _ecrit(champ: str, valeur: object) -> str:
    texte = "" if valeur is None else str(valeur).replace("\r\n", "\n").strip()
    if champ != "acompte_pourcent":
        return texte
    try:
        return f"{Decimal(decimal(texte) or 0).normalize():f}"
    except InvalidOperation:
        return texte


def _lire(form: FormData) -> dict[str, str]:
    return {champ: _ecrit(champ, form.get(champ)) for champ in CHAMPS}


def _avant(form: FormData) -> dict[str, str]:
    """What the form was opened with; nothing when it does not say it well."""
    try:
        lu = json.loads(str(form.get("avant") or "{}"))
    except ValueError:
        return {}
    return {champ: str(lu[champ]) for champ in CHAMPS if champ in lu} if isinstance(lu, dict) else {}


def _corps(mien: Mapping[str, str]) -> Json:
    return {champ: valeur or (None if champ in FACULTATIFS else "") for champ, valeur in mien.items()}


async def _formulaire(
    request: Request,
    user: Utilisateur,
    p: Mapping[str, Any],
    v: Mapping[str, str],
    erreurs: dict[str, str],
    conflits: Mapping[str, str] | None = None,
    avant: Mapping[str, str] | None = None,
) -> Response:
    collaborateurs, tiers = await user.services.panneaux(
        ("commercial", "/collaborateurs"), ("contacts", f"/tiers/{p['tiers_id']}")
    )
    personnes = [(c["id"], c["nom"]) for c in collaborateurs or ()]
    noms = dict(personnes)
    dire = {"commercial_id": lambda id_: noms.get(id_, id_)}
    contexte: Json = {
        "p": p,
        "v": v,
        "avant": json.dumps(tete(p) if avant is None else dict(avant), ensure_ascii=False),
        "erreurs": erreurs,
        "conflits": [
            (champ, CHAMPS[champ], *(dire.get(champ, str)(texte) for texte in (v[champ], leur)))
            for champ, leur in (conflits or {}).items()
        ],
        "collaborateurs": personnes,
        "adresses": [(a["code"], f"{a['code']} · {a['ville']}") for a in (tiers["adresses"] if tiers else ())],
    }
    statut = 422 if erreurs or conflits else 200
    return rendre(
        request, "devis/reglages.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )
