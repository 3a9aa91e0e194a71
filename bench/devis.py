"""Saving a devis of ten lines: all ten replaced by ten new ones, then all ten changed in place."""

from typing import Any

from bench import sales
from bench.figures import Figures, repeat
from bench.product import Product
from bench.run import main

OPERATIONS = 150


async def measure(product: Product) -> list[Figures]:
    """The row, both ways."""
    client = await product.client()
    ground = await sales.prepare(client)
    proposition = await sales.new_proposition(client, ground)

    async def replace(_rank: int) -> None:
        nonlocal proposition
        proposition = await sales.save(client, proposition, sales.ten_lines(ground))

    async def change(rank: int) -> None:
        nonlocal proposition
        proposition = await sales.save(client, proposition, [_again(line, rank) for line in proposition["lignes"]])

    rows = [
        await repeat(product, "save a devis of 10 new lines", replace, OPERATIONS),
        await repeat(product, "save a devis of 10 lines changed", change, OPERATIONS),
    ]
    await client.close()
    return rows


def _again(line: dict[str, Any], rank: int) -> dict[str, Any]:
    kept = {name: line[name] for name in ("id", "designation", "cout_ht", "marge", "taux_tva")}
    return kept | {"quantite": str(1 + rank % 50)}


if __name__ == "__main__":
    main(measure)
