"""Searching among 100,000 contacts: a rare word that hits eight, typed with its accents, and the end of a phone number."""

from bench.contacts_data import load_contacts
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product
from bench.run import main

CONTACTS = 100_000
OPERATIONS = 300
FOUND = """
SELECT id, code, nom, roles, telephone, email, est_public, encours_ttc,
  (SELECT ville FROM adresse_tiers a WHERE a.tiers_id = t.id AND a.rang = 0)
FROM tiers t WHERE recherche @@ to_tsquery('simple', $1) ORDER BY coalesce(nom_tri, nom_tri), id LIMIT 51
"""


def digits(rank: int) -> str:
    """The last digits of a phone number: ten files of 100,000 have them."""
    return f"51{rank * 37 % 10_000:04d}"


def mistyped(rank: int) -> str:
    """The letters of one contact, the second one wrong: nobody answers exactly."""
    word = f"{(40_000 + rank * 191) * 7919 % 1_000_003:x}".translate(str.maketrans("0123456789", "ghijklmnop"))
    return f"{word[0]}{'z' if word[1] != 'z' else 'y'}{word[2:]}"


async def measure(product: Product) -> list[Figures]:
    """The row, by phone and by name."""
    await load_contacts(product, CONTACTS)
    client = await product.client()
    phone = await repeat(
        product,
        "search 100,000 contacts by phone digits",
        lambda rank: client.read(f"/api/contacts/tiers?q={digits(rank)}"),
        OPERATIONS,
    )
    name = await repeat(
        product,
        "search 100,000 contacts by two words",
        lambda rank: client.read(f"/api/contacts/tiers?q=cabinet%20{rank * 8 * 7919 % 1000003:x}"),
        OPERATIONS,
    )
    typing = await repeat(
        product,
        "search 100,000 contacts with a letter wrong",
        lambda rank: client.read(f"/api/contacts/tiers?q={mistyped(rank)}"),
        OPERATIONS,
    )
    connection = await product.database("contacts")
    limit = await raw("same SQL on raw asyncpg", lambda rank: connection.fetch(FOUND, f"{digits(rank)}:*"), OPERATIONS)
    beside(phone, limit)
    await connection.close()
    await client.close()
    return [phone, name, typing]


if __name__ == "__main__":
    main(measure)
