"""The exchange over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.echange import use_cases
from services.inventory.echange.schemas import SaisieEchange
from services.inventory.errors import (
    CodeInconnu,
    DepotDuRetourAPreciser,
    DepotInconnu,
    EchangeAvecSoi,
    EtiquetteAPoser,
    EtiquetteDejaPosee,
    EtiquetteInconnue,
    FournisseurInconnu,
    HistoriqueInconnu,
    ObjetDejaEtiquete,
    ObjetIndisponible,
    ObjetNonLivrable,
    ObjetNonUnitaire,
    StockInsuffisant,
)
from services.inventory.historique import queries
from services.inventory.historique.schemas import VueHistorique
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.problems import refusals

router = new_router("echanges")


@router.post(
    "/historiques/{historique_id}/echanger",
    responses=refusals(
        *(CodeInconnu, DepotDuRetourAPreciser, DepotInconnu, EchangeAvecSoi, EtiquetteAPoser, EtiquetteDejaPosee),
        *(EtiquetteInconnue, FournisseurInconnu, HistoriqueInconnu, ObjetDejaEtiquete, ObjetIndisponible),
        *(ObjetNonLivrable, ObjetNonUnitaire, StockInsuffisant),
    ),
)
async def echanger(
    historique_id: UUID, saisie: SaisieEchange, db: Db, actor: Annotated[Actor, may("feuille.preparer")]
) -> VueHistorique:
    """Replace this object, at its client's, by the one scanned; the answer is what took its place."""
    async with db.transaction(actor) as tx:
        nouveau = await use_cases.echanger(tx, historique_id, saisie)
        await tx.flush()
        return await queries.fiche(tx.session, nouveau.id, avec_couts=actor.may("couts.voir"))
