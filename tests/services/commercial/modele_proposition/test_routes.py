"""Models made from a proposition and laid down again."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

D: Any = Decimal  # so that amounts compare with plain numbers


@pytest.mark.feature("CO-13")
async def test_a_model_brings_back_lines_and_hidden_products(client: httpx.AsyncClient, database: Database) -> None:
    poste, cordon = b.un_produit("T46U", "Poste", prix_achat_ht=D(90)), b.un_produit("RJ45", "Cordon")
    await b.recevoir(database, poste, cordon)
    caches = [
        {"produit_id": str(poste.produit_id), "quantite": "10", "note": "Cadencer par étage"},
        {"produit_id": str(cordon.produit_id), "quantite": "12"},
    ]
    lignes = [
        {"genre": "section", "designation": "Téléphonie"},
        b.une_ligne(designation="IPBX 10 postes", quantite="1", description="a\nb", produits=caches),
    ]
    source = await b.un_devis(client, lignes)
    saisie = {"proposition_id": source["id"], "nom": "IPBX 10 postes", "description": "Base"}
    modele = (await client.post("/modeles", json=saisie)).json()
    assert (modele["nb_lignes"], modele["nb_produits"]) == (1, 2)
    await b.recevoir(database, poste.model_copy(update={"prix_achat_ht": D(95)}))
    cible = await b.un_devis(client)
    pose = await client.post(f"/propositions/{cible['id']}/appliquer-modele", json={"modele_id": modele["id"]})
    ajoutees = pose.json()["lignes"][1:]
    assert [(ligne["genre"], ligne["designation"]) for ligne in ajoutees] == [
        ("section", "Téléphonie"),
        ("ligne", "IPBX 10 postes"),
    ]
    assert ajoutees[1]["description"] == "a\nb"
    produits = [(p["reference"], D(p["quantite"]), p["note"]) for p in ajoutees[1]["produits"]]
    assert produits == [("T46U", 10, "Cadencer par étage"), ("RJ45", 12, "")]
    assert D(ajoutees[1]["produits"][0]["cout_ht"]) == 95


async def test_costs_of_a_model_are_laid_down_by_anybody_and_seen_by_few(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    source = await b.un_devis(client)
    modele = (await client.post("/modeles", json={"proposition_id": source["id"], "nom": "M"})).json()
    cible = await b.un_devis(client, [])
    sans = await service_client("commercial", database, "devis.lire", "devis.modifier")
    url = f"/propositions/{cible['id']}"
    vue = (await sans.post(f"{url}/appliquer-modele", json={"modele_id": modele["id"]})).json()["lignes"][0]
    assert (vue["cout_ht"], vue["prix_ht"]) == (None, "150.00")
    assert D((await client.get(url)).json()["lignes"][0]["cout_ht"]) == 100


async def test_names_are_unique_among_models_offered(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    saisie = {"proposition_id": devis["id"], "nom": "M"}
    un = (await client.post("/modeles", json=saisie)).json()
    refus = await client.post("/modeles", json=saisie)
    assert (refus.status_code, refus.json()["code"]) == (409, "nom_deja_pris")
    retire = await client.put(f"/modeles/{un['id']}", json={"nom": "M", "est_actif": False})
    assert retire.json()["est_actif"] is False
    assert (await client.post("/modeles", json=saisie)).status_code == 201
    assert len((await client.get("/modeles")).json()) == 1
    assert len((await client.get("/modeles", params={"actifs": False})).json()) == 2
    pose = await client.post(f"/propositions/{devis['id']}/appliquer-modele", json={"modele_id": un["id"]})
    assert (pose.status_code, pose.json()["code"]) == (404, "modele_inconnu")
