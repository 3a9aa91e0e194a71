"""Reminders in pages: the calls to make, the scheme of the company."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.rendu import aller, rafraichir, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
ETAPES = 6
MESSAGE = (
    "Bonjour,\n\nAvez-vous pu étudier notre devis {numéro} pour « {objet} » ? Il est valable jusqu’au {validité}.\n\n"
    "Nous restons à votre disposition pour en parler."
)


@router.get("/devis/relances")
async def liste(request: Request, user: User, commercial_id: str = "", curseur: str | None = None) -> Response:
    """Calls to make, the oldest first."""
    filtre = {"a_faire": True, "commercial_id": commercial_id, "curseur": curseur}
    page, collaborateurs = await user.services.panneaux(
        ("commercial", "/relances", filtre), ("commercial", "/collaborateurs")
    )
    suite = page["curseur_suivant"] if page else None
    contexte: dict[str, Any] = {
        "page": page,
        "noms": {c["id"]: c["nom"] for c in collaborateurs or ()},
        "commercial_id": commercial_id,
        "suite": f"/devis/relances?{urlencode({'commercial_id': commercial_id, 'curseur': suite})}" if suite else None,
    }
    fragment = "rangees" if curseur else "lignes"
    return rendre(request, "devis/relances.html", onglet="relances", fragment=fragment, **contexte)


@router.get("/devis/relances/schema")
async def schema(request: Request, user: User) -> Response:
    """When clients are reminded, and how."""
    etapes = (await user.services.get("commercial", "/schema-relance"))["etapes"]
    return _schema(request, etapes, {})


@router.post("/devis/relances/schema")
async def fixer(request: Request, user: User) -> Response:
    """Replace it."""
    etapes = _lire(await request.form())
    try:
        await user.services.put("commercial", "/schema-relance", {"etapes": etapes})
    except Refus as refus:
        return _schema(request, etapes, erreurs_de(refus))
    return aller(request, "/devis/relances", toast="Schéma de relance enregistré")


@router.get("/devis/relances/{relance_id}/faite")
async def appel(relance_id: UUID, request: Request, _user: User) -> Response:
    """What the client answered to the call."""
    return rendre(request, "devis/relance_faite.html", onglet="relances", relance_id=relance_id)


@router.post("/devis/relances/{relance_id}/faite")
async def noter(relance_id: UUID, request: Request, user: User) -> Response:
    """Keep it."""
    note = str((await request.form()).get("note") or "").strip()
    await user.services.post("commercial", f"/relances/{relance_id}/faite", {"note": note})
    return rafraichir(toast="Appel noté", fermer=True)


def _lire(form: FormData) -> list[dict[str, Any]]:
    """Rows without a number of days are left out."""
    colonnes = [form.getlist(nom) for nom in ("jours", "genre", "sujet", "message")]
    lues = [[str(valeur).strip() for valeur in rangee] for rangee in zip(*colonnes, strict=False)]
    return [
        {"jours": jours, "genre": genre, "sujet": sujet, "message": message}
        for jours, genre, sujet, message in lues
        if jours
    ]


def _schema(request: Request, etapes: list[dict[str, Any]], erreurs: dict[str, str]) -> Response:
    vide = {"jours": "", "genre": "courriel", "sujet": "Votre devis {numéro}", "message": MESSAGE}
    rangees = [*etapes, *([vide] if len(etapes) < ETAPES else [])]
    statut = 422 if erreurs else 200
    return rendre(
        request,
        "devis/schema_relance.html",
        onglet="relances",
        fragment="formulaire",
        status_code=statut,
        etapes=rangees,
        erreurs=erreurs,
    )
