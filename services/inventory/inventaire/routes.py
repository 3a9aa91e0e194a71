"""Stock counts over HTTP."""

from typing import Annotated
from uuid import UUID

from services.inventory.errors import (
    ComptePlusPetitQueLu,
    DepotInconnu,
    EcartsSansRaison,
    EmplacementInconnu,
    InventaireCodeInconnu,
    InventaireFerme,
    InventaireInconnu,
    InventaireTransition,
    ObjetIndisponible,
    PointageInconnu,
    ProduitInconnu,
    SerieObligatoire,
)
from services.inventory.inventaire import queries
from services.inventory.inventaire.rules import EtatInventaire
from services.inventory.inventaire.schemas import (
    EnTeteInventaire,
    SaisieCode,
    SaisieComptages,
    SaisieInventaire,
    SaisieTermine,
    VueInventaire,
    VuePointage,
)
from services.inventory.inventaire.use_cases import comptage, ecarts
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.web.app import router as new_router
from shared.web.auth import may
from shared.web.doors import Db
from shared.web.paging import Curseur, Limite, Page
from shared.web.problems import refusals

router = new_router("inventaires")
Lecteur = Annotated[Actor, may("stock.lire")]
Magasinier = Annotated[Actor, may("stock.modifier")]
ICI = "/inventaires/{inventaire_id}"


@router.get("/inventaires")
async def lister(
    db: Db, _actor: Lecteur, etat: EtatInventaire | None = None, limite: Limite = 50, curseur: Curseur = None
) -> Page[EnTeteInventaire]:
    """Counts, the latest first."""
    async with db.read() as session:
        return await queries.lister(session, etat=etat, limite=limite, curseur=curseur)


@router.post("/inventaires", status_code=201, responses=refusals(DepotInconnu, EmplacementInconnu))
async def ouvrir(saisie: SaisieInventaire, db: Db, actor: Magasinier) -> VueInventaire:
    """A sheet for a depot or one of its places."""
    async with db.transaction(actor) as tx:
        return await _vue(tx, (await comptage.ouvrir(tx, saisie)).id)


@router.get(ICI, responses=refusals(InventaireInconnu))
async def fiche(inventaire_id: UUID, db: Db, _actor: Lecteur) -> VueInventaire:
    """The sheet."""
    async with db.read() as session:
        return await queries.fiche(session, inventaire_id)


@router.post(ICI + "/compter", responses=refusals(InventaireInconnu, InventaireFerme, ProduitInconnu))
async def compter(inventaire_id: UUID, saisie: SaisieComptages, db: Db, actor: Magasinier) -> VueInventaire:
    """Write quantities, and the reasons of differences."""
    async with db.transaction(actor) as tx:
        await comptage.compter(tx, inventaire_id, saisie)
        return await _vue(tx, inventaire_id)


@router.post(
    ICI + "/scanner",
    responses=refusals(InventaireInconnu, InventaireFerme, InventaireCodeInconnu, ObjetIndisponible),
)
async def scanner(inventaire_id: UUID, saisie: SaisieCode, db: Db, actor: Magasinier) -> VuePointage:
    """Count what was just read."""
    async with db.transaction(actor) as tx:
        return await comptage.scanner(tx, inventaire_id, saisie.code)


@router.delete(
    ICI + "/pointages/{pointage_id}",
    status_code=204,
    responses=refusals(InventaireInconnu, InventaireFerme, PointageInconnu),
)
async def annuler_pointage(inventaire_id: UUID, pointage_id: UUID, db: Db, actor: Magasinier) -> None:
    """Scanned by mistake."""
    async with db.transaction(actor) as tx:
        await comptage.annuler_pointage(tx, inventaire_id, pointage_id)


@router.post(ICI + "/terminer", responses=refusals(InventaireInconnu, InventaireTransition))
async def terminer(inventaire_id: UUID, saisie: SaisieTermine, db: Db, actor: Magasinier) -> VueInventaire:
    """The count is over: differences show."""
    async with db.transaction(actor) as tx:
        await comptage.terminer(tx, inventaire_id, absents_a_zero=saisie.absents_a_zero)
        return await _vue(tx, inventaire_id)


@router.post(ICI + "/reprendre", responses=refusals(InventaireInconnu, InventaireTransition))
async def reprendre(inventaire_id: UUID, db: Db, actor: Magasinier) -> VueInventaire:
    """Count again."""
    async with db.transaction(actor) as tx:
        await comptage.passer(tx, inventaire_id, EtatInventaire.OUVERT)
        return await _vue(tx, inventaire_id)


@router.post(ICI + "/abandonner", responses=refusals(InventaireInconnu, InventaireTransition))
async def abandonner(inventaire_id: UUID, db: Db, actor: Magasinier) -> VueInventaire:
    """Nothing moves."""
    async with db.transaction(actor) as tx:
        await comptage.passer(tx, inventaire_id, EtatInventaire.ABANDONNE)
        return await _vue(tx, inventaire_id)


@router.post(
    ICI + "/valider",
    responses=refusals(
        InventaireInconnu,
        InventaireTransition,
        ComptePlusPetitQueLu,
        EcartsSansRaison,
        ObjetIndisponible,
        SerieObligatoire,
    ),
)
async def valider(inventaire_id: UUID, db: Db, actor: Magasinier) -> VueInventaire:
    """Differences become movements, each with its reason."""
    async with db.transaction(actor) as tx:
        await ecarts.valider(tx, inventaire_id)
        return await _vue(tx, inventaire_id)


async def _vue(tx: Transaction, inventaire_id: UUID) -> VueInventaire:
    await tx.flush()
    return await queries.fiche(tx.session, inventaire_id)
