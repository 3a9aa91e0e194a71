"""Validating a devis of ten lines, and what follows: its feuille de travail exists and the demande moved by itself."""

import asyncio
import time
from typing import Any

from bench import sales
from bench.client import Client
from bench.figures import Figures, repeat
from bench.product import Product, Spent
from bench.run import main

OPERATIONS = 80
FOLLOWED = 40


async def measure(product: Product) -> list[Figures]:
    """The request with the CPU of everything that follows; then the time until it has followed."""
    client = await product.client()
    ground = await sales.prepare(client)
    waiting = [await sales.new_proposition(client, ground) for _ in range(OPERATIONS + 2 * FOLLOWED)]

    async def validate(_rank: int) -> dict[str, Any]:
        proposition = waiting.pop()
        await client.post(f"/api/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
        return proposition

    request = await repeat(product, "validate a devis of 10 lines", validate, OPERATIONS, warm=FOLLOWED)
    effects, begun = [], time.perf_counter()
    for rank in range(FOLLOWED):
        before = (await client.read(f"/api/demandes/demandes/{waiting[-1]['demande_id']}"))["etat_code"]
        proposition = await validate(rank)
        effects.append(await _until_followed(client, proposition["demande_id"], before))
    seconds = time.perf_counter() - begun
    followed = Figures("from the answer to the feuille and the move", sorted(effects), seconds, Spent(0, 0))
    followed.notes.append("asked for every 2 ms: the asking is part of the time, no CPU is told for it")
    await client.close()
    return [request, followed]


async def _until_followed(client: Client, demande_id: str, before: str) -> float:
    begun = time.perf_counter()
    while time.perf_counter() - begun < sales.WITHIN:
        sheets = await client.read(f"/api/inventory/feuilles?demande_id={demande_id}")
        demande = await client.read(f"/api/demandes/demandes/{demande_id}")
        if sheets["elements"] and demande["etat_code"] != before:
            return 1000 * (time.perf_counter() - begun)
        await asyncio.sleep(0.002)
    raise TimeoutError(f"nothing followed for demande {demande_id}")


if __name__ == "__main__":
    main(measure)
