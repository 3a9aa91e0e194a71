"""The directory of 100,000 contacts: 80 rows and the next page's key; keyset paging counts nothing, so neither do we."""

from urllib.parse import quote

from bench.contacts_data import load_contacts
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product
from bench.run import main

CONTACTS = 100_000
OPERATIONS = 200
PAGE = """
SELECT id, code, nom, roles, telephone, email, est_public, encours_ttc,
  (SELECT ville FROM adresse_tiers a WHERE a.tiers_id = t.id AND a.rang = 0), nom_tri
FROM tiers t ORDER BY nom_tri, id LIMIT 81
"""


async def measure(product: Product) -> list[Figures]:
    """The row over the API, walking from page to page, and the page staff see."""
    await load_contacts(product, CONTACTS)
    client, browser = await product.client(), await product.browser()
    cursor: str | None = None

    async def next_page(_rank: int) -> None:
        nonlocal cursor
        suite = f"&curseur={quote(cursor)}" if cursor else ""
        cursor = (await client.read(f"/api/contacts/tiers?limite=80{suite}"))["curseur_suivant"]

    pages = await repeat(product, "list 80 of 100,000 contacts", next_page, OPERATIONS)
    seen = await repeat(
        product, "the page of the directory", lambda _: browser.request("GET", "/contacts"), OPERATIONS // 2
    )
    connection = await product.database("contacts")
    beside(pages, await raw("same SQL on raw asyncpg", lambda _: connection.fetch(PAGE), OPERATIONS))
    for open_thing in (connection, client, browser):
        await open_thing.close()
    return [pages, seen]


if __name__ == "__main__":
    main(measure)
