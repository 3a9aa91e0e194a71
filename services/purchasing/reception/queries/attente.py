"""Which projects wait for a product, in the order inventory will serve them (PU-30)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.besoin.models import Besoin, Feuille, manque
from services.purchasing.besoin.rules import attribuer
from services.purchasing.reception.rules import quantite_lisible
from services.purchasing.reception.schemas import Destination, ProjetEnAttente


@dataclass(frozen=True, slots=True)
class Attente:
    """Who waits for a product, in the order of service, and how many units of it this reception counted."""

    projets: list[ProjetEnAttente] = field(default_factory=list)
    recu: Decimal = Decimal(0)

    def destination(self) -> Destination:
        """Where the last unit goes: units serve projects in their order, so the last served takes it."""
        servis = [projet for projet in self.projets if projet.quantite > 0]
        if not servis or sum(projet.quantite for projet in servis) < self.recu:
            return Destination(texte="Stock")
        projet = servis[-1]
        zone = f"{projet.zone} : " if projet.zone else ""
        compte = f"{quantite_lisible(projet.quantite)}/{quantite_lisible(projet.manquant)}"
        return Destination(texte=f"{zone}{projet.tiers_nom} ({compte})", feuille_id=projet.feuille_id)


async def projets(session: AsyncSession, produit_ids: Iterable[UUID], recu: Decimal) -> list[ProjetEnAttente]:
    """The projects missing these products (a product and the one it replaces), and their share of `recu` units."""
    requete = (
        select(Besoin, Feuille)
        .join(Feuille, Feuille.feuille_id == Besoin.feuille_id)
        .where(Besoin.produit_id.in_(set(produit_ids)), Besoin.manquant > 0, Feuille.est_terminee.is_(False))
        .limit(200)
    )
    lignes = [(manque(besoin, feuille), feuille) for besoin, feuille in await session.execute(requete)]
    lignes.sort(key=lambda couple: couple[0].rang)
    parts = attribuer([m for m, _ in lignes], recu)
    return [
        ProjetEnAttente(
            demande_id=feuille.demande_id,
            feuille_id=feuille.feuille_id,
            devis_numero=feuille.devis_numero,
            tiers_nom=feuille.tiers_nom,
            objet=feuille.objet,
            zone=feuille.zone,
            manquant=m.manquant,
            quantite=parts.get(m.besoin_id, Decimal(0)),
        )
        for m, feuille in lignes
    ]


def phrase(attente: list[ProjetEnAttente]) -> str:
    """« Attendu : projet Mairie de Seynod (2), Clinique Argonay (1) »; for the stock when nobody waits."""
    if not attente:
        return "Pour le stock"
    par_projet: dict[tuple[UUID, str], Decimal] = defaultdict(Decimal)
    for projet in attente:
        par_projet[projet.feuille_id, projet.tiers_nom] += projet.manquant
    noms = [f"{nom} ({quantite_lisible(quantite)})" for (_, nom), quantite in par_projet.items()]
    suite = f" et {len(noms) - 3} autres" if len(noms) > 4 else ""
    montres = noms[:3] if suite else noms
    return f"Attendu : {'projet' if len(noms) == 1 else 'projets'} {', '.join(montres)}{suite}"
