"""The monthly run, step by step."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.rendu import aller, aujourd_hui, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)

ETAPES = (
    ("controle", "Contrôle"),
    ("affaires", "Création des affaires"),
    ("factures", "Émission des factures"),
    ("envois", "Envois"),
)
SUIVANTES = {
    "controle": ("creer-affaires", "Créer les affaires"),
    "affaires": ("emettre", "Émettre les factures"),
    "factures": ("envoyer", "Envoyer par e-mail"),
    "envois": ("envoyer", "Reprendre les envois"),
}


@router.get("/administratif/campagnes")
async def liste(request: Request, user: User) -> Response:
    """The runs, newest first."""
    return await _liste(request, user)


@router.post("/administratif/campagnes")
async def ouvrir(request: Request, user: User) -> Response:
    """Prepare the run of a month: nothing is created yet."""
    form = await request.form()
    try:
        corps = {"periode": form.get("periode")}
        campagne = await user.services.post("billing", "/campagnes", corps, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return await _liste(request, user, erreur=refus.detail)
    return aller(request, f"/administratif/campagnes/{campagne['id']}")


@router.get("/administratif/campagnes/{campagne_id}")
async def fiche(campagne_id: UUID, request: Request, user: User) -> Response:
    """One run: where it stands, each contract, what to do next."""
    campagne = await user.services.get("billing", f"/campagnes/{campagne_id}")
    rang = [cle for cle, _ in ETAPES].index(campagne["etape"])
    etapes = [
        {"titre": titre, "etat": _etat(i, rang), "resume": _resume(cle, campagne)}
        for i, (cle, titre) in enumerate(ETAPES)
    ]
    contexte: dict[str, Any] = {"c": campagne, "etapes": etapes, "suivante": SUIVANTES[campagne["etape"]]}
    return rendre(request, "administratif/campagne.html", onglet="campagnes", **contexte)


@router.post("/administratif/campagnes/{campagne_id}/{verbe}")
async def avancer(campagne_id: UUID, verbe: str, request: Request, user: User) -> Response:
    """Validate the next step; doing it again takes only what remains."""
    cle = request.headers.get("idempotency-key")
    await user.services.post("billing", f"/campagnes/{campagne_id}/{verbe}", cle=cle)
    return aller(request, f"/administratif/campagnes/{campagne_id}", toast="Étape validée")


async def _liste(request: Request, user: User, erreur: str | None = None) -> Response:
    campagnes = await user.services.get("billing", "/campagnes")
    contexte: dict[str, Any] = {
        "campagnes": campagnes,
        "erreur": erreur,
        "mois": aujourd_hui(request).strftime("%Y-%m"),
    }
    return rendre(
        request, "administratif/campagnes.html", onglet="campagnes", status_code=422 if erreur else 200, **contexte
    )


def _etat(rang: int, courant: int) -> str:
    if rang <= courant:
        return "faite"
    return "courante" if rang == courant + 1 else "a_venir"


def _resume(cle: str, campagne: dict[str, Any]) -> str:
    lignes = campagne["lignes"]
    faites = {
        "controle": len(lignes),
        "affaires": sum(1 for ligne in lignes if ligne["affaire_client_id"]),
        "factures": sum(1 for ligne in lignes if ligne["facture_id"]),
        "envois": sum(1 for ligne in lignes if ligne["est_envoyee"]),
    }
    return f"{faites[cle]} sur {len(lignes)}"
