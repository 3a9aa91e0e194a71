"""Boards: the live view of demandes, one column per step."""

from collections import defaultdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel

from gateway.compte import personnel
from gateway.pages.demandes import presentation, vues
from gateway.pages.rendu import rendre, rendre_bloc
from gateway.session.dependances import User, Utilisateur
from shared.database.database import Database
from shared.kernel.refusals import Conflict
from shared.web.doors import Db

router = APIRouter(include_in_schema=False)
COOKIE = "amanela_tableau"
TRI = "demandes.tri"
TRIS = (
    ("urgence", "Urgence, puis ancienneté"),
    ("anciennete", "Ancienneté"),
    ("echeance", "Échéance"),
    ("montant", "Montant"),
)


class ColonneFermee(Conflict):
    """Cette colonne n’accueille pas ce type de demande ; choisissez-en une autre."""


class Filtres(BaseModel):
    """What narrows the board; everything lives in the address."""

    q: str | None = None
    urgentes: bool = False
    en_retard: bool = False
    sous_contrat: bool = False
    responsable_id: UUID | None = None
    tri: str | None = None


class Depot(BaseModel):
    """A card dropped in a column: "type:etat" of the column, and the version of the card."""

    etat: str
    version: int | None = None


@router.get("/demandes")
async def accueil(request: Request, db: Db, user: User, filtres: Annotated[Filtres, Query()]) -> Response:
    """The board last looked at, else that of the person's service."""
    tableaux = await user.services.get("demandes", "/tableaux")
    code = presentation.tableau_d_entree(user, tableaux, request.cookies.get(COOKIE))
    return await _tableau(request, db.database, user, code, filtres)


@router.get("/demandes/tableaux/{code}")
async def tableau(code: str, request: Request, db: Db, user: User, filtres: Annotated[Filtres, Query()]) -> Response:
    """One board."""
    return await _tableau(request, db.database, user, code, filtres)


async def _tableau(request: Request, db: Database, user: Utilisateur, code: str, filtres: Filtres) -> Response:
    params = filtres.model_dump(exclude_none=True)
    params["tri"] = await _tri(db, user, filtres.tri)
    lu = await user.services.get("demandes", f"/tableaux/{code}/cartes", params)
    params["tri"] = lu["tri"]
    libelle: str = lu["libelle"]
    contexte = {
        "nom": f"Tableau {libelle if libelle.isupper() else libelle[0].lower() + libelle[1:]}",
        "t": lu,
        "params": defaultdict(lambda: None, params),
        "tris": TRIS,
        "url": f"/demandes/tableaux/{code}",
        "requete": presentation.requete,
        "colonnes": [_colonne(code, c, params, presentation.services_de(user)) for c in lu["colonnes"]],
        "vues": await _vues(db, user),
        **await presentation.panneau(user, code),
    }
    reponse = rendre(request, "demandes/tableau.html", onglet="tableaux", fragment="cartes", **contexte)
    reponse.set_cookie(COOKIE, code, max_age=31_536_000, samesite="lax", httponly=True)
    return reponse


async def _vues(db: Database, user: Utilisateur) -> list[dict[str, str]]:
    async with db.read() as session:
        return await vues.lire(session, user.compte.id)


async def _tri(db: Database, user: Utilisateur, voulu: str | None) -> str | None:
    """The order asked for, which the account finds again everywhere; else the one it last chose."""
    async with db.read() as session:
        retenu = await personnel.preference(session, user.compte.id, TRI)
    if voulu not in dict(TRIS) or voulu == retenu:
        return retenu
    async with db.transaction(user.actor) as tx:
        await personnel.retenir(tx, user.compte.id, TRI, voulu)
    return voulu


def _colonne(code: str, colonne: dict[str, Any], params: dict[str, Any], services: frozenset[str]) -> dict[str, Any]:
    etats = presentation.etats_de(colonne)
    suivant = colonne["curseur_suivant"]
    suite = f"/demandes/tableaux/{code}/colonnes/{colonne['id']}?{presentation.requete(params, curseur=suivant)}"
    return {
        **colonne,
        "etat": etats[0],
        "etats_vus": etats,
        "cartes": [presentation.carte(c) for c in colonne["cartes"]],
        "suite": suite if suivant else None,
        "me_concerne": colonne["service"] in services,
    }


@router.get("/demandes/tableaux/{code}/colonnes/{colonne_id}")
async def suite(code: str, colonne_id: UUID, request: Request, user: User) -> Response:
    """The next cards of a column, as it is scrolled."""
    params = dict(request.query_params)
    page = await user.services.get("demandes", f"/tableaux/{code}/colonnes/{colonne_id}/cartes", params)
    suivant = page["curseur_suivant"]
    url = f"/demandes/tableaux/{code}/colonnes/{colonne_id}?{presentation.requete(params, curseur=suivant)}"
    cartes = [presentation.carte(c) for c in page["elements"]]
    html = rendre_bloc(
        request, "demandes/_cartes.html", "suite", cartes=cartes, code=code, url_suite=url if suivant else None
    )
    return HTMLResponse(html)


@router.get("/demandes/carte/{demande_id}")
async def carte(demande_id: UUID, request: Request, user: User, tableau: str | None = None) -> Response:
    """One card, for a live update; nothing when it left the board."""
    lue = await user.services.get("demandes", f"/demandes/{demande_id}/carte", {"tableau": tableau})
    if lue["colonne_id"] is None:
        return Response(status_code=204)
    cartes = [presentation.carte(lue)]
    html = rendre_bloc(request, "demandes/_cartes.html", "suite", cartes=cartes, code=tableau, url_suite=None)
    return HTMLResponse(html)


@router.post("/demandes/{demande_id}/etat")
async def deposer(
    demande_id: UUID, request: Request, user: User, depot: Annotated[Depot, Body()], tableau: str = ""
) -> JSONResponse:
    """A card was dropped; a column of several types gives it the state of its own type."""
    type_vise, _, vers = depot.etat.partition(":")
    lue = await user.services.get("demandes", f"/demandes/{demande_id}/carte")
    if lue["type_code"] != type_vise:
        vers = await _etat_du_type(user, tableau, depot.etat, lue["type_code"])
    change = await user.services.post(
        "demandes",
        f"/demandes/{demande_id}/etat",
        {"vers": vers},
        version=depot.version or None,
        cle=request.headers.get("idempotency-key"),
    )
    return JSONResponse({"version": change["version"], "etat": f"{change['type_code']}:{change['etat_code']}"})


async def _etat_du_type(user: Utilisateur, code: str, visee: str, type_code: str) -> str:
    lu = await user.services.get("demandes", f"/tableaux/{code}")
    for colonne in lu["colonnes"]:
        if visee in presentation.etats_de(colonne):
            etat = next((e["etat"] for e in colonne["etats"] if e["type"] == type_code), None)
            if etat is not None:
                return str(etat)
    raise ColonneFermee
