"""The net needs of an affaire, article by article."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.achats.schemas import BesoinNet
from services.purchasing.besoin.models import Besoin, Feuille, manque
from services.purchasing.besoin.rules import Couverture, couvrir, somme
from services.purchasing.commande.queries.couverture import en_commande
from services.purchasing.copies.models import CopieStock


async def de_l_affaire(session: AsyncSession, affaire_id: UUID) -> list[BesoinNet]:
    """Required, present, its share of what is available, reserved, on order and net, by reference; the same in any order."""
    requete = select(Besoin.produit_id).join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    voulus = requete.where(Feuille.affaire_id == affaire_id, Feuille.est_terminee.is_(False), Besoin.quantite > 0)
    produit_ids = list(await session.scalars(voulus.distinct()))
    tous = (
        select(Besoin, Feuille)
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.produit_id.in_(produit_ids), Besoin.quantite > 0, Feuille.est_terminee.is_(False))
    )
    par_produit: dict[UUID, list[tuple[Besoin, Feuille]]] = defaultdict(list)
    for besoin, feuille in (await session.execute(tous)).all():
        par_produit[besoin.produit_id].append((besoin, feuille))
    commandes = await en_commande(session, produit_ids)
    stocks = await _disponibles(session, produit_ids)
    lignes = []
    for produit_id, besoins in par_produit.items():
        suivi, stock = commandes[produit_id], stocks[produit_id]
        couverts = couvrir([manque(b, f) for b, f in besoins], suivi.parts, suivi.libre, stock)
        siens = [b for b, f in besoins if f.affaire_id == affaire_id]
        lignes.append(_ligne(siens, [couverts[b.id] for b in siens]))
    return sorted(lignes, key=lambda ligne: (ligne.reference, ligne.produit_id))


async def _disponibles(session: AsyncSession, produit_ids: list[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """What each product has available in all agencies, nature by nature."""
    requete = (
        select(CopieStock.produit_id, CopieStock.nature, func.sum(CopieStock.disponible))
        .where(CopieStock.produit_id.in_(produit_ids))
        .group_by(CopieStock.produit_id, CopieStock.nature)
    )
    disponibles: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    for produit_id, nature, quantite in await session.execute(requete):
        disponibles[produit_id][nature] = quantite
    return disponibles


def _ligne(besoins: list[Besoin], couverts: list[Couverture]) -> BesoinNet:
    return BesoinNet(
        produit_id=besoins[0].produit_id,
        reference=besoins[0].reference,
        designation=besoins[0].designation,
        requis=somme(b.quantite for b in besoins),
        present=somme(b.present for b in besoins),
        stock=somme(c.stock for c in couverts),
        reserve=somme(b.reserve for b in besoins),
        en_commande=somme(c.en_commande for c in couverts),
        net=somme(c.net for c in couverts),
    )
