"""From a validated sheet to an invoice: once, numbered without gap, frozen, chained."""

import asyncio
from decimal import Decimal

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.billing.facture import use_cases
from services.billing.facture.models import Facture
from services.billing.facture.repository import PREMIER_MAILLON
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.testing.delivery import annonces, enveloppe, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import un_client, une_feuille_validee, une_ligne, une_societe


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


async def _affaires(client: httpx.AsyncClient) -> list[dict[str, str]]:
    elements: list[dict[str, str]] = (await client.get("/affaires-client?etat=a_facturer")).json()["elements"]
    return elements


@pytest.mark.feature("BI-01")
async def test_a_validated_sheet_becomes_one_affaire_even_when_told_twice(
    billing: Database, client: httpx.AsyncClient
) -> None:
    fait = enveloppe(une_feuille_validee())
    await recevoir(billing, subscriptions, fait, fait)
    (affaire,) = await _affaires(client)
    assert (affaire["total_ht"], affaire["total_tva"], affaire["total_ttc"]) == ("617.12", "123.42", "740.54")


@pytest.mark.feature("BI-02")
async def test_accounts_correct_lines_before_issuing_and_the_change_is_traced(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    ligne = {"designation": "Caméra dôme", "quantite": "3", "prix_ht": "162.40", "remise": "5", "taux_tva": "20"}
    corps = {"objet": "Vidéosurveillance du cabinet", "lignes": [ligne]}
    corrigee = await client.put(f"/affaires-client/{affaire['id']}", json=corps, headers={"If-Match": "1"})
    assert corrigee.json()["total_ht"] == "462.84"
    async with billing.read() as session:
        trace = (await session.execute(text("select avant, apres from audit order by id desc limit 1"))).one()
    assert trace.avant["total_ht"] == "617.12"
    assert trace.apres["total_ht"] == "462.84"
    perimee = await client.put(f"/affaires-client/{affaire['id']}", json=corps, headers={"If-Match": "1"})
    assert perimee.status_code == 409


async def test_issuing_twice_is_refused_and_gives_one_invoice(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    premiere = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    seconde = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (premiere.status_code, seconde.status_code) == (201, 409)
    assert premiere.json()["numero"] == "FC-2026-00001"
    assert seconde.json()["code"] == "affaire_deja_facturee"


async def test_a_double_click_with_its_key_issues_once(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    cle = {"Idempotency-Key": "clic-1"}
    adresse = f"/affaires-client/{affaire['id']}/facturer"
    reponses = await asyncio.gather(*(client.post(adresse, headers=cle) for _ in range(4)))
    assert {r.status_code for r in reponses} == {201}
    assert len({r.json()["numero"] for r in reponses}) == 1
    assert len(await annonces(billing, FactureEmise)) == 1


async def test_numbers_have_no_gap_when_some_issues_fail(billing: Database) -> None:
    """40 sheets, every fifth transaction undone after the number was taken: 32 numbers in a row, one chain."""
    await recevoir(billing, subscriptions, *(une_feuille_validee() for _ in range(40)))
    async with billing.read() as session:
        ids = list(await session.scalars(text("select id from affaire_client order by numero")))

    async def emettre(rang: int) -> None:
        tx = billing.begin(Actor.systeme("test"))
        await use_cases.emettre(tx, ids[rang])
        await (tx.abandon() if rang % 5 == 0 else tx.finish())

    await asyncio.gather(*(emettre(rang) for rang in range(40)))
    async with billing.read() as session:
        lignes = (
            await session.execute(
                text("select numero, rang, empreinte_precedente, empreinte from facture order by rang")
            )
        ).all()
    assert [ligne.numero for ligne in lignes] == [f"FC-2026-{n:05d}" for n in range(1, 33)]
    maillons = [PREMIER_MAILLON, *(ligne.empreinte for ligne in lignes)]
    assert [ligne.empreinte_precedente for ligne in lignes] == maillons[:-1]


async def test_an_issued_invoice_cannot_be_changed_or_deleted(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    await client.post(f"/affaires-client/{affaire['id']}/facturer")
    for ordre in ("update facture set total_ttc = 1", "delete from facture"):
        with pytest.raises(DBAPIError, match="facture emise"):
            async with billing.transaction(Actor.systeme("pirate")) as tx:
                await tx.execute(text(ordre))


async def test_what_an_avenant_takes_away_lowers_the_invoice_and_is_never_one_by_itself(
    billing: Database, client: httpx.AsyncClient
) -> None:
    moins = une_ligne(designation="Câble retiré", quantite=Decimal(1), prix_ht=Decimal(-40), remise=Decimal(0))
    await recevoir(billing, subscriptions, une_feuille_validee(une_ligne(), moins))
    (affaire,) = await _affaires(client)
    facture = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert facture.json()["total_ht"] == "577.12"
    await recevoir(billing, subscriptions, une_feuille_validee(moins))
    (seule,) = await _affaires(client)
    refus = await client.post(f"/affaires-client/{seule['id']}/facturer")
    assert (refus.status_code, refus.json()["code"]) == (409, "affaire_negative")


async def test_without_address_nothing_can_be_invoiced(billing: Database, client: httpx.AsyncClient) -> None:
    sans = un_client(adresse=None, adresses=())
    await recevoir(billing, subscriptions, sans, une_feuille_validee())
    (affaire,) = await _affaires(client)
    refus = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert refus.status_code == 409
    assert "n’a pas d’adresse" in refus.json()["detail"]


async def test_without_the_right_nothing_is_issued(billing: Database, service_client: ServiceClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    lecteur = await service_client("billing", billing, "facture.lire")
    (affaire,) = await _affaires(lecteur)
    refus = await lecteur.post(f"/affaires-client/{affaire['id']}/facturer")
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert await annonces(billing, FactureEmise) == []


async def test_an_avoir_mirrors_the_invoice_and_only_once(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee(une_ligne(), une_ligne(taux_tva=Decimal(10))))
    (affaire,) = await _affaires(client)
    facture = (await client.post(f"/affaires-client/{affaire['id']}/facturer")).json()
    avoir = (await client.post(f"/factures/{facture['id']}/avoir", json={"motif": "Erreur de client"})).json()
    assert avoir["numero"] == "AV-2026-00001"
    assert Decimal(avoir["total_ttc"]) == -Decimal(facture["total_ttc"])
    assert facture["numero"] in avoir["contenu"]["mentions"][0]
    encore = await client.post(f"/factures/{facture['id']}/avoir", json={"motif": "Encore"})
    assert encore.status_code == 409
    assert Decimal((await client.get(f"/factures/{facture['id']}")).json()["solde_ttc"]) == 0


async def test_a_payment_larger_than_what_is_due_is_refused(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    facture = (await client.post(f"/affaires-client/{affaire['id']}/facturer")).json()
    adresse = f"/factures/{facture['id']}/reglements"
    partiel = await client.post(adresse, json={"montant_ttc": "700.00", "recu_le": "2026-04-02"})
    assert (partiel.json()["solde_ttc"], partiel.json()["etat"]) == ("40.54", "emise")
    trop = await client.post(adresse, json={"montant_ttc": "40.55", "recu_le": "2026-04-02"})
    assert trop.status_code == 422
    solde = await client.post(adresse, json={"montant_ttc": "40.54", "recu_le": "2026-04-03"})
    assert (solde.json()["solde_ttc"], solde.json()["etat"]) == ("0.00", "payee")


async def test_the_pdf_is_made_once_and_served_as_kept(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee())
    (affaire,) = await _affaires(client)
    facture = (await client.post(f"/affaires-client/{affaire['id']}/facturer")).json()
    assert (await client.get(f"/factures/{facture['id']}/document")).status_code == 404
    (emise,) = await annonces(billing, FactureEmise)
    await recevoir(billing, subscriptions, emise, emise)
    premier = await client.get(f"/factures/{facture['id']}/document")
    assert premier.content.startswith(b"%PDF-")
    async with billing.read() as session:
        gardee = await session.get(Facture, facture["id"])
    assert gardee is not None
    assert gardee.document_sha256
    assert (await client.get(f"/factures/{facture['id']}/document")).content == premier.content
