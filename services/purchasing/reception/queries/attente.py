"""Which projects wait for a product, in the order inventory will serve them (PU-30)."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.besoin.models import SERVICE, Besoin, Feuille
from services.purchasing.copies.queries import nature_principale
from services.purchasing.reception.models import LigneReception
from services.purchasing.reception.rules import Attendant, Recu, groupe, servir
from services.purchasing.reception.schemas import Destination, ProjetEnAttente
from shared.database.statements import among
from shared.kernel.nombre import ecrire_quantite

MONTRES = 20
_FENETRE: dict[str, Any] = {
    "partition_by": (Besoin.produit_id, Feuille.nature_stock),
    "order_by": (*SERVICE, Besoin.id),
}
_RANGS = (
    select(
        Besoin.id,
        (func.sum(Besoin.manquant).over(**_FENETRE) - Besoin.manquant).label("avant"),
        func.row_number().over(**_FENETRE).label("place"),
    )
    .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    .where(among(Besoin.produit_id, "produit_ids"), Besoin.manquant > 0, Feuille.est_terminee.is_(False))
    .subquery()
)
MANQUES = (
    select(Besoin, Feuille)
    .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    .join(_RANGS, _RANGS.c.id == Besoin.id)
    .where((_RANGS.c.avant < bindparam("total", type_=Besoin.manquant.type)) | (_RANGS.c.place <= MONTRES))
    .order_by(*SERVICE, Besoin.id)
)


@dataclass(frozen=True, slots=True)
class Attente:
    """Who waits for a product, in the order of service, and where the unit just read goes."""

    projets: list[ProjetEnAttente] = field(default_factory=list)
    destination: Destination | None = None


async def du_produit(
    session: AsyncSession, lignes: Sequence[LigneReception], produit_id: UUID, ligne_id: UUID | None
) -> Attente:
    """Who waits for a product or what it replaces, and who gets the last unit counted on the line of the reading."""
    principale = await nature_principale(session)
    recus = groupe([_recu(ligne, principale) for ligne in lignes], produit_id)
    produits = {p for recu in recus for p in recu.voulus} | {produit_id}
    total = sum((recu.quantite for recu in recus), Decimal(0))
    trouves = await _manques(session, produits, total)
    attendants = [Attendant(f.rang, b.id, b.produit_id, b.manquant, f.nature_stock) for b, f in trouves]
    partage = servir(recus, attendants)
    voulus = {p for recu in recus if recu.produit_id == produit_id for p in recu.voulus} | {produit_id}
    projets = {
        besoin.id: ProjetEnAttente(
            demande_id=feuille.demande_id,
            feuille_id=feuille.feuille_id,
            devis_numero=feuille.devis_numero,
            tiers_nom=feuille.tiers_nom,
            objet=feuille.objet,
            zone=feuille.zone,
            manquant=besoin.manquant,
            quantite=partage.parts.get(besoin.id, Decimal(0)),
        )
        for besoin, feuille in trouves
        if besoin.produit_id in voulus
    }
    pour = None
    if ligne_id in partage.dernier:
        servi = partage.dernier[ligne_id]
        pour = _destination(projets[servi] if servi is not None else None)
    return Attente(list(projets.values()), pour)


def _recu(ligne: LigneReception, principale: str) -> Recu:
    remplace = () if ligne.remplace_produit_id is None else (ligne.remplace_produit_id,)
    natures = frozenset(ligne.natures_stock or (principale,))
    return Recu(ligne.id, (ligne.produit_id, *remplace), ligne.quantite, natures)


def _destination(projet: ProjetEnAttente | None) -> Destination:
    if projet is None:
        return Destination(texte="Stock")
    zone = f"{projet.zone} : " if projet.zone else ""
    compte = f"{ecrire_quantite(projet.quantite)}/{ecrire_quantite(projet.manquant)}"
    return Destination(texte=f"{zone}{projet.tiers_nom} ({compte})", feuille_id=projet.feuille_id, zone=projet.zone)


async def _manques(
    session: AsyncSession, produit_ids: Collection[UUID], total: Decimal
) -> list[tuple[Besoin, Feuille]]:
    """The needs of these products in the order of service: all those `total` units may reach, and the next ones."""
    trouves = await session.execute(MANQUES, {"produit_ids": list(produit_ids), "total": total})
    return [(besoin, feuille) for besoin, feuille in trouves]


def phrase(attente: list[ProjetEnAttente]) -> str:
    """« Attendu : projet Mairie de Seynod (2), Clinique Argonay (1) »; for the stock when nobody waits."""
    if not attente:
        return "Pour le stock"
    par_projet: dict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
    for projet in attente:
        par_projet[projet.feuille_id, projet.tiers_nom] += projet.manquant
    noms = [f"{nom} ({ecrire_quantite(quantite)})" for (_, nom), quantite in par_projet.items()]
    suite = f" et {len(noms) - 3} autres" if len(noms) > 4 else ""
    montres = noms[:3] if suite else noms
    return f"Attendu : {'projet' if len(noms) == 1 else 'projets'} {', '.join(montres)}{suite}"
