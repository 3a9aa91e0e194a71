"""A return ended with a credit: billing awaits it, until the supplier's credit notes cover it."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.inventory import RetourFournisseurConclu
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase


@pytest.fixture
async def billing(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    """Billing alone."""
    return await service_database("billing", clock)


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


def un_retour(**valeurs: Any) -> RetourFournisseurConclu:
    """A telephone credited 120 euros by its supplier."""
    base: dict[str, Any] = {
        "retour_id": new_id(),
        "numero": "RF-2026-00001",
        "historique_id": new_id(),
        "fournisseur_id": new_id(),
        "fournisseur_nom": "Elektra",
        "issue": "avoir",
        "avoir_numero": "AV-77",
        "avoir_ht": Decimal("120.00"),
        "designation": "Téléphone, n° T1",
    }
    return RetourFournisseurConclu(**base | valeurs)


CONTROLE = {"facture_fournisseur": "F-1", "date_facture": "2026-03-16"}


async def attendus(client: httpx.AsyncClient, **filtre: str) -> list[dict[str, Any]]:
    reponse = await client.get("/avoirs-fournisseur", params=filtre)
    elements: list[dict[str, Any]] = reponse.json()["elements"]
    return elements


async def enregistrer(client: httpx.AsyncClient, avoir_id: str, **valeurs: str) -> httpx.Response:
    corps = {"numero": "AV-77", "date_avoir": "2026-03-16", "montant_ht": "120.00"} | valeurs
    return await client.post(f"/avoirs-fournisseur/{avoir_id}/recevoir", json=corps)


async def test_a_credited_return_is_awaited_once_an_exchange_is_not(
    billing: Database, client: httpx.AsyncClient
) -> None:
    credite = un_retour()
    echange = un_retour(issue="echange", avoir_numero="")
    await recevoir(billing, subscriptions, credite, credite, echange, un_retour(avoir_ht=Decimal(0)))
    (attendu,) = await attendus(client)
    assert (attendu["retour_numero"], attendu["fournisseur_nom"], attendu["annonce_numero"]) == (
        "RF-2026-00001",
        "Elektra",
        "AV-77",
    )
    assert (await client.get("/avoirs-fournisseur/totaux")).json() == {"nombre": 1, "reste_ht": "120.00"}


async def test_credit_notes_cover_it_by_parts(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_retour(), un_retour(numero="RF-2026-00002", avoir_ht=Decimal(30)))
    avoir_id = next(a["id"] for a in await attendus(client) if a["retour_numero"] == "RF-2026-00001")
    partie = (await enregistrer(client, avoir_id, montant_ht="50.00")).json()
    assert (partie["reste_ht"], [r["montant_ht"] for r in partie["recus"]]) == ("70.00", ["50.00"])
    assert partie["etat"] == "recu_en_partie"
    assert (await client.get("/avoirs-fournisseur/totaux")).json() == {"nombre": 2, "reste_ht": "100.00"}
    double = await enregistrer(client, avoir_id, montant_ht="70.00")
    assert (double.status_code, double.json()["code"]) == (409, "avoir_fournisseur_deja_recu")
    solde = (await enregistrer(client, avoir_id, numero="AV-78", montant_ht="70.00")).json()
    assert (solde["reste_ht"], [r["numero"] for r in solde["recus"]]) == ("0.00", ["AV-77", "AV-78"])
    assert [a["etat"] for a in await attendus(client)] == ["attendu", "recu"]
    assert [a["retour_numero"] for a in await attendus(client, est_attendu="true")] == ["RF-2026-00002"]
    assert [a["id"] for a in await attendus(client, est_attendu="false")] == [avoir_id]


@pytest.mark.parametrize(
    ("saisie", "code"),
    [
        ({"montant_ht": "120.01"}, "avoir_fournisseur_trop_grand"),
        ({"date_avoir": "2026-03-18"}, "avoir_fournisseur_futur"),
        ({"montant_ht": "0"}, "saisie_invalide"),
    ],
)
async def test_what_cannot_be_true_is_refused(
    billing: Database, client: httpx.AsyncClient, saisie: dict[str, str], code: str
) -> None:
    await recevoir(billing, subscriptions, un_retour())
    (attendu,) = await attendus(client)
    refus = await enregistrer(client, attendu["id"], **saisie)
    assert (refus.status_code, refus.json()["code"]) == (422, code)
    assert (await attendus(client))[0]["reste_ht"] == "120.00"


async def test_purchase_prices_are_for_those_who_may_see_costs(
    billing: Database, service_client: ServiceClient
) -> None:
    await recevoir(billing, subscriptions, un_retour())
    lecteur = await service_client("billing", billing, "facture.lire")
    for chemin in ("", "/totaux", f"/{new_id()}"):
        assert (await lecteur.get(f"/avoirs-fournisseur{chemin}")).status_code == 403
    sans_droit = await service_client("billing", billing, "couts.voir")
    assert (await enregistrer(sans_droit, str(new_id()))).status_code == 403
    facturier = await service_client("billing", billing, "facture.lire", "facture.modifier")
    assert (await enregistrer(facturier, str(new_id()))).status_code == 403, "the answer shows what the goods cost"
    assert (await facturier.post(f"/affaires-fournisseur/{new_id()}/controler", json=CONTROLE)).status_code == 403
