"""Stock counts: blind or not, by scan or by hand; differences become movements with a reason, and nothing else moves."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes
from tests.services.inventory.logistique.test_places import une_place

Json = dict[str, Any]


async def poster(client: httpx.AsyncClient, chemin: str, corps: Json | None = None, statut: int = 200) -> Json:
    reponse = await client.post(chemin, json=corps or {})
    assert reponse.status_code == statut, reponse.text
    lu: Json = reponse.json()
    return lu


async def ouvrir(client: httpx.AsyncClient, atelier: Atelier, **corps: Any) -> str:
    saisie = {"depot_id": str(atelier.depots["ANN"]), "motif": "Inventaire annuel", **corps}
    return str((await poster(client, "/inventaires", saisie, 201))["id"])


def lignes(fiche: Json) -> dict[str, Json]:
    return {ligne["reference"]: ligne for ligne in fiche["lignes"]}


@pytest.fixture
async def garni(atelier: Atelier) -> Atelier:
    """Ten metres of cable, three phones with a serial and one without, in Annecy; one phone in Lyon."""
    await atelier.recevoir(
        une_reception(
            atelier.annecy.agence_id,
            recu(atelier.cable, "10"),
            recu(atelier.telephone, "4", ("SN1", "SN2", "SN3")),
        ),
        une_reception(atelier.lyon.agence_id, recu(atelier.telephone, "1", ("SN9",)), numero="REC-2"),
    )
    return atelier


async def test_differences_become_movements_with_their_reason(garni: Atelier, client: httpx.AsyncClient) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni)}"
    assert {r: x["attendue"] for r, x in lignes((await client.get(ici)).json()).items()} == {
        "CAB-CAT6": "10.000", "TEL-SIP": "4.000"}  # fmt: skip
    cable = {"produit_id": str(garni.cable.id), "comptee": "7.5"}
    await poster(client, f"{ici}/compter", {"lignes": [cable]})
    for code, resultat in (("SN1", "vu"), ("sn2", "vu"), ("SN2", "deja"), ("SN9", "ailleurs")):
        assert (await poster(client, f"{ici}/scanner", {"code": code}))["resultat"] == resultat
    assert (await poster(client, f"{ici}/scanner", {"code": "???"}, 404))["code"] == "inventaire_code_inconnu"
    avant = {o["id"]: o["lieu"] for o in await objets(client)}
    comptee = await poster(client, f"{ici}/terminer")
    assert (comptee["nb_comptees"], comptee["nb_ecarts"]) == (2, 2)
    assert {o["id"]: o["lieu"] for o in await objets(client)} == avant  # counting moves nothing
    refus = await poster(client, f"{ici}/valider", statut=409)
    assert (refus["code"], "CAB-CAT6" in refus["detail"]) == ("ecarts_sans_raison", True)
    assert {o["id"]: o["lieu"] for o in await objets(client)} == avant
    raisons = [{**cable, "raison": "erreur", "note": "touret mal lu"},
               {"produit_id": str(garni.telephone.id), "comptee": "3", "raison": "vol"}]  # fmt: skip
    await poster(client, f"{ici}/compter", {"lignes": raisons})
    valide = lignes(await poster(client, f"{ici}/valider"))
    assert (valide["CAB-CAT6"]["ecart"], valide["TEL-SIP"]["attendue"], valide["TEL-SIP"]["ecart"]) == (
        "-2.500", "5.000", "-2.000")  # fmt: skip
    la = {o["numero_serie"]: o for o in await objets(client, produit_id=str(garni.telephone.id))}
    assert {serie: o["etat"] for serie, o in la.items()} == {
        "SN1": "en_stock", "SN2": "en_stock", "SN9": "en_stock", "SN3": "sorti", None: "sorti"}  # fmt: skip
    assert la["SN9"]["lieu"] == "Stock Annecy"
    perdu = (await client.get(f"/historiques/{la['SN3']['id']}")).json()["mouvements"][0]
    assert (perdu["vers"], perdu["motif"]) == ("Écart d’inventaire", "Inventaire INV-2026-00001 : Vol")
    await verifier_soldes(garni.database)
    assert (await poster(client, f"{ici}/valider", statut=409))["code"] == "inventaire_transition"
    assert (await poster(client, f"{ici}/scanner", {"code": "SN1"}, 409))["code"] == "inventaire_ferme"


async def test_a_blind_count_shows_nothing_before_it_is_over(garni: Atelier, client: httpx.AsyncClient) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni, est_aveugle=True)}"
    await poster(client, f"{ici}/compter", {"lignes": [{"produit_id": str(garni.cable.id), "comptee": "12"}]})
    fiche = (await client.get(ici)).json()
    assert [(x["attendue"], x["ecart"]) for x in fiche["lignes"]] == [(None, None)] * 2
    assert fiche["nb_ecarts"] is None
    assert "10.000" not in str(fiche)
    assert lignes(await poster(client, f"{ici}/terminer"))["CAB-CAT6"]["ecart"] == "2.000"
    assert lignes(await poster(client, f"{ici}/reprendre"))["CAB-CAT6"]["ecart"] is None
    await poster(client, f"{ici}/terminer")
    ligne = {"produit_id": str(garni.cable.id), "comptee": "12", "raison": "retrouve"}
    await poster(client, f"{ici}/compter", {"lignes": [ligne]})
    await poster(client, f"{ici}/valider")
    stock = (await client.get(f"/produits/{garni.cable.id}/stock")).json()
    assert {s["agence_nom"]: s["physique"] for s in stock} == {"Annecy": "12.000", "Lyon": "0.000"}
    uncounted = (await client.get(f"/produits/{garni.telephone.id}/stock")).json()
    assert {s["agence_nom"]: s["physique"] for s in uncounted} == {"Annecy": "4.000", "Lyon": "1.000"}
    await verifier_soldes(garni.database)


async def test_what_is_lost_cannot_be_kept_for_a_project(garni: Atelier, client: httpx.AsyncClient) -> None:
    await garni.recevoir(un_devis_valide(une_ligne(attend(garni.cable, "8")), numero="DEV-1"))
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    assert feuille["reste"] == "0.000"
    ici = f"/inventaires/{await ouvrir(client, garni)}"
    ligne = {"produit_id": str(garni.cable.id), "comptee": "5", "raison": "casse"}
    await poster(client, f"{ici}/compter", {"lignes": [ligne]})
    await poster(client, f"{ici}/terminer")
    await poster(client, f"{ici}/valider")
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    assert feuille["reste"] == "3.000"
    await verifier_soldes(garni.database)


async def test_one_place_is_counted_and_what_nobody_saw_is_not_there(
    garni: Atelier, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    place_id = await une_place(garni, client, "ANN", "VAN1", "vehicule")
    camionnette = {"depot_id": str(garni.depots["ANN"]), "emplacement_id": place_id}
    telephones = await objets(client, produit_id=str(garni.telephone.id), depot_id=str(garni.depots["ANN"]))
    for objet in telephones[:2]:
        await poster(client, f"/historiques/{objet['id']}/transferer", {**camionnette, "motif": "Dotation"})
    ici = f"/inventaires/{await ouvrir(client, garni, emplacement_id=place_id)}"
    (ligne,) = (await client.get(ici)).json()["lignes"]
    assert (ligne["attendue"], ligne["nature"]) == ("2.000", "vehicule")
    await poster(client, f"{ici}/terminer", {"absents_a_zero": True})
    perdu = {"produit_id": ligne["produit_id"], "nature": "vehicule", "comptee": "0", "raison": "vol"}
    await poster(client, f"{ici}/compter", {"lignes": [perdu]})
    await poster(client, f"{ici}/valider")
    assert len(await objets(client, etat="sorti")) == 2
    await verifier_soldes(garni.database)
    lecteur = await service_client("inventory", garni.database, "stock.lire")
    assert (await lecteur.get("/inventaires")).status_code == 200
    assert (
        await lecteur.post("/inventaires", json={"depot_id": str(garni.depots["ANN"]), "motif": "Essai"})
    ).status_code == 403


async def test_a_scan_is_undone_and_a_count_given_up(garni: Atelier, client: httpx.AsyncClient) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni)}"
    lu = await poster(client, f"{ici}/scanner", {"code": "SN1"})
    await poster(client, f"{ici}/scanner", {"code": "CAB-CAT6"})
    assert (await client.delete(f"{ici}/pointages/{lu['pointage_id']}")).status_code == 204
    fiche = lignes((await client.get(ici)).json())
    assert (fiche["TEL-SIP"]["comptee"], fiche["CAB-CAT6"]["comptee"]) == ("0.000", "1.000")
    assert (await poster(client, f"{ici}/abandonner"))["etat"] == "abandonne"
    assert len(await objets(client, etat="en_stock")) == 6


async def test_what_is_kept_for_a_project_may_be_found_in_another_place(
    garni: Atelier, client: httpx.AsyncClient
) -> None:
    place_id = await une_place(garni, client, "ANN", "A1", "neuf")
    await garni.recevoir(un_devis_valide(une_ligne(attend(garni.telephone, "5")), numero="DEV-1"))
    ici = f"/inventaires/{await ouvrir(client, garni, emplacement_id=place_id)}"
    await poster(client, f"{ici}/scanner", {"code": "SN1"})
    await poster(client, f"{ici}/terminer")
    await poster(client, f"{ici}/valider")
    vu = next(o for o in await objets(client) if o["numero_serie"] == "SN1")
    assert vu["lieu"] == "Stock Annecy · A1"
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    assert feuille["reste"] == "0.000"
    await verifier_soldes(garni.database)


async def test_what_is_not_counted_after_all_moves_nothing(garni: Atelier, client: httpx.AsyncClient) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni, depot_id=str(garni.depots['LYO']))}"
    await poster(client, f"{ici}/scanner", {"code": "SN1"})
    await poster(client, f"{ici}/compter", {"lignes": [{"produit_id": str(garni.telephone.id), "comptee": None}]})
    await poster(client, f"{ici}/terminer")
    await poster(client, f"{ici}/valider")
    assert {o["lieu"] for o in await objets(client) if o["numero_serie"] == "SN1"} == {"Stock Annecy"}
    await verifier_soldes(garni.database)


async def test_a_count_below_what_was_seen_is_refused_and_moves_nothing(
    garni: Atelier, client: httpx.AsyncClient
) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni)}"
    for code in ("SN1", "SN2", "SN3"):
        await poster(client, f"{ici}/scanner", {"code": code})
    ligne = {"produit_id": str(garni.telephone.id), "comptee": "1", "raison": "vol"}
    await poster(client, f"{ici}/compter", {"lignes": [ligne]})
    await poster(client, f"{ici}/terminer")
    refus = await poster(client, f"{ici}/valider", statut=409)
    assert refus["detail"] == ("TEL-SIP : 3 lus sur place pour 1 comptés ; retirez des lectures ou corrigez le compte.")
    assert {o["etat"] for o in await objets(client)} == {"en_stock"}


async def test_a_roll_that_was_seen_loses_what_is_missing_of_it(garni: Atelier, client: httpx.AsyncClient) -> None:
    ici = f"/inventaires/{await ouvrir(client, garni)}"
    rouleau = next(o for o in await objets(client) if o["reference"] == "CAB-CAT6")
    async with garni.database.transaction(garni.actor) as tx:  # a roll labelled before it was cut
        await tx.execute(text("UPDATE historique SET etiquette = 'ABCDEFGHJK' WHERE id = :id"), {"id": rouleau["id"]})
    await poster(client, f"{ici}/scanner", {"code": "ABCDEFGHJK"})
    ligne = {"produit_id": str(garni.cable.id), "comptee": "8", "raison": "erreur"}
    await poster(client, f"{ici}/compter", {"lignes": [ligne]})
    await poster(client, f"{ici}/terminer")
    await poster(client, f"{ici}/valider")
    stock = (await client.get(f"/produits/{garni.cable.id}/stock")).json()
    assert [s["physique"] for s in stock if s["agence_nom"] == "Annecy"] == ["8.000"]
    await verifier_soldes(garni.database)
