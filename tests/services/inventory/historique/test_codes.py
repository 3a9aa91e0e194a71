"""A label is understood however it is read: its QR address, the code as printed, the code alone."""

from typing import Any

import httpx
import pytest

from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets

Json = dict[str, Any]
FORMES = ("https://amanela.fr/e/{}", "https://amanela.fr/e/{}?s=qr", "{0[0]} {0[1]}", "{}")


def ecrire(forme: str, code: str) -> str:
    """The code as it is scanned or typed."""
    groupes = (code[:5].lower(), code[5:])
    return forme.format(groupes if "[" in forme else code)


async def un_telephone(atelier: Atelier, client: httpx.AsyncClient) -> tuple[Json, str]:
    """A phone in stock in Annecy, and its label."""
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("SN 12",))))
    objet = (await objets(client))[0]
    code = (await client.post("/etiquettes/generer", json={"historique_ids": [objet["id"]]})).json()["codes"][0]
    return objet, code


@pytest.mark.parametrize("forme", FORMES)
async def test_a_label_is_understood_wherever_codes_are_typed(
    atelier: Atelier, client: httpx.AsyncClient, forme: str
) -> None:
    objet, code = await un_telephone(atelier, client)
    saisi = ecrire(forme, code)
    assert [o["id"] for o in (await client.get("/recherche-objet", params={"code": saisi})).json()] == [objet["id"]]
    assert [o["id"] for o in await objets(client, q=saisi)] == [objet["id"]]
    depots = {"de_depot_id": str(atelier.depots["ANN"]), "vers_depot_id": str(atelier.depots["LYO"])}
    transfert = await client.post("/transferts", json={**depots, "lignes": [{"code": saisi}]})
    assert transfert.status_code == 201, transfert.text
    assert (await client.post(f"/transferts/{transfert.json()['id']}/recevoir", json={})).status_code == 200
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    feuille = (await client.get("/feuilles")).json()["elements"][0]
    pose = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"code": saisi})
    assert pose.status_code == 200, pose.text


@pytest.mark.parametrize("forme", FORMES[:3])
async def test_a_label_says_what_goes_back_to_its_supplier(
    atelier: Atelier, client: httpx.AsyncClient, forme: str
) -> None:
    saisi = ecrire(forme, (await un_telephone(atelier, client))[1])
    retour = await client.post("/retours", json={"code": saisi, "attente": "avoir", "motif": "Ne s’allume pas"})
    assert retour.status_code == 201, retour.text


@pytest.mark.parametrize("saisi", ["sn 12", "SN 12 "])
async def test_a_serial_number_is_found_as_it_is_written(
    atelier: Atelier, client: httpx.AsyncClient, saisi: str
) -> None:
    objet, _ = await un_telephone(atelier, client)
    assert [o["id"] for o in (await client.get("/recherche-objet", params={"code": saisi})).json()] == [objet["id"]]
