"""What is to be read again before a devis leaves: said on its page and when it is sent, without holding it."""

import httpx
import pytest

from shared.database.database import Database
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import SAISIE, texte


async def a_relire(client: httpx.AsyncClient, devis_id: str) -> list[str]:
    return list((await client.get(f"/propositions/{devis_id}/garde")).json()["a_relire"])


async def test_a_variable_typed_in_a_devis_is_printed_as_it_is_and_said(client: httpx.AsyncClient) -> None:
    lignes = [b.une_ligne(designation="Pose chez {client}"), b.une_ligne(description="Le {date}\nAccolade { seule }")]
    devis = await b.un_devis(client, lignes)
    (dit,) = await a_relire(client, devis["id"])
    assert dit.startswith("{client}, {date} : imprimé tel quel")
    assert "{client}" in texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    propre = await b.un_devis(client, [b.une_ligne(description="Accolade { seule }")])
    assert await a_relire(client, propre["id"]) == []


@pytest.mark.parametrize(
    ("regime", "numero", "dit"),
    [
        ("intracom", "", "Vente intracommunautaire : le numéro de TVA du client manque"),
        ("autoliquidation", "", "Autoliquidation : le numéro de TVA du client manque"),
        ("intracom", "BE0403170701", ""),
        ("france", "", ""),
        ("export", "", ""),
    ],
)
async def test_a_sale_whose_tax_the_client_pays_wants_his_number(
    client: httpx.AsyncClient, database: Database, regime: str, numero: str, dit: str
) -> None:
    await b.recevoir(database, b.un_tiers(regime_tva=regime, tva_intracom=numero))
    devis = await b.un_devis(client)
    assert [phrase[: len(dit)] for phrase in await a_relire(client, devis["id"])] == ([dit] if dit else [])
    assert (await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)).status_code == 202
