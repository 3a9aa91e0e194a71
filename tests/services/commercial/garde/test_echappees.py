"""What the guard let through: a change after the request, hidden costs, the client's own choice of options."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import (
    ApprobationDevisDecidee,
    ApprobationDevisDemandee,
    DevisEnvoye,
    EnvoiDevisDemande,
    EnvoiDevisEchoue,
)
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.garde.test_garde import VENDEUR, decider, envoyer, limiter


@pytest.fixture
async def vendeur(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """A salesman: sees costs, approves nothing."""
    return await service_client("commercial", database, *VENDEUR)


async def _partir(client: httpx.AsyncClient, database: Database, devis: dict[str, Any]) -> dict[str, Any]:
    """Let the job do what was asked last; the sending afterwards."""
    await b.recevoir(database, (await b.annonces(database, EnvoiDevisDemande))[-1])
    return dict((await client.get(f"/propositions/{devis['id']}/envois")).json()[0])


async def test_a_text_changed_after_the_request_does_not_leave(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    await limiter(client, remise_max="15")
    devis = await b.un_devis(client)
    assert (await envoyer(vendeur, devis["id"])).status_code == 202
    await vendeur.patch(f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}", json={"remise": "60"})
    envoi = await _partir(vendeur, database, devis)
    assert (envoi["etat"], boite.recus, await b.annonces(database, DevisEnvoye)) == ("echec", [], [])
    assert "modifié après la demande d’envoi" in envoi["erreur"]
    (echec,) = await b.annonces(database, EnvoiDevisEchoue)
    assert (echec.numero, echec.raison) == (devis["numero"], envoi["erreur"])


async def test_a_validity_past_while_the_mail_waited_does_not_leave(
    client: httpx.AsyncClient, database: Database, boite: Boite, clock: FrozenClock
) -> None:
    devis = await b.un_devis(client)
    await envoyer(client, devis["id"])
    clock.advance(timedelta(days=31))
    await b.recevoir(database, *await b.annonces(database, EnvoiDevisDemande))
    (echec,) = await b.annonces(database, EnvoiDevisEchoue)
    assert ("validité" in echec.raison, boite.recus) == (True, [])


async def test_hidden_products_dearer_than_the_line_count_for_the_guard(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient, database: Database
) -> None:
    await limiter(client, marque_min="20")
    produit = b.un_produit(prix_achat_ht=Decimal(140))
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    refus = await envoyer(vendeur, devis["id"])
    assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
    assert (
        "taux de marque de 6,67\u00a0%, coûts des produits cachés compris (minimum 20\u00a0%)" in refus.json()["detail"]
    )


@pytest.mark.parametrize("champs", [{"est_option": True, "est_retenue": False}, {"variante": "Baie"}])
async def test_options_the_client_may_choose_count_for_the_guard(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient, champs: dict[str, Any]
) -> None:
    await limiter(client, marque_min="20")
    autre = [b.une_ligne(designation="Baie chère", variante="Baie")] if "variante" in champs else []
    devis = await b.un_devis(client, [b.une_ligne(), *autre, b.une_ligne(cout_ht="400", marge="1", **champs)])
    refus = await envoyer(vendeur, devis["id"])
    assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
    assert "selon les options que le client choisira" in refus.json()["detail"]


async def test_who_approves_is_told_of_a_request_and_the_salesman_of_its_answer(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient, database: Database
) -> None:
    await limiter(client, remise_max="0")
    devis = await b.un_devis(client, [b.une_ligne(remise="1")])
    url = f"/propositions/{devis['id']}/approbation"
    for _ in range(2):  # asked again while it waits: the same request, told once
        await vendeur.post(url, json={"motif": "Concurrence"})
    (demandee,) = await b.annonces(database, ApprobationDevisDemandee)
    assert (demandee.numero, demandee.tiers_nom, demandee.motif) == (devis["numero"], devis["tiers_nom"], "Concurrence")
    await client.post(f"{url}/decider", json={"decision": "refusee", "reponse": "Trop bas"})
    (decidee,) = await b.annonces(database, ApprobationDevisDecidee)
    assert (decidee.est_accordee, decidee.reponse) == (False, "Trop bas")
    assert decidee.demandeur_id == demandee.demandeur_id is not None
    assert not {"total_ht", "raisons"} & demandee.model_dump().keys(), "nothing there says a margin or an amount"
    await vendeur.post(url, json={})
    await decider(client, devis["id"], "accordee")
    assert [f.est_accordee for f in await b.annonces(database, ApprobationDevisDecidee)] == [False, True]
