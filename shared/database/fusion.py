"""Two tiers were one: what a service holds of the absorbed one follows the one kept.

Told by TiersFusionne. Idempotent: nothing names the absorbed tiers any more once done, so a repeated fact changes nothing.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import MetaData, Table, delete, func, update

from shared.contracts.contacts import TiersFusionne
from shared.database.transaction import Transaction
from shared.kernel.text import normaliser_recherche

PORTEURS = ("tiers_id", "tiers_secondaire_id", "fournisseur_id")


async def rattacher(tx: Transaction, metadata: MetaData, fait: TiersFusionne, *, sauf: Collection[str] = ()) -> None:
    """Every row of the service that names the absorbed tiers names the kept one, under its name.

    Tables whose key is a tiers (copies) forget the absorbed one. `sauf` names the tables the service moves itself.
    """
    for table in metadata.sorted_tables:
        if table.name in sauf:
            continue
        for nom in PORTEURS:
            if nom in table.c and table.c[nom].primary_key:
                await tx.execute(delete(table).where(table.c[nom] == fait.absorbe_id))
            elif nom in table.c:
                await tx.execute(_deplacer(table, nom, fait))


def _deplacer(table: Table, porteur: str, fait: TiersFusionne) -> Any:
    valeurs: dict[str, Any] = {porteur: fait.tiers_id}
    etiquette = porteur.removesuffix("_id") + "_nom"
    if etiquette in table.c and fait.nom:
        valeurs[etiquette] = fait.nom
    if "recherche_texte" in table.c and fait.nom:
        valeurs["recherche_texte"] = func.concat(table.c.recherche_texte, " ", normaliser_recherche(fait.nom))
    return update(table).where(table.c[porteur] == fait.absorbe_id).values(valeurs)
