"""Whoever writes in a proposition is announced, with the version to expect and nothing of what was written."""

import httpx

from shared.contracts.commercial import PropositionModifiee
from shared.database.database import Database
from tests.builders import commercial as b


async def test_each_writing_is_announced_once_with_its_version(client: httpx.AsyncClient, database: Database) -> None:
    devis = await b.un_devis(client, [b.une_ligne()])
    avant = len(await b.annonces(database, PropositionModifiee))
    url, ligne = f"/propositions/{devis['id']}", devis["lignes"][0]
    vus = [
        (await client.patch(f"{url}/lignes/{ligne['id']}", json={"quantite": "3"})).json(),
        (await client.patch(f"{url}/lignes/{ligne['id']}", json={"quantite": "3"})).json(),  # says nothing new
        (await client.put(url, json={"objet": "Vidéo", "valide_jusqu_au": "2027-01-31"})).json(),
    ]
    faits = (await b.annonces(database, PropositionModifiee))[avant:]
    assert [fait.version for fait in faits] == [vus[0]["version"], vus[2]["version"]]
    assert {str(fait.proposition_id) for fait in faits} == {devis["id"]}
