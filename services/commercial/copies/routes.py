"""The copies over HTTP: what the pages of quotes search in."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.commercial.copies import queries
from services.commercial.copies.schemas import LigneCollaborateur, LigneDemande, LigneProduit
from services.commercial.errors import TiersInconnu
from shared.contracts.contacts import FicheTiers
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Recherche
from shared.web.problems import refusals

router = new_router("catalogue")
Peu = Annotated[int, Query(ge=1, le=50)]


@router.get("/produits")
async def produits(
    db: Db, actor: Annotated[Actor, may("devis.lire")], q: Recherche = None, limite: Peu = 20
) -> list[LigneProduit]:
    """Products to put in a line, by reference, designation, EAN or supplier's reference."""
    async with db.read() as session:
        return await queries.chercher_produits(session, q, couts=actor.may("couts.voir"), limite=limite)


@router.get("/tiers/{tiers_id}", responses=refusals(TiersInconnu))
async def tiers(tiers_id: UUID, db: Db, _actor: Annotated[Actor, may("affaire.lire")]) -> FicheTiers:
    """What an affaire takes from its tiers: sites with what they recall, people, VAT regime, commerciaux."""
    async with db.read() as session:
        fiche = await queries.tiers(session, tiers_id)
    if fiche is None:
        raise TiersInconnu
    return fiche


@router.get("/collaborateurs")
async def collaborateurs(db: Db, _actor: Annotated[Actor, may("devis.lire")]) -> list[LigneCollaborateur]:
    """Who can be in charge of an etude."""
    async with db.read() as session:
        return await queries.collaborateurs(session)


@router.get("/demandes")
async def demandes(
    db: Db, _actor: Annotated[Actor, may("devis.lire")], q: Recherche = None, limite: Peu = 20
) -> list[LigneDemande]:
    """Demandes an etude can be made from, the latest first."""
    async with db.read() as session:
        return await queries.demandes(session, q, limite=limite)
