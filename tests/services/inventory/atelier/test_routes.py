"""Configuration, operations, labels and visibility of an object, over HTTP."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.inventory import FeuillePrete, HistoriqueConfigure, HistoriqueEtiquete, ObjetPrepare
from shared.testing.fixtures import Jeton
from tests.builders.inventory import (
    Atelier,
    attend,
    circuler,
    recu,
    un_devis_valide,
    une_ligne,
    une_reception,
    une_saisie_produit,
)
from tests.services.inventory.feuille.test_placement import agir, la_feuille

Json = dict[str, Any]


@pytest.fixture
async def copieur(atelier: Atelier, client: httpx.AsyncClient) -> Json:
    """A copier received for a feuille that waits for nothing else."""
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.copieur))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ9",))))
    objet: Json = (await la_feuille(client))["colonnes"][0]["objets"][0]
    return objet


async def configurer(client: httpx.AsyncClient, objet: Json, **valeurs: Any) -> httpx.Response:
    """PUT values of the form."""
    return await client.put(f"/historiques/{objet['id']}/configuration", json={"valeurs": valeurs})


@pytest.mark.feature("IN-04", "IN-15")
async def test_the_form_of_the_type_is_filled_little_by_little(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    fiche = (await client.get(f"/historiques/{copieur['id']}")).json()
    assert [c["libelle"] for c in fiche["configuration"]] == [
        "Adresse IP",
        "Compteur noir",
        "Mot de passe administrateur",
    ]
    assert (fiche["preparation"], fiche["etapes_faites"], fiche["etapes_total"]) == ("a_configurer", 0, 4)

    partielle = (await configurer(client, copieur, adresse_ip="192.168.1.20")).json()
    assert (partielle["preparation"], partielle["etapes_faites"]) == ("a_configurer", 1)
    vue = await la_feuille(client)
    assert (vue["colonnes"][0]["objets"][0]["etapes_faites"], vue["colonnes"][0]["est_verte"]) == (1, False)

    complete = (await configurer(client, copieur, compteur_noir="12,5")).json()
    assert complete["preparation"] == "a_faire"
    faits = await atelier.publies(HistoriqueConfigure)
    assert [f.valeurs for f in faits] == [{"adresse_ip": "192.168.1.20"}, {"compteur_noir": "12,5"}]
    assert [f.est_complete for f in faits] == [False, True]
    assert (await configurer(client, copieur, adresse_ip="192.168.1.21")).status_code == 200
    await circuler(atelier.database)
    vie = (await client.get(f"/historiques/{copieur['id']}/fil")).json()["elements"]
    assert [e["titre"] for e in vie if e["type"] == "configuration"] == [
        "Configuration modifiée",
        "Configuration terminée",
        "Configuration modifiée",
    ], "ce qui change ensuite n’est pas terminé une seconde fois"


@pytest.mark.feature("IN-16")
async def test_a_second_person_sees_who_did_what_and_goes_on(
    client: httpx.AsyncClient, copieur: Json, jeton: Jeton
) -> None:
    await configurer(client, copieur, adresse_ip="192.168.1.20")
    url = f"/historiques/{copieur['id']}"
    paul = jeton("feuille.preparer", "stock.lire", nom="Paul Atelier")
    await client.put(f"{url}/actions/firmware", json={"est_faite": True}, headers=paul)

    fiche = (await client.get(url, headers=paul)).json()
    assert fiche["configuration"][0]["par_nom"] == "Camille Test"
    assert fiche["configuration"][0]["le"].startswith("2026-03-17")
    assert (fiche["actions"][0]["est_faite"], fiche["actions"][0]["par_nom"]) == (True, "Paul Atelier")


async def test_wrong_values_are_explained_field_by_field(client: httpx.AsyncClient, copieur: Json) -> None:
    reponse = await configurer(client, copieur, adresse_ip="pas une adresse", inconnu="x", compteur_noir="12")
    assert (reponse.status_code, reponse.json()["code"]) == (422, "configuration_refusee")
    assert {e["champ"] for e in reponse.json()["erreurs"]} == {"adresse_ip", "inconnu"}
    fiche = (await client.get(f"/historiques/{copieur['id']}")).json()
    assert not any(c["est_remplie"] for c in fiche["configuration"])


async def test_a_secret_is_encrypted_masked_and_read_with_a_trace(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    fiche = (await configurer(client, copieur, mot_de_passe="S3cret!")).json()
    assert fiche["configuration"][2]["valeur"] == "••••••••"
    masque = (await configurer(client, copieur, mot_de_passe="••••••••")).json()
    assert masque["configuration"][2]["est_remplie"]
    assert "S3cret!" not in (await atelier.publies(HistoriqueConfigure))[0].model_dump_json()

    url = f"/historiques/{copieur['id']}/secrets/mot_de_passe/reveler"
    assert (await client.post(url)).json() == {"cle": "mot_de_passe", "valeur": "S3cret!"}
    (lue,) = (await client.get(f"/historiques/{copieur['id']}/consultations")).json()
    assert (lue["cle"], lue["par_nom"]) == ("mot_de_passe", "Camille Test")
    async with atelier.database.read() as session:
        tout = await session.scalar(
            text("SELECT string_agg(row_to_json(t)::text, '') FROM (SELECT * FROM valeur_configuration) t")
        )
        traces = await session.scalar(text("SELECT string_agg(coalesce(apres::text, ''), '') FROM audit"))
        lecteurs = list(await session.scalars(text("SELECT par_nom FROM consultation_secret")))
    assert "S3cret!" not in tout
    assert "S3cret!" not in traces
    assert lecteurs == ["Camille Test"]


async def test_a_replaced_value_stays_dated(atelier: Atelier, client: httpx.AsyncClient, copieur: Json) -> None:
    await configurer(client, copieur, adresse_ip="192.168.1.20")
    fiche = (await configurer(client, copieur, adresse_ip="192.168.1.21")).json()
    assert fiche["configuration"][0]["valeur"] == "192.168.1.21"
    async with atelier.database.read() as session:
        passees = await session.scalar(text("SELECT count(*) FROM valeur_configuration WHERE remplacee_le IS NOT NULL"))
    assert passees == 1


@pytest.mark.feature("IN-18")
async def test_a_label_code_is_unique_in_the_whole_base(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    codes = (await client.post("/etiquettes/generer", json={"nombre": 3})).json()["codes"]
    url = f"/historiques/{copieur['id']}/etiquette"
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1")))
    autre = (await client.get("/historiques", params={"etat": "en_stock"})).json()["elements"][0]

    adresse = f"http://127.0.0.1:8000/e/{codes[0]}"
    assert (await client.post(url, json={"code": adresse})).json()["etiquette"] == codes[0]
    assert (await client.post(url, json={"code": codes[0].lower()})).status_code == 200
    refus = await client.post(f"/historiques/{autre['id']}/etiquette", json={"code": codes[0]})
    assert (refus.status_code, refus.json()["code"]) == (409, "etiquette_deja_posee")
    assert (await client.post(url, json={"code": codes[1]})).json()["code"] == "objet_deja_etiquete"
    assert (await client.post(url, json={"code": "ZZZZZZZZZZ"})).status_code == 404
    assert len(await atelier.publies(HistoriqueEtiquete)) == 1


@pytest.mark.feature("IN-30", "IN-22")
async def test_a_product_that_wants_a_label_keeps_its_column_from_being_green(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    await configurer(client, copieur, adresse_ip="192.168.1.20", compteur_noir="0")
    await client.put(f"/historiques/{copieur['id']}/actions/firmware", json={"est_faite": True})
    assert not (await la_feuille(client))["colonnes"][0]["est_verte"]
    assert await atelier.publies(FeuillePrete) == []

    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    await client.post(f"/historiques/{copieur['id']}/etiquette", json={"code": code})
    vue = await la_feuille(client)
    assert (vue["colonnes"][0]["est_verte"], vue["etat"]) == (True, "prete")
    assert len(await atelier.publies(FeuillePrete)) == 1


@pytest.mark.feature("IN-05")
async def test_a_product_without_form_may_ask_for_an_operation(atelier: Atelier, client: httpx.AsyncClient) -> None:
    corps = une_saisie_produit("SW-24", actions=[{"cle": "firmware", "libelle": "Firmware mis à jour"}])
    produit = (await client.post("/produits", json=corps.model_dump(mode="json"))).json()
    await client.post(
        "/entrees",
        json={
            "produit_id": produit["id"],
            "depot_id": str(atelier.depots["ANN"]),
            "quantite": "1",
            "motif": "Inventaire",
        },
    )
    objet = (await client.get("/historiques", params={"produit_id": produit["id"]})).json()["elements"][0]
    url = f"/historiques/{objet['id']}"
    fiche = (await client.put(f"{url}/actions/firmware", json={"est_faite": True})).json()
    assert fiche["actions"][0]["par_nom"] == "Camille Test"
    assert fiche["actions"][0]["le"].startswith("2026-03-17")
    assert (fiche["est_configurable"], fiche["preparation"]) == (False, "pret")
    decoche = (await client.put(f"{url}/actions/firmware", json={"est_faite": False})).json()
    assert decoche["preparation"] == "a_faire"
    assert (await client.put(f"{url}/actions/autre", json={"est_faite": True})).status_code == 404


async def test_typed_objects_are_visible_in_the_parc_unless_told_otherwise(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    assert copieur["est_visible_parc"]
    url = f"/historiques/{copieur['id']}/visibilite"
    assert not (await client.put(url, json={"est_visible_parc": False})).json()["est_visible_parc"]
    assert (await client.put(url, json={"est_visible_parc": None})).json()["est_visible_parc"]


async def test_labels_made_for_objects_are_bound_at_once(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    lot = (await client.post("/etiquettes/generer", json={"historique_ids": [copieur["id"]]})).json()
    fiche = (await client.get(f"/historiques/{copieur['id']}")).json()
    assert (lot["posees"], fiche["etiquette"]) == (1, lot["codes"][0])


async def test_the_workshop_needs_its_permission(client: httpx.AsyncClient, copieur: Json, jeton: Jeton) -> None:
    entetes = jeton("stock.lire", "feuille.lire")
    url = f"/historiques/{copieur['id']}"
    for methode, chemin, corps in (
        ("PUT", f"{url}/configuration", {"valeurs": {}}),
        ("PUT", f"{url}/actions/firmware", {"est_faite": True}),
        ("POST", f"{url}/etiquette", {"code": "ABCDE"}),
        ("POST", f"{url}/secrets/mot_de_passe/reveler", {}),
        ("GET", f"{url}/consultations", None),
        ("POST", "/etiquettes/generer", {"nombre": 1}),
    ):
        assert (await client.request(methode, chemin, json=corps, headers=entetes)).status_code == 403, chemin


async def test_a_quantity_is_neither_configured_nor_labelled(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "305")))
    rouleau = (await client.get("/historiques")).json()["elements"][0]
    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    reponse = await client.post(f"/historiques/{rouleau['id']}/etiquette", json={"code": code})
    assert (reponse.status_code, reponse.json()["code"]) == (409, "objet_non_unitaire")


@pytest.mark.feature("IN-26")
async def test_after_installation_the_feuille_is_completed_until_validated(
    client: httpx.AsyncClient, copieur: Json
) -> None:
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    assert (await configurer(client, copieur, adresse_ip="192.168.1.50")).status_code == 200
    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    assert (await client.post(f"/historiques/{copieur['id']}/etiquette", json={"code": code})).status_code == 200


async def test_the_configuration_window_is_saved_whole_or_not_at_all(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    url = f"/historiques/{copieur['id']}/preparation"
    corps = {
        "valeurs": {"adresse_ip": "192.168.1.20", "compteur_noir": "3"},
        "actions": {"firmware": True},
        "numero_serie": "CZ10",
        "est_visible_parc": False,
        "code_etiquette": "ZZZZZZZZZZ",
    }
    assert (await client.put(url, json=corps)).status_code == 404
    assert (await client.get(f"/historiques/{copieur['id']}")).json()["etapes_faites"] == 0

    assert await atelier.publies(ObjetPrepare) == []

    fiche = (await client.put(url, json={**corps, "code_etiquette": code})).json()
    (fait,) = await atelier.publies(ObjetPrepare)
    assert (str(fait.historique_id), fait.est_pret, fait.etapes_faites) == (copieur["id"], True, 4)
    assert str(fait.feuille_id) == (await la_feuille(client))["id"]
    assert (fiche["preparation"], fiche["numero_serie"], fiche["etiquette"]) == ("pret", "CZ10", code)
    assert not fiche["est_visible_parc"]
    assert (await la_feuille(client))["etat"] == "prete"
