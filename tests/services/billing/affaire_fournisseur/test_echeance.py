"""When a supplier must be paid: its own delay, from the date of its invoice, else from the day in France the goods came."""

from datetime import UTC, datetime

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import un_client, une_reception


@pytest.fixture
async def billing(service_database: ServiceDatabase) -> Database:
    """Billing alone."""
    return await service_database("billing")


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


async def _echeances(client: httpx.AsyncClient) -> list[str]:
    return [a["echeance"] for a in (await client.get("/affaires-fournisseur")).json()["elements"]]


async def test_goods_received_after_midnight_in_france_are_due_from_that_day(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fournisseur_id = new_id()
    apres_minuit = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    await recevoir(
        billing,
        subscriptions,
        un_client(fournisseur_id, delai_paiement_jours=45),
        une_reception("R-1", "500.00", fournisseur_id=fournisseur_id, recu_le=apres_minuit),
        une_reception("R-2", "120.00", recu_le=apres_minuit),
    )
    assert await _echeances(client) == ["2026-04-01", "2026-04-16"]


async def test_the_date_read_on_the_invoice_moves_the_due_date(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_reception("R-1", "500.00"))
    (achat,) = (await client.get("/affaires-fournisseur")).json()["elements"]
    corps = {"facture_fournisseur": "F-1", "date_facture": "2026-02-10"}
    reponse = await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json=corps)
    assert reponse.status_code == 200, reponse.text
    assert await _echeances(client) == ["2026-03-12"]
