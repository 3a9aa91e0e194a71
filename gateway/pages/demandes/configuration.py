"""Types, states and rules as an administrator reads and adjusts them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages.demandes import presentation
from gateway.pages.demandes.configuration_circuit import MODES, mots_des_conditions
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
TEINTES = ("ardoise", "ambre", "turquoise", "violet", "bleu", "cyan", "orange", "rose", "vert")


@router.get("/demandes/configuration")
async def accueil(request: Request, user: User) -> Response:
    """The first type."""
    (premier, *_) = await user.services.get("demandes", "/types-demande")
    return await _page(request, user, premier["code"])


@router.get("/demandes/configuration/{code}")
async def un_type(code: str, request: Request, user: User) -> Response:
    """A type: its states, the moves people may make, its rules."""
    return await _page(request, user, code)


async def _page(request: Request, user: Any, code: str) -> Response:
    types = await user.services.get("demandes", "/types-demande")
    tableaux = await user.services.panneau("demandes", "/tableaux")
    vu = await user.services.get("demandes", f"/types-demande/{code}")
    mots = await mots_des_conditions(user)
    libelles = {e["code"]: e["libelle"] for e in vu["etats"]}
    contexte: dict[str, Any] = {
        "types": types,
        "tableaux": tableaux or [],
        "genre": vu,
        "est_montre": tableaux is None or _est_montre(code, tableaux),
        "libelles": libelles,
        "regles": [_regle(rang, r, libelles, mots) for rang, r in enumerate(vu["regles"])],
        "modes": MODES,
        "services": dict(presentation.SERVICES),
    }
    return rendre(request, "demandes/configuration.html", onglet="configuration", **contexte)


def _est_montre(code: str, tableaux: list[dict[str, Any]]) -> bool:
    """Whether some board in use has a column of that type."""
    return any(e["type"] == code for t in tableaux if t["est_actif"] for c in t["colonnes"] for e in c["etats"])


def _regle(
    rang: int, regle: dict[str, Any], libelles: dict[str, str], mots: dict[tuple[str, str], str]
) -> dict[str, Any]:
    champ = regle["condition_champ"]
    attendu = {True: "oui", False: "non"}.get(regle["condition_valeur"], regle["condition_valeur"])
    return {
        **regle,
        "rang": rang,
        "depuis": [libelles.get(e, e) for e in regle["de_etats"]],
        "vers_libelle": libelles.get(regle["vers"], regle["vers"]),
        "condition": f"{mots.get((regle['fait_type'], champ), champ.replace('_', ' '))} : {attendu}" if champ else None,
    }


@router.get("/demandes/configuration/{code}/etats")
async def nouvel_etat(code: str, request: Request, user: User) -> Response:
    """The form of a new state, beside another."""
    return await _formulaire_etat(request, user, code, {"couleur": "ardoise", "service": "tous"}, {})


@router.post("/demandes/configuration/{code}/etats")
async def ajouter_etat(code: str, request: Request, user: User) -> Response:
    """Add the state where the other one is, in the circuit and on boards."""
    form = await request.form()
    valeurs = {c: str(form.get(c, "")).strip() for c in ("libelle", "couleur", "service", "comme", "version")}
    corps = {**valeurs, "code": presentation.code_de(valeurs["libelle"]).replace("-", "_")}
    version = version_lue(form.get("version"))
    try:
        await user.services.post(
            "demandes",
            f"/types-demande/{code}/etats",
            corps,
            version=version,
            cle=request.headers.get("idempotency-key"),
        )
    except Refus as refus:
        return await _formulaire_etat(request, user, code, valeurs, refus.erreurs or {"": refus.detail})
    return aller(request, f"/demandes/configuration/{code}", toast="État ajouté, avec sa colonne sur les tableaux")


async def _formulaire_etat(
    request: Request, user: Utilisateur, code: str, valeurs: dict[str, Any], erreurs: dict[str, str]
) -> Response:
    genre = await user.services.get("demandes", f"/types-demande/{code}")
    contexte: dict[str, Any] = {
        "genre": genre,
        "etats": [(e["code"], e["libelle"]) for e in genre["etats"]],
        "v": defaultdict(lambda: None, valeurs),
        "erreurs": defaultdict(str, erreurs),
        "teintes": [(t, t.capitalize()) for t in TEINTES],
        "services": presentation.SERVICES,
    }
    gabarit = "demandes/_etat_frere.html" if erreurs and est_htmx(request) else "demandes/etat_frere.html"
    return rendre(request, gabarit, onglet="configuration", status_code=422 if erreurs else 200, **contexte)


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
    """Change a state, and where people may move from it."""
    form = await request.form()
    corps = {
        "libelle": str(form.get("libelle", "")),
        "couleur": str(form.get("couleur") or "ardoise"),
        "service": str(form.get("service") or "tous"),
        "est_planifiable": "est_planifiable" in form,
        "est_a_planifier": "est_a_planifier" in form,
        "est_terminal": "est_terminal" in form,
        "exige_temps": "exige_temps" in form,
        "est_prise": "est_prise" in form,
        "vers": [str(code) for code in form.getlist("vers")],
        "motifs": [str(code) for code in form.getlist("motifs")],
    }
    version = version_lue(form.get("version"))
    await user.services.put("demandes", f"/types-demande/{code}/etats/{etat}", corps, version=version)
    return aller(request, f"/demandes/configuration/{code}", toast="État enregistré")


@router.post("/demandes/configuration/{code}/regles/{regle_id}/{mode}")
async def regler(code: str, regle_id: UUID, mode: str, request: Request, user: User) -> Response:
    """Make a rule automatic, proposed or inactive."""
    await user.services.put("demandes", f"/types-demande/{code}/regles/{regle_id}", {"mode": mode})
    return aller(request, f"/demandes/configuration/{code}", toast="Règle enregistrée")
