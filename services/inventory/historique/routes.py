"""Physical objects over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from services.inventory.errors import (
    DepotInconnu,
    DestinationIncoherente,
    EmplacementInconnu,
    HistoriqueInconnu,
    ObjetIndisponible,
    ProduitInconnu,
    QuantiteRefusee,
    SerieDejaPrise,
    SerieObligatoire,
    SeriesIncoherentes,
    StockInsuffisant,
)
from services.inventory.historique import queries, use_cases
from services.inventory.historique.rules import EtatHistorique
from services.inventory.historique.schemas import (
    LigneHistorique,
    ObjetTrouve,
    SaisieEntree,
    SaisieTransfert,
    VueHistorique,
)
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page, Recherche
from shared.web.problems import refusals

router = new_router("historiques")


@router.get("/historiques")
async def lister(
    db: Db,
    actor: Annotated[Actor, may("stock.lire")],
    q: Recherche = None,
    etat: EtatHistorique | None = None,
    produit_id: UUID | None = None,
    depot_id: UUID | None = None,
    feuille_id: UUID | None = None,
    tiers_id: UUID | None = None,
    reception_id: UUID | None = None,
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[LigneHistorique]:
    """Objects, the latest received first, searched by words, label, serial number or supplier invoice."""
    filtres = {
        "etat": etat,
        "produit_id": produit_id,
        "depot_id": depot_id,
        "feuille_id": feuille_id,
        "tiers_id": tiers_id,
        "reception_id": reception_id,
    }
    async with db.read() as session:
        return await queries.lister(
            session, q=q, filtres=filtres, limite=limite, curseur=curseur, avec_couts=actor.may("couts.voir")
        )


@router.get("/recherche-objet")
async def chercher(
    db: Db,
    actor: Annotated[Actor, may("stock.lire")],
    code: Annotated[str, Query(min_length=1, max_length=120)],
) -> list[ObjetTrouve]:
    """The objects a label code, a serial number or a supplier invoice number names."""
    async with db.read() as session:
        return await queries.chercher(session, code, avec_couts=actor.may("couts.voir"))


@router.post(
    "/entrees",
    status_code=201,
    responses=refusals(ProduitInconnu, DepotInconnu, SerieDejaPrise, SerieObligatoire, SeriesIncoherentes),
)
async def entrer(saisie: SaisieEntree, db: Db, actor: Annotated[Actor, may("stock.modifier")]) -> list[LigneHistorique]:
    """Goods counted by hand: opening inventory, or a correction with its reason."""
    async with db.transaction(actor) as tx:
        objets = await use_cases.saisir_entree(tx, saisie)
        await tx.flush()
        ids = [objet.id for objet in objets]
        return await queries.par_ids(tx.session, ids, avec_couts=actor.may("couts.voir"))


@router.get("/historiques/{historique_id}", responses=refusals(HistoriqueInconnu))
async def fiche(historique_id: UUID, db: Db, actor: Annotated[Actor, may("stock.lire")]) -> VueHistorique:
    """Everything about one object."""
    async with db.read() as session:
        return await queries.fiche(session, historique_id, avec_couts=actor.may("couts.voir"))


@router.post(
    "/historiques/{historique_id}/transferer",
    responses=refusals(
        HistoriqueInconnu,
        DepotInconnu,
        EmplacementInconnu,
        ObjetIndisponible,
        StockInsuffisant,
        QuantiteRefusee,
        DestinationIncoherente,
    ),
)
async def transferer(
    historique_id: UUID, saisie: SaisieTransfert, db: Db, actor: Annotated[Actor, may("stock.modifier")]
) -> VueHistorique:
    """Move stock to another depot or place; answers the historique that moved."""
    async with db.transaction(actor) as tx:
        bouge = await use_cases.transferer(tx, historique_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, bouge.id, avec_couts=actor.may("couts.voir"))
