"""Time corrected before it is invoiced changes its line; afterwards accounts are told."""

from datetime import date
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.maintenance import AccordTarifaireSigne
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import CLIENT, un_client, une_societe

JOUR, DEMANDE = date(2026, 3, 17), new_id()


@pytest.fixture
async def billing(service_database: ServiceDatabase) -> Database:
    """Billing, knowing us and one client."""
    database = await service_database("billing")
    await recevoir(database, subscriptions, un_client(), une_societe())
    return database


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


def saisi(accord: AccordTarifaireSigne, minutes: int) -> TempsSaisi:
    """Time spent without contract, at signed tariffs."""
    return TempsSaisi(
        temps_id=new_id(),
        demande_id=DEMANDE,
        tiers_id=CLIENT,
        type_code="sav",
        collaborateur_id=None,
        collaborateur_nom="Sophie",
        jour=JOUR,
        minutes=minutes,
        travaux="Dépannage",
        accord_id=accord.accord_id,
    )


def corrige(fait: TempsSaisi, minutes: int) -> TempsCorrige:
    """The same time, shorter or longer."""
    communs = {"temps_id": fait.temps_id, "demande_id": DEMANDE, "tiers_id": CLIENT, "jour": JOUR}
    return TempsCorrige(**communs, minutes=minutes, travaux="Dépannage du switch")


async def l_affaire(client: httpx.AsyncClient) -> dict[str, Any]:
    (ligne,) = (await client.get("/affaires-client")).json()["elements"]
    return dict((await client.get(f"/affaires-client/{ligne['id']}")).json())


async def test_what_is_not_invoiced_follows_then_accounts_are_told(
    billing: Database, client: httpx.AsyncClient
) -> None:
    tarifs = {"taux_horaire_ht": Decimal(80), "deplacement_ht": Decimal(45), "signe_par": "x", "signe_le": JOUR}
    accord = AccordTarifaireSigne.model_validate({"accord_id": new_id(), "tiers_id": CLIENT, **tarifs})
    premier, second = saisi(accord, 90), saisi(accord, 60)
    await recevoir(billing, subscriptions, accord, premier, second)
    assert (await l_affaire(client))["total_ht"] == "200.00"
    juste = corrige(premier, 30)
    await recevoir(billing, subscriptions, juste, juste)
    affaire = await l_affaire(client)
    assert affaire["total_ht"] == "120.00"
    assert affaire["lignes"][0]["designation"] == "Intervention du 17/03/2026 : Dépannage du switch"
    retire = TempsRetire(temps_id=second.temps_id, demande_id=DEMANDE, tiers_id=CLIENT)
    await recevoir(billing, subscriptions, retire, retire)
    assert (await l_affaire(client))["total_ht"] == "40.00"
    emise = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert emise.status_code in (200, 201), emise.text
    await recevoir(billing, subscriptions, corrige(premier, 60))
    apres = (await client.get(f"/affaires-client/{affaire['id']}")).json()
    assert (apres["total_ht"], "60 min" in apres["correction"]) == ("40.00", True)
