"""A page break among the lines: the PDF obeys it, nothing else sees it."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from shared.database.database import Database
from tests.builders import commercial as b

SAUT = {"genre": "saut", "designation": "jamais imprimé"}


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


async def imprimer(client: httpx.AsyncClient, lignes: list[dict[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    devis = await b.un_devis(client, lignes)
    reponse = await client.get(f"/propositions/{devis['id']}/document")
    assert reponse.status_code == 200, reponse.text
    return devis, pages(reponse.content)


@pytest.mark.parametrize("bords", [False, True])
async def test_what_follows_a_break_is_printed_on_the_next_page(
    client: httpx.AsyncClient, database: Database, bords: bool
) -> None:
    une, autre = b.une_ligne(designation="Enregistreur"), b.une_ligne(designation="Raccordement")
    sans, continues = await imprimer(client, [une, autre])
    lignes = [SAUT, une, SAUT, SAUT, autre, SAUT] if bords else [une, SAUT, autre]
    avec, coupees = await imprimer(client, lignes)
    assert [("Enregistreur" in page, "Raccordement" in page) for page in continues] == [(True, True)]
    assert [("Enregistreur" in page, "Raccordement" in page) for page in coupees] == [(True, False), (False, True)]
    assert "jamais imprimé" not in "".join(coupees)
    assert "Désignation" in coupees[1]
    assert avec["totaux"] == sans["totaux"]
    numeros = [ligne["numero"] for ligne in avec["lignes"] if ligne["genre"] == "ligne"]
    assert numeros == ["1", "2"]
    assert {ligne["designation"] for ligne in avec["lignes"] if ligne["genre"] == "saut"} == {""}
