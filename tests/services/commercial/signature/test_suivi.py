"""Each person has a link of their own: what they open, read and sign is told by person, and no image spies."""

import re
from typing import Any

import httpx

from shared.contracts.commercial import DevisEnvoye, EnvoiDevisDemande
from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b

DEUX = ["achats@example.fr", "direction@example.fr"]


async def envoye(client: httpx.AsyncClient, database: Database, boite: Boite) -> tuple[dict[str, Any], dict[str, str]]:
    """A devis sent to two people, and the link each received."""
    devis = await b.un_devis(client)
    corps = {"destinataires": DEUX, "sujet": "Votre devis", "message": "Bonjour,\n\nVoici."}
    assert (await client.post(f"/propositions/{devis['id']}/envoyer", json=corps)).status_code == 202
    await b.recevoir(database, (await b.annonces(database, EnvoiDevisDemande))[-1])
    liens = {}
    for message in boite.recus:
        texte = message.get_body(("plain",))
        html = message.get_body(("html",))
        assert texte is not None
        assert html is not None
        assert "<img" not in html.get_content()
        trouve = re.search(r"/portail/devis/[\w-]+", texte.get_content())
        assert trouve is not None
        liens[str(message["To"])] = trouve.group()
    return devis, liens


async def suivis(client: httpx.AsyncClient, devis: dict[str, Any]) -> dict[str, dict[str, Any]]:
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    return {suivi["adresse"]: suivi for suivi in envoi["suivis"]}


async def test_what_each_person_does_of_their_own_link_is_told(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, liens = await envoye(client, database, boite)
    assert sorted(liens) == DEUX
    assert len({message["Message-ID"] for message in boite.recus}) == 2
    (fait,) = await b.annonces(database, DevisEnvoye)
    assert list(fait.destinataires) == DEUX
    avant = await suivis(client, devis)
    assert [(s["ouvert_le"], s["ouvertures"], s["reponse"]) for s in avant.values()] == [(None, 0, None)] * 2
    for quoi in ("page", "page", "document"):
        assert (await client.post(f"{liens[DEUX[1]]}/lectures", json={"quoi": quoi})).status_code == 204
    accord = {"nom": "Anne Martin", "nom_vaut_signature": True}
    assert (await client.post(f"{liens[DEUX[1]]}/accepter", json=accord)).status_code == 200
    apres = await suivis(client, devis)
    assert apres[DEUX[0]]["ouvert_le"] is None
    direction = apres[DEUX[1]]
    assert (direction["ouvertures"], direction["reponse"], direction["repondu_par"]) == (2, "accord", "Anne Martin")
    assert None not in (direction["ouvert_le"], direction["telecharge_le"], direction["repondu_le"])
    assert (await client.get(liens[DEUX[0]])).json()["etat"] == "accepte"


async def test_an_unknown_link_tells_nothing(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    devis, _ = await envoye(client, database, boite)
    assert (await client.post(f"/portail/devis/{'x' * 43}/lectures", json={"quoi": "page"})).status_code == 404
    assert all(s["ouvert_le"] is None for s in (await suivis(client, devis)).values())
