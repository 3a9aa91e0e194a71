"""What is on order for each need, and what remains to buy."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.besoin.models import SERVICE, Besoin, Feuille
from services.purchasing.besoin.rules import RIEN, Couverture, Manque, couvrir, rang_de_service
from services.purchasing.commande.models import Commande, LigneCommande, PartCommande
from services.purchasing.commande.rules import ENGAGEES, EtatCommande
from shared.database.statements import among, once

OUVERTES = once(
    select(
        LigneCommande.id,
        LigneCommande.produit_id,
        LigneCommande.quantite - LigneCommande.quantite_recue,
        Commande.livraison_prevue,
    )
    .join(Commande, Commande.id == LigneCommande.commande_id)
    .where(
        among(LigneCommande.produit_id, "produit_ids"),
        among(Commande.etat, "etats"),
        LigneCommande.quantite > LigneCommande.quantite_recue,
    )
)
PARTS = select(PartCommande).where(among(PartCommande.ligne_id, "ligne_ids"))
MANQUES = once(
    select(Besoin.produit_id, Besoin.id, Besoin.manquant, *SERVICE)
    .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
    .where(among(Besoin.produit_id, "produit_ids"), Besoin.manquant > 0, Feuille.est_terminee.is_(False))
)


@dataclass(slots=True)
class EnCommande:
    """What is on order for one product: for whom, for nobody, and when it should come."""

    parts: dict[UUID, Decimal] = field(default_factory=lambda: defaultdict(lambda: RIEN))
    dates: dict[UUID, date] = field(default_factory=dict)
    total: Decimal = RIEN
    prochaine: date | None = None

    @property
    def libre(self) -> Decimal:
        """Ordered for nobody in particular."""
        return self.total - sum(self.parts.values(), RIEN)


async def en_commande(
    session: AsyncSession, produit_ids: Iterable[UUID], *, etats: Collection[EtatCommande] = ENGAGEES
) -> dict[UUID, EnCommande]:
    """What orders of these states still owe of each product."""
    par_produit: dict[UUID, EnCommande] = defaultdict(EnCommande)
    voulus = set(produit_ids)
    if not voulus:
        return par_produit
    lues = await session.execute(OUVERTES, {"produit_ids": list(voulus), "etats": list(etats)})
    lignes = {ligne_id: (produit, reste, prevue) for ligne_id, produit, reste, prevue in lues}
    for produit_id, reste, prevue in lignes.values():
        suivi = par_produit[produit_id]
        suivi.total += reste
        suivi.prochaine = min(filter(None, (suivi.prochaine, prevue)), default=None)
    for part in await session.scalars(PARTS, {"ligne_ids": list(lignes)}) if lignes else ():
        produit_id, _, prevue = lignes[part.ligne_id]
        suivi = par_produit[produit_id]
        suivi.parts[part.besoin_id] += part.quantite - part.quantite_recue
        if prevue and part.quantite > part.quantite_recue:
            suivi.dates[part.besoin_id] = min(prevue, suivi.dates.get(part.besoin_id, prevue))
    return par_produit


async def couvertures(
    session: AsyncSession, produit_ids: Iterable[UUID], *, etats: Collection[EtatCommande] = ENGAGEES
) -> dict[UUID, Couverture]:
    """For each open need of these products: what is on order and what remains to buy."""
    voulus = set(produit_ids)
    if not voulus:
        return {}
    commandes = await en_commande(session, voulus, etats=etats)
    manques: dict[UUID, list[Manque]] = defaultdict(list)
    for ligne in await session.execute(MANQUES, {"produit_ids": list(voulus)}):
        produit_id, besoin_id, manquant, priorite, souhaitee, signee_le, feuille_id = ligne
        rang = rang_de_service(priorite, souhaitee, signee_le, feuille_id)
        manques[produit_id].append(Manque(besoin_id, rang, manquant))
    resultat: dict[UUID, Couverture] = {}
    for produit_id, liste in manques.items():
        suivi = commandes[produit_id]
        resultat |= couvrir(liste, suivi.parts, suivi.libre)
    return resultat
