"""The net needs of an affaire, article by article."""

from collections import defaultdict
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.achats.schemas import BesoinNet
from services.purchasing.besoin.models import Besoin, Feuille, manque
from services.purchasing.besoin.rules import RIEN, besoin_net, couvrir, somme
from services.purchasing.commande.queries.couverture import en_commande
from services.purchasing.copies.models import CopieStock

NATURE_PRINCIPALE = "neuf"  # the only nature whose balances purchasing hears of


async def de_l_affaire(session: AsyncSession, affaire_id: UUID) -> list[BesoinNet]:
    """Required, present, available, reserved, on order and net, by reference; the same whatever the order of facts."""
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
        commande = commandes[produit_id]
        couvert = couvrir([manque(b, f) for b, f in besoins], commande.parts, commande.libre)
        siens = [(b, f) for b, f in besoins if f.affaire_id == affaire_id]
        stock = stocks.get(produit_id, RIEN) if _compte_le_stock(siens) else RIEN
        commande_pour_elle = somme(couvert[b.id].en_commande for b, _ in siens)
        lignes.append(_ligne([b for b, _ in siens], stock, commande_pour_elle))
    return sorted(lignes, key=lambda ligne: (ligne.reference, ligne.produit_id))


def _compte_le_stock(siens: list[tuple[Besoin, Feuille]]) -> bool:
    """Whether the affaire is served from the nature whose stock is known here."""
    return any(f.nature_stock == NATURE_PRINCIPALE for _, f in siens)


async def _disponibles(session: AsyncSession, produit_ids: list[UUID]) -> dict[UUID, Decimal]:
    requete = (
        select(CopieStock.produit_id, func.sum(CopieStock.disponible))
        .where(CopieStock.produit_id.in_(produit_ids))
        .group_by(CopieStock.produit_id)
    )
    return {ligne[0]: ligne[1] for ligne in await session.execute(requete)}


def _ligne(besoins: list[Besoin], stock: Decimal, commande: Decimal) -> BesoinNet:
    requis, present = somme(b.quantite for b in besoins), somme(b.present for b in besoins)
    reserve = somme(b.reserve for b in besoins)
    return BesoinNet(
        produit_id=besoins[0].produit_id,
        reference=besoins[0].reference,
        designation=besoins[0].designation,
        requis=requis,
        present=present,
        stock=stock,
        reserve=reserve,
        en_commande=commande,
        net=besoin_net(requis, present + reserve, stock, commande),
    )
