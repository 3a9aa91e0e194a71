"""From a label to client, object, place, contract: what reception sees during the call."""

import httpx
import pytest

from shared.database.database import Database
from tests.builders.maintenance import CLIENT, contrat_actif, equipement


@pytest.mark.feature("MA-24")
async def test_the_code_gives_client_object_place_and_contract_at_once(client: httpx.AsyncClient) -> None:
    copieur = await equipement(client, etiquette="AM-7K2P", lieu="Bât B / 2e", groupe="Accueil")
    lignes = [{"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": [copieur["id"]]}]
    contrat = await contrat_actif(client, lignes=lignes)
    reponse = await client.get("/equipements/par-etiquette/am-7k2p")
    assert reponse.status_code == 200, reponse.text
    lu = reponse.json()
    assert (lu["tiers"]["id"], lu["tiers"]["telephone"], lu["tiers"]["ville"]) == (
        str(CLIENT),
        "+33450510001",
        "Annecy",
    )
    assert (lu["equipement"]["designation"], lu["equipement"]["lieu"]) == ("Copieur tiers", "Bât B / 2e")
    assert lu["contrat"]["numero"] == contrat["numero"]
    assert (lu["couverture"], lu["prochaine_visite"]) == ("contrat", "2026-03-31")


async def test_without_contract_the_tariffs_decide(client: httpx.AsyncClient) -> None:
    await equipement(client, etiquette="AM-1")
    chemin = "/equipements/par-etiquette/AM-1"
    assert (await client.get(chemin)).json()["couverture"] == "aucune"
    tarifs = {"tiers_id": str(CLIENT), "taux_horaire_ht": "72", "deplacement_ht": "45"}
    await client.post("/accords", json=tarifs)
    lu = (await client.get(chemin)).json()
    assert (lu["couverture"], lu["accord"]["numero"]) == ("en_attente", "AT-2026-00001")


async def test_an_unknown_label_is_refused(client: httpx.AsyncClient, maintenance: Database) -> None:
    refus = await client.get("/equipements/par-etiquette/ZZ-9")
    assert (refus.status_code, refus.json()["code"]) == (404, "etiquette_inconnue")
    assert "ZZ-9" in refus.json()["detail"]
