"""A contact is found in spite of a typing error, after those who answer exactly, and never by a neighbouring number."""

import httpx
import pytest

from services.contacts.subscriptions import subscriptions
from shared.bus.transport import Member
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.worker import Worker
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient, ServiceDatabase


@pytest.fixture
async def contacts(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    return await service_database("contacts", clock)


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """A directory of four, its words learnt from its own facts."""
    client = await service_client("contacts", contacts)
    for nom, ville in (
        ("Boulangerie du Lac", "Annecy"),
        ("Boulangeri Favre", "Lyon"),
        ("Hôtel Beau-Séjour", "Genève"),
        ("Martin 0451", "Cluses"),
    ):
        adresse = {"lignes": ["1 rue"], "code_postal": "74000", "ville": ville}
        corps = {"nom": nom, "roles": ["client"], "adresses": [adresse]}
        (await client.post("/tiers", json=corps)).raise_for_status()
    worker = Worker([Member(contacts, subscriptions)], InProcessTransport())
    await worker.drain()
    await worker.stop()
    return client


@pytest.mark.parametrize(
    ("tape", "trouves"),
    [
        ("boulngerie lac", [("Boulangerie du Lac", True)]),
        ("BOULANGEIRE", [("Boulangerie du Lac", True)]),
        ("boulangerie", [("Boulangerie du Lac", False), ("Boulangeri Favre", True)]),
        ("hotel beau sejuor", [("Hôtel Beau-Séjour", True)]),
        ("hôtl genève", [("Hôtel Beau-Séjour", True)]),
        ("amnecy", [("Boulangerie du Lac", True)]),
        ("martin 0452", []),
        ("boucherie", []),
        ("xyz", []),
    ],
)
async def test_une_faute_de_frappe(client: httpx.AsyncClient, tape: str, trouves: list[tuple[str, bool]]) -> None:
    page = (await client.get("/tiers", params={"q": tape})).json()
    assert [(t["nom"], t["est_approche"]) for t in page["elements"]] == trouves


async def test_une_faute_par_mot_et_beaucoup_de_mots_restent_rapides(client: httpx.AsyncClient) -> None:
    page = (await client.get("/tiers", params={"q": "boulngerie " * 10 + "lca"})).json()
    assert isinstance(page["elements"], list)
