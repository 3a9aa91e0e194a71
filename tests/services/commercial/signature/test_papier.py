"""Signed on paper: the scan is kept with the proof, before or after the validation, and nothing else is."""

import httpx
import pytest

from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.signature.test_portail import ACCORD, envoye

SCAN = b"%PDF-1.4\nbon pour accord"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


async def joindre(client: httpx.AsyncClient, id_: str, contenu: bytes, nom: str, type_: str) -> httpx.Response:
    entetes = {"content-type": type_}
    return await client.put(f"/propositions/{id_}/papier-signe", params={"nom": nom}, content=contenu, headers=entetes)


async def valider(client: httpx.AsyncClient, id_: str) -> None:
    reponse = await client.post(f"/propositions/{id_}/valider", json={"signe_par": "Mme Martin"})
    assert reponse.status_code == 200, reponse.text


async def test_the_scan_given_before_the_validation_is_the_signed_file(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    assert (await joindre(client, devis["id"], SCAN, "Devis signé.pdf", "application/pdf")).status_code == 204
    assert (await client.get(f"/propositions/{devis['id']}/document?forme=signee")).status_code == 404
    await valider(client, devis["id"])
    signe = await client.get(f"/propositions/{devis['id']}/document?forme=signee")
    assert (signe.content, signe.headers["content-type"]) == (SCAN, "application/pdf")
    assert "Devis%20sign%C3%A9.pdf" in signe.headers["content-disposition"]
    vue = (await client.get(f"/propositions/{devis['id']}/signature")).json()
    assert (vue["mode"], vue["nom"], vue["document_signe_nom"]) == ("papier", "Mme Martin", "Devis signé.pdf")


async def test_the_scan_may_come_after_the_validation(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    await valider(client, devis["id"])
    assert (await joindre(client, devis["id"], PNG, "photo.png", "image/png")).status_code == 204
    signe = await client.get(f"/propositions/{devis['id']}/document?forme=signee")
    assert (signe.content, signe.headers["content-type"]) == (PNG, "image/png")


@pytest.mark.parametrize(
    ("contenu", "nom", "type_", "code"),
    [
        (b"a;b", "prix.csv", "text/csv", "papier_illisible"),
        (b"", "vide.pdf", "application/pdf", "fichier_vide"),
        (b"<html>", "page.html", "text/html", "type_refuse"),
    ],
)
async def test_anything_but_a_scan_is_refused(
    client: httpx.AsyncClient, contenu: bytes, nom: str, type_: str, code: str
) -> None:
    devis = await b.un_devis(client)
    refus = await joindre(client, devis["id"], contenu, nom, type_)
    assert (refus.status_code, refus.json()["code"]) == (422, code)


async def test_a_sealed_or_closed_devis_takes_no_scan(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    await client.post(f"{lien}/accepter", json=ACCORD)
    refus = await joindre(client, devis["id"], SCAN, "devis.pdf", "application/pdf")
    assert (refus.status_code, refus.json()["code"]) == (409, "signe_en_ligne")
    autre = await b.un_devis(client)
    await client.post(f"/propositions/{autre['id']}/ne-pas-retenir", json={"motif": ""})
    refus = await joindre(client, autre["id"], SCAN, "devis.pdf", "application/pdf")
    assert (refus.status_code, refus.json()["code"]) == (409, "proposition_figee")
