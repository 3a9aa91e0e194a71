"""The public directory of companies: what is typed of a contact finds the company, and the rest is filled in."""

from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.contacts import formulaire
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
CHERCHES = ("siret", "siren", "nom")  # the most precise first
TROP_COURT = "Saisissez un SIREN, un SIRET ou au moins trois lettres du nom."
INCONNU = "L’annuaire ne connaît pas « {texte} » ; vérifiez, ou saisissez la fiche à la main."


@router.get("/contacts/annuaire")
async def chercher(request: Request, user: User, suite: str = "") -> Response:
    """The companies that what is typed names, to choose from."""
    saisis = (" ".join(request.query_params.get(c, "").split())[:200] for c in CHERCHES)
    texte = next((saisi for saisi in saisis if saisi), "")
    trouves, dit = await _trouver(user, texte)
    return rendre(request, "contacts/annuaire.html", fragment="annuaire", trouves=trouves, dit=dit, suite=suite)


@router.post("/contacts/annuaire")
async def reprendre(request: Request, user: User) -> Response:
    """The same form, filled in with the company chosen; what was typed elsewhere stays."""
    saisie, form = await formulaire.lire(request), await request.form()
    siret = "".join(str(form.get("etablissement", "")).split())[:14]
    trouves, dit = await _trouver(user, siret)
    if trouves:
        saisie = formulaire.completer(saisie, trouves[0])
    erreurs = {"": dit} if dit else {}
    return await formulaire.montrer(request, user, saisie, erreurs, suite=str(form.get("suite", "")))


async def _trouver(user: Utilisateur, texte: str) -> tuple[list[dict[str, Any]], str]:
    """The companies, or why there is none."""
    if len(texte) < 3:
        return [], TROP_COURT
    try:
        trouves = await user.services.get("contacts", "/annuaire", {"q": texte})
    except Refus as refus:
        return [], refus.detail
    return trouves, "" if trouves else INCONNU.format(texte=texte)
