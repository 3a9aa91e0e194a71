"""Transfers between depots: in no balance while they travel, received whole or with a difference that gets settled."""

from typing import Any

import httpx
import pytest

from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes

Json = dict[str, Any]


async def poster(client: httpx.AsyncClient, chemin: str, corps: Json, statut: int = 200) -> Json:
    reponse = await client.post(chemin, json=corps)
    assert reponse.status_code == statut, reponse.text
    lu: Json = reponse.json()
    return lu


async def physiques(client: httpx.AsyncClient, produit_id: object) -> dict[str, str]:
    return {s["agence_nom"]: s["physique"] for s in (await client.get(f"/produits/{produit_id}/stock")).json()}


@pytest.fixture
async def garni(atelier: Atelier) -> Atelier:
    """Ten metres of cable and two phones with a serial, in Annecy."""
    lignes = (recu(atelier.cable, "10"), recu(atelier.telephone, "2", ("SN1", "SN2")))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, *lignes))
    return atelier


async def envoyer(client: httpx.AsyncClient, a: Atelier, *lignes: Json, statut: int = 201, **corps: Any) -> Json:
    saisie = {"de_depot_id": str(a.depots["ANN"]), "vers_depot_id": str(a.depots["LYO"]), "lignes": lignes, **corps}
    return await poster(client, "/transferts", saisie, statut)


async def test_what_travels_is_in_no_depot_until_received(garni: Atelier, client: httpx.AsyncClient) -> None:
    transfert = await envoyer(client, garni, {"code": "SN1"}, {"produit_id": str(garni.cable.id), "quantite": "4"})
    assert (transfert["numero"], transfert["etat"], transfert["de"], transfert["vers"]) == (
        "TR-2026-00001", "envoye", "Annecy", "Lyon")  # fmt: skip
    assert await physiques(client, garni.cable.id) == {"Annecy": "6.000", "Lyon": "0.000"}
    assert await physiques(client, garni.telephone.id) == {"Annecy": "1.000", "Lyon": "0.000"}
    en_route = await objets(client, etat="en_transit")
    assert {(o["numero_serie"], o["quantite"], o["lieu"]) for o in en_route} == {
        ("SN1", "1.000", "En transit Annecy → Lyon"), (None, "4.000", "En transit Annecy → Lyon")}  # fmt: skip
    await verifier_soldes(garni.database)
    recu_ = await poster(client, f"/transferts/{transfert['id']}/recevoir", {})
    assert recu_["etat"] == "recu"
    assert await physiques(client, garni.cable.id) == {"Annecy": "6.000", "Lyon": "4.000"}
    telephone = next(o for o in await objets(client) if o["numero_serie"] == "SN1")
    mouvements = (await client.get(f"/historiques/{telephone['id']}")).json()["mouvements"]
    assert [m["vers"] for m in mouvements[:2]] == ["Stock Lyon", "En transit Annecy → Lyon"]
    await verifier_soldes(garni.database)
    encore = await poster(client, f"/transferts/{transfert['id']}/recevoir", {}, 409)
    assert encore["code"] == "transfert_transition"


async def test_a_difference_stays_in_transit_until_somebody_says_what_became_of_it(
    garni: Atelier, client: httpx.AsyncClient
) -> None:
    codes = ({"code": "SN1"}, {"code": "SN2"}, {"produit_id": str(garni.cable.id), "quantite": "4"})
    transfert = await envoyer(client, garni, *codes)
    ici = f"/transferts/{transfert['id']}"
    un, deux, cable = (x["id"] for x in transfert["lignes"])
    trop = await poster(client, f"{ici}/recevoir", {"lignes": [{"ligne_id": cable, "recue": "5"}]}, 422)
    assert trop["code"] == "quantite_refusee"
    recues = [{"ligne_id": un, "recue": "0"}, {"ligne_id": deux, "recue": "0"}, {"ligne_id": cable, "recue": "2.5"}]
    ecart = await poster(client, f"{ici}/recevoir", {"lignes": recues})
    assert (ecart["etat"], [x["manquante"] for x in ecart["lignes"]]) == ("ecart", ["1.000", "1.000", "1.500"])
    assert await physiques(client, garni.cable.id) == {"Annecy": "6.000", "Lyon": "2.500"}
    assert sorted(o["quantite"] for o in await objets(client, etat="en_transit")) == ["1.000", "1.000", "1.500"]
    await verifier_soldes(garni.database)
    for ligne, issue in ((un, "retrouve"), (deux, "retourne"), (cable, "perdu")):
        corps = {"issue": issue, "motif": "Enquête du transporteur"}
        dernier = await poster(client, f"{ici}/lignes/{ligne}/regler", corps)
    assert dernier["etat"] == "clos"
    lieux = {o["numero_serie"]: o["lieu"] for o in await objets(client, produit_id=str(garni.telephone.id))}
    assert lieux == {"SN1": "Stock Lyon", "SN2": "Stock Annecy"}
    assert [o["quantite"] for o in await objets(client, etat="sorti")] == ["1.500"]
    await verifier_soldes(garni.database)
    refus = await poster(client, f"{ici}/lignes/{un}/regler", {"issue": "perdu", "motif": "encore"}, 409)
    assert refus["code"] == "ecart_deja_regle"


async def test_what_is_kept_for_a_project_or_elsewhere_does_not_leave(
    garni: Atelier, client: httpx.AsyncClient
) -> None:
    await garni.recevoir(un_devis_valide(une_ligne(attend(garni.cable, "8"))))
    refus = await envoyer(client, garni, {"produit_id": str(garni.cable.id), "quantite": "4"}, statut=409)
    assert refus["code"] == "stock_insuffisant"
    assert (await envoyer(client, garni, {"code": "???"}, statut=404))["code"] == "code_inconnu"
    transfert = await envoyer(client, garni, {"code": "SN1"})
    refus = await envoyer(client, garni, {"code": "SN1"}, statut=409)
    assert (refus["code"], "en transit" in refus["detail"]) == ("objet_indisponible", True)
    vers = {"vers_depot_id": str(garni.depots["ANN"])}
    assert (await envoyer(client, garni, {"code": "SN2"}, statut=422, **vers))["code"] == "destination_incoherente"
    liste = (await client.get("/transferts", params={"etat": "envoye"})).json()["elements"]
    assert [t["id"] for t in liste] == [transfert["id"]]
    await verifier_soldes(garni.database)


async def test_an_unknown_product_neither_travels_nor_enters(garni: Atelier, client: httpx.AsyncClient) -> None:
    inconnu = {"produit_id": str(new_id()), "quantite": "1"}
    assert (await envoyer(client, garni, inconnu, statut=404))["code"] == "produit_inconnu"
    entree = {**inconnu, "depot_id": str(garni.depots["ANN"]), "motif": "Stock initial"}
    assert (await poster(client, "/entrees", entree, 404))["code"] == "produit_inconnu"
