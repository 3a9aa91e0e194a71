"""A reduced VAT rate is certified by the client who signs (acceptance check 18): on line with the agreement, on paper beside it or later."""

import httpx
import pytest

from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien

PHRASE = "Le client certifie que les travaux portent sur un local à usage d’habitation"


async def _signature(client: httpx.AsyncClient, devis: dict[str, str]) -> dict[str, object]:
    return dict((await client.get(f"/propositions/{devis['id']}/signature")).json())


@pytest.mark.parametrize("taux", ["5.5", "10"])
async def test_on_line_the_agreement_waits_for_the_certification(
    client: httpx.AsyncClient, database: Database, boite: Boite, taux: str
) -> None:
    devis = await b.un_devis(client, [b.une_ligne(), b.une_ligne(taux_tva=taux)])
    assert devis["a_taux_reduit"]
    await b.envoyer(client, database, devis["id"])
    lien = dernier_lien(boite)
    assert (await client.get(lien)).json()["contenu"]["certification"].startswith(PHRASE)
    refus = await client.post(f"{lien}/accepter", json=ACCORD)
    assert (refus.status_code, refus.json()["code"]) == (422, "certification_manquante")
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "envoye"
    assert (await client.post(f"{lien}/accepter", json={**ACCORD, "certifie_taux_reduit": True})).is_success
    assert (await _signature(client, devis))["certifie_taux_reduit"] is True


async def test_only_what_the_client_keeps_is_certified(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    option = b.une_ligne(taux_tva="10", est_option=True, est_retenue=False)
    devis = await b.un_devis(client, [b.une_ligne(), option])
    await b.envoyer(client, database, devis["id"])
    lien = dernier_lien(boite)
    choix = [ligne["id"] for ligne in devis["lignes"] if ligne["est_option"]]
    assert (await client.get(lien)).json()["contenu"]["certification"] == ""
    avec = await client.get(lien, params={"simule": True, "choix": choix})
    assert avec.json()["contenu"]["certification"].startswith(PHRASE)
    refus = await client.post(f"{lien}/accepter", json={**ACCORD, "choix": choix})
    assert refus.json()["code"] == "certification_manquante"
    assert (await client.post(f"{lien}/accepter", json={**ACCORD, "choix": []})).is_success
    assert (await _signature(client, devis))["certifie_taux_reduit"] is None


async def test_a_paper_may_be_certified_later(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [b.une_ligne(taux_tva="10")])
    url = f"/propositions/{devis['id']}"
    assert (await client.post(f"{url}/certification")).json()["code"] == "signature_absente"
    assert (await client.post(f"{url}/valider", json={"signe_par": "M. Roux"})).is_success
    assert (await _signature(client, devis))["certifie_taux_reduit"] is False
    for _ in range(2):
        assert (await client.post(f"{url}/certification")).status_code == 204
    assert (await _signature(client, devis))["certifie_taux_reduit"] is True


async def test_a_paper_says_at_once_that_it_is_certified(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [b.une_ligne(taux_tva="5.5")])
    saisie = {"signe_par": "M. Roux", "certifie_taux_reduit": True}
    assert (await client.post(f"/propositions/{devis['id']}/valider", json=saisie)).is_success
    assert (await _signature(client, devis))["certifie_taux_reduit"] is True
