"""Label sheets over HTTP."""

import io

import httpx
import pikepdf
import pytest
from pypdf import PdfReader

from tests.builders.inventory import Atelier, recu, une_reception


@pytest.mark.feature("IN-19")
async def test_a_batch_is_made_then_printed_from_the_chosen_place(atelier: Atelier, client: httpx.AsyncClient) -> None:
    lot = (await client.post("/etiquettes/generer", json={"nombre": 20})).json()
    assert len(set(lot["codes"])) == 20
    assert all(len(code) == 10 for code in lot["codes"])

    reponse = await client.get(f"/etiquettes/lots/{lot['id']}/planche", params={"format": "L7160", "depart": 3})
    assert reponse.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(reponse.content)) as pdf:
        assert len(pdf.pages) == 2  # 21 places, two of them already used
        largeur, hauteur = (float(x) / 72 * 25.4 for x in list(pdf.pages[0].mediabox)[2:])
    assert (round(largeur), round(hauteur)) == (210, 297)

    lots = (await client.get("/etiquettes/lots")).json()["elements"]
    assert (lots[0]["nombre"], lots[0]["posees"]) == (20, 0)


async def test_impossible_sheets_are_refused(atelier: Atelier, client: httpx.AsyncClient) -> None:
    lot = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()
    url = f"/etiquettes/lots/{lot['id']}/planche"
    assert (await client.get(url, params={"depart": 22})).status_code == 422
    assert (await client.get(url, params={"format": "inconnu"})).status_code == 422
    assert (await client.get(f"/etiquettes/lots/{atelier.cable.id}/planche")).status_code == 404
    assert (await client.post("/etiquettes/generer", json={"nombre": 5000})).status_code == 422


async def test_the_label_of_an_object_is_printed_again_at_any_size(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, series=("T-77",))))
    (objet,) = (await client.get("/historiques")).json()["elements"]
    url = f"/historiques/{objet['id']}/etiquette/planche"
    sans = await client.get(url)
    assert (sans.status_code, sans.json()["code"]) == (404, "objet_sans_etiquette")
    await client.post("/etiquettes/generer", json={"historique_ids": [objet["id"]]})
    code = (await client.get(f"/historiques/{objet['id']}")).json()["etiquette"]

    attendus = {"serie": "N° T-77", "reference": "TEL-SIP", "rien": ""}
    for detail, attendu in attendus.items():
        params: dict[str, str | int] = {"format": "libre", "largeur": 50, "hauteur": 25, "detail": detail}
        pdf = (await client.get(url, params=params)).content
        with pikepdf.open(io.BytesIO(pdf)) as ouvert:
            assert len(ouvert.pages) == 1
            taille = [round(float(x) / 72 * 25.4) for x in list(ouvert.pages[0].mediabox)[2:]]
        texte = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
        assert (taille, code[:5] in texte) == ([50, 25], True)
        assert [mot for mot in attendus.values() if mot and mot in texte] == ([attendu] if attendu else [])
    assert (await client.get(url, params={"format": "libre", "largeur": 5})).status_code == 422


async def test_a_label_is_read_back_from_its_address(atelier: Atelier, client: httpx.AsyncClient) -> None:
    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    assert (await client.get(f"/etiquettes/{code[:5]} {code[5:].lower()}")).json()["historique_id"] is None
    assert (await client.get("/etiquettes/XXXXXXXXXX")).status_code == 404
