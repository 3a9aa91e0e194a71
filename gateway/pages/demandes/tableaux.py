"""Boards: the live view of demandes, one column per step."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Annotated, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from gateway.compte import personnel
from gateway.errors import Refus
from gateway.pages.adresse import Designe
from gateway.pages.demandes import presentation, vues
from gateway.pages.demandes.presentation import Json
from gateway.pages.rendu import rafraichir, rendre, rendre_bloc
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
COULOIRS = "demandes.couloirs"
PAR_COULOIRS = (("sans", "Sans couloir"), ("responsable", "Par personne"), ("agence", "Par agence"))


class ColonneFermee(Conflict):
    """Cette colonne n’accueille pas ce type de demande ; choisissez-en une autre."""


class Filtres(BaseModel):
    """What narrows the board; everything lives in the address."""

    q: str | None = None
    urgentes: bool = False
    en_retard: bool = False
    sous_contrat: bool = False
    responsable_id: Designe = None
    tri: str | None = None
    couloirs: str | None = None


class Depot(BaseModel):
    """A card dropped: the states of the column ("type:etat"), the card's version, the person of another swimlane."""

    etats: list[str] = Field(min_length=1, max_length=60)
    version: int | None = None
    couloir: UUID | Literal["aucun"] | None = None

    def etats_de(self, type_code: str) -> list[str]:
        """The states of the column a demande of that type may take; ColonneFermee when it has none."""
        trouves = [etat for type_, _, etat in (e.partition(":") for e in self.etats) if type_ == type_code]
        if not trouves:
            raise ColonneFermee
        return trouves

    @property
    def responsable_id(self) -> UUID | None:
        """The person the card goes to."""
        return self.couloir if isinstance(self.couloir, UUID) else None


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
    async with db.read() as session:
        retenus = await personnel.preferences(session, user.compte.id, (TRI, COULOIRS, vues.CLE))
    params["tri"] = await _choix(db, user, TRI, retenus, filtres.tri, TRIS)
    couloirs = await _choix(db, user, COULOIRS, retenus, filtres.couloirs, PAR_COULOIRS)
    params["couloirs"] = None if couloirs == "sans" else couloirs
    lu = await user.services.get("demandes", f"/tableaux/{code}/cartes", params)
    params["tri"] = lu["tri"]
    libelle: str = lu["libelle"]
    nommees = params["couloirs"] == "agence" or any(c["filtre"]["agence_id"] for c in lu["colonnes"])
    agences = await presentation.agences(user) if nommees else {}
    colonnes = [_colonne(code, c, params, presentation.services_de(user), agences) for c in lu["colonnes"]]
    contexte = {
        "nom": f"Tableau {libelle if libelle.isupper() else libelle[0].lower() + libelle[1:]}",
        "t": lu,
        "params": defaultdict(lambda: None, params),
        "tris": TRIS,
        "par_couloirs": PAR_COULOIRS,
        "url": f"/demandes/tableaux/{code}",
        "requete": presentation.requete,
        "colonnes": colonnes,
        "couloirs": _couloirs(user, code, lu["couloirs"], colonnes, params, agences),
        "vues": vues.lues(retenus.get(vues.CLE)),
        **await presentation.panneau(user, code),
    }
    reponse = rendre(request, "demandes/tableau.html", onglet="tableaux", fragment="cartes", **contexte)
    reponse.set_cookie(COOKIE, code, max_age=31_536_000, samesite="lax", httponly=True)
    return reponse


async def _choix(
    db: Database,
    user: Utilisateur,
    cle: str,
    retenus: Mapping[str, str],
    voulu: str | None,
    permis: tuple[tuple[str, str], ...],
) -> str | None:
    """The order or swimlanes asked for, which the account finds again everywhere; else what it last chose."""
    retenu = retenus.get(cle)
    if voulu not in dict(permis) or voulu == retenu:
        return retenu
    async with db.transaction(user.actor) as tx:
        await personnel.retenir(tx, user.compte.id, cle, voulu)
    return voulu


def _colonne(code: str, colonne: Json, params: Json, services: frozenset[str], agences: Mapping[str, str]) -> Json:
    return {
        **colonne,
        "etats_vus": presentation.etats_de(colonne),
        "cartes": [presentation.carte(c, params["tri"]) for c in colonne["cartes"]],
        "ne_montre": presentation.ne_montre(colonne["filtre"], agences),
        "suite": _suite(code, colonne["id"], colonne["curseur_suivant"], params),
        "me_concerne": colonne["service"] in services,
    }


def _couloirs(
    user: Utilisateur,
    code: str,
    lus: list[Json],
    colonnes: list[Json],
    params: Json,
    agences: Mapping[str, str],
) -> list[Json]:
    """The swimlanes, that of who looks first; agencies get their names from the directory."""
    par_agence = params["couloirs"] == "agence"
    sans = "Sans agence" if par_agence else "À personne"
    return [
        {
            **couloir,
            "cle": couloir["id"] or "aucun",
            "nom": couloir["nom"] or agences.get(couloir["id"], "Autre agence") if couloir["id"] else sans,
            "cases": [
                {
                    **case,
                    "colonne": colonne,
                    "cartes": [presentation.carte(c, params["tri"]) for c in case["cartes"]],
                    "suite": _suite(
                        code, colonne["id"], case["curseur_suivant"], params, couloir=couloir["id"] or "aucun"
                    ),
                }
                for case, colonne in zip(couloir["cases"], colonnes, strict=True)
            ],
        }
        for couloir in sorted(lus, key=lambda c: c["id"] not in (str(user.actor.id), str(user.actor.agence_id)))
    ]


def _suite(code: str, colonne_id: str, curseur: str | None, params: Json, **de_plus: str) -> str | None:
    """The address of the next cards of a column; none when all are there."""
    if curseur is None:
        return None
    return f"/demandes/tableaux/{code}/colonnes/{colonne_id}?{presentation.requete(params, curseur=curseur, **de_plus)}"


@router.get("/demandes/tableaux/{code}/colonnes/{colonne_id}")
async def suite(code: str, colonne_id: UUID, request: Request, user: User) -> Response:
    """The next cards of a column, as it is scrolled."""
    params = dict(request.query_params)
    page = await user.services.get("demandes", f"/tableaux/{code}/colonnes/{colonne_id}/cartes", params)
    cartes = [presentation.carte(c, params.get("tri", "")) for c in page["elements"]]
    url_suite = _suite(code, str(colonne_id), page["curseur_suivant"], params)
    html = rendre_bloc(request, "demandes/_cartes.html", "suite", cartes=cartes, code=code, url_suite=url_suite)
    return HTMLResponse(html)


@router.post("/demandes/tableaux/{code}/colonnes")
async def ouvrir_colonne(code: str, request: Request, user: User) -> Response:
    """A column for a state that had none; the board comes back with it."""
    genre, _, etat = str((await request.form()).get("etat", "")).partition(":")
    cle = request.headers.get("idempotency-key")
    await user.services.post("demandes", f"/tableaux/{quote(code)}/colonnes", {"type": genre, "etat": etat}, cle=cle)
    return rafraichir(toast="Colonne ajoutée au tableau")


@router.get("/demandes/carte/{demande_id}")
async def carte(
    demande_id: UUID, request: Request, user: User, filtres: Annotated[Filtres, Query()], tableau: str | None = None
) -> Response:
    """One card, for a live update, in its swimlane; nothing when it left the board or what narrows it."""
    params = filtres.model_dump(exclude_none=True, exclude={"couloirs"})
    lue = await user.services.get("demandes", f"/demandes/{demande_id}/carte", {"tableau": tableau, **params})
    if lue["colonne_id"] is None:
        return Response(status_code=204)
    par = filtres.couloirs
    couloir = {"couloir": lue[f"{par}_id"] or "aucun"} if par in ("responsable", "agence") else {}
    cartes = [presentation.carte(lue, filtres.tri or "") | couloir]
    html = rendre_bloc(request, "demandes/_cartes.html", "suite", cartes=cartes, code=tableau, url_suite=None)
    return HTMLResponse(html)


@router.post("/demandes/{demande_id}/etat")
async def deposer(demande_id: UUID, request: Request, user: User, depot: Annotated[Depot, Body()]) -> JSONResponse:
    """A card was dropped: it takes the first state of the column its circuit allows, and the person of the swimlane.

    When the circuit asks why, or wants some time recorded, `demander` is where it is asked: nothing moved.
    """
    lue = await user.services.get("demandes", f"/demandes/{demande_id}/carte")
    etats = depot.etats_de(lue["type_code"])
    confie = {"responsable_id": depot.responsable_id} if depot.couloir else {}
    sur_place = bool(confie) and lue["etat_code"] in etats
    try:
        change = await user.services.post(
            "demandes",
            f"/demandes/{demande_id}/assigner" if sur_place else f"/demandes/{demande_id}/etat",
            confie if sur_place else {"vers": etats[0], "sinon": etats[1:], **confie},
            version=depot.version or None,
            cle=request.headers.get("idempotency-key"),
        )
    except Refus as refus:
        if refus.probleme.get("code") not in ("motif_demande", "temps_manquant"):
            raise
        demande = await user.services.get("demandes", f"/demandes/{demande_id}")
        vers = next(code for code in etats if code in demande["possibles"])
        return JSONResponse({"demander": f"/demandes/{demande_id}/passer/{vers}"})
    return JSONResponse({"version": change["version"], "etat": f"{change['type_code']}:{change['etat_code']}"})
