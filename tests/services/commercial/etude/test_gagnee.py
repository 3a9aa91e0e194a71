"""Once a devis of an etude is signed, it is completed by avenants: nothing else begins there, counts or is sent."""

import httpx
import pytest
from sqlalchemy import text

from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.etude.test_avenant import _avenant, _signer
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien

MAIL = {"destinataires": ["a@b.fr"], "sujet": "s", "message": "m"}


@pytest.mark.feature("CO-24")
async def test_nothing_but_an_avenant_begins_after_the_signature(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    soeur = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    await _signer(client, devis["id"])
    for chemin in (
        f"/propositions/{devis['id']}/dupliquer",
        f"/propositions/{soeur['id']}/dupliquer",
        f"/propositions/{soeur['id']}/rouvrir",
        f"/etudes/{devis['etude_id']}/propositions",
    ):
        refus = await client.post(chemin, json={})
        assert (refus.status_code, refus.json()["code"]) == (409, "autre_devis_deja_valide"), chemin
        assert f"Le devis {devis['numero']}" in refus.json()["detail"]
        assert "créez un avenant" in refus.json()["detail"]
    avenant = await _avenant(client, devis["id"], b.une_ligne())
    assert (await client.post(f"/propositions/{avenant['id']}/dupliquer", json={})).is_success
    await client.post(f"/propositions/{avenant['id']}/ne-pas-retenir", json={})
    assert (await client.post(f"/propositions/{avenant['id']}/rouvrir", json={})).is_success


async def _draft_left_open(client: httpx.AsyncClient, database: Database, devis_id: str, soeur_id: str) -> None:
    """What older versions allowed: the sister of a signed devis open again."""
    await _signer(client, devis_id)
    async with database.engine.begin() as connexion:
        ouverte = text("UPDATE proposition SET statut = 'envoye', clos_le = NULL WHERE id = :id")
        await connexion.execute(ouverte, {"id": soeur_id})


async def test_a_sister_left_open_is_not_sent_and_tells_the_client_his_own_words(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client)
    soeur = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    await b.envoyer(client, database, soeur["id"])
    lien = dernier_lien(boite)
    await _draft_left_open(client, database, devis["id"], soeur["id"])
    refus = await client.post(f"/propositions/{soeur['id']}/envoyer", json=MAIL)
    assert refus.json()["code"] == "autre_devis_deja_valide"
    assert (await client.get(lien)).json()["etat"] == "clos"
    reponse = await client.post(f"{lien}/accepter", json=ACCORD)
    assert (reponse.status_code, reponse.json()["code"]) == (409, "deja_repondu")
    assert reponse.json()["detail"].endswith("une autre proposition a été retenue.")
    assert "avenant" not in reponse.json()["detail"]


async def test_the_forecast_ignores_a_won_etude_but_its_avenants(client: httpx.AsyncClient, database: Database) -> None:
    devis = await b.un_devis(client)
    soeur = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    await _draft_left_open(client, database, devis["id"], soeur["id"])
    ensemble = (await client.get("/pilotage")).json()["ensemble"]
    assert (ensemble["ouvertes"], ensemble["pondere_ht"]) == (0, "0")
    for quantite in ("1", "2"):
        await _avenant(client, devis["id"], b.une_ligne(quantite=quantite))
    ensemble = (await client.get("/pilotage")).json()["ensemble"]
    assert (ensemble["ouvertes"], ensemble["brut_ht"]) == (2, "450.00")


@pytest.mark.feature("CO-21")
async def test_what_the_signature_put_aside_goes_on_in_a_new_etude(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [b.une_ligne(), b.une_ligne(designation="Pose", marge="20")])
    soeur = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    assert (await client.post(f"/propositions/{soeur['id']}/reprendre")).json()["code"] == "rien_a_reprendre"
    await _signer(client, devis["id"])
    assert (await client.post(f"/propositions/{devis['id']}/reprendre")).json()["code"] == "rien_a_reprendre"
    reprise = (await client.post(f"/propositions/{soeur['id']}/reprendre")).json()
    assert (reprise["statut"], reprise["rang"], reprise["demande_id"]) == ("brouillon", 1, devis["demande_id"])
    assert reprise["etude_id"] != devis["etude_id"]
    assert [ligne["designation"] for ligne in reprise["lignes"]] == ["Enregistreur NVR", "Pose"]
    assert reprise["totaux"] == devis["totaux"]
    await _signer(client, reprise["id"])
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "valide"
