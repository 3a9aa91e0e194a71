"""A feuille reopened then validated again: what is not invoiced yet follows, what is invoiced says so."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.inventory import EtatFeuille, FeuilleRouverte, FeuilleValidee
from shared.database.database import Database
from shared.testing.delivery import enveloppe, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import un_client, une_feuille_validee, une_ligne, une_societe

Json = dict[str, Any]


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


def rouvrir(fait: FeuilleValidee, motif: str = "Une caméra de moins") -> FeuilleRouverte:
    """The same feuille, to correct."""
    communs = ("numero", "proposition_id", "devis_numero", "tiers_id", "tiers_nom", "objet")
    etat = EtatFeuille(tout_en_stock=True, attendus=(), **{nom: getattr(fait, nom) for nom in communs})
    return FeuilleRouverte(
        feuille_id=fait.feuille_id,
        demande_id=fait.demande_id,
        motif=motif,
        rouverte_par="Karim",
        rouverte_le=datetime(2026, 3, 17, 9, 0, tzinfo=UTC),
        etat=etat,
    )


async def l_affaire(client: httpx.AsyncClient) -> Json:
    (ligne,) = (await client.get("/affaires-client")).json()["elements"]
    affaire: Json = (await client.get(f"/affaires-client/{ligne['id']}")).json()
    return affaire


async def test_what_is_not_invoiced_waits_for_the_correction_and_follows_it(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fait = une_feuille_validee(une_ligne(quantite=Decimal(4), prix_ht=Decimal(100), remise=Decimal(0)))
    await recevoir(billing, subscriptions, fait, rouvrir(fait))
    affaire = await l_affaire(client)
    assert affaire["correction"] == "Feuille FT-2026-00001 rouverte le 17/03/2026 par Karim : Une caméra de moins"
    refus = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (refus.status_code, refus.json()["code"]) == (409, "affaire_en_correction")
    moins = une_ligne(quantite=Decimal(3), prix_ht=Decimal(100), remise=Decimal(0))
    await recevoir(billing, subscriptions, fait.model_copy(update={"lignes": (moins,)}))
    affaire = await l_affaire(client)
    assert (affaire["total_ht"], affaire["correction"]) == ("300.00", "")
    assert (await client.post(f"/affaires-client/{affaire['id']}/facturer")).status_code in (200, 201)


async def test_what_accounts_corrected_stays_when_the_feuille_says_nothing_new(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fait = une_feuille_validee()
    await recevoir(billing, subscriptions, fait)
    affaire = await l_affaire(client)
    ligne = {"designation": "Caméra dôme", "quantite": "1", "prix_ht": "10", "taux_tva": "20"}
    corps = {"objet": affaire["objet"], "lignes": [ligne]}
    await client.put(f"/affaires-client/{affaire['id']}", json=corps, headers={"If-Match": str(affaire["version"])})
    await recevoir(billing, subscriptions, rouvrir(fait), fait)
    assert (await l_affaire(client))["total_ht"] == "10.00"


async def test_what_is_invoiced_keeps_its_lines_and_tells_accounts(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fait = une_feuille_validee()
    await recevoir(billing, subscriptions, fait)
    avant = await l_affaire(client)
    assert (await client.post(f"/affaires-client/{avant['id']}/facturer")).status_code in (200, 201)
    await recevoir(billing, subscriptions, rouvrir(fait), fait.model_copy(update={"lignes": (une_ligne(),) * 2}))
    apres = await l_affaire(client)
    assert (apres["etat"], apres["total_ht"]) == ("facturee", avant["total_ht"])
    assert apres["correction"] == (
        "Feuille FT-2026-00001 corrigée après la facture : comparez-les, et faites un avoir s’il le faut."
    )


async def test_a_reopening_told_after_the_new_validation_blocks_nothing(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fait = une_feuille_validee()
    premier, tardif = enveloppe(fait), enveloppe(rouvrir(fait))
    await recevoir(billing, subscriptions, premier, enveloppe(fait), tardif)
    assert (await l_affaire(client))["correction"] == ""
