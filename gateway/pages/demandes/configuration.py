"""Types, states and rules as an administrator reads and adjusts them."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.demandes import presentation
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
TEINTES = ("ardoise", "ambre", "turquoise", "violet", "bleu", "cyan", "orange", "rose", "vert")
MODES = (("automatique", "Automatique"), ("propose", "Proposée"), ("inactif", "Inactive"))


@router.get("/demandes/configuration")
async def accueil(request: Request, user: User) -> Response:
    """The first type."""
    return await _page(request, user, "commercial")


@router.get("/demandes/configuration/{code}")
async def un_type(code: str, request: Request, user: User) -> Response:
    """A type: its states, the moves people may make, its rules."""
    return await _page(request, user, code)


async def _page(request: Request, user: Any, code: str) -> Response:
    types = await user.services.get("demandes", "/types-demande")
    vu = await user.services.get("demandes", f"/types-demande/{code}")
    libelles = {e["code"]: e["libelle"] for e in vu["etats"]}
    contexte: dict[str, Any] = {
        "types": types,
        "genre": vu,
        "libelles": libelles,
        "regles": [_regle(r, libelles) for r in vu["regles"]],
        "modes": MODES,
        "services": dict(presentation.SERVICES),
    }
    return rendre(request, "demandes/configuration.html", onglet="configuration", **contexte)


def _regle(regle: dict[str, Any], libelles: dict[str, str]) -> dict[str, Any]:
    champ = regle["condition_champ"]
    attendu = {True: "oui", False: "non"}.get(regle["condition_valeur"], regle["condition_valeur"])
    return {
        **regle,
        "depuis": [libelles.get(e, e) for e in regle["de_etats"]],
        "vers_libelle": libelles.get(regle["vers"], regle["vers"]),
        "condition": f"{champ.replace('_', ' ')} : {attendu}" if champ else None,
    }


@router.get("/demandes/configuration/{code}/etats/{etat}")
async def etat(code: str, etat: str, request: Request, user: User) -> Response:
    """The form of a state."""
    vu = await user.services.get("demandes", f"/types-demande/{code}")
    contexte: dict[str, Any] = {
        "genre": vu,
        "e": next((e for e in vu["etats"] if e["code"] == etat), vu["etats"][0]),
        "teintes": [(t, t.capitalize()) for t in TEINTES],
        "services": presentation.SERVICES,
    }
    return rendre(request, "demandes/etat.html", onglet="configuration", **contexte)


@router.post("/demandes/configuration/{code}/etats/{etat}")
async def retoucher(code: str, etat: str, request: Request, user: User) -> Response:
    """Change the label, colour, service or planning of a state."""
    form = await request.form()
    corps = {
        "libelle": str(form.get("libelle", "")),
        "couleur": str(form.get("couleur") or "ardoise"),
        "service": str(form.get("service") or "tous"),
        "est_planifiable": "est_planifiable" in form,
        "est_a_planifier": "est_a_planifier" in form,
    }
    version = presentation.entier(str(form.get("version", "")))
    await user.services.put("demandes", f"/types-demande/{code}/etats/{etat}", corps, version=version)
    return aller(request, f"/demandes/configuration/{code}", toast="État enregistré")


@router.post("/demandes/configuration/{code}/regles/{regle_id}/{mode}")
async def regler(code: str, regle_id: UUID, mode: str, request: Request, user: User) -> Response:
    """Make a rule automatic, proposed or inactive."""
    await user.services.put("demandes", f"/types-demande/{code}/regles/{regle_id}", {"mode": mode})
    return aller(request, f"/demandes/configuration/{code}", toast="Règle enregistrée")
