"""The credit limit of a client: a devis that passes it is warned of, or waits for an approval where the company says so."""

from decimal import Decimal

import httpx
import pytest

from shared.contracts.contacts import EncoursModifie
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.garde.test_garde import VENDEUR, decider, envoyer, valider

LIGNE = {"designation": "Baie informatique", "quantite": "1", "prix_fixe_ht": "2000", "nature": "service"}
DIT = "encours du client porté à 12\u202f000,00\u00a0€ HT par ce devis (plafond 10\u202f000,00\u00a0€ HT)"


@pytest.fixture
async def vendeur(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """A salesman: sees costs, approves nothing."""
    return await service_client("commercial", database, *VENDEUR)


async def _plafonner(database: Database, plafond: str | None) -> None:
    """The client has that limit, and owes 10 000."""
    await b.recevoir(
        database,
        b.un_tiers(plafond_encours_ht=plafond),
        EncoursModifie(tiers_id=b.TIERS, encours_ht=Decimal(10_000)),
    )


async def test_a_limit_passed_is_warned_of_and_holds_nothing(
    database: Database, client: httpx.AsyncClient, vendeur: httpx.AsyncClient
) -> None:
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, "10000")
    garde = (await vendeur.get(f"/propositions/{devis['id']}/garde")).json()
    assert (garde["raisons"], garde["alertes"]) == ([], [DIT])
    assert (await envoyer(vendeur, devis["id"])).status_code == 202


async def test_where_the_company_says_so_it_waits_for_an_approval(
    database: Database, client: httpx.AsyncClient, vendeur: httpx.AsyncClient
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True})
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, "10000")
    garde = (await vendeur.get(f"/propositions/{devis['id']}/garde")).json()
    assert (garde["raisons"], garde["alertes"]) == ([DIT], [])
    for refus in (await envoyer(vendeur, devis["id"]), await valider(vendeur, devis["id"])):
        assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
        assert DIT in refus.json()["detail"]
    await vendeur.post(f"/propositions/{devis['id']}/approbation", json={"motif": "Il paie lundi"})
    assert (await decider(client, devis["id"], "accordee")).status_code == 200
    assert (await envoyer(vendeur, devis["id"])).status_code == 202


@pytest.mark.parametrize("plafond", [None, "12000"])
async def test_without_a_limit_or_up_to_it_nothing_is_said(
    database: Database, client: httpx.AsyncClient, vendeur: httpx.AsyncClient, plafond: str | None
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True})
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, plafond)
    garde = (await vendeur.get(f"/propositions/{devis['id']}/garde")).json()
    assert (garde["raisons"], garde["alertes"]) == ([], [])
    assert (await envoyer(vendeur, devis["id"])).status_code == 202


async def test_the_rule_of_the_company_holds_for_who_has_limits_of_his_own(
    database: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True})
    await client.put("/seuils-marge/regles", json={"role": "commercial", "remise_max": "50"})
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, "10000")
    vendeur = await service_client("commercial", database, *VENDEUR)
    assert (await envoyer(vendeur, devis["id"])).json()["code"] == "approbation_requise"


async def test_the_credit_of_a_client_is_not_granted_with_the_right_of_margins(
    database: Database, client: httpx.AsyncClient, vendeur: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True})
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, "10000")
    url, en_attente = f"/propositions/{devis['id']}", {"a_approuver": True}
    des_marges = await service_client("commercial", database, *VENDEUR, "marge.approuver")
    des_encours = await service_client("commercial", database, "devis.lire", "encours.approuver")
    assert (await envoyer(des_marges, devis["id"])).json()["code"] == "approbation_requise", "sa marge ne suffit pas"
    assert (await des_marges.get(f"{url}/garde")).json()["peut_demander"]
    await vendeur.post(f"{url}/approbation", json={"motif": "Il paie lundi"})
    for qui, peut in ((des_marges, False), (des_encours, True), (vendeur, False)):
        assert (await qui.get(f"{url}/garde")).json()["peut_decider"] is peut
    assert (await des_marges.get("/propositions", params=en_attente)).json()["elements"] == []
    assert len((await des_encours.get("/propositions", params=en_attente)).json()["elements"]) == 1
    refus = await decider(des_marges, devis["id"], "accordee")
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert (await decider(des_encours, devis["id"], "accordee")).status_code == 200
    assert (await envoyer(vendeur, devis["id"])).status_code == 202


async def test_beyond_both_limits_both_rights_are_needed(
    database: Database, client: httpx.AsyncClient, vendeur: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True, "remise_max": "5"})
    devis = await b.un_devis(client, [{**LIGNE, "prix_fixe_ht": "2500", "remise": "20"}])
    await _plafonner(database, "10000")
    demande = (await vendeur.post(f"/propositions/{devis['id']}/approbation", json={})).json()
    assert len(demande["raisons"]) == 2
    for droit in ("marge.approuver", "encours.approuver"):
        seul = await service_client("commercial", database, "devis.lire", droit)
        assert (await decider(seul, devis["id"], "accordee")).status_code == 403
    assert (await decider(client, devis["id"], "accordee")).status_code == 200


async def test_who_grants_credit_needs_nobody(
    database: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    await client.put("/seuils-marge", json={"encours_bloque": True})
    devis = await b.un_devis(client, [LIGNE])
    await _plafonner(database, "10000")
    patron = await service_client("commercial", database, *VENDEUR, "encours.approuver")
    assert not (await patron.get(f"/propositions/{devis['id']}/garde")).json()["peut_demander"]
    assert (await envoyer(patron, devis["id"])).status_code == 202
