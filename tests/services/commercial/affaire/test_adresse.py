"""The coded address of an affaire is the one its devis bear; without one, the client's own."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from shared.contracts.contacts import Adresse
from shared.database.database import Database
from shared.kernel.ids import new_id
from tests.builders import commercial as b

SIEGE = Adresse(code="SIEGE", lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")
DEPOT = Adresse(code="DEPOT", lignes=("9 quai Rambaud",), code_postal="69002", ville="Lyon")


async def _devis(client: httpx.AsyncClient, database: Database, **affaire: Any) -> tuple[dict[str, Any], str]:
    """The devis of an affaire of the client, and what its PDF says."""
    await b.recevoir(database, b.un_tiers(adresse=SIEGE, adresses=(SIEGE, DEPOT)))
    corps = {"libelle": "Wi-Fi du dépôt", "etat": "affaire", "tiers_id": str(b.TIERS), **affaire}
    creee = await client.post("/affaires", json=corps)
    assert creee.status_code == 201, creee.text
    demande = b.une_demande(demande_id=new_id(), numero="D-9", affaire_id=creee.json()["id"])
    await b.recevoir(database, demande)
    etude = await b.une_etude(client, demande.demande_id)
    adresse = f"/propositions/{etude['propositions'][0]['id']}"
    await client.put(f"{adresse}/lignes", json={"lignes": [b.une_ligne()]})
    pdf = await client.get(f"{adresse}/document")
    assert pdf.status_code == 200, pdf.text
    texte = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    return (await client.get(adresse)).json(), texte


async def test_the_devis_of_an_affaire_bears_its_coded_address(client: httpx.AsyncClient, database: Database) -> None:
    devis, texte = await _devis(client, database, adresse_code="DEPOT")
    assert devis["adresse_code"] == "DEPOT"
    assert "9 quai Rambaud" in texte
    assert "12 rue du Lac" not in texte
    suivante = await client.post(f"/etudes/{devis['etude_id']}/propositions", json={"libelle": "Location"})
    assert suivante.json()["adresse_code"] == "DEPOT"


@pytest.mark.feature("AF-56")
async def test_without_code_the_own_address_of_the_client_is_printed(
    client: httpx.AsyncClient, database: Database
) -> None:
    devis, texte = await _devis(client, database)
    assert devis["adresse_code"] == ""
    assert "12 rue du Lac" in texte
    assert "9 quai Rambaud" not in texte
