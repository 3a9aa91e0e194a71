"""An invoice goes where its devis says, in the name of the client who owes it."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import EnvoiFactureDemande, FactureEmise
from shared.contracts.commercial import Adressage
from shared.contracts.contacts import Adresse
from shared.database.database import Database
from shared.testing.delivery import annonces, recevoir
from tests.builders.billing import ANNECY, CLIENT, un_client
from tests.services.billing.acompte.test_acompte import affaires, billing, client, facturer, sa_feuille, un_devis_signe

__all__ = ["billing", "client"]
Json = dict[str, Any]
SYNDIC = UUID(int=0xA7)
BUREAU = Adresse(code="BUREAU", lignes=("1 place Bellecour",), code_postal="69002", ville="Lyon")
DEPOT = Adresse(code="DEPOT", lignes=("9 quai Rambaud",), code_postal="69002", ville="Lyon")


async def _factures(base: Database, client: httpx.AsyncClient, adressage: Adressage) -> list[Json]:
    """The deposit of 30 % and the invoice of the work."""
    devis = un_devis_signe(adressage=adressage)
    await recevoir(base, subscriptions, devis)
    (demande,) = await affaires(client)
    acompte = await facturer(client, demande)
    await recevoir(base, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    return [acompte, await facturer(client, travail)]


async def _imprimee(base: Database, client: httpx.AsyncClient, facture: Json) -> str:
    faits = [f for f in await annonces(base, FactureEmise) if str(getattr(f, "facture_id", "")) == facture["id"]]
    await recevoir(base, subscriptions, *faits)
    pdf = await client.get(f"/factures/{facture['id']}/document")
    assert pdf.status_code == 200, pdf.text
    texte = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    return " ".join(texte.split())


@pytest.mark.feature("AF-54")
async def test_both_invoices_go_to_the_other_tiers_and_are_owed_by_the_client(
    billing: Database, client: httpx.AsyncClient
) -> None:
    syndic = un_client(SYNDIC, nom="Syndic Bellecour", email="syndic@exemple.fr", adresse=BUREAU, adresses=(BUREAU,))
    await recevoir(billing, subscriptions, syndic)
    for facture in await _factures(billing, client, Adressage(tiers_id=SYNDIC)):
        texte = await _imprimee(billing, client, facture)
        assert "Syndic Bellecour" in texte
        assert "1 place Bellecour" in texte
        assert "Client facturé Cabinet dentaire Martin-Lefèvre, 12 rue du Lac, 74000 Annecy, SIREN 732829320" in texte
        assert facture["tiers_id"] == str(CLIENT)
        demande = await client.post(f"/factures/{facture['id']}/envoyer", json={"destinataires": []})
        assert demande.status_code == 202, demande.text
        assert demande.json()["destinataires"] == ["syndic@exemple.fr"]
    emises = await annonces(billing, FactureEmise)
    assert {getattr(f, "tiers_id", None) for f in emises} == {CLIENT}
    assert len(await annonces(billing, EnvoiFactureDemande)) == 2


@pytest.mark.feature("AF-55")
async def test_an_invoice_bears_the_coded_address_of_the_devis(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_client(adresse=ANNECY, adresses=(ANNECY, DEPOT)))
    acompte, _ = await _factures(billing, client, Adressage(adresse_code="DEPOT"))
    texte = await _imprimee(billing, client, acompte)
    assert "9 quai Rambaud" in texte
    assert "Client facturé Cabinet dentaire Martin-Lefèvre, 12 rue du Lac" in texte


@pytest.mark.feature("AF-57")
async def test_nothing_is_invoiced_to_a_client_without_any_address(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, un_client(adresse=None, adresses=()), un_devis_signe())
    (demande,) = await affaires(client)
    refus = await client.post(f"/affaires-client/{demande['id']}/facturer")
    assert refus.status_code == 409
    assert refus.json()["detail"] == (
        "Cabinet dentaire Martin-Lefèvre n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant de "
        "facturer."
    )
