"""Objects over HTTP: entries by hand, transfers, lookups."""

from typing import Any

import httpx
import pytest

from shared.contracts.contacts import FicheTiers, TiersCree, TiersModifie
from shared.contracts.inventory import HistoriqueMouvemente, SerieSituee, StockChange
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes


async def saisir(client: httpx.AsyncClient, atelier: Atelier, **valeurs: Any) -> httpx.Response:
    """POST an entry of phones in Annecy."""
    defauts = {
        "produit_id": str(atelier.telephone.id),
        "depot_id": str(atelier.depots["ANN"]),
        "quantite": "2",
        "numeros_serie": ["T1", "T2"],
        "motif": "Inventaire d’ouverture",
    }
    return await client.post("/entrees", json={**defauts, **valeurs})


@pytest.mark.feature("IN-07")
async def test_a_transfer_between_agencies_changes_balances_and_leaves_a_trace(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(une_reception(atelier.lyon.agence_id, recu(atelier.cable, "100")))
    rouleau = (await objets(client))[0]
    depot = atelier.depots["ANN"]
    place = await client.post(f"/depots/{depot}/emplacements", json={"code": "a-12", "nature": "neuf"})
    emplacement_id = place.json()["emplacements"][0]["id"]

    corps = {"depot_id": str(depot), "emplacement_id": emplacement_id, "quantite": "40", "motif": "Chantier Mairie"}
    part = (await client.post(f"/historiques/{rouleau['id']}/transferer", json=corps)).json()

    stock = {s["agence_nom"]: s["physique"] for s in (await client.get(f"/produits/{atelier.cable.id}/stock")).json()}
    assert stock == {"Annecy": "40.000", "Lyon": "60.000"}
    assert (part["emplacement"], part["lieu"]) == ("A-12", "Stock Annecy · A-12")
    assert part["mouvements"][0]["motif"] == "Chantier Mairie"
    assert (part["mouvements"][0]["de"], part["mouvements"][0]["vers"]) == ("Stock Lyon", "Stock Annecy · A-12")
    assert (await atelier.publies(HistoriqueMouvemente))[-1].vers == "Stock Annecy · A-12"
    assert {s.agence_nom for s in (await atelier.publies(StockChange))[-2:]} == {"Annecy", "Lyon"}
    await verifier_soldes(atelier.database)


async def test_moving_inside_a_depot_keeps_the_balance(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await saisir(client, atelier)
    depot = atelier.depots["ANN"]
    emplacements = (await client.post(f"/depots/{depot}/emplacements", json={"code": "B1"})).json()["emplacements"]
    objet = (await objets(client))[0]
    corps = {"depot_id": str(depot), "emplacement_id": emplacements[0]["id"]}
    fiche = (await client.post(f"/historiques/{objet['id']}/transferer", json=corps)).json()
    assert (fiche["lieu"], len(fiche["mouvements"])) == ("Stock Annecy · B1", 2)
    encore = await client.post(f"/historiques/{objet['id']}/transferer", json=corps)
    assert (encore.status_code, encore.json()["code"]) == (422, "destination_incoherente")
    await verifier_soldes(atelier.database)


async def test_what_is_kept_for_a_project_is_not_transferred(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.lyon.agence_id, recu(atelier.cable, "100")))
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "80"))))
    rouleau = (await objets(client))[0]
    corps = {"depot_id": str(atelier.depots["ANN"]), "quantite": "40"}
    reponse = await client.post(f"/historiques/{rouleau['id']}/transferer", json=corps)
    assert (reponse.status_code, reponse.json()["code"]) == (409, "stock_insuffisant")
    assert "CAB-CAT6" in reponse.json()["detail"]


async def test_entries_by_hand_refuse_doubles_and_nonsense(atelier: Atelier, client: httpx.AsyncClient) -> None:
    assert (await saisir(client, atelier)).status_code == 201
    assert (await saisir(client, atelier)).json()["code"] == "serie_deja_prise"
    assert (await saisir(client, atelier, numeros_serie=["A", "a"])).status_code == 422
    assert (await saisir(client, atelier, numeros_serie=["A", "B", "C"])).json()["code"] == "series_incoherentes"
    assert (await saisir(client, atelier, depot_id=str(atelier.cable.id))).status_code == 404
    assert (await saisir(client, atelier, quantite="-1")).status_code == 422
    await verifier_soldes(atelier.database)


async def test_a_code_is_enough_to_find_the_object_and_its_project(atelier: Atelier, client: httpx.AsyncClient) -> None:
    devis = un_devis_valide(une_ligne(attend(atelier.telephone)))
    await atelier.recevoir(devis)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("SER-1", "SER-2"))))

    par_serie = (await client.get("/recherche-objet", params={"code": "ser-1"})).json()
    par_facture = (await client.get("/recherche-objet", params={"code": "fs-8812"})).json()
    fiche = (await client.get(f"/historiques/{par_serie[0]['id']}")).json()
    assert par_serie[0]["trouve_par"] == "numero_serie"
    assert [o["trouve_par"] for o in par_facture] == ["facture_fournisseur"] * 2
    assert (fiche["demande_id"], fiche["tiers_nom"], fiche["feuille_numero"]) == (
        str(devis.demande_id),
        "Mairie d’Annecy",
        "FT-2026-00001",
    )
    assert (await client.get("/recherche-objet", params={"code": "absent"})).json() == []


async def test_objects_page_by_key_and_are_searched_by_words(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await saisir(client, atelier, quantite="5", numeros_serie=[])
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "10")))
    vus = []
    curseur: str | None = None
    for _ in range(3):
        params = {"limite": "2", **({"curseur": curseur} if curseur else {})}
        page = (await client.get("/historiques", params=params)).json()
        vus += [o["id"] for o in page["elements"]]
        curseur = page["curseur_suivant"]
    assert len(set(vus)) == 6
    assert curseur is None
    assert len(await objets(client, q="cable cat")) == 1
    assert len(await objets(client, q="téléphone")) == 5


async def test_objects_are_found_by_the_name_of_the_client_who_has_them(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    devis = un_devis_valide(une_ligne(attend(atelier.telephone, "1")))
    fiche = FicheTiers(code="C00031", nom="Mairie d’Annecy – Hôtel de Ville", roles=("client",))
    await atelier.recevoir(TiersCree(tiers_id=devis.tiers_id, fiche=fiche))
    await atelier.recevoir(devis)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("SER-1", "SER-2"))))

    chez = await objets(client, tiers_id=str(devis.tiers_id))
    assert len(chez) == 1
    for saisi in ("mairie annecy", "HOTEL vil", "c00031"):
        assert await objets(client, q=saisi) == chez
    assert len(await objets(client, q="téléphone")) == 2
    assert await objets(client, q="mairie lyon") == []
    await atelier.recevoir(
        TiersModifie(tiers_id=devis.tiers_id, fiche=fiche.model_copy(update={"nom": "Ville Nouvelle"}))
    )
    assert await objets(client, q="nouvelle") == chez
    assert await objets(client, q="mairie") == []


async def test_a_cost_is_given_by_those_who_see_costs(
    atelier: Atelier, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    magasinier = await service_client("inventory", atelier.database, "stock.modifier", "stock.lire")
    refus = await saisir(magasinier, atelier, cout_unitaire_ht="1.00")
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert (await saisir(magasinier, atelier)).status_code == 201
    assert {o["cout_unitaire_ht"] for o in await objets(client)} == {"2.5000"}


async def test_a_serial_number_names_one_living_object_of_its_product(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await saisir(client, atelier)
    await saisir(client, atelier, quantite="1", numeros_serie=[])
    sans = next(o for o in await objets(client) if o["numero_serie"] is None)
    url = f"/historiques/{sans['id']}/numero-serie"
    refus = await client.put(url, json={"numero_serie": "t1"})
    assert (refus.status_code, refus.json()["detail"]) == (
        409,
        "Le numéro de série « t1 » est déjà celui d’un objet de ce produit, à cet endroit : Stock Annecy.",
    )
    assert (await client.put(url, json={"numero_serie": "T3"})).status_code == 200
    assert (await client.put(url, json={"numero_serie": "t3"})).status_code == 200
    situees = [(f.numero_serie, f.lieu, f.est_vivant) for f in await atelier.publies(SerieSituee)]
    assert situees == [(n, "Stock Annecy", True) for n in ("T1", "T2", "T3", "t3")]


async def test_a_serial_number_at_a_client_is_taken_until_its_object_comes_back(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("T1",))))
    feuille = (await client.get("/feuilles")).json()["elements"][0]
    for action in ("cloturer", "valider"):
        await client.post(f"/feuilles/{feuille['id']}/{action}", json={"malgre_ecarts": True})
    refus = (await saisir(client, atelier)).json()
    assert (refus["code"], "Mairie d’Annecy" in refus["detail"]) == ("serie_deja_prise", True)
