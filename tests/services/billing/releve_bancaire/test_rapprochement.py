"""A statement comes in: invoices are settled, what is not recognised stays in sight, nothing counts twice."""

from base64 import b64encode
from datetime import date
from typing import Any

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FacturePayee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import un_client, une_feuille_validee, une_societe
from tests.builders.releves import Operation, un_camt, un_cfonb, un_ofx

TTC = "740.54"
Json = dict[str, Any]


@pytest.fixture
async def billing(service_database: ServiceDatabase) -> Database:
    """Billing, knowing us and one client."""
    database = await service_database("billing")
    await recevoir(database, subscriptions, un_client(), une_societe())
    return database


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


async def _factures(billing: Database, client: httpx.AsyncClient, nombre: int) -> list[Json]:
    """Invoices of 740,54 € TTC each, the first issued first."""
    for _ in range(nombre):
        await recevoir(billing, subscriptions, une_feuille_validee(feuille_id=new_id()))
    affaires = (await client.get("/affaires-client?etat=a_facturer")).json()["elements"]
    return [(await client.post(f"/affaires-client/{a['id']}/facturer")).json() for a in affaires]


async def _importer(client: httpx.AsyncClient, contenu: bytes, statut: int = 201) -> Any:
    reponse = await client.post("/releves-bancaires", json={"nom": "mars.txt", "contenu": b64encode(contenu).decode()})
    assert reponse.status_code == statut, reponse.text
    return reponse.json()


async def _operations(client: httpx.AsyncClient, **filtre: str) -> list[Json]:
    elements: list[Json] = (await client.get("/operations-bancaires", params=filtre)).json()["elements"]
    return elements


def _un(montant: str, libelle: str, reference: str = "", jour: int = 3) -> Operation:
    return (date(2026, 3, jour), montant, libelle, reference)


@pytest.mark.feature("BI-09")
async def test_lines_are_matched_to_invoices_and_what_remains_is_shown(
    billing: Database, client: httpx.AsyncClient
) -> None:
    une, autre = await _factures(billing, client, 2)
    lignes = (
        _un(TTC, "VIR SEPA CABINET MARTIN", une["numero"]),
        _un(TTC, "REMISE CHEQUE 0001234", jour=4),
        _un("-12.00", "COMMISSIONS SUR COMPTE", jour=5),
    )
    (releve,) = await _importer(client, un_cfonb(*lignes))
    assert (releve["nouvelles"], releve["doublons"]) == (3, 0)
    dossier = (await client.get(f"/factures/{une['id']}")).json()
    assert (dossier["etat"], dossier["solde_ttc"]) == ("payee", "0.00")
    assert [r["recu_le"] for r in dossier["reglements"]] == ["2026-03-03"]

    restent = await _operations(client, etat="a_rapprocher")
    assert [o["libelle"] for o in restent] == ["COMMISSIONS SUR COMPTE", "REMISE CHEQUE 0001234"]
    totaux = (await client.get("/operations-bancaires/totaux")).json()
    assert totaux == {"nombre": 3, "entrees": "1481.08", "sorties": "-12.00", "a_rapprocher": 2}

    cheque = (await client.get(f"/operations-bancaires/{restent[1]['id']}")).json()
    assert [(c["numero"], c["est_citee"]) for c in cheque["candidates"]] == [(autre["numero"], False)]
    chemin = f"/operations-bancaires/{cheque['id']}/rapprocher"
    assert (await client.post(chemin, json={"facture_ids": [autre["id"]]})).status_code == 204
    assert (await client.post(chemin, json={"facture_ids": [autre["id"]]})).json()["code"] == "operation_deja_traitee"
    (reglee,) = (await _operations(client, q="remise 0001234"))[0]["factures"]
    assert (reglee["numero"], reglee["montant_ttc"]) == (autre["numero"], TTC)
    modes = [r["mode"] for r in (await client.get(f"/factures/{autre['id']}")).json()["reglements"]]
    assert modes == ["cheque"]

    frais = f"/operations-bancaires/{restent[0]['id']}"
    sortie = await client.post(f"{frais}/rapprocher", json={"facture_ids": [autre["id"]]})
    assert sortie.json()["code"] == "operation_debitrice"
    assert (await client.post(f"{frais}/ecarter", json={"motif": "Frais bancaires"})).status_code == 204
    assert await _operations(client, etat="a_rapprocher") == []
    assert (await client.post(f"{frais}/rouvrir")).status_code == 204
    assert len(await _operations(client, etat="a_rapprocher")) == 1
    assert len(await annonces(billing, FacturePayee)) == 2


async def test_the_same_period_in_three_formats_counts_once(client: httpx.AsyncClient) -> None:
    lignes = (_un("1250.00", "VIR SEPA MAIRIE"), _un("-12.00", "COMMISSIONS"), _un("-12.00", "COMMISSIONS"))
    vus = [(await _importer(client, ecrire(*lignes)))[0] for ecrire in (un_cfonb, un_camt, un_ofx)]
    assert [(releve["nouvelles"], releve["doublons"]) for releve in vus] == [(3, 0), (0, 3), (0, 3)]
    assert len(await _operations(client)) == 3


async def test_a_payment_typed_before_the_statement_is_recognised_not_doubled(
    billing: Database, client: httpx.AsyncClient
) -> None:
    (facture,) = await _factures(billing, client, 1)
    saisie = {"montant_ttc": TTC, "recu_le": "2026-03-02"}
    assert (await client.post(f"/factures/{facture['id']}/reglements", json=saisie)).status_code == 201
    await _importer(client, un_camt(_un(TTC, "VIR MARTIN", facture["numero"])))
    ((reglee,),) = [o["factures"] for o in await _operations(client, etat="rapprochee")]
    assert reglee["numero"] == facture["numero"]
    assert len((await client.get(f"/factures/{facture['id']}")).json()["reglements"]) == 1


async def test_one_transfer_for_two_invoices_and_one_too_large(billing: Database, client: httpx.AsyncClient) -> None:
    une, autre = await _factures(billing, client, 2)
    await _importer(
        client, un_ofx(_un("1481.08", f"VIR {une['numero']} {autre['numero']}"), _un("900.00", "VIR MARTIN"))
    )
    assert {len(o["factures"]) for o in await _operations(client, etat="rapprochee")} == {2}
    (trop,) = await _operations(client, etat="a_rapprocher")
    refus = await client.post(f"/operations-bancaires/{trop['id']}/rapprocher", json={"facture_ids": [une["id"]]})
    assert (refus.status_code, refus.json()["code"]) == (422, "montant_non_affecte")
    assert "900,00\xa0€" in refus.json()["detail"]


async def test_a_refused_file_leaves_nothing(client: httpx.AsyncClient) -> None:
    refus = await _importer(client, un_cfonb(_un("10.00", "VIR"), ecart="1"), 422)
    assert refus["code"] == "releve_incoherent"
    assert "ligne 3" in refus["detail"]
    assert await _operations(client) == []


async def test_a_technician_neither_reads_nor_imports(
    billing: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    nicolas = await service_client("billing", billing, "demande.lire", "feuille.preparer")
    assert (await nicolas.get("/operations-bancaires")).status_code == 403
    corps = {"nom": "a", "contenu": b64encode(un_ofx(_un("1.00", "VIR"))).decode()}
    assert (await nicolas.post("/releves-bancaires", json=corps)).status_code == 403
    assert await _operations(client) == []
