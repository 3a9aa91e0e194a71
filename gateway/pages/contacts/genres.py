"""The kinds of contacts in pages: what they are called, and those administrators add."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import FicheAbsente, Refus
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Utilisateur, exiger

router = APIRouter(include_in_schema=False)
Responsable = Annotated[Utilisateur, exiger("societe.modifier")]
Json = dict[str, Any]
ICI = "/contacts/genres"
TONS = (
    ("neutre", "Gris"),
    ("accent", "Turquoise"),
    ("succes", "Vert"),
    ("alerte", "Ambre"),
    ("danger", "Rouge"),
    ("violet", "Violet"),
)
VIDE: Json = {"libelle": "", "ton": "neutre", "est_actif": True, "est_fixe": False, "version": 0}


async def lire(user: Utilisateur) -> dict[str, Json]:
    """Every kind by its code; none when contacts does not answer."""
    return {genre["code"]: genre for genre in await user.services.panneau("contacts", "/genres-tiers") or ()}


@router.get(ICI)
async def liste(request: Request, user: Responsable) -> Response:
    """All of them."""
    genres = await user.services.get("contacts", "/genres-tiers")
    return rendre(request, "contacts/genres.html", onglet="contacts", genres=genres)


@router.get(ICI + "/nouveau")
async def nouveau(request: Request, _user: Responsable) -> Response:
    """An empty one."""
    return _formulaire(request, VIDE, {})


@router.post(ICI + "/nouveau")
async def creer(request: Request, user: Responsable) -> Response:
    """Add it."""
    valeurs = await _saisie(request)
    try:
        cle = request.headers.get("idempotency-key")
        await user.services.post("contacts", "/genres-tiers", valeurs, cle=cle)
    except Refus as refus:
        return _formulaire(request, {**VIDE, **valeurs}, _erreurs(refus))
    return aller(request, ICI, toast=f"Type « {valeurs['libelle']} » ajouté")


@router.get(ICI + "/{genre_id}")
async def fiche(genre_id: UUID, request: Request, user: Responsable) -> Response:
    """One to change."""
    return _formulaire(request, await _un(user, genre_id), {})


@router.post(ICI + "/{genre_id}")
async def enregistrer(genre_id: UUID, request: Request, user: Responsable) -> Response:
    """Rename it, or stop offering it."""
    valeurs, connu = await _saisie(request), await _un(user, genre_id)
    valeurs["est_actif"] = valeurs["est_actif"] or connu["est_fixe"]
    version = version_lue((await request.form()).get("version"))
    try:
        await user.services.put("contacts", f"/genres-tiers/{genre_id}", valeurs, version=version)
    except Refus as refus:
        return _formulaire(request, {**connu, **valeurs, "version": version}, _erreurs(refus))
    return aller(request, ICI, toast=f"Type « {valeurs['libelle']} » enregistré")


async def _un(user: Utilisateur, genre_id: UUID) -> Json:
    genres = await user.services.get("contacts", "/genres-tiers")
    trouve: Json | None = next((g for g in genres if g["id"] == str(genre_id)), None)
    if trouve is None:
        raise FicheAbsente
    return trouve


async def _saisie(request: Request) -> Json:
    form = await request.form()
    return {
        "libelle": str(form.get("libelle", "")).strip(),
        "ton": str(form.get("ton") or "neutre"),
        "est_actif": "est_actif" in form,
    }


def _erreurs(refus: Refus) -> dict[str, str]:
    return refus.erreurs or {"libelle": refus.detail}


def _formulaire(request: Request, valeurs: Json, erreurs: dict[str, str]) -> Response:
    contexte: Json = {"v": valeurs, "erreurs": erreurs, "tons": TONS}
    statut = 422 if erreurs else 200
    return rendre(
        request, "contacts/genre.html", onglet="contacts", fragment="formulaire", status_code=statut, **contexte
    )
