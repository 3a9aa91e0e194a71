"""A part used on a demande joins its time on one affaire; not used after all, it leaves it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.contracts.maintenance import AccordTarifaireSigne
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import CLIENT, un_client, une_societe
from tests.services.billing.affaire_client.test_temps import DEMANDE, JOUR, l_affaire, saisi


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


def une_piece(**valeurs: Any) -> ConsommationSaisie:
    """Two batteries at 30 euros."""
    defauts: dict[str, Any] = {
        "consommation_id": new_id(),
        "demande_id": DEMANDE,
        "tiers_id": CLIENT,
        "historique_id": new_id(),
        "produit_id": new_id(),
        "reference": "BAT-12",
        "designation": "Batterie 12 V",
        "quantite": Decimal(2),
        "est_facturable": True,
        "prix_ht": Decimal(30),
        "cout_ht": Decimal(22),
        "consommee_par": "Karim",
        "consommee_le": datetime(2026, 3, 17, 10, tzinfo=UTC),
    }
    return ConsommationSaisie(**{**defauts, **valeurs})


def annulee(fait: ConsommationSaisie) -> ConsommationAnnulee:
    """It was not used after all."""
    champs = fait.model_dump(include={"consommation_id", "demande_id", "tiers_id", "historique_id", "designation"})
    return ConsommationAnnulee(**champs, est_facturable=fait.est_facturable)


async def test_parts_and_time_are_one_affaire_and_a_part_can_leave_it(
    billing: Database, client: httpx.AsyncClient
) -> None:
    tarifs = {"taux_horaire_ht": Decimal(80), "deplacement_ht": Decimal(45), "signe_par": "x", "signe_le": JOUR}
    accord = AccordTarifaireSigne.model_validate({"accord_id": new_id(), "tiers_id": CLIENT, **tarifs})
    piece, autre = une_piece(), une_piece(designation="Fusible", prix_ht=Decimal("1.5"), numero_serie="F-1")
    await recevoir(billing, subscriptions, accord, saisi(accord, 60), piece, piece, autre)
    affaire = await l_affaire(client)
    assert (affaire["origine"], affaire["total_ht"]) == ("sav", "143.00")
    assert [ligne["designation"] for ligne in affaire["lignes"]][1:] == ["Batterie 12 V (BAT-12)", "Fusible (BAT-12)"]
    assert affaire["lignes"][2]["series"] == ["F-1"]
    assert affaire["objet"] == "Intervention", "a part is billed to clients under contract too"
    await recevoir(billing, subscriptions, annulee(piece), annulee(piece))
    assert (await l_affaire(client))["total_ht"] == "83.00"


async def test_what_the_client_does_not_pay_is_no_affaire(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_piece(est_facturable=False))
    assert (await client.get("/affaires-client")).json()["elements"] == []


async def test_accounts_are_told_when_it_was_invoiced_meanwhile(billing: Database, client: httpx.AsyncClient) -> None:
    piece = une_piece()
    await recevoir(billing, subscriptions, piece)
    affaire = await l_affaire(client)
    emise = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert emise.status_code in (200, 201), emise.text
    await recevoir(billing, subscriptions, annulee(piece))
    assert "n’a pas été utilisé" in (await l_affaire(client))["correction"]


async def test_a_part_nobody_priced_holds_the_invoice_until_it_is_priced(
    billing: Database, client: httpx.AsyncClient
) -> None:
    sans_prix = {"prix_ht": Decimal(0), "prix_a_fixer": True}
    await recevoir(billing, subscriptions, une_piece(), une_piece(designation="Fusible", **sans_prix))
    affaire = await l_affaire(client)
    assert (affaire["prix_a_fixer"], [li["prix_a_fixer"] for li in affaire["lignes"]]) == (True, [False, True])
    (resume,) = (await client.get("/affaires-client", params={"etat": "a_facturer"})).json()["elements"]
    assert resume["prix_a_fixer"]
    refus = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (refus.status_code, refus.json()["code"]) == (409, "prix_a_fixer")
    assert "« Fusible (BAT-12) » n’a pas de prix" in refus.json()["detail"]
    lignes = affaire["lignes"]
    corps = {"objet": affaire["objet"], "lignes": lignes}
    intacte = await client.put(f"/affaires-client/{affaire['id']}", json=corps)
    assert intacte.json()["prix_a_fixer"], "saved as it was, it still holds"
    lignes[1] |= {"prix_ht": "4.20"}
    assert not (await client.put(f"/affaires-client/{affaire['id']}", json=corps)).json()["prix_a_fixer"]
    emise = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (emise.status_code, emise.json()["total_ht"]) == (201, "68.40"), emise.text


async def test_a_part_given_on_purpose_is_invoiced_at_nothing(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_piece(), une_piece(prix_ht=Decimal(0), prix_a_fixer=True))
    affaire = await l_affaire(client)
    affaire["lignes"][1]["prix_a_fixer"] = False
    corps = {"objet": affaire["objet"], "lignes": affaire["lignes"]}
    assert (await client.put(f"/affaires-client/{affaire['id']}", json=corps)).status_code == 200
    emise = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (emise.status_code, emise.json()["total_ht"]) == (201, "60.00"), emise.text
