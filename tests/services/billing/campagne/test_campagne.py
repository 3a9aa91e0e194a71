"""The monthly run: what is due, once, step by step, and one bad contract does not stop the others."""

from datetime import date, timedelta
from itertools import pairwise

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.campagne.rules import ajouter_mois, fin_de_mois, periodes_dues
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import CampagneTerminee, EnvoiFactureDemande
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.statements import sent
from tests.builders.billing import un_client, un_contrat, une_societe

JOURS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@given(debut=JOURS, mois=st.integers(1, 24), duree=st.integers(0, 60), a_echoir=st.booleans())
def test_periods_follow_one_another_without_hole_or_overlap(debut: date, mois: int, duree: int, a_echoir: bool) -> None:
    campagne = ajouter_mois(debut, duree)
    periodes = list(
        periodes_dues(
            debut=debut, fin=None, periodicite_mois=mois, est_a_echoir=a_echoir, mois_campagne=campagne.replace(day=1)
        )
    )
    for avant, apres in pairwise(periodes):
        assert apres.debut == avant.fin + timedelta(days=1)
    for periode in periodes:
        assert (periode.debut if a_echoir else periode.fin) <= fin_de_mois(campagne)
    if a_echoir:
        assert len(periodes) == duree // mois + 1


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


async def _campagne(client: httpx.AsyncClient, periode: str) -> dict[str, object]:
    reponse = await client.post("/campagnes", json={"periode": periode})
    assert reponse.status_code == 201, reponse.text
    corps: dict[str, object] = reponse.json()
    return corps


@pytest.mark.feature("BI-10", "BI-11", "BI-12")
async def test_the_steps_one_after_the_other_and_never_twice(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_contrat(), un_contrat(numero="CT-2026-00002"))
    campagne = await _campagne(client, "2026-03")
    assert [ligne["montant_ht"] for ligne in campagne["lignes"]] == ["120.00", "120.00"]  # type: ignore[attr-defined]
    adresse = f"/campagnes/{campagne['id']}"
    tot = await client.post(f"{adresse}/emettre")
    assert (tot.status_code, tot.json()["code"]) == (409, "etape_non_atteinte")
    for verbe in ("creer-affaires", "creer-affaires", "emettre", "emettre", "envoyer", "envoyer"):
        assert (await client.post(f"{adresse}/{verbe}")).status_code == 200
    assert (await client.get("/factures/totaux")).json() == {
        "nombre": 2,
        "total_ttc": "288.00",
        "reste_du_ttc": "288.00",
    }
    assert len(await annonces(billing, EnvoiFactureDemande)) == 2
    terminee = (await annonces(billing, CampagneTerminee))[-1]
    assert isinstance(terminee, CampagneTerminee)
    assert (terminee.factures, terminee.erreurs) == (2, 0)


@pytest.mark.feature("BI-15")
async def test_each_frequency_is_billed_at_its_own_month(billing: Database, client: httpx.AsyncClient) -> None:
    trimestriel = un_contrat(numero="TRIM", debut=date(2026, 1, 1), periodicite_mois=3)
    annuel = un_contrat(numero="AN", debut=date(2025, 4, 1), periodicite_mois=12)
    await recevoir(billing, subscriptions, trimestriel, annuel)
    attendus = {"2026-03": {"TRIM": 1, "AN": 1}, "2026-04": {"TRIM": 1, "AN": 1}, "2026-05": {}}
    for periode, numeros in attendus.items():
        campagne = await _campagne(client, periode)
        lus = [ligne["contrat_numero"] for ligne in campagne["lignes"]]  # type: ignore[attr-defined]
        assert {n: lus.count(n) for n in lus} == numeros
        await client.post(f"/campagnes/{campagne['id']}/creer-affaires")


async def test_missed_months_are_proposed_again(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_contrat(debut=date(2026, 1, 15)))
    campagne = await _campagne(client, "2026-03")
    libelles = [ligne["libelle_periode"] for ligne in campagne["lignes"]]  # type: ignore[attr-defined]
    assert libelles == [
        "du 15/01/2026 au 14/02/2026",
        "du 15/02/2026 au 14/03/2026",
        "du 15/03/2026 au 14/04/2026",
    ]


async def test_one_bad_contract_keeps_its_error_and_the_others_are_invoiced(
    billing: Database, client: httpx.AsyncClient
) -> None:
    inconnu = un_contrat(numero="CT-PERDU", tiers_id=new_id(), tiers_nom="Client sans adresse")
    await recevoir(billing, subscriptions, un_contrat(), inconnu, un_contrat(numero="CT-2026-00003"))
    campagne = await _campagne(client, "2026-03")
    for verbe in ("creer-affaires", "emettre"):
        campagne = (await client.post(f"/campagnes/{campagne['id']}/{verbe}")).json()
    lignes = {ligne["contrat_numero"]: ligne for ligne in campagne["lignes"]}  # type: ignore[attr-defined]
    assert "n’a pas d’adresse" in lignes["CT-PERDU"]["erreur"]
    numeros = sorted(ligne["facture_numero"] for ligne in lignes.values() if ligne["facture_numero"])
    assert numeros == ["FC-2026-00001", "FC-2026-00002"]
    await recevoir(billing, subscriptions, un_client(inconnu.tiers_id))
    reprise = (await client.post(f"/campagnes/{campagne['id']}/emettre")).json()
    assert [ligne["erreur"] for ligne in reprise["lignes"]] == ["", "", ""]


async def test_a_contract_more_costs_one_statement_more(billing: Database, client: httpx.AsyncClient) -> None:
    async def envoyees(periode: str) -> tuple[int, int]:
        adresse = f"/campagnes/{(await _campagne(client, periode))['id']}"
        with sent(billing) as instructions:
            for verbe in ("creer-affaires", "emettre"):
                reponse = await client.post(f"{adresse}/{verbe}")
                assert reponse.status_code == 200, reponse.text
        return len(instructions), len([1 for ligne in reponse.json()["lignes"] if ligne["facture_numero"]])

    await recevoir(billing, subscriptions, un_contrat(numero="CT-01"), un_contrat(numero="CT-02"))
    peu, deux = await envoyees("2026-03")
    await recevoir(billing, subscriptions, *(un_contrat(numero=f"CT-{rang}") for rang in range(10, 28)))
    beaucoup, toutes = await envoyees("2026-04")
    assert (deux, toutes) == (2, 38)
    assert beaucoup - peu == toutes - deux  # its affaire is updated alone: SQLAlchemy checks the version of each
