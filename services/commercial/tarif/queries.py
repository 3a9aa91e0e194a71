"""Lists of tarifs, their prices, and the price of a product for a proposition."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.copies.models import CopieProduit
from services.commercial.errors import TarifInconnu
from services.commercial.tarif import rules
from services.commercial.tarif.models import PrixTarif, Tarif
from services.commercial.tarif.rules import Offre, Origine, PrixRetenu
from services.commercial.tarif.schemas import VuePrix, VueTarif
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession, *, q: str | None, origine: Origine | None, limite: int, curseur: str | None
) -> Page[VueTarif]:
    """Tarifs, the latest first."""
    choix = select(Tarif)
    if (trouve := correspond(Tarif, q)) is not None:
        choix = choix.where(trouve)
    if origine is not None:
        choix = choix.where(Tarif.origine == origine)
    lignes, suite = await paginer(session, choix, [Cle(Tarif.id, decroissant=True)], limite=limite, curseur=curseur)
    return Page(elements=[VueTarif.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def un(session: AsyncSession, tarif_id: UUID) -> VueTarif:
    """Whose it is and when it holds."""
    tarif = await session.get(Tarif, tarif_id)
    if tarif is None:
        raise TarifInconnu
    return VueTarif.model_validate(tarif)


async def prix(
    session: AsyncSession, tarif_id: UUID, *, q: str | None, limite: int, curseur: str | None
) -> Page[VuePrix]:
    """The prices of a tarif by reference, then by quantity."""
    choix: Any = (
        select(PrixTarif, CopieProduit)
        .join(CopieProduit, CopieProduit.produit_id == PrixTarif.produit_id)
        .where(PrixTarif.tarif_id == tarif_id)
    )
    if (trouve := correspond(CopieProduit, q)) is not None:
        choix = choix.where(trouve)
    cles = [Cle(CopieProduit.reference), Cle(PrixTarif.quantite_min), Cle(PrixTarif.id)]
    lignes, suite = await paginer(session, choix, cles, limite=limite, curseur=curseur)
    return Page(elements=[_vue(ligne, produit) for ligne, produit in lignes], curseur_suivant=suite)


async def retenus(
    session: AsyncSession,
    voulus: Collection[tuple[CopieProduit, Decimal]],
    *,
    tiers_id: UUID,
    affaire_id: UUID | None,
    jour: date,
) -> list[PrixRetenu]:
    """The price of each product in its quantity for a client and an affaire, in order: one statement whatever their number."""
    de_l_affaire = Tarif.affaire_id == affaire_id if affaire_id else Tarif.affaire_id.is_(None)
    applicables = or_(
        Tarif.origine == Origine.LISTE,
        and_(Tarif.origine == Origine.CLIENT, Tarif.tiers_id == tiers_id),
        and_(
            Tarif.origine == Origine.MARCHE,
            or_(Tarif.tiers_id.is_(None), Tarif.tiers_id == tiers_id),
            or_(Tarif.affaire_id.is_(None), de_l_affaire),
        ),
    )
    choix = (
        select(PrixTarif, Tarif)
        .join(Tarif, Tarif.id == PrixTarif.tarif_id)
        .where(PrixTarif.produit_id.in_([produit.produit_id for produit, _ in voulus]), applicables)
        .where(or_(Tarif.debut.is_(None), Tarif.debut <= jour), or_(Tarif.fin.is_(None), Tarif.fin >= jour))
    )
    offres: dict[UUID, list[Offre]] = {}
    for ligne, tarif in await session.execute(choix):
        offres.setdefault(ligne.produit_id, []).append(_offre(ligne, tarif))
    return [
        rules.retenir(offres.get(produit.produit_id, ()), quantite, jour, produit.prix_vente_ht)
        for produit, quantite in voulus
    ]


def _offre(ligne: PrixTarif, tarif: Tarif) -> Offre:
    return Offre(
        origine=tarif.origine,
        tarif_id=tarif.id,
        libelle=tarif.libelle,
        quantite_min=ligne.quantite_min,
        prix_ht=ligne.prix_ht,
        remise=ligne.remise,
        debut=tarif.debut,
        fin=tarif.fin,
    )


def _vue(ligne: PrixTarif, produit: CopieProduit) -> VuePrix:
    offre = Offre(
        origine=Origine.LISTE,
        tarif_id=ligne.tarif_id,
        libelle="",
        quantite_min=ligne.quantite_min,
        prix_ht=ligne.prix_ht,
        remise=ligne.remise,
    )
    return VuePrix(
        id=ligne.id,
        produit_id=ligne.produit_id,
        reference=produit.reference,
        designation=produit.designation,
        quantite_min=ligne.quantite_min,
        prix_ht=ligne.prix_ht,
        remise=ligne.remise,
        prix_net_ht=offre.prix(produit.prix_vente_ht),
        catalogue_ht=produit.prix_vente_ht,
    )
