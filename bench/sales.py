"""What a sale needs before it can be measured: a company, products, a demande, its proposition and ten lines."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bench.client import Client, Refused
from bench.product import unique
from shared.kernel.clock import SystemClock, jour_paris
from shared.testing.eventually import eventually
from tests.journeys.equipe import SOCIETE

PRODUCTS = 10
WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Ground:
    """A company with one client, one supplier and ten products."""

    client_id: str
    supplier_id: str
    agency_id: str
    products: list[dict[str, Any]]


async def prepare(client: Client) -> Ground:
    """Create it, and wait until the other services know it."""
    company = await client.send("PUT", "/api/contacts/societe", SOCIETE)
    address = {"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}
    buyer = {"nom": f"Client {unique()}", "roles": ["client"], "adresses": [address]}
    person = await client.post("/api/contacts/tiers", buyer)
    supplier = await client.post(
        "/api/contacts/tiers", {"nom": f"Source {unique()}", "roles": ["fournisseur"], "adresses": [address]}
    )
    products = [await new_product(client, f"Produit {rank}") for rank in range(PRODUCTS)]
    ground = Ground(person["id"], supplier["id"], company["agences"][0]["id"], products)
    await eventually(lambda: new_proposition(client, ground), WITHIN)
    return ground


async def new_product(client: Client, name: str) -> dict[str, Any]:
    """A product followed by serial number."""
    wanted = {
        "reference": f"P-{unique()}",
        "designation": name,
        "prix_achat_ht": "112",
        "politique_serie": "obligatoire",
    }
    return dict(await client.post("/api/inventory/produits", wanted))


async def new_demande(client: Client, ground: Ground) -> dict[str, Any]:
    """A commercial demande of the client."""
    wanted = {"type_code": "commercial", "tiers_id": ground.client_id, "objet": "Vidéosurveillance"}
    return dict(await client.post("/api/demandes/demandes", wanted))


async def new_proposition(client: Client, ground: Ground) -> dict[str, Any]:
    """An empty proposition in the etude of a new demande, its content filled once."""
    demande = await new_demande(client, ground)
    etude = await patiently(client, "/api/commercial/etudes", {"demande_id": demande["id"], "objet": "Vidéo"})
    found = etude["propositions"] or [
        await client.post(f"/api/commercial/etudes/{etude['id']}/propositions", {"libelle": "Base"})
    ]
    proposition = await client.read(f"/api/commercial/propositions/{found[0]['id']}")
    return dict(await save(client, proposition, ten_lines(ground))) | {"demande_id": demande["id"]}


async def patiently(client: Client, path: str, body: Any) -> Any:
    """POST again until the fact it depends on arrived."""
    for _ in range(400):
        try:
            return await client.post(path, body)
        except Refused as refused:
            last = refused
            await asyncio.sleep(0.01)
    raise last


def ten_lines(ground: Ground, quantity: int = 1) -> list[dict[str, Any]]:
    """Ten priced lines, each with its hidden product."""
    return [
        {
            "designation": f"Caméra dôme {rank}, pose comprise",
            "quantite": str(quantity),
            "cout_ht": "112",
            "marge": "45",
            "taux_tva": "20",
            "produits": [{"produit_id": product["id"], "quantite": str(quantity)}],
        }
        for rank, product in enumerate(ground.products)
    ]


async def save(client: Client, proposition: dict[str, Any], lines: list[dict[str, Any]]) -> Any:
    """Replace the whole content, as the editor does."""
    path = f"/api/commercial/propositions/{proposition['id']}/lignes"
    return await client.send("PUT", path, {"lignes": lines}, proposition["version"])


def in_days(days: int) -> str:
    """A date from today on."""
    return (jour_paris(SystemClock().now()) + timedelta(days=days)).isoformat()
