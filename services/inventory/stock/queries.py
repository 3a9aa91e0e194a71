"""Stock by product and agency, straight from SQL to schemas."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import case, column, func, select, table
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.depot.models import Depot
from services.inventory.nature.repository import PRINCIPALE
from services.inventory.produit.models import Produit
from services.inventory.stock.models import Stock
from services.inventory.stock.schemas import LigneStock, StockAgence
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

ZERO, RIEN = Decimal("0.000"), Decimal("0.00")
# The objects themselves: their aggregate moves the balances, so it is only read here, by name.
OBJET = table(
    "historique", *(column(c) for c in ("produit_id", "depot_id", "nature", "etat", "quantite", "cout_unitaire_ht"))
)
PRINCIPAL = Stock.nature == PRINCIPALE
SOLDES = (
    func.sum(case((PRINCIPAL, Stock.physique), else_=0)),
    func.sum(case((PRINCIPAL, Stock.reserve), else_=0)),
    func.sum(case((PRINCIPAL, 0), else_=Stock.physique)),
)
COLONNES = ("id", "reference", "designation", "famille", "unite")


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    famille: str | None,
    agence_id: UUID | None,
    presents: bool,
    limite: int,
    curseur: str | None,
    avec_couts: bool,
) -> Page[LigneStock]:
    """Stockable products in alphabetical order with their balances; `presents` leaves out what nobody holds."""
    requete = select(*(getattr(Produit, c) for c in COLONNES)).where(Produit.est_stockable, Produit.est_actif)
    if q and (trouve := correspond(Produit, q)) is not None:
        requete = requete.where(trouve)
    if famille:
        requete = requete.where(Produit.famille == famille)
    if presents or agence_id:
        tenu = select(Stock.produit_id).join(Depot, Depot.id == Stock.depot_id)
        tenu = tenu.where(Stock.produit_id == Produit.id, Stock.physique > 0)
        requete = requete.where((tenu.where(Depot.agence_id == agence_id) if agence_id else tenu).exists())
    cles = [Cle(Produit.designation_tri), Cle(Produit.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    ids = [ligne[0] for ligne in lignes]
    soldes = await _par_agence(session, ids)
    valeurs = await _valeurs(session, ids) if avec_couts else None
    elements = [_ligne(ligne, soldes[ligne[0]], valeurs) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def du_produit(session: AsyncSession, produit_id: UUID) -> list[StockAgence]:
    """The balances of one product in every agency in use, zeros included."""
    requete = (
        select(Depot.id, Depot.agence_id, Depot.nom, *SOLDES)
        .outerjoin(Stock, (Stock.depot_id == Depot.id) & (Stock.produit_id == produit_id))
        .where(Depot.est_actif)
        .group_by(Depot.id)
        .order_by(Depot.code, Depot.id)
    )
    return [_agence(*ligne) for ligne in await session.execute(requete)]


async def _par_agence(session: AsyncSession, produit_ids: Sequence[UUID]) -> dict[UUID, list[StockAgence]]:
    requete = (
        select(Stock.produit_id, Depot.id, Depot.agence_id, Depot.nom, *SOLDES)
        .join(Depot, Depot.id == Stock.depot_id)
        .where(Stock.produit_id.in_(produit_ids))
        .group_by(Stock.produit_id, Depot.id)
        .order_by(Depot.code, Depot.id)
    )
    soldes: dict[UUID, list[StockAgence]] = defaultdict(list)
    for produit_id, *solde in await session.execute(requete):
        soldes[produit_id].append(_agence(*solde))
    return soldes


def _agence(
    depot_id: UUID, agence_id: UUID, nom: str, physique: Decimal | None, reserve: Decimal | None, autres: Decimal | None
) -> StockAgence:
    tenu, garde = physique or ZERO, reserve or ZERO
    return StockAgence(
        depot_id=depot_id,
        agence_id=agence_id,
        agence_nom=nom,
        physique=tenu,
        reserve=garde,
        disponible=tenu - garde,
        autres=autres or ZERO,
    )


async def _valeurs(session: AsyncSession, produit_ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    """What the objects in depots really cost, by product: the same figures, rounded alike, as the value of the stock."""
    par_lieu = (
        select(
            OBJET.c.produit_id,
            func.round(func.sum(OBJET.c.quantite * OBJET.c.cout_unitaire_ht), 2).label("valeur_ht"),
        )
        .where(OBJET.c.produit_id.in_(produit_ids), OBJET.c.etat == "en_stock")
        .group_by(OBJET.c.produit_id, OBJET.c.depot_id, OBJET.c.nature)
        .subquery()
    )
    requete = select(par_lieu.c.produit_id, func.sum(par_lieu.c.valeur_ht)).group_by(par_lieu.c.produit_id)
    return {ligne[0]: ligne[1] for ligne in await session.execute(requete)}


def _ligne(ligne: Sequence[object], agences: list[StockAgence], valeurs_ht: dict[UUID, Decimal] | None) -> LigneStock:
    valeurs = dict(zip(COLONNES, ligne, strict=True))
    produit_id = UUID(str(valeurs.pop("id")))
    return LigneStock.model_validate(
        {
            **valeurs,
            "produit_id": produit_id,
            "physique": sum((a.physique for a in agences), ZERO),
            "reserve": sum((a.reserve for a in agences), ZERO),
            "disponible": sum((a.disponible for a in agences), ZERO),
            "autres": sum((a.autres for a in agences), ZERO),
            "valeur_ht": valeurs_ht.get(produit_id, RIEN) if valeurs_ht is not None else None,
            "agences": agences,
        }
    )
