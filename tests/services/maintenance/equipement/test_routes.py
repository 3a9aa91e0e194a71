"""What staff do to a parc, over HTTP."""

from typing import Any

import httpx
import pytest

from services.maintenance.subscriptions import subscriptions
from shared.contracts.contacts import TiersModifie
from shared.contracts.maintenance import EquipementModifie
from shared.database.database import Database
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient
from tests.builders.maintenance import AUTRE_CLIENT, CLIENT, equipement, un_client


@pytest.mark.feature("MA-03")
async def test_an_object_sold_by_somebody_else_is_added_and_flagged(client: httpx.AsyncClient) -> None:
    ajoute = await equipement(client, lieu="Bât B /  2e", groupe="Accueil", valeurs={"Numéro de poste": "04 50"})
    assert (ajoute["est_tiers"], ajoute["facture_fournisseur"], ajoute["historique_id"]) == (True, None, None)
    assert (ajoute["lieu"], ajoute["groupe"]) == ("Bât B / 2e", "Accueil")
    assert [(v["champ"], v["valeur"]) for v in ajoute["valeurs"]] == [("Numéro de poste", "04 50")]


@pytest.mark.feature("MA-04")
async def test_five_objects_go_to_a_group_at_once(client: httpx.AsyncClient, maintenance: Database) -> None:
    ids = [(await equipement(client, designation=f"Poste {n}"))["id"] for n in range(5)]
    corps = {"tiers_id": str(CLIENT), "equipement_ids": ids, "groupe": "Accueil"}
    assert (await client.post("/equipements/ranger", json=corps)).status_code == 204
    arbre = (await client.get(f"/parcs/{CLIENT}")).json()
    (groupe,) = arbre["groupes"]
    assert (groupe["nom"], groupe["equipements"], arbre["sans_groupe"]) == ("Accueil", 5, 0)
    dedans = (await client.get("/equipements", params={"groupe_id": groupe["id"]})).json()["elements"]
    assert [e["designation"] for e in dedans] == [f"Poste {n}" for n in range(5)]
    faits = await annonces(maintenance, EquipementModifie)
    assert len(faits) == 5
    assert all(isinstance(f, EquipementModifie) and f.fiche.groupe == "Accueil" for f in faits)


@pytest.mark.feature("MA-05", "MA-02")
async def test_a_place_filters_what_stands_in_it_and_inside(client: httpx.AsyncClient) -> None:
    for lieu in ("Bât B", "Bât B / 2e", "Bât B / 2e / Salle 4", "Bât BIS", ""):
        await equipement(client, designation=f"Poste {lieu}", lieu=lieu)
    arbre = (await client.get(f"/parcs/{CLIENT}")).json()
    comptes = {lieu["chemin"]: (lieu["equipements"], lieu["equipements_dedans"]) for lieu in arbre["lieux"]}
    assert comptes == {"Bât B": (1, 3), "Bât B / 2e": (1, 2), "Bât B / 2e / Salle 4": (1, 1), "Bât BIS": (1, 1)}
    assert (arbre["equipements"], arbre["sans_lieu"]) == (5, 1)
    bat_b = next(lieu for lieu in arbre["lieux"] if lieu["chemin"] == "Bât B")
    dedans = (await client.get("/equipements", params={"lieu_id": bat_b["id"]})).json()["elements"]
    assert {e["lieu"] for e in dedans} == {"Bât B", "Bât B / 2e", "Bât B / 2e / Salle 4"}
    sans = (await client.get("/equipements", params={"sans_lieu": True})).json()["elements"]
    assert [e["designation"] for e in sans] == ["Poste"]


async def test_a_renamed_place_takes_everything_along(client: httpx.AsyncClient, maintenance: Database) -> None:
    poste = await equipement(client, lieu="Bât B / 2e")
    arbre = (await client.get(f"/parcs/{CLIENT}")).json()
    bat = next(lieu for lieu in arbre["lieux"] if lieu["chemin"] == "Bât B")
    corps = {"nom": "Bâtiment principal"}
    entetes = {"If-Match": str(bat["version"])}
    assert (await client.put(f"/lieux/{bat['id']}", json=corps, headers=entetes)).status_code == 200
    fiche = (await client.get(f"/equipements/{poste['id']}")).json()
    assert fiche["lieu"] == "Bâtiment principal / 2e"
    dernier = (await annonces(maintenance, EquipementModifie))[-1]
    assert isinstance(dernier, EquipementModifie)
    assert dernier.fiche.lieu == "Bâtiment principal / 2e"
    assert (await client.put(f"/lieux/{bat['id']}", json=corps, headers=entetes)).status_code == 409


async def test_an_occupied_place_stays_and_an_empty_one_goes(client: httpx.AsyncClient) -> None:
    await equipement(client, lieu="Bât B", groupe="Accueil")
    arbre = (await client.get(f"/parcs/{CLIENT}")).json()
    for chemin in (f"/lieux/{arbre['lieux'][0]['id']}", f"/groupes/{arbre['groupes'][0]['id']}"):
        refus = await client.delete(chemin)
        assert (refus.status_code, refus.json()["code"]) == (409, "emplacement_occupe")
    vide = (await client.post("/lieux", json={"tiers_id": str(CLIENT), "chemin": "Cave"})).json()
    assert (await client.delete(f"/lieux/{vide['id']}")).status_code == 204


@pytest.mark.parametrize("q", ["copieur", "A1B2-004", "a1b200417", "7k2p"])
async def test_search_by_words_serial_or_label(client: httpx.AsyncClient, q: str) -> None:
    await equipement(client, numero_serie="A1B2-00417", etiquette="7K2P-93")
    await equipement(client, designation="Onduleur")
    trouves = (await client.get("/equipements", params={"q": q})).json()["elements"]
    assert [e["designation"] for e in trouves] == ["Copieur tiers"]


async def test_a_label_is_on_one_object_only(client: httpx.AsyncClient) -> None:
    await equipement(client, etiquette="AM-1")
    corps = {"tiers_id": str(CLIENT), "designation": "Autre", "etiquette": "am-1"}
    refus = await client.post("/equipements", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (409, "etiquette_deja_posee")
    assert "Copieur tiers" in refus.json()["detail"]


async def test_two_people_editing_one_object(client: httpx.AsyncClient) -> None:
    lu = await equipement(client)
    corps: dict[str, Any] = {"tiers_id": str(CLIENT), "designation": "Copieur du hall", "lieu": "Hall"}
    entetes = {"If-Match": str(lu["version"])}
    premier = await client.put(f"/equipements/{lu['id']}", json=corps, headers=entetes)
    assert (premier.status_code, premier.json()["designation"]) == (200, "Copieur du hall")
    second = await client.put(f"/equipements/{lu['id']}", json=corps, headers=entetes)
    assert (second.status_code, second.json()["code"]) == (409, "version_perimee")
    assert second.json()["modifications"][0]["par_nom"] == "Camille Test"


async def test_a_withdrawn_object_keeps_its_history(client: httpx.AsyncClient) -> None:
    lu = await equipement(client, valeurs={"compteur": "1200"})
    corps = {"motif": "Remplacé", "le": "2026-03-17"}
    assert (await client.post(f"/equipements/{lu['id']}/retirer", json=corps)).status_code == 200
    assert (await client.get("/equipements")).json()["elements"] == []
    (retire,) = (await client.get("/equipements", params={"retires": True})).json()["elements"]
    fiche = (await client.get(f"/equipements/{retire['id']}")).json()
    assert (fiche["motif_retrait"], fiche["valeurs"][0]["valeur"]) == ("Remplacé", "1200")
    refus = await client.post(f"/equipements/{lu['id']}/retirer", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (409, "equipement_deja_retire")


async def test_a_client_renamed_in_contacts_is_renamed_here(client: httpx.AsyncClient, maintenance: Database) -> None:
    await equipement(client)
    fiche = un_client(nom="Cabinet Alpin").fiche
    await recevoir(maintenance, subscriptions, TiersModifie(tiers_id=CLIENT, fiche=fiche))
    assert (await client.get("/parcs")).json()["elements"][0]["nom"] == "Cabinet Alpin"
    assert (await client.get("/equipements")).json()["elements"][0]["tiers_nom"] == "Cabinet Alpin"


async def test_the_parcs_add_up_to_their_rows(client: httpx.AsyncClient) -> None:
    for lieu in ("Bât B", "Bât B", "Bât C"):
        await equipement(client, lieu=lieu)
    (rangee,) = (await client.get("/parcs")).json()["elements"]
    totaux = (await client.get("/parcs/totaux")).json()
    assert totaux == {"nombre": 1} | {nom: rangee[nom] for nom in ("equipements", "sous_contrat", "lieux")}
    assert (totaux["equipements"], totaux["lieux"]) == (3, 2)
    assert (await client.get("/parcs/totaux?q=introuvable")).json()["equipements"] == 0


async def test_objects_of_another_client_are_refused(client: httpx.AsyncClient) -> None:
    lu = await equipement(client)
    corps = {"tiers_id": str(AUTRE_CLIENT), "equipement_ids": [lu["id"]], "groupe": "Accueil"}
    refus = await client.post("/equipements/ranger", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (409, "equipement_d_autrui")


async def test_pages_follow_one_another(client: httpx.AsyncClient) -> None:
    for n in range(5):
        await equipement(client, designation=f"Poste {n}")
    page = (await client.get("/equipements", params={"limite": 3})).json()
    suite = (await client.get("/equipements", params={"limite": 3, "curseur": page["curseur_suivant"]})).json()
    noms = [e["designation"] for e in (*page["elements"], *suite["elements"])]
    assert noms == [f"Poste {n}" for n in range(5)]
    assert suite["curseur_suivant"] is None


@pytest.mark.parametrize(
    ("methode", "chemin", "permission"),
    [
        ("GET", "/equipements", "contrat.lire"),
        ("POST", "/equipements", "parc.lire"),
        ("POST", "/equipements/ranger", "parc.lire"),
        ("GET", "/contrats", "parc.lire"),
        ("POST", "/contrats", "contrat.lire"),
        ("GET", "/visites", "contrat.lire"),
        ("POST", "/visites/declencher", "visite.lire"),
        ("GET", "/accords", "contrat.lire"),
        ("POST", "/accords/publics/aaaaaaaaaaaaaaaaaaaaaaaa/accepter", "accord.gerer"),
    ],
)
async def test_each_route_asks_for_its_permission(
    maintenance: Database, service_client: ServiceClient, methode: str, chemin: str, permission: str
) -> None:
    limite = await service_client("maintenance", maintenance, permission)
    reponse = await limite.request(methode, chemin, json={})
    assert (reponse.status_code, reponse.json()["code"]) == (403, "permission_manquante")
