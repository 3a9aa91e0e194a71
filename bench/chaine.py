"""The whole chain, from the demande to the issued facture, by eight people at once."""

from bench import chain, sales
from bench.figures import Figures, repeat
from bench.product import Product
from bench.run import main

PEOPLE = 8
OPERATIONS = 48
WARM = 2


async def measure(product: Product) -> list[Figures]:
    """Demande, etude, ten lines, validation, ten needs, commande, reception of ten serials, feuille, facture."""
    clients = [await product.client() for _ in range(PEOPLE)]
    grounds = [await sales.prepare(client) for client in clients]
    free = list(zip(clients, grounds, strict=True))

    async def whole(_rank: int) -> None:
        client, ground = free.pop()
        try:
            sale = await chain.signed(client, ground)
            await chain.receive(client, ground, await chain.purchase(client, ground, sale))
            await chain.invoice(client, await chain.deliver(client, sale))
        finally:
            free.append((client, ground))

    figures = await repeat(
        product, "whole chain to the facture, 8 people", whole, OPERATIONS, warm=WARM, clients=PEOPLE
    )
    figures.notes.append("about 50 requests each, those that wait for an effect included")
    for client in clients:
        await client.close()
    return [figures]


if __name__ == "__main__":
    main(measure)
