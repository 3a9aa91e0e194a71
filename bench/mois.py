"""Month end: the recurring factures of 500 contracts of three lines, the four steps an accountant clicks."""

import time
from typing import Any

from bench.client import Client
from bench.figures import Figures, repeat
from bench.product import Product, unique
from bench.run import main
from bench.sales import in_days
from shared.kernel.clock import SystemClock, jour_paris
from shared.testing.eventually import eventually
from tests.journeys.equipe import SOCIETE

CONTRACTS = 500
LONG = 120.0


async def measure(product: Product) -> list[Figures]:
    """One run: contracts listed, affaires client, numbered factures. The PDF follow behind; their CPU is not told."""
    client = await product.client()
    await client.send("PUT", "/api/contacts/societe", SOCIETE)
    tiers = await client.post("/api/contacts/tiers", _payer())
    await eventually(lambda: _contract(client, tiers["id"]), 30)
    for _ in range(CONTRACTS - 1):
        await _contract(client, tiers["id"])
    await product.quiet()
    connection = await product.database("billing")

    async def all_known() -> None:
        assert await connection.fetchval("SELECT count(*) FROM copie_contrat") >= CONTRACTS

    await eventually(all_known, LONG)
    await connection.close()
    steps: list[str] = []

    async def month_end(_rank: int) -> None:
        begun = time.perf_counter()
        month = jour_paris(SystemClock().now()).strftime("%Y-%m")
        run = await client.post("/api/billing/campagnes", {"periode": month})
        steps.append(f"listed {time.perf_counter() - begun:.2f} s")
        for verb in ("creer-affaires", "emettre"):
            run = await client.post(f"/api/billing/campagnes/{run['id']}/{verb}")
            steps.append(f"{verb} {time.perf_counter() - begun:.2f} s")
        issued = sum(1 for line in run["lignes"] if line["facture_numero"])
        if issued < CONTRACTS:
            raise RuntimeError(f"{issued} factures of {CONTRACTS}: {next(x['erreur'] for x in run['lignes'])}")

    figures = await repeat(product, f"month end of {CONTRACTS} contracts", month_end, 1, warm=0)
    figures.notes.append(f"{CONTRACTS / figures.seconds:.0f} contracts/s; {', '.join(steps)} (from the start)")
    await client.close()
    return [figures]


def _payer() -> dict[str, Any]:
    return {
        "nom": f"Régie {unique()}",
        "roles": ["client"],
        "email": "compta@exemple.fr",
        "adresses": [{"lignes": ["4 quai de la Tournette"], "code_postal": "74000", "ville": "Annecy"}],
    }


async def _contract(client: Client, tiers_id: str) -> None:
    wanted = {
        "tiers_id": tiers_id,
        "objet": f"Maintenance {unique()}",
        "debut": in_days(0)[:8] + "01",
        "periodicite_mois": 1,
        "lignes": [{"designation": f"Poste {rank}", "montant_ht": "45", "taux_tva": "20"} for rank in range(3)],
    }
    contract = await client.post("/api/maintenance/contrats", wanted)
    await client.post(f"/api/maintenance/contrats/{contract['id']}/activer")


if __name__ == "__main__":
    main(measure)
