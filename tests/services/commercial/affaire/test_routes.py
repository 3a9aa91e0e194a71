"""The affaire file, thin: its code, labels, état, tiers and priority."""

import httpx
import pytest

from shared.contracts.commercial import AffaireCreee, AffaireModifiee
from shared.contracts.contacts import FicheTiers, TiersModifie
from shared.contracts.inventory import NatureStockModifiee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

PROSPECT = new_id()


async def test_a_code_is_unique_and_numbered_when_empty(client: httpx.AsyncClient, database: Database) -> None:
    affaire = (await client.post("/affaires", json={"code": "AFF001", "libelle": "Mairie de Lyon"})).json()
    assert (affaire["code"], affaire["etat"], affaire["priorite"]) == ("AFF001", "opportunite", 5)
    refus = await client.post("/affaires", json={"code": "AFF001", "libelle": "Autre"})
    assert (refus.status_code, refus.json()["code"]) == (409, "code_affaire_deja_pris")
    assert "Mairie de Lyon" in refus.json()["detail"]
    assert (await client.post("/affaires", json={"libelle": "Sans code"})).json()["code"] == "AFF-2026-00001"
    faits = await b.annonces(database, AffaireCreee)
    assert [f.fiche.code for f in faits] == ["AFF001", "AFF-2026-00001"]


@pytest.mark.feature("AF-02")
async def test_the_three_etats_come_from_one_list(client: httpx.AsyncClient) -> None:
    for etat in ("opportunite", "affaire", "modele"):
        await client.post("/affaires", json={"libelle": f"Une {etat}", "etat": etat})
    assert len((await client.get("/affaires")).json()["elements"]) == 3
    for etat in ("opportunite", "affaire", "modele"):
        trouvees = (await client.get("/affaires", params={"etat": etat})).json()["elements"]
        assert [a["libelle"] for a in trouvees] == [f"Une {etat}"]


@pytest.mark.feature("AF-09")
async def test_a_short_label_is_stripped_and_searched(client: httpx.AsyncClient) -> None:
    saisie = {"code": "L1", "libelle": "Vidéoprotection", "libelle_abrege": "Mairie-Lyon 3!"}
    affaire = (await client.post("/affaires", json=saisie)).json()
    assert affaire["libelle_abrege"] == "MairieLyon3"
    for q in ("MairieLyon3", "mairiely", "Mairie-Lyon"):
        trouvees = (await client.get("/affaires", params={"q": q})).json()["elements"]
        assert [a["id"] for a in trouvees] == [affaire["id"]], q


@pytest.mark.feature("AF-11")
async def test_code_and_labels_may_be_equal(client: httpx.AsyncClient) -> None:
    saisie = {"code": "SNCF", "libelle": "SNCF", "libelle_abrege": "SNCF"}
    vue = (await client.post("/affaires", json=saisie)).json()
    assert (vue["code"], vue["libelle"], vue["libelle_abrege"]) == ("SNCF", "SNCF", "SNCF")


@pytest.mark.feature("AF-15")
async def test_no_affaire_on_a_prospect_until_it_is_converted(client: httpx.AsyncClient, database: Database) -> None:
    await b.recevoir(database, b.un_tiers(tiers_id=PROSPECT, nom="Garage Blanc", roles=("prospect",)))
    saisie = {"libelle": "Chantier", "etat": "affaire", "tiers_id": str(PROSPECT)}
    refus = await client.post("/affaires", json=saisie)
    assert (refus.status_code, refus.json()["code"]) == (409, "affaire_sur_prospect")
    assert "Garage Blanc" in refus.json()["detail"]
    opportunite = (await client.post("/affaires", json=saisie | {"etat": "opportunite"})).json()
    url = f"/affaires/{opportunite['id']}"
    assert (await client.put(url, json=saisie)).status_code == 409
    fiche = FicheTiers(code="C9", nom="Garage Blanc", roles=("client",))
    await b.recevoir(database, TiersModifie(tiers_id=PROSPECT, fiche=fiche))
    accepte = await client.put(url, json=saisie, headers={"If-Match": str(opportunite["version"])})
    assert (accepte.status_code, accepte.json()["etat"], accepte.json()["tiers_nom"]) == (
        200,
        "affaire",
        "Garage Blanc",
    )
    (fait,) = await b.annonces(database, AffaireModifiee)
    assert (fait.fiche.etat, fait.fiche.tiers_id) == ("affaire", PROSPECT)


async def test_rights(client: httpx.AsyncClient, database: Database, service_client: ServiceClient) -> None:
    lecteur = await service_client("commercial", database, "affaire.lire")
    assert (await lecteur.get("/affaires")).status_code == 200
    assert (await lecteur.post("/affaires", json={"libelle": "x"})).status_code == 403
    assert (await client.get(f"/affaires/{new_id()}")).json()["code"] == "affaire_inconnue"


@pytest.mark.feature("AF-41")
async def test_an_affaire_starts_from_the_main_nature_of_stock(client: httpx.AsyncClient, database: Database) -> None:
    assert (await client.post("/affaires", json={"libelle": "Avant"})).json()["nature_stock"] == "neuf"
    principale = NatureStockModifiee(
        nature_id=new_id(), code="occasion", libelle="Occasion", est_livrable=True, est_principale=True
    )
    ancienne = principale.model_copy(update={"nature_id": new_id(), "code": "neuf", "est_principale": False})
    await b.recevoir(database, principale, ancienne)
    affaire = (await client.post("/affaires", json={"libelle": "Après"})).json()
    assert affaire["nature_stock"] == "occasion"
    choisie = {"libelle": "Après", "nature_stock": "demonstration"}
    url, entete = f"/affaires/{affaire['id']}", {"If-Match": str(affaire["version"])}
    choisie = (await client.put(url, json=choisie, headers=entete)).json()
    assert choisie["nature_stock"] == "demonstration"
    entete = {"If-Match": str(choisie["version"])}
    gardee = (await client.put(url, json={"libelle": "Après encore"}, headers=entete)).json()
    assert gardee["nature_stock"] == "demonstration", "an affaire keeps its own"
    inconnue = await client.post("/affaires", json={"libelle": "X", "nature_stock": "licorne"})
    assert (inconnue.status_code, inconnue.json()["code"]) == (404, "nature_inconnue")
