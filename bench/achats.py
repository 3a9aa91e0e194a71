"""Ordering ten lines and receiving ten serial numbers: five requests, as a buyer and a storekeeper make them."""

from bench import chain, sales
from bench.figures import Figures, repeat
from bench.product import Product
from bench.run import main

OPERATIONS = 20
WARM = 5


async def measure(product: Product) -> list[Figures]:
    """Prices obtained, ordered, scanned, validated; the objects exist and stand on the feuille."""
    client = await product.client()
    ground = await sales.prepare(client)
    waiting = [await chain.signed(client, ground) for _ in range(OPERATIONS + WARM)]

    async def buy_and_receive(_rank: int) -> None:
        commande_id = await chain.purchase(client, ground, waiting.pop())
        await chain.receive(client, ground, commande_id)

    figures = await repeat(product, "order 10 lines and receive 10 serials", buy_and_receive, OPERATIONS, warm=WARM)
    figures.notes.append(
        "1 for 10 negociations, 1 commande, 1 reception, 1 for 20 codes, 1 validation: 5 requests each"
    )
    await client.close()
    return [figures]


if __name__ == "__main__":
    main(measure)
