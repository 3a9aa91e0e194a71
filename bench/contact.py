"""Creating a contact, among 10,000: the file, its address, its number, its trace, its fact and what six services keep."""

from typing import Any

import orjson

from bench.client import Client
from bench.contacts_data import load_contacts
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product, unique
from bench.run import main
from shared.kernel.ids import new_id

CONTACTS = 10_000
OPERATIONS = 300
RAW = """
INSERT INTO tiers (id, version, cree_le, modifie_le, code, nom, nom_tri, roles, regime_tva, est_public, canal_envoi,
  delai_paiement_jours, notes, recherche_texte, encours_ttc, encours_ht, en_cours_ht, commercial_ids, groupe_commercial_ids,
  anciens_noms)
VALUES ($1, 1, now(), now(), $2, $3, $3, '{client}', 'france', false, 'mail', 30, '', $3, 0, 0, 0, '{}', '{}', '{}')
"""


def a_contact() -> dict[str, Any]:
    """What the desk types for a new client."""
    name = unique()
    return {
        "nom": f"Cabinet {name}",
        "roles": ["client"],
        "email": f"{name}@exemple.fr",
        "telephone": "04 50 51 27 84",
        "adresses": [{"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}],
        "interlocuteurs": [{"nom": "Lefèvre", "prenom": "Anne", "telephone": "06 11 22 33 44"}],
    }


async def create(client: Client) -> Any:
    """POST one."""
    return await client.post("/api/contacts/tiers", a_contact())


async def measure(product: Product) -> list[Figures]:
    """The row."""
    await load_contacts(product, CONTACTS)
    client = await product.client()
    figures = await repeat(product, "create a contact", lambda _: create(client), OPERATIONS, warm=60)
    connection = await product.database("contacts")

    async def same_sql(_rank: int) -> None:
        ident, name = new_id(), unique()
        async with connection.transaction():
            await connection.fetchval(
                "INSERT INTO compteur AS c VALUES ('bench', 1) ON CONFLICT (serie)"
                " DO UPDATE SET valeur = c.valeur + 1 RETURNING valeur"
            )
            await connection.execute(RAW, ident, name, f"cabinet {name}")
            await connection.execute(
                "INSERT INTO adresse_tiers (id, tiers_id, rang, code, lignes, code_postal, ville, pays)"
                " VALUES ($1, $2, 0, 'PRINCIPALE', '{12 rue du Lac}', '74000', 'Annecy', 'FR')",
                new_id(),
                ident,
            )
            await connection.execute(
                "INSERT INTO interlocuteur (id, tiers_id, nom, prenom, fonction) VALUES ($1, $2, 'Lefèvre', 'Anne', '')",
                new_id(),
                ident,
            )
            await connection.execute(
                "INSERT INTO audit (objet_type, objet_id, version, par_nom, le, origine, apres)"
                " VALUES ('tiers', $1, 1, 'raw', now(), 'api', $2)",
                ident,
                orjson.dumps(a_contact()).decode(),
            )

    beside(figures, await raw("same SQL on raw asyncpg", same_sql, 200))
    await connection.close()
    await client.close()
    return [figures]


if __name__ == "__main__":
    main(measure)
