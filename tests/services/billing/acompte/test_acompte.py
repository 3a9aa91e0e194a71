"""A deposit asked for at the signature: its own invoice, then deducted from the invoice of the work, to the cent."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise, FactureEnvoyee
from shared.contracts.commercial import DevisValide, LigneDevis
from shared.contracts.inventory import FeuilleValidee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, enveloppe, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import CLIENT, un_client, une_feuille_validee, une_ligne, une_societe

Json = dict[str, Any]
LIGNES = (("1000.00", "20", "bien"), ("500.00", "20", "service"), ("100.08", "10", "service"))


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


def un_devis_signe(pourcent: str = "30", lignes: Any = LIGNES, **valeurs: Any) -> DevisValide:
    """Signed, with three lines of two rates: 1 600,08 HT."""
    commun = {"quantite": Decimal(1), "ligne_id": new_id(), "position": 0}
    dites = [
        LigneDevis(**commun, designation=n, nature=n, prix_ht=Decimal(ht), taux_tva=Decimal(taux), total_ht=Decimal(ht))
        for ht, taux, n in lignes
    ]
    base: Json = {
        **{nom: new_id() for nom in ("proposition_id", "etude_id", "demande_id")},
        "numero": "DEV-2026-00042",
        "tiers_id": CLIENT,
        "tiers_nom": "Cabinet dentaire Martin-Lefèvre",
        "objet": "Vidéosurveillance",
        "lignes": tuple(dites),
        **{nom: Decimal(0) for nom in ("total_ht", "total_tva", "total_ttc")},
        "acompte_pourcent": Decimal(pourcent),
        "valide_par": "Paul Morel",
        "valide_le": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
    }
    return DevisValide(**base | valeurs)


def sa_feuille(devis: DevisValide, **valeurs: Any) -> FeuilleValidee:
    """The same lines, done."""
    champs = ("designation", "nature", "prix_ht", "taux_tva", "total_ht")
    lignes = [
        une_ligne(quantite=Decimal(1), remise=Decimal(0), **{champ: getattr(ligne, champ) for champ in champs})
        for ligne in devis.lignes
    ]
    communs = {"proposition_id": devis.proposition_id, "demande_id": devis.demande_id, "devis_numero": devis.numero}
    return une_feuille_validee(*lignes, **communs | valeurs)


async def affaires(client: httpx.AsyncClient, etat: str = "a_facturer") -> list[Json]:
    elements: list[Json] = (await client.get(f"/affaires-client?etat={etat}")).json()["elements"]
    return [(await client.get(f"/affaires-client/{e['id']}")).json() for e in reversed(elements)]


async def facturer(client: httpx.AsyncClient, affaire: Json) -> Json:
    reponse = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert reponse.status_code == 201, reponse.text
    facture: Json = reponse.json()
    return facture


def somme(factures: list[Json], champ: str) -> Decimal:
    return sum((Decimal(f[champ]) for f in factures), Decimal(0))


async def test_the_deposit_of_a_signed_devis_is_invoiced_then_deducted_to_the_cent(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    fait = enveloppe(devis)
    await recevoir(billing, subscriptions, fait, fait)
    (demande,) = await affaires(client)
    assert (demande["origine"], demande["reference"]) == ("acompte", "DEV-2026-00042")
    assert {ligne["designation"] for ligne in demande["lignes"]} == {"Acompte de 30\u00a0% à la commande"}
    dits = [(ligne["taux_tva"], ligne["nature"], ligne["total_ht"]) for ligne in demande["lignes"]]
    assert [(Decimal(taux), nature, ht) for taux, nature, ht in dits] == [
        (Decimal(10), "service", "30.02"),
        (Decimal(20), "bien", "300.00"),
        (Decimal(20), "service", "150.00"),
    ]
    acompte = await facturer(client, demande)
    assert (acompte["numero"], acompte["nature"], acompte["total_ttc"]) == ("FC-2026-00001", "acompte", "573.02")
    assert acompte["echeance"] == acompte["emise_le"], "it is due when the devis is signed"

    await recevoir(billing, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    deduites = [ligne for ligne in travail["lignes"] if ligne["section"] == "Acomptes déduits"]
    assert [(Decimal(ligne["quantite"]), ligne["total_ht"]) for ligne in deduites] == [
        (Decimal(-1), "-30.02"),
        (Decimal(-1), "-300.00"),
        (Decimal(-1), "-150.00"),
    ]
    assert deduites[0]["designation"].startswith("Acompte facturé : FC-2026-00001 du ")
    solde = await facturer(client, travail)
    assert solde["nature"] == "facture"
    assert somme([acompte, solde], "total_ht") == Decimal("1600.08")
    assert somme([acompte, solde], "total_tva") == Decimal("310.01")
    assert [getattr(f, "nature", "") for f in await annonces(billing, FactureEmise)] == ["acompte", "facture"]


@pytest.mark.parametrize(("pourcent", "lignes"), [("0", LIGNES), ("30", (("-50.00", "20", "bien"),))])
async def test_nothing_is_asked_for_when_no_deposit_is_due(
    billing: Database, client: httpx.AsyncClient, pourcent: str, lignes: Any
) -> None:
    await recevoir(billing, subscriptions, un_devis_signe(pourcent, lignes))
    assert await affaires(client) == []


async def test_a_deposit_invoiced_after_the_work_was_validated_is_deducted_all_the_same(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    feuille = sa_feuille(devis)
    await recevoir(billing, subscriptions, devis, feuille)
    demande, travail = await affaires(client)
    assert travail["total_ht"] == "1600.08"
    await facturer(client, demande)
    (travail,) = await affaires(client)
    assert travail["total_ht"] == "1120.06"
    # Validated again with another price, the feuille keeps the deduction.
    ligne = une_ligne(quantite=Decimal(1), remise=Decimal(0), prix_ht=Decimal(2000))
    await recevoir(billing, subscriptions, feuille.model_copy(update={"lignes": (ligne,)}))
    (travail,) = await affaires(client)
    assert travail["total_ht"] == "1519.98"


async def test_the_invoice_of_the_work_leaves_no_deposit_to_ask_for(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    await recevoir(billing, subscriptions, devis, sa_feuille(devis))
    demande, travail = await affaires(client)
    await facturer(client, travail)
    assert await affaires(client) == []
    refus = await client.post(f"/affaires-client/{demande['id']}/facturer")
    assert refus.status_code == 409
    (annulee,) = await affaires(client, "annulee")
    assert (
        annulee["correction"]
        == "La facture FC-2026-00001 porte sur toute la vente : cet acompte n’est plus à demander."
    )


async def test_accounts_correct_a_line_and_the_deduction_stays_tied_to_its_deposit(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    await recevoir(billing, subscriptions, devis)
    (demande,) = await affaires(client)
    acompte = await facturer(client, demande)
    await recevoir(billing, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    travail["lignes"][0]["prix_ht"] = "900"
    corps = {"objet": travail["objet"], "lignes": travail["lignes"]}
    entetes = {"If-Match": str(travail["version"])}
    corrigee = (await client.put(f"/affaires-client/{travail['id']}", json=corps, headers=entetes)).json()
    assert corrigee["total_ht"] == "1020.06"
    refus = await client.post(f"/factures/{acompte['id']}/avoir", json={"motif": "Commande annulée"})
    assert refus.status_code == 201, "not invoiced yet: the deposit may be given back"
    (travail,) = await affaires(client)
    assert (travail["total_ht"], travail["correction"]) == (
        "1500.08",
        "L’acompte FC-2026-00001 a été annulé par un avoir : il n’est plus déduit.",
    )


async def test_a_deposit_that_an_invoice_deducts_is_credited_after_that_invoice(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    await recevoir(billing, subscriptions, devis)
    (demande,) = await affaires(client)
    acompte = await facturer(client, demande)
    await recevoir(billing, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    solde = await facturer(client, travail)
    refus = await client.post(f"/factures/{acompte['id']}/avoir", json={"motif": "Annulation"})
    assert (refus.status_code, refus.json()["code"]) == (409, "acompte_deja_deduit")
    assert "FC-2026-00002" in refus.json()["detail"]
    for facture in (solde, acompte):
        avoir = await client.post(f"/factures/{facture['id']}/avoir", json={"motif": "Annulation"})
        assert avoir.status_code == 201


async def test_the_deposit_of_an_avenant_is_deducted_from_the_work_it_joins(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    lignes = (("200.00", "20", "bien"),)
    avenant = un_devis_signe(lignes=lignes, avenant_de=devis.proposition_id, numero="DEV-2026-00042-A1")
    await recevoir(billing, subscriptions, devis, avenant)
    for demande in await affaires(client):
        await facturer(client, demande)
    await recevoir(billing, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    assert travail["total_ht"] == "1060.06"
    # The next feuille of the same sale, opened for a later avenant, deducts nothing twice.
    await facturer(client, travail)
    await recevoir(billing, subscriptions, sa_feuille(avenant, feuille_id=UUID(int=5)))
    (suite,) = await affaires(client)
    assert suite["total_ht"] == "200.00"


async def test_sending_a_deposit_is_not_sending_the_invoice_of_the_work(
    billing: Database, client: httpx.AsyncClient
) -> None:
    devis = un_devis_signe()
    await recevoir(billing, subscriptions, devis)
    (demande,) = await affaires(client)
    acompte = await facturer(client, demande)
    await client.post(f"/factures/{acompte['id']}/marquer-envoyee", json={"canal": "papier"})
    await recevoir(billing, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    solde = await facturer(client, travail)
    await client.post(f"/factures/{solde['id']}/marquer-envoyee", json={"canal": "papier"})
    assert [getattr(f, "est_definitive", None) for f in await annonces(billing, FactureEnvoyee)] == [False, True]
