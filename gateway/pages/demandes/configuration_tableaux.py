"""Boards as an administrator draws them: which states, under which name, for which service."""

from collections import defaultdict
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.demandes import presentation
from gateway.pages.demandes.configuration import TEINTES
from gateway.pages.demandes.presentation import Json
from gateway.pages.demandes.tableaux import TRIS
from gateway.pages.edition import version_lue
from gateway.pages.rendu import aller, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
RACINE = "/demandes/configuration/tableaux"
OUI_NON = {"oui": True, "non": False}
Sens = Literal["monter", "descendre", "retirer"]


@router.get(RACINE)
async def nouveau(request: Request, user: User) -> Response:
    """The form of a new board."""
    return await _formulaire(request, user, "nouveau", {"libelle": ""}, {})


@router.post(RACINE)
async def creer(request: Request, user: User) -> Response:
    """A board with its first column."""
    form = await request.form()
    libelle = str(form.get("libelle", "")).strip()
    premiere = _colonne(form, libelle)
    tableau = {"code": presentation.code_de(libelle), "libelle": libelle, "colonnes": [premiere]}
    try:
        await user.services.post("demandes", "/tableaux", tableau, cle=request.headers.get("idempotency-key"))
    except Refus as refus:
        return await _formulaire(request, user, "nouveau", premiere, refus.erreurs or {"": refus.detail})
    return aller(request, f"{RACINE}/{tableau['code']}", toast="Tableau créé")


@router.get(f"{RACINE}/{{code}}")
async def un_tableau(code: str, request: Request, user: User) -> Response:
    """A board: its columns, what each shows, the service it waits for."""
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    nommees = any(c["filtre"]["agence_id"] for c in tableau["colonnes"])
    agences = await presentation.agences(user) if nommees else {}
    for c in tableau["colonnes"]:
        c["ne_montre"] = presentation.ne_montre(c["filtre"], agences)
    contexte: Json = {
        "tableau": tableau,
        "services": dict(presentation.SERVICES),
        **await _reperes(user),
    }
    return rendre(request, "demandes/configuration_tableau.html", onglet="configuration", **contexte)


@router.get(f"{RACINE}/{{code}}/reglages")
async def reglages(code: str, request: Request, user: User) -> Response:
    """The form of a board itself: its name, icon, first sort, how long finished cards stay."""
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    return _reglages(request, tableau, tableau, {})


@router.post(f"{RACINE}/{{code}}/reglages")
async def regler(code: str, request: Request, user: User) -> Response:
    """Change a board, or set it aside."""
    form = await request.form()
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    saisie = {
        "libelle": str(form.get("libelle", "")).strip(),
        "icone": str(form.get("icone") or tableau["icone"]),
        "tri": str(form.get("tri") or tableau["tri"]),
        "jours_termines": str(form.get("jours_termines", "")).strip(),
        "est_actif": "est_actif" in form,
    }
    version = version_lue(form.get("version"))
    try:
        await user.services.put("demandes", f"/tableaux/{quote(code)}", {**tableau, **saisie}, version=version)
    except Refus as refus:
        return _reglages(request, tableau, saisie, refus.erreurs or {"": refus.detail})
    return aller(request, f"{RACINE}/{code}", toast="Tableau enregistré")


def _reglages(request: Request, tableau: Json, valeurs: Json, erreurs: dict[str, str]) -> Response:
    contexte: Json = {
        "tableau": tableau,
        "v": valeurs,
        "erreurs": defaultdict(str, erreurs),
        "tris": TRIS,
        "icones": presentation.ICONES,
    }
    gabarit = "demandes/_reglages_tableau.html" if erreurs and est_htmx(request) else "demandes/reglages_tableau.html"
    return rendre(request, gabarit, onglet="configuration", status_code=422 if erreurs else 200, **contexte)


@router.get(f"{RACINE}/{{code}}/colonnes/{{rang}}")
async def colonne(code: str, rang: int, request: Request, user: User) -> Response:
    """The form of a column; the rank after the last one is that of a new column."""
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    colonnes = tableau["colonnes"]
    vue = colonnes[rang] if 0 <= rang < len(colonnes) else {"libelle": ""}
    return await _formulaire(request, user, f"{code}/colonnes/{rang}", vue, {}, tableau)


@router.post(f"{RACINE}/{{code}}/colonnes/{{rang}}")
async def enregistrer(code: str, rang: int, request: Request, user: User) -> Response:
    """Replace a column, or add one at the end."""
    form = await request.form()
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    saisie = _colonne(form, str(form.get("libelle", "")).strip())
    tableau["colonnes"][rang : rang + 1] = [saisie]
    version = version_lue(form.get("version"))
    try:
        await user.services.put("demandes", f"/tableaux/{quote(code)}", tableau, version=version)
    except Refus as refus:
        erreurs = refus.erreurs or {"": refus.detail}
        return await _formulaire(request, user, f"{code}/colonnes/{rang}", saisie, erreurs, tableau)
    return aller(request, f"{RACINE}/{code}", toast="Colonne enregistrée")


@router.post(f"{RACINE}/{{code}}/colonnes/{{rang}}/{{sens}}")
async def ranger(code: str, rang: int, sens: Sens, request: Request, user: User) -> Response:
    """Move a column by one place, or take it off the board: demandes themselves do not change."""
    form = await request.form()
    tableau = await user.services.get("demandes", f"/tableaux/{quote(code)}")
    colonnes: list[Json] = tableau["colonnes"]
    if 0 <= rang < len(colonnes):
        prise = colonnes.pop(rang)
        if sens != "retirer":
            colonnes.insert(max(0, rang + (-1 if sens == "monter" else 1)), prise)
    version = version_lue(form.get("version"))
    await user.services.put("demandes", f"/tableaux/{quote(code)}", tableau, version=version)
    return aller(request, f"{RACINE}/{code}", toast="Colonne retirée" if sens == "retirer" else "Colonne déplacée")


def _colonne(form: FormData, libelle: str) -> Json:
    etats = [str(v).partition(":") for v in form.getlist("etats")]
    return {
        "libelle": str(form.get("colonne") or libelle),
        "couleur": str(form.get("couleur") or "ardoise"),
        "service": str(form.get("service") or "tous"),
        "etats": [{"type": genre, "etat": etat} for genre, _, etat in etats],
        "filtre": {
            "urgences": [str(v) for v in form.getlist("urgences")],
            "sous_contrat": OUI_NON.get(str(form.get("sous_contrat"))),
            "est_confiee": OUI_NON.get(str(form.get("est_confiee"))),
            "agence_id": str(form.get("agence_id") or "") or None,
        },
    }


async def _formulaire(
    request: Request, user: Utilisateur, cible: str, vue: Json, erreurs: dict[str, str], tableau: Json | None = None
) -> Response:
    contexte: Json = {
        "cible": cible,
        "v": defaultdict(lambda: None, vue),
        "tableau": tableau,
        "choisis": {f"{e['type']}:{e['etat']}" for e in vue.get("etats", ())},
        "erreurs": defaultdict(str, _par_champ(erreurs)),
        "teintes": [(t, t.capitalize()) for t in TEINTES],
        "services": presentation.SERVICES,
        "f": defaultdict(lambda: None, vue.get("filtre") or {}),
        "urgences": presentation.URGENCES,
        "agences": list((await presentation.agences(user)).items()),
        **await _reperes(user),
    }
    refusee = bool(erreurs)
    gabarit = "demandes/_colonne.html" if refusee and est_htmx(request) else "demandes/colonne.html"
    return rendre(request, gabarit, onglet="configuration", status_code=422 if refusee else 200, **contexte)


def _par_champ(erreurs: dict[str, str]) -> dict[str, str]:
    """The service names "colonnes.3.libelle"; the form only knows "libelle"."""
    return {champ.rpartition(".")[2]: message for champ, message in erreurs.items()}


async def _reperes(user: Utilisateur) -> Json:
    """The types with their states, and the boards of the left panel."""
    types = await user.services.get("demandes", "/types-demande")
    tableaux = await user.services.get("demandes", "/tableaux")
    libelles = {f"{t['code']}:{e['code']}": (e["libelle"], e["couleur"]) for t in types for e in t["etats"]}
    return {"types": types, "tableaux": tableaux, "libelles": libelles}
