"""The steps of a sale after its devis is signed, as the staff take them, each waiting for what it depends on."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from bench import sales
from bench.client import Client
from bench.product import unique
from bench.reception import scan
from bench.sales import Ground

T = TypeVar("T")


async def signed(client: Client, ground: Ground) -> dict[str, Any]:
    """A validated devis of ten lines: its demande and its ten needs, known to purchasing."""
    proposition = await sales.new_proposition(client, ground)
    await client.post(f"/api/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
    path = f"/api/purchasing/besoins?demande_id={proposition['demande_id']}&limite=50"

    async def needs() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await client.read(path))["elements"]
        return found if len(found) == len(ground.products) else []

    return {"demande_id": proposition["demande_id"], "besoins": await until(needs)}


async def purchase(client: Client, ground: Ground, sale: dict[str, Any]) -> str:
    """Ten prices obtained from one supplier, and the commande made of them."""
    offers = []
    for group in sale["besoins"]:
        need = next(b for b in group["besoins"] if b["demande_id"] == sale["demande_id"])
        shares = [{"besoin_id": need["id"], "quantite": need["quantite"]}]
        offers.append({"produit_id": group["produit_id"], "prix_ht": "110", "besoins": shares})
    asked = {"fournisseur_id": ground.supplier_id, "offres": offers}
    opened = await client.post("/api/purchasing/negociations/lot", asked)
    wanted = {
        "fournisseur_id": ground.supplier_id,
        "negociation_ids": [negociation["id"] for negociation in opened],
        "frais_ht": "20",
        "agence_id": ground.agency_id,
    }
    return str((await client.post("/api/purchasing/commandes", wanted))["id"])


async def receive(client: Client, ground: Ground, commande_id: str) -> None:
    """Ten products and their serial numbers read in one go, as a scanner ahead of its page sends them, and the reception validated."""
    reception = await client.post("/api/purchasing/receptions", {"commande_ids": [commande_id]})
    path = f"/api/purchasing/receptions/{reception['id']}"
    await scan(
        client, path, *(code for product in ground.products for code in (product["reference"], f"SN-{unique()}"))
    )
    await client.post(f"{path}/valider", {"facture_fournisseur": f"F-{unique()}"})


async def deliver(client: Client, sale: dict[str, Any]) -> str:
    """The feuille, once everything is on it, closed and validated: the affaire client it opens."""

    async def complete() -> str | None:
        (sheet,) = (await client.read(f"/api/inventory/feuilles?demande_id={sale['demande_id']}"))["elements"]
        return str(sheet["id"]) if sheet["nb_vertes"] == sheet["nb_colonnes"] else None

    path = f"/api/inventory/feuilles/{await until(complete)}"
    await client.post(f"{path}/cloturer")
    await client.post(f"{path}/valider")

    async def opened() -> str | None:
        found = (await client.read(f"/api/billing/affaires-client?demande_id={sale['demande_id']}"))["elements"]
        return str(found[0]["id"]) if found else None

    return await until(opened)


async def invoice(client: Client, affaire_id: str) -> dict[str, Any]:
    """The facture, issued."""
    return dict(await client.post(f"/api/billing/affaires-client/{affaire_id}/facturer"))


async def until(ask: Callable[[], Awaitable[T | None]]) -> T:
    """What `ask` answers once it answers something, asked less and less often; the asking is part of the time measured."""
    pause = 0.005
    while pause < sales.WITHIN:
        answer = await ask()
        if answer:
            return answer
        await asyncio.sleep(pause)
        pause *= 1.5
    raise TimeoutError("nothing followed")
