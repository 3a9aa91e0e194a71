"""The line editor's API: the whole content, one row, hidden products, costs hidden without the right."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import BesoinsPressentis
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

D: Any = Decimal  # so that amounts compare with plain numbers


@pytest.mark.feature("CO-03", "CO-04", "CO-05")
async def test_lines_in_order_with_cost_margin_and_a_long_description(client: httpx.AsyncClient) -> None:
    lignes = [
        {"genre": "section", "designation": "Vidéosurveillance"},
        b.une_ligne(designation="NVR", description="Une ligne\n  une autre, en retrait"),
        b.une_ligne(designation="Caméra", quantite="4", cout_ht="112", marge="45", remise="5"),
    ]
    devis = await b.un_devis(client, lignes)
    assert [ligne["designation"] for ligne in devis["lignes"]] == ["Vidéosurveillance", "NVR", "Caméra"]
    assert [ligne["numero"] for ligne in devis["lignes"]] == ["", "1", "2"]
    assert devis["lignes"][1]["description"] == "Une ligne\n  une autre, en retrait"
    assert D(devis["lignes"][1]["prix_ht"]) == 150
    assert D(devis["lignes"][2]["total_ht"]) == D("617.12")
    inverse = [devis["lignes"][i] | {"produits": None} for i in (2, 0, 1)]
    reponse = await client.put(f"/propositions/{devis['id']}/lignes", json={"lignes": inverse})
    assert [ligne["id"] for ligne in reponse.json()["lignes"]] == [ligne["id"] for ligne in inverse]
    relu = (await client.get(f"/propositions/{devis['id']}")).json()
    assert [ligne["designation"] for ligne in relu["lignes"]] == ["Caméra", "Vidéosurveillance", "NVR"]


@pytest.mark.feature("CO-06")
async def test_a_fixed_price_replaces_the_computed_one_and_gives_it_back(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    fixe = (await client.patch(url, json={"prix_fixe_ht": "199"})).json()["lignes"][0]
    assert (D(fixe["prix_ht"]), D(fixe["taux_marge"]), D(fixe["taux_marque"])) == (199, 99, D("49.75"))
    autre_cout = (await client.patch(url, json={"cout_ht": "150"})).json()["lignes"][0]
    assert D(autre_cout["prix_ht"]) == 199
    rendu = (await client.patch(url, json={"prix_fixe_ht": None})).json()["lignes"][0]
    assert D(rendu["prix_ht"]) == 225


async def test_a_line_that_becomes_a_service_is_saved_and_traced(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    ligne = devis["lignes"][0]
    reponse = await client.patch(f"/propositions/{devis['id']}/lignes/{ligne['id']}", json={"nature": "service"})
    assert reponse.is_success, reponse.text
    conflit = await client.put(f"/propositions/{devis['id']}/lignes", json={"lignes": []}, headers={"If-Match": "2"})
    change = conflit.json()["modifications"][0]["apres"]["derniers_changements"][0]
    assert (change["nature"], change["bien_ou_service"]) == ("modifiée", ["bien", "service"])


@pytest.mark.feature("CO-07")
async def test_a_discount_changes_the_net_price_and_the_real_margin(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    ligne = (await client.patch(url, json={"remise": "10"})).json()["lignes"][0]
    assert (D(ligne["total_ht"]), D(ligne["taux_marge"])) == (135, 35)


@pytest.mark.feature("CO-08")
async def test_totals_to_the_cent_with_vat_by_rate(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(
        client,
        [
            b.une_ligne(cout_ht="0.86", marge="110", quantite="180"),
            b.une_ligne(cout_ht="379", marge="32", remise="10"),
            b.une_ligne(prix_fixe_ht="33.33", taux_tva="5.5", cout_ht="10"),
        ],
    )
    totaux = devis["totaux"]
    assert (D(totaux["total_ht"]), D(totaux["total_tva"])) == (D("809.38"), D("157.04"))
    assert D(totaux["total_ttc"]) == D("966.42")
    assert [(D(g["taux"]), D(g["montant_tva"])) for g in totaux["groupes"]] == [
        (D("5.5"), D("1.83")),
        (20, D("155.21")),
    ]
    assert (D(totaux["cout_ht"]), D(totaux["marge_ht"])) == (D("543.80"), D("265.58"))


@pytest.mark.feature("CO-09", "CO-15")
async def test_hidden_products_stand_under_their_line_with_their_cost(
    client: httpx.AsyncClient, database: Database
) -> None:
    produits = [b.un_produit(f"REF-{i}", f"Produit {i}", prix_achat_ht=D(20 * i)) for i in range(1, 5)]
    await b.recevoir(database, *produits)
    devis = await b.un_devis(client)
    ligne = devis["lignes"][0]["id"]
    for produit in produits:
        reponse = await client.post(
            f"/propositions/{devis['id']}/lignes/{ligne}/produits",
            json={"produit_id": str(produit.produit_id), "note": "à plat"},
        )
        assert reponse.status_code == 201
    vue = reponse.json()["lignes"][0]
    assert [p["reference"] for p in vue["produits"]] == ["REF-1", "REF-2", "REF-3", "REF-4"]
    assert (D(vue["cout_cache_ht"]), D(vue["cout_total_ht"]), vue["alerte"]) == (200, 100, True)
    assert D(vue["cout_couvrant_ht"]) * D(vue["quantite"]) == 200
    cache = vue["produits"][3]["id"]
    url = f"/propositions/{devis['id']}/lignes/{ligne}/produits"
    moins = (await client.patch(f"{url}/{cache}", json={"quantite": "0.5"})).json()["lignes"][0]
    assert D(moins["cout_cache_ht"]) == 160
    reste = (await client.delete(f"{url}/{cache}")).json()["lignes"][0]
    assert (len(reste["produits"]), D(reste["cout_cache_ht"])) == (3, 120)
    detail = (await client.get(url)).json()
    assert [(p["reference"], p["note"]) for p in detail] == [(f"REF-{i}", "à plat") for i in (1, 2, 3)]


async def test_a_hidden_product_said_again_adds_its_quantity_unless_it_has_a_note(
    client: httpx.AsyncClient, database: Database
) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}/produits"
    for saisie in ({"quantite": "2"}, {"quantite": "3"}, {"note": "pour l’étage"}, {}):
        vue = (await client.post(url, json={"produit_id": str(produit.produit_id), **saisie})).json()["lignes"][0]
    assert [(D(p["quantite"]), p["note"]) for p in vue["produits"]] == [(6, ""), (1, "pour l’étage")]


async def test_hidden_products_survive_a_save_that_does_not_mention_them(
    client: httpx.AsyncClient, database: Database
) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id), "quantite": "2"}])])
    ligne = devis["lignes"][0]
    url = f"/propositions/{devis['id']}/lignes"
    garde = (await client.put(url, json={"lignes": [b.une_ligne(id=ligne["id"], quantite="9")]})).json()["lignes"][0]
    assert [p["id"] for p in garde["produits"]] == [ligne["produits"][0]["id"]]
    vide = (await client.put(url, json={"lignes": [b.une_ligne(id=ligne["id"], produits=[])]})).json()["lignes"][0]
    assert vide["produits"] == []


async def test_costs_are_null_and_cannot_be_written_without_the_right(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    ligne = devis["lignes"][0]["id"]
    sans = await service_client("commercial", database, "devis.lire", "devis.modifier")
    vue = (await sans.get(f"/propositions/{devis['id']}")).json()
    caches = ("cout_ht", "marge", "cout_total_ht", "cout_cache_ht", "taux_marge", "taux_marque")
    assert {vue["lignes"][0][champ] for champ in caches} == {None}
    assert vue["lignes"][0]["produits"][0]["cout_ht"] is None
    assert {vue["totaux"][c] for c in ("cout_ht", "cout_cache_ht", "marge_ht", "taux_marge", "taux_marque")} == {None}
    assert (await sans.get("/propositions")).json()["elements"][0]["cout_ht"] is None
    assert (await sans.get(f"/propositions/{devis['id']}/lignes/{ligne}/produits")).json()[0]["cout_ht"] is None
    assert (await sans.get("/produits")).json()[0]["prix_achat_ht"] is None
    url = f"/propositions/{devis['id']}/lignes"
    await sans.put(url, json={"lignes": [b.une_ligne(id=ligne, cout_ht="1", marge="0", quantite="2")]})
    await sans.patch(f"{url}/{ligne}", json={"cout_ht": "1", "remise": "10"})
    relue = (await client.get(f"/propositions/{devis['id']}")).json()["lignes"][0]
    assert [D(relue[c]) for c in ("cout_ht", "marge", "quantite", "remise", "prix_ht")] == [100, 50, 2, 10, 150]
    conflit = await sans.put(url, json={"lignes": []}, headers={"If-Match": str(devis["version"])})
    assert conflit.status_code == 409
    assert "cout" not in conflit.text
    assert "marge" not in conflit.text


async def test_who_writes_second_is_told_who_wrote_first(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    version = {"If-Match": f'"{devis["version"]}"'}
    assert (await client.patch(url, json={"quantite": "2"}, headers=version)).status_code == 200
    conflit = await client.patch(url, json={"quantite": "3"}, headers=version)
    assert (conflit.status_code, conflit.json()["code"]) == (409, "version_perimee")
    change = conflit.json()["modifications"][0]["apres"]["derniers_changements"][0]
    assert change["ligne"] == "Enregistreur NVR"
    assert change["quantite"] == ["1.000", "2"]


async def test_a_save_that_changes_nothing_moves_no_version(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    ligne = b.une_ligne(id=devis["lignes"][0]["id"])
    reponse = await client.put(f"/propositions/{devis['id']}/lignes", json={"lignes": [ligne]})
    assert reponse.json()["version"] == devis["version"]


@pytest.mark.parametrize(
    ("ligne", "code"),
    [
        ({"taux_tva": "19"}, "taux_tva_inconnu"),
        ({"quantite": "999999", "prix_fixe_ht": "9999999"}, "montant_trop_grand"),
        ({"quantite": "-1"}, "saisie_invalide"),
        ({"remise": "101"}, "saisie_invalide"),
        ({"description": "x" * 5001}, "saisie_invalide"),
        ({"produits": [{"produit_id": "01970000-0000-7000-8000-000000000000"}]}, "produit_inconnu"),
        ({"id": "01970000-0000-7000-8000-000000000000"}, "ligne_inconnue"),
    ],
)
async def test_what_cannot_be_saved_is_refused_and_changes_nothing(
    client: httpx.AsyncClient, ligne: dict[str, object], code: str
) -> None:
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}/lignes"
    reponse = await client.put(url, json={"lignes": [b.une_ligne(), b.une_ligne(**ligne)]})
    assert (reponse.status_code in (404, 422), reponse.json()["code"]) == (True, code)
    assert (await client.get(f"/propositions/{devis['id']}")).json() == devis


async def test_at_most_a_thousand_lines_and_never_twice_the_same(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    url, id_ = f"/propositions/{devis['id']}/lignes", devis["lignes"][0]["id"]
    assert (await client.put(url, json={"lignes": [b.une_ligne(id=id_), b.une_ligne(id=id_)]})).status_code == 404
    mille = await client.put(url, json={"lignes": [b.une_ligne()] * 1000})
    assert (mille.status_code, len(mille.json()["lignes"])) == (200, 1000)
    assert (await client.put(url, json={"lignes": [b.une_ligne()] * 1001})).status_code == 422
    plus = await client.post(url, json={"lignes": [b.une_ligne()]})
    assert (plus.status_code, plus.json()["code"]) == (422, "trop_de_lignes")


async def test_another_proposition_s_line_cannot_be_taken(client: httpx.AsyncClient) -> None:
    un, autre = await b.un_devis(client), await b.un_devis(client)
    volee = b.une_ligne(id=un["lignes"][0]["id"])
    assert (await client.put(f"/propositions/{autre['id']}/lignes", json={"lignes": [volee]})).status_code == 404
    url = f"/propositions/{autre['id']}/lignes/{un['lignes'][0]['id']}"
    assert (await client.patch(url, json={"quantite": "2"})).status_code == 404
    assert (await client.get(f"{url}/produits")).status_code == 404


@pytest.mark.parametrize(
    ("methode", "chemin"),
    [("GET", ""), ("PUT", ""), ("PUT", "/lignes"), ("POST", "/envoyer"), ("POST", "/valider"), ("GET", "/document")],
)
async def test_each_door_asks_for_its_right(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient, methode: str, chemin: str
) -> None:
    devis = await b.un_devis(client)
    saisie = {
        "objet": "x", "valide_jusqu_au": "2026-12-31", "lignes": [],
        "destinataires": ["a@b.fr"], "sujet": "s", "message": "m", "signe_par": "x",
    }  # fmt: skip
    sans = await service_client("commercial", database, "tiers.lire")
    corps = saisie if methode != "GET" else None
    reponse = await sans.request(methode, f"/propositions/{devis['id']}{chemin}", json=corps)
    assert (reponse.status_code, reponse.json()["code"]) == (403, "permission_manquante")
    assert (await client.request(methode, f"/propositions/{devis['id']}{chemin}", json=corps)).status_code < 403


async def test_the_head_is_written_apart_from_the_lines(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    saisie = {
        "objet": "Autre objet",
        "libelle": "Solution cloud",
        "valide_jusqu_au": "2026-05-01",
        "acompte_pourcent": "30",
    }
    vue = (
        await client.put(f"/propositions/{devis['id']}", json=saisie, headers={"If-Match": str(devis["version"])})
    ).json()
    assert (vue["objet"], vue["libelle"], vue["acompte_pourcent"]) == ("Autre objet", "Solution cloud", "30")
    assert vue["lignes"] == devis["lignes"]
    trouvees = (await client.get("/propositions", params={"q": "solution clo"})).json()["elements"]
    assert [p["id"] for p in trouvees] == [devis["id"]]


async def test_lists_page_by_key_and_filter(client: httpx.AsyncClient) -> None:
    numeros = [(await b.un_devis(client))["numero"] for _ in range(3)]
    assert numeros == ["DEV-2026-00001", "DEV-2026-00002", "DEV-2026-00003"]
    page = (await client.get("/propositions", params={"limite": 2})).json()
    suite = (await client.get("/propositions", params={"limite": 2, "curseur": page["curseur_suivant"]})).json()
    vus = [p["numero"] for p in (*page["elements"], *suite["elements"])]
    assert (vus, suite["curseur_suivant"]) == (numeros[::-1], None)
    for filtre, nombre in (
        ({"statut": "envoye"}, 0),
        ({"demande_id": str(b.DEMANDE)}, 3),
        ({"q": "DEV-2026-00002"}, 1),
    ):
        assert len((await client.get("/propositions", params=filtre)).json()["elements"]) == nombre


async def test_drafts_tell_nobody_what_they_would_need(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    assert await b.annonces(database, BesoinsPressentis) == []
