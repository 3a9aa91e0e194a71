"""A working day in small: contacts created, searched, devis saved and validated, by eight people at once."""

from typing import Any

from bench import sales
from bench.client import Client
from bench.contact import a_contact
from bench.contacts_data import load_contacts
from bench.figures import Figures, repeat
from bench.product import Product
from bench.recherche import digits
from bench.run import main

CONTACTS = 10_000
PEOPLE = 8
OPERATIONS = 600
WARM = 40


async def measure(product: Product) -> list[Figures]:
    """One in four of each; the devis to validate are ready before."""
    await load_contacts(product, CONTACTS)
    first = await product.client()
    ground = await sales.prepare(first)
    waiting = [await sales.new_proposition(first, ground) for _ in range((OPERATIONS + WARM) // 4 + PEOPLE)]
    edited = [await sales.new_proposition(first, ground) for _ in range(PEOPLE)]
    free: list[tuple[Client, dict[str, Any]]] = [(await product.client(), proposition) for proposition in edited]

    async def one(rank: int) -> None:
        client, proposition = free.pop()
        try:
            if rank % 4 == 0:
                await client.post("/api/contacts/tiers", a_contact())
            elif rank % 4 == 1:
                await client.read(f"/api/contacts/tiers?q={digits(rank)}")
            elif rank % 4 == 2:
                proposition = await sales.save(client, proposition, sales.ten_lines(ground))
            else:
                path = f"/api/commercial/propositions/{waiting.pop()['id']}/valider"
                await client.post(path, {"signe_par": "Mme Lefèvre"})
        finally:
            free.append((client, proposition))

    mixed = await repeat(product, "mix by 8 people", one, OPERATIONS, warm=WARM, clients=PEOPLE)
    for client in (first, *(client for client, _ in free)):
        await client.close()
    return [mixed]


if __name__ == "__main__":
    main(measure)
