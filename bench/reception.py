"""A parcel of a thousand objects, then a pallet of five hundred lines in two orders: what answers each scan, and the validation."""

import time
from typing import Any

from bench import sales
from bench.client import Client
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product, unique
from bench.run import main
from shared.kernel.ids import new_id

SERIALS = 1000
LINES = 500
WARM = 20
SCANS_A_SECOND = 20
ECHO_MS = 150.0
VALIDATED_S = 5.0
BARE = """
INSERT INTO serie_recue (id, ligne_id, fournisseur_id, produit_id, numero, est_liberee) VALUES ($1, $2, $3, $3, $4, false)
"""


async def open_reception(
    client: Client, ground: sales.Ground, products: list[dict[str, Any]], each: int
) -> dict[str, Any]:
    """One order line of each product, being received."""
    asked = [await negotiate(client, ground, product, each) for product in products]
    placed = []
    for begin in range(0, len(asked), LINES // 2):
        lines = {"negociation_ids": asked[begin : begin + LINES // 2], "frais_ht": "35"}
        where = {"fournisseur_id": ground.supplier_id, "agence_id": ground.agency_id}
        placed.append((await client.post("/api/purchasing/commandes", where | lines))["id"])
    return dict(await client.post("/api/purchasing/receptions", {"commande_ids": placed}))


async def negotiate(client: Client, ground: sales.Ground, product: dict[str, Any], quantity: int) -> str:
    """The price of a product, asked of the supplier."""
    wanted = {
        "produit_id": product["id"],
        "fournisseur_id": ground.supplier_id,
        "quantite": str(quantity),
        "prix_ht": "112",
    }
    return str((await sales.patiently(client, "/api/purchasing/negociations", wanted))["id"])


async def scan(client: Client, path: str, *codes: str) -> None:
    """Codes sent together; anything but « attendu » is an error of the measure."""
    answers = await client.post(f"{path}/scans", {"lectures": [{"code": code} for code in codes]})
    for code, answer in zip(codes, answers["lectures"], strict=True):
        if answer["refus"] or answer["lecture"]["resultat"] != "attendu":
            raise RuntimeError(f"{code}: {answer['refus'] or answer['lecture']['detail']}")


async def measure(product: Product) -> list[Figures]:
    """The row, on one line then among five hundred."""
    client = await product.client()
    ground = await sales.prepare(client)
    figures = [await one_line(product, client, ground), await many_lines(product, client, ground)]
    await client.close()
    return figures


async def many_lines(product: Product, client: Client, ground: sales.Ground) -> Figures:
    """A product, then its serial number, all over a pallet."""
    products = [await sales.new_product(client, f"Article {rank}") for rank in range(LINES)]
    reception = await open_reception(client, ground, products, 4)
    path, mark = f"/api/purchasing/receptions/{reception['id']}", unique()

    async def one(rank: int) -> None:
        code = f"SN{mark}{rank:05d}" if rank % 2 else products[7 * rank % LINES]["reference"]
        await scan(client, path, code)

    figures = await repeat(product, f"scan of a code among {LINES} lines", one, LINES, warm=WARM)
    figures.notes.append(compare(figures))
    return figures


def compare(figures: Figures) -> str:
    """What was promised, as ratios."""
    return (
        f"echo p95 is {figures.percentile(0.95) / ECHO_MS:.2f} of the {ECHO_MS:.0f} ms promised; "
        f"{len(figures.waits) / figures.seconds / SCANS_A_SECOND:.1f} times the {SCANS_A_SECOND} scans a second promised"
    )


async def one_line(product: Product, client: Client, ground: sales.Ground) -> Figures:
    """Echo of each scan, beside the bare SQL, then one validation."""
    of_all = (client, ground, ground.products[:1], SERIALS + WARM)
    bare, kept = await open_reception(*of_all), await open_reception(*of_all)
    connection, line = await product.database("purchasing"), bare["lignes"][0]["id"]
    limit = await raw(
        "bare insert of a serial number",
        lambda _: connection.execute(BARE, new_id(), line, new_id(), unique()),
        300,
    )
    await connection.close()
    path, mark = f"/api/purchasing/receptions/{kept['id']}", unique()
    await scan(client, path, ground.products[0]["reference"])
    figures = await repeat(
        product, "scan of a serial number", lambda rank: scan(client, path, f"SN{mark}{rank:05d}"), SERIALS, warm=WARM
    )
    beside(figures, limit)
    figures.notes.append(compare(figures))
    received = (await client.read(path))["lignes"][0]
    lost = SERIALS + WARM - len(set(received["numeros_serie"]))
    figures.notes.append(f"{lost} scans lost")
    begun = time.perf_counter()
    await client.post(f"{path}/valider", {"facture_fournisseur": f"F-{mark}"})
    seconds = time.perf_counter() - begun
    figures.notes.append(
        f"{SERIALS + WARM} serial numbers validated in {seconds / VALIDATED_S:.2f} of {VALIDATED_S:.0f} s"
    )
    return figures


if __name__ == "__main__":
    main(measure)
