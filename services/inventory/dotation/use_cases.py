"""Saying what a place must carry, and refilling it from its depot."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.depot.models import Emplacement
from services.inventory.dotation.models import Dotation
from services.inventory.dotation.schemas import SaisieDotation, SaisiePlein
from services.inventory.errors import DotationInconnue, EmplacementInconnu, StockInsuffisant
from services.inventory.historique import repository as historiques
from services.inventory.historique import use_cases as mouvements
from services.inventory.historique.rules import ZERO
from services.inventory.nature import repository as natures
from services.inventory.produit import repository as produits
from services.inventory.stock import repository as stock
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite


async def fixer(tx: Transaction, emplacement_id: UUID, saisie: SaisieDotation) -> None:
    """How much of a product a place carries; the audit keeps what was said before."""
    await _emplacement(tx, emplacement_id)
    produit = await produits.un(tx, saisie.produit_id)
    cle = (Dotation.emplacement_id == emplacement_id, Dotation.produit_id == produit.id)
    connue = (await tx.scalars(select(Dotation).where(*cle).with_for_update())).one_or_none()
    if connue is None:
        tx.add(Dotation(emplacement_id=emplacement_id, produit_id=produit.id, mini=saisie.mini, cible=saisie.cible))
    else:
        connue.mini, connue.cible = saisie.mini, saisie.cible
    await tx.flush()


async def retirer(tx: Transaction, emplacement_id: UUID, dotation_id: UUID) -> None:
    """Carry nothing of it by rule any more; what is there stays."""
    connue = await tx.get(Dotation, dotation_id)
    if connue is None or connue.emplacement_id != emplacement_id:
        raise DotationInconnue
    await tx.delete(connue)


async def remplir(tx: Transaction, emplacement_id: UUID, saisie: SaisiePlein) -> Decimal:
    """The oldest free units of the depot go to the place; how many moved. What projects reserved stays theirs."""
    emplacement = await _emplacement(tx, emplacement_id)
    stocks = await stock.verrouiller(tx, {pris.produit_id for pris in saisie.lignes})
    depot, nature = stocks.depot(emplacement.depot_id), await natures.principale(tx)
    vers = mouvements.lieu_emplacement(depot, emplacement)
    motif = f"Plein de {emplacement.libelle or emplacement.code}"
    voulus: dict[UUID, Decimal] = defaultdict(Decimal)
    for pris in saisie.lignes:
        voulus[pris.produit_id] += pris.quantite
    restes = dict(voulus)
    for objet in await historiques.en_stock(tx, voulus, depot.id, nature, hors_emplacement_id=emplacement.id):
        part = min(restes[objet.produit_id], objet.quantite)
        restes[objet.produit_id] -= part
        mouvements.deplacer(tx, stocks, objet, vers, motif=motif, quantite=part).emplacement_id = emplacement.id
    for produit_id, reste in restes.items():
        if reste > ZERO:
            raise StockInsuffisant(
                reference=(await produits.un(tx, produit_id)).reference,
                depot=depot.nom,
                disponible=ecrire_quantite(voulus[produit_id] - reste),
                demande=ecrire_quantite(voulus[produit_id]),
            )
    stocks.annoncer(tx)
    return sum(voulus.values(), ZERO)


async def _emplacement(tx: Transaction, emplacement_id: UUID) -> Emplacement:
    emplacement = await tx.get(Emplacement, emplacement_id)
    if emplacement is None:
        raise EmplacementInconnu
    return emplacement
