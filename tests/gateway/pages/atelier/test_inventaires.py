"""A stock count from the pages: opened blind, scanned, settled with a reason."""

import re
from typing import Any

from tests.builders.inventory import recu, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


async def test_a_blind_count_is_scanned_then_settled(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    ligne = recu(a.telephone, "2", ("SN1", "SN2"))
    await a.recevoir(une_reception(a.annecy.agence_id, ligne, recu(a.cable, "10")))
    assert "Aucun inventaire" in await navigateur.lire("/atelier/inventaires")
    van = {"code": "VAN-9", "libelle": "Fourgon", "nature": "vehicule"}
    assert (await navigateur.api.post(f"/depots/{a.depots['ANN']}/emplacements", json=van)).status_code < 300
    nouveau = await navigateur.lire("/atelier/inventaires/nouveau")
    assert re.search(r">[^<]+ · tout, véhicules compris</option>", nouveau), "les véhicules se comptent avec le dépôt"
    assert re.search(r">[^<]+ · VAN-9</option>", nouveau)
    await navigateur.envoyer("/atelier/inventaires/nouveau", 422, ou=str(a.depots["ANN"]), motif="x")
    await navigateur.envoyer(
        "/atelier/inventaires/nouveau", ou=str(a.depots["ANN"]), motif="Comptage tournant", est_aveugle="1"
    )
    (inventaire,) = (await navigateur.api.get("/inventaires")).json()["elements"]
    ici = f"/atelier/inventaires/{inventaire['id']}"
    page = await navigateur.lire(ici)
    assert "À l’aveugle" in page
    assert ">10<" not in page
    entetes = {"X-CSRF-Token": navigateur.csrf}
    codes = {"lectures": [{"cle": cle, "code": code} for cle, code in (("a", "??"), ("b", "SN1"), ("b", "SN1"))]}
    lues = (await navigateur.http.post(f"{ici}/scanner", json=codes, headers=entetes)).json()["lectures"]
    assert [(lue["cle"], lue["lecture"]["resultat"]) for lue in lues] == [
        *(("a", "inconnu"), ("b", "attendu"), ("b", "attendu"))  # the last one, sent again, is not « Déjà lu »
    ]
    assert {lue["lecture"]["libelle"] for lue in lues[1:]} == {"Téléphone SIP"}
    fiche = (await navigateur.api.get(f"/inventaires/{inventaire['id']}")).json()
    cable = next(x for x in fiche["lignes"] if x["reference"] == "CAB-CAT6")
    comptage: dict[str, Any] = {f"comptee_{cable['id']}": "9,5"}
    await navigateur.envoyer(f"{ici}/compter", **comptage)
    await navigateur.envoyer(f"{ici}/terminer", absents_a_zero="1")
    page = await navigateur.lire(ici)
    assert "2 écarts" in page
    assert "-0,5" in page or "−0,5" in page
    await navigateur.envoyer(f"{ici}/valider", 409)
    raisons: dict[str, Any] = {f"raison_{x['id']}": "perte" for x in fiche["lignes"]}
    await navigateur.envoyer(f"{ici}/compter", **raisons)
    await navigateur.envoyer(f"{ici}/valider")
    assert "Validé" in await navigateur.lire(ici)
    sortis = (await navigateur.api.get("/historiques", params={"etat": "sorti"})).json()["elements"]
    assert {(o["reference"], o["numero_serie"]) for o in sortis} == {("TEL-SIP", "SN2"), ("CAB-CAT6", None)}


async def test_what_others_counted_since_the_page_was_shown_is_kept(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "2", ("SN1", "SN2")), recu(a.cable, "10")))
    await navigateur.envoyer("/atelier/inventaires/nouveau", ou=str(a.depots["ANN"]), motif="Comptage tournant")
    (inventaire,) = (await navigateur.api.get("/inventaires")).json()["elements"]
    ici = f"/atelier/inventaires/{inventaire['id']}"
    champs = dict(re.findall(r'name="((?:vu_)?comptee_[^"]+)"[^>]*value="([^"]*)"', await navigateur.lire(ici)))
    assert len(champs) == 4
    await navigateur.api.post(f"/inventaires/{inventaire['id']}/scanner", json={"code": "SN1"})
    fiche = (await navigateur.api.get(f"/inventaires/{inventaire['id']}")).json()
    ids = {x["reference"]: x["id"] for x in fiche["lignes"]}
    await navigateur.envoyer(f"{ici}/compter", **{**champs, f"comptee_{ids['CAB-CAT6']}": "9,5"})
    fiche = (await navigateur.api.get(f"/inventaires/{inventaire['id']}")).json()
    assert {x["reference"]: x["comptee"] for x in fiche["lignes"]} == {"TEL-SIP": "1.000", "CAB-CAT6": "9.500"}
    page = await navigateur.lire(ici)
    champs = dict(re.findall(r'name="((?:vu_)?comptee_[^"]+)"[^>]*value="([^"]*)"', page))
    await navigateur.envoyer(f"{ici}/compter", **{**champs, f"comptee_{ids['CAB-CAT6']}": ""})  # wiped on purpose
    fiche = (await navigateur.api.get(f"/inventaires/{inventaire['id']}")).json()
    assert {x["reference"]: x["comptee"] for x in fiche["lignes"]} == {"TEL-SIP": "1.000", "CAB-CAT6": None}
