"""The commercial board of 200 cards: what the service answers, and the page a person opens."""

from bench import sales
from bench.figures import Figures, repeat
from bench.product import Product
from bench.run import main

CARDS = 200
OPERATIONS = 120
SPREAD = """
UPDATE demande SET etat_code = e.code FROM (
  SELECT d.id, (SELECT array_agg(DISTINCT ec.etat_code) FROM etat_colonne ec JOIN colonne c ON c.id = ec.colonne_id
    JOIN tableau t ON t.id = c.tableau_id WHERE t.code = 'commercial' AND ec.type_code = d.type_code) AS codes,
    row_number() OVER (ORDER BY d.id) AS rang
  FROM demande d WHERE d.type_code = 'commercial'
) x CROSS JOIN LATERAL (SELECT x.codes[1 + x.rang % cardinality(x.codes)] AS code) e
WHERE demande.id = x.id AND NOT demande.est_close
"""


async def measure(product: Product) -> list[Figures]:
    """The row."""
    client, browser = await product.client(), await product.browser()
    ground = await sales.prepare(client)
    connection = await product.database("demandes")
    present = await connection.fetchval("SELECT count(*) FROM demande WHERE type_code = 'commercial'")
    for _ in range(CARDS - present):
        await sales.new_demande(client, ground)
    await product.quiet()
    await connection.execute(SPREAD)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    api = await repeat(
        product, "board, API", lambda _: client.read("/api/demandes/tableaux/commercial/cartes"), OPERATIONS
    )
    page = await repeat(
        product, "board, page", lambda _: browser.request("GET", "/demandes/tableaux/commercial"), OPERATIONS
    )
    shown = (await browser.request("GET", "/demandes/tableaux/commercial")).count(b"data-carte=")
    page.notes.append(f"{shown} cards on the page: the first 12 of each column")
    for open_thing in (client, browser):
        await open_thing.close()
    return [api, page]


if __name__ == "__main__":
    main(measure)
