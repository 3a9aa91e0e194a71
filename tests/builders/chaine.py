"""Purchasing and inventory side by side: the facts of one reach the other, as the bus carries them."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import text

from services.inventory.produit.models import Produit
from shared.contracts.base import FACTS, Envelope
from shared.contracts.inventory import ProduitModifie
from shared.database.database import Database
from tests.builders import inventory, purchasing
from tests.builders.inventory import Atelier
from tests.builders.purchasing import Monde

SORTIES = text("SELECT seq, id, type, key, acteur_nom, occurred_at, payload FROM outbox WHERE seq > :d ORDER BY seq")


@dataclass(slots=True)
class Chaine:
    """A company that buys (`monde`) and prepares (`atelier`, its HTTP door `magasin`)."""

    monde: Monde
    atelier: Atelier
    magasin: httpx.AsyncClient
    _lus: dict[str, int] = field(default_factory=dict)

    async def circuler(self) -> None:
        """Carry what each announced to the other, until neither has anything new."""
        while await self._porter("achats", self.monde.database) + await self._porter("stock", self.atelier.database):
            pass

    async def _porter(self, source: str, base: Database) -> int:
        async with base.read() as session:
            lignes = (await session.execute(SORTIES, {"d": self._lus.get(source, 0)})).mappings().all()
        for ligne in lignes:
            self._lus[source] = ligne["seq"]
            if ligne["type"] in FACTS:
                fait = Envelope.model_validate(dict(ligne))
                if source == "achats":
                    await inventory.recevoir(self.atelier.database, fait)
                else:
                    await purchasing.recevoir(self.monde.database, fait)
        return len(lignes)

    async def commander(self, **quantites: int) -> dict[str, Any]:
        """One order: products by reference (underscores for dashes)."""
        negociations = [
            await self.monde.negocier(await self.fiche(self.atelier.produits[reference.replace("_", "-")]), quantite)
            for reference, quantite in quantites.items()
        ]
        return await self.monde.commander(*negociations)

    async def fiche(self, produit: Produit) -> ProduitModifie:
        """A product as it was announced."""
        return next(f for f in await self.atelier.publies(ProduitModifie) if f.produit_id == produit.id)

    async def feuilles(self) -> dict[str, dict[str, Any]]:
        """Every feuille as the workshop reads it, by client."""
        liste = (await self.magasin.get("/feuilles")).json()["elements"]
        entieres = [(await self.magasin.get(f"/feuilles/{f['id']}")).json() for f in liste]
        return {f["tiers_nom"]: f for f in entieres}

    async def objets(self) -> dict[UUID, list[dict[str, Any]]]:
        """What is on each feuille."""
        return {
            UUID(f["id"]): [o for colonne in f["colonnes"] for o in colonne["objets"]]
            for f in (await self.feuilles()).values()
        }
