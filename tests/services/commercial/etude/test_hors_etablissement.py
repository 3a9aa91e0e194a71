"""A sale concluded off premises: the consumer reads that one may withdraw and finds the form, a company does not."""

import httpx
import pytest

from shared.database.database import Database
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte


async def lire(client: httpx.AsyncClient, devis: dict[str, str]) -> str:
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    return lu.replace("\u202f", " ").replace("\xa0", " ")


async def situer(client: httpx.AsyncClient, devis: dict[str, str], *, hors: bool) -> None:
    reponse = await client.put(f"/etudes/{devis['etude_id']}/lieu", json={"est_hors_etablissement": hors})
    assert reponse.status_code == 204


@pytest.mark.parametrize("siren", [None, "732829320"])
async def test_only_a_consumer_is_given_the_form_of_withdrawal(
    client: httpx.AsyncClient, database: Database, siren: str | None
) -> None:
    await b.recevoir(database, b.un_tiers(siren=siren))
    devis = await b.un_devis(client)
    assert "rétractation" not in await lire(client, devis)
    await situer(client, devis, hors=True)
    lu = await lire(client, devis)
    for dit in ("délai de rétractation de quatorze jours", "délai de sept jours", "Formulaire de rétractation", "Rayez la mention inutile", devis["numero"]):  # fmt: skip
        assert (dit in lu) is (siren is None or dit == devis["numero"]), dit


async def test_open_propositions_follow_and_what_is_signed_does_not(
    client: httpx.AsyncClient, database: Database
) -> None:
    await b.recevoir(database, b.un_tiers(siren=None))
    devis = await b.un_devis(client)
    soeur = (await client.post(f"/etudes/{devis['etude_id']}/propositions", json={})).json()
    await situer(client, devis, hors=True)
    for id_ in (devis["id"], soeur["id"]):
        assert (await client.get(f"/propositions/{id_}")).json()["est_hors_etablissement"] is True
    assert (await client.post(f"/etudes/{devis['etude_id']}/propositions", json={})).json()["est_hors_etablissement"]
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Lefèvre"})
    await situer(client, devis, hors=False)
    assert "Formulaire de rétractation" in await lire(client, devis)
