"""Issuing a facture of ten lines, and its PDF, made behind the request."""

from typing import Any

from bench import chain, sales
from bench.client import Client, Refused
from bench.figures import Figures, repeat
from bench.product import Product
from bench.run import main

OPERATIONS = 20
WARM = 4


async def measure(product: Product) -> list[Figures]:
    """The request, then the same until the PDF is there: the CPU of the first includes the PDF, said apart."""
    client = await product.client()
    ground = await sales.prepare(client)
    waiting = [await _billable(client, ground) for _ in range(2 * (OPERATIONS + WARM))]
    await product.quiet()

    async def issue(_rank: int) -> None:
        await chain.invoice(client, waiting.pop())

    async def issue_and_print(_rank: int) -> None:
        facture = await chain.invoice(client, waiting.pop())
        await chain.until(lambda: _pdf(client, facture))

    issued = await repeat(product, "create and issue a facture", issue, OPERATIONS, warm=WARM)
    issued.notes.append("its CPU includes the PDF made afterwards")
    printed = await repeat(product, "the same until its PDF can be read", issue_and_print, OPERATIONS, warm=WARM)
    await client.close()
    return [issued, printed]


async def _billable(client: Client, ground: sales.Ground) -> str:
    sale = await chain.signed(client, ground)
    await chain.receive(client, ground, await chain.purchase(client, ground, sale))
    return await chain.deliver(client, sale)


async def _pdf(client: Client, facture: dict[str, Any]) -> bytes | None:
    try:
        return await client.request("GET", f"/api/billing/factures/{facture['id']}/document")
    except Refused:
        return None


if __name__ == "__main__":
    main(measure)
