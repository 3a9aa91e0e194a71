"""Boards over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.demandes.demande.schemas import Carte
from services.demandes.errors import (
    CodeDejaPris,
    ColonneInconnue,
    DemandeInconnue,
    EtatInconnu,
    TableauInconnu,
    TypeInconnu,
)
from services.demandes.tableau import use_cases
from services.demandes.tableau.queries import cartes as lecture
from services.demandes.tableau.queries import tableaux
from services.demandes.tableau.schemas import (
    CartePlacee,
    EtatVise,
    FiltresColonne,
    FiltresTableau,
    LigneTableau,
    PlaceCherchee,
    SaisieTableau,
    TableauVu,
    VueTableau,
)
from shared.kernel.actor import Actor
from shared.kernel.clock import jour_paris
from shared.kernel.refusals import VersionPerimee
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db, IfMatch
from shared.web.paging import Page
from shared.web.problems import refusals

router = new_router("tableaux")
Lire = Annotated[Actor, may("demande.lire")]
Configurer = Annotated[Actor, may("demande.configurer")]


@router.get("/tableaux")
async def lister(db: Db, _actor: Lire) -> list[LigneTableau]:
    """Every board with its counts."""
    async with db.read() as session:
        return await tableaux.lister(session)


@router.post("/tableaux", status_code=201, responses=refusals(CodeDejaPris, TypeInconnu, EtatInconnu))
async def creer(saisie: SaisieTableau, db: Db, actor: Configurer) -> VueTableau:
    """A new board."""
    async with db.transaction(actor) as tx:
        tableau = await use_cases.creer(tx, saisie)
    return tableaux.vue(tableau)


@router.get("/tableaux/{code}", responses=refusals(TableauInconnu))
async def fiche(code: str, db: Db, _actor: Lire) -> VueTableau:
    """The configuration of a board."""
    async with db.read() as session:
        return tableaux.vue(await tableaux.par_code(session, code))


@router.put("/tableaux/{code}", responses=refusals(TableauInconnu, TypeInconnu, EtatInconnu, VersionPerimee))
async def remplacer(code: str, saisie: SaisieTableau, db: Db, version: IfMatch, actor: Configurer) -> VueTableau:
    """Replace a board; send If-Match with the version read."""
    async with db.transaction(actor) as tx:
        tableau = await use_cases.remplacer(tx, code, saisie, version)
    return tableaux.vue(tableau)


@router.post("/tableaux/{code}/colonnes", responses=refusals(TableauInconnu, TypeInconnu, EtatInconnu))
async def ouvrir_colonne(code: str, saisie: EtatVise, db: Db, actor: Configurer) -> VueTableau:
    """A column of its own for a state; a board that shows it already does not change."""
    async with db.transaction(actor) as tx:
        tableau = await use_cases.ouvrir_colonne(tx, code, saisie)
    return tableaux.vue(tableau)


@router.get("/tableaux/{code}/cartes", responses=refusals(TableauInconnu))
async def cartes(code: str, db: Db, _actor: Lire, filtres: Annotated[FiltresTableau, Query()]) -> TableauVu:
    """The board: columns, counts, the first cards of each column."""
    maintenant = db.database.clock.now()
    async with db.read() as session:
        return await lecture.cartes(session, code, filtres, maintenant=maintenant, jour=jour_paris(maintenant))


@router.get("/tableaux/{code}/colonnes/{colonne_id}/cartes", responses=refusals(TableauInconnu, ColonneInconnue))
async def suite(
    code: str, colonne_id: UUID, db: Db, _actor: Lire, filtres: Annotated[FiltresColonne, Query()]
) -> Page[Carte]:
    """The next cards of a column."""
    maintenant = db.database.clock.now()
    async with db.read() as session:
        return await lecture.suite(
            session,
            code,
            colonne_id,
            filtres,
            maintenant=maintenant,
            jour=jour_paris(maintenant),
        )


@router.get("/demandes/{demande_id}/carte", responses=refusals(DemandeInconnue))
async def carte(demande_id: UUID, db: Db, _actor: Lire, place: Annotated[PlaceCherchee, Query()]) -> CartePlacee:
    """One card, and its column on a board as somebody narrowed it: what a live update needs."""
    async with db.read() as session:
        return await lecture.carte(session, demande_id, place, jour_paris(db.database.clock.now()))
