"""A parcel of a thousand objects: what answers each scan of a serial number, then the validation of them all."""

import time
from typing import Any

from bench import sales
from bench.client import Client
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product, unique
from bench.run import main
from shared.kernel.ids import new_id

SERIALS = 1000
WARM = 20
SCANS_A_SECOND = 20
ECHO_MS = 150.0
VALIDATED_S = 5.0
BARE = """
INSERT INTO serie_recue (id, ligne_id, fournisseur_id, produit_id, numero, est_liberee) VALUES ($1, $2, $3, $3, $4, false)
"""


async def open_reception(client: Client, ground: sales.Ground) -> dict[str, Any]:
    """One order line of every object of the parcel, being received."""
    product = ground.products[0]
    wanted = {
        "produit_id": product["id"],
        "fournisseur_id": ground.supplier_id,
        "quantite": str(SERIALS + WARM),
        "prix_ht": "112",
    }
    negociation = await sales.patiently(client, "/api/purchasing/negociations", wanted)
    placed = {
        "fournisseur_id": ground.supplier_id,
        "negociation_ids": [negociation["id"]],
        "agence_id": ground.agency_id,
        "frais_ht": "35",
    }
    commande = await client.post("/api/purchasing/commandes", placed)
    return dict(await client.post("/api/purchasing/receptions", {"commande_ids": [commande["id"]]}))


async def scan(client: Client, path: str, code: str) -> None:
    """One code; anything but « attendu » is an error of the measure."""
    read = await client.post(f"{path}/scans", {"code": code})
    if read["resultat"] != "attendu":
        raise RuntimeError(f"{code}: {read['detail']}")


async def measure(product: Product) -> list[Figures]:
    """The row: echo of each scan as ratios of what is promised, then one validation."""
    client = await product.client()
    ground = await sales.prepare(client)
    bare, kept = await open_reception(client, ground), await open_reception(client, ground)
    connection, line = await product.database("purchasing"), bare["lignes"][0]["id"]
    limit = await raw(
        "bare insert of a serial number",
        lambda _: connection.execute(BARE, new_id(), line, new_id(), unique()),
        300,
    )
    await connection.close()
    path, mark = f"/api/purchasing/receptions/{kept['id']}", unique()
    await client.post(f"{path}/scans", {"code": ground.products[0]["reference"]})
    figures = await repeat(
        product, "scan of a serial number", lambda rank: scan(client, path, f"SN{mark}{rank:05d}"), SERIALS, warm=WARM
    )
    beside(figures, limit)
    figures.notes.append(
        f"echo p95 is {figures.percentile(0.95) / ECHO_MS:.2f} of the {ECHO_MS:.0f} ms promised; "
        f"{SERIALS / figures.seconds / SCANS_A_SECOND:.1f} times the {SCANS_A_SECOND} scans a second promised"
    )
    received = (await client.read(path))["lignes"][0]
    lost = SERIALS + WARM - len(set(received["numeros_serie"]))
    figures.notes.append(f"{lost} scans lost")
    begun = time.perf_counter()
    await client.post(f"{path}/valider", {"facture_fournisseur": f"F-{mark}"})
    seconds = time.perf_counter() - begun
    figures.notes.append(
        f"{SERIALS + WARM} serial numbers validated in {seconds / VALIDATED_S:.2f} of {VALIDATED_S:.0f} s"
    )
    await client.close()
    return [figures]


if __name__ == "__main__":
    main(measure)
