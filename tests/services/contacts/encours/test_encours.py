"""What a client owes and will owe, from the facts of sales and billing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.contacts.encours.rules import Piece, calculer
from services.contacts.subscriptions import subscriptions
from shared.contracts.billing import AffaireClientCreee, FactureEmise, FacturePayee
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import EncoursModifie, ProspectConverti
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, enveloppe, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.statements import sent

DEMANDE = UUID(int=0xD1)


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _client(client: httpx.AsyncClient, plafond: str | None = "10000") -> UUID:
    corps = {"nom": "Plasti-Alpes", "roles": ["client"], "plafond_encours_ht": plafond}
    return UUID((await client.post("/tiers", json=corps)).json()["id"])


async def _fiche(client: httpx.AsyncClient, tiers_id: UUID) -> dict[str, Any]:
    return dict((await client.get(f"/tiers/{tiers_id}")).json())


def devis(tiers_id: UUID, ht: str, demande_id: UUID = DEMANDE) -> DevisValide:
    valeurs = {"proposition_id": new_id(), "etude_id": new_id(), "demande_id": demande_id, "numero": "DEV-1"}
    totaux = {"total_ht": ht, "total_tva": "0", "total_ttc": str(Decimal(ht) * Decimal("1.2"))}
    reste = {"tiers_nom": "x", "objet": "x", "lignes": (), "valide_par": "x", "valide_le": "2026-03-01T08:00:00Z"}
    return DevisValide.model_validate(valeurs | totaux | reste | {"tiers_id": tiers_id})


def facture(tiers_id: UUID, ht: str, **champs: Any) -> FactureEmise:
    ttc = str(Decimal(ht) * Decimal("1.2"))
    valeurs = {"facture_id": new_id(), "affaire_client_id": new_id(), "numero": "FC-1", "tiers_nom": "x"}
    jours = {"emise_le": "2026-03-01", "echeance": "2026-03-31", "total_tva": "0"}
    return FactureEmise.model_validate(
        valeurs | jours | {"tiers_id": tiers_id, "total_ht": ht, "total_ttc": ttc} | champs
    )


def paiement(emise: FactureEmise, montant: str, solde: str) -> FacturePayee:
    propres = {"facture_id": emise.facture_id, "numero": emise.numero, "tiers_id": emise.tiers_id}
    return FacturePayee.model_validate(propres | {"montant_ttc": montant, "solde_ttc": solde})


@pytest.mark.feature("CT-17")
async def test_unpaid_and_in_progress_beyond_the_limit_show_the_overrun(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    tiers_id = await _client(client)
    await recevoir(contacts, subscriptions, facture(tiers_id, "5000"), devis(tiers_id, "4000", new_id()))
    assert (await _fiche(client, tiers_id))["depassement_ht"] == "0.00"
    sav = {"affaire_client_id": new_id(), "numero": "AC-1", "tiers_nom": "x", "origine": "sav"}
    prete = AffaireClientCreee.model_validate(sav | {"tiers_id": tiers_id, "total_ht": "3000", "total_ttc": "3600"})
    await recevoir(contacts, subscriptions, prete)
    lue = await _fiche(client, tiers_id)
    assert (lue["encours_ttc"], lue["en_cours_ht"], lue["encours_ht"]) == ("6000.00", "7000.00", "12000.00")
    assert lue["depassement_ht"] == "2000.00"
    faits = await annonces(contacts, EncoursModifie)
    assert [f.encours_ht for f in faits if isinstance(f, EncoursModifie)] == [5000, 9000, 12000]


async def test_an_invoiced_devis_is_no_longer_in_progress(client: httpx.AsyncClient, contacts: Database) -> None:
    tiers_id = await _client(client)
    acompte = facture(tiers_id, "300", demande_id=DEMANDE, nature="acompte")
    await recevoir(contacts, subscriptions, devis(tiers_id, "1000"), acompte)
    lue = await _fiche(client, tiers_id)
    assert (lue["en_cours_ht"], lue["encours_ht"]) == ("700.00", "1000.00")
    solde = facture(tiers_id, "700", demande_id=DEMANDE)
    await recevoir(contacts, subscriptions, solde, paiement(acompte, "360", "0"), paiement(solde, "420", "420"))
    lue = await _fiche(client, tiers_id)
    assert (lue["encours_ttc"], lue["en_cours_ht"], lue["encours_ht"]) == ("420.00", "0.00", "350.00")


async def test_facts_late_repeated_or_in_disorder_count_once(client: httpx.AsyncClient, contacts: Database) -> None:
    tiers_id = await _client(client)
    emise = facture(tiers_id, "100")
    second, premier = enveloppe(paiement(emise, "50", "20"), seq=9), enveloppe(paiement(emise, "50", "70"), seq=8)
    await recevoir(contacts, subscriptions, second, premier, emise, emise, second)
    assert (await _fiche(client, tiers_id))["encours_ttc"] == "20.00"


async def test_an_avoir_takes_the_debt_away(client: httpx.AsyncClient, contacts: Database) -> None:
    tiers_id = await _client(client, plafond=None)
    emise = facture(tiers_id, "100")
    await recevoir(contacts, subscriptions, emise, facture(tiers_id, "-100", nature="avoir"))
    lue = await _fiche(client, tiers_id)
    assert (lue["encours_ttc"], lue["encours_ht"], lue["depassement_ht"]) == ("0.00", "0.00", "0.00")


def test_a_half_paid_invoice_counts_for_half_of_its_ht() -> None:
    piece = Piece(genre="facture", total_ht=Decimal(100), total_ttc=Decimal(120), solde_ttc=Decimal(60))
    assert calculer([piece]).impaye_ht == Decimal(50)


async def test_ce_qui_arrive_apres_une_reunion_compte_pour_la_fiche_gardee(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    garde, double = await _client(client), await _client(client)
    await client.post(f"/tiers/{garde}/fusionner", json={"absorbe_id": str(double)})
    signe, emise = devis(double, "1000"), facture(double, "500", demande_id=new_id())
    await recevoir(contacts, subscriptions, signe, emise, paiement(emise, "100", "500"))
    fiche = await _fiche(client, garde)
    assert (fiche["encours_ht"], fiche["encours_ttc"]) == ("1416.67", "500.00")


async def test_a_document_costs_five_statements_however_many_the_client_has(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    tiers_id = await _client(client)
    await recevoir(contacts, subscriptions, *(facture(tiers_id, "10") for _ in range(12)))
    with sent(contacts) as instructions:
        await recevoir(contacts, subscriptions, devis(tiers_id, "4000"))
    assert [i.split()[0] for i in instructions] == ["INSERT", "SELECT", "SELECT", "UPDATE", "SELECT"]


@pytest.mark.feature("CT-11")
@pytest.mark.parametrize("fait", [devis, facture])
async def test_a_prospect_who_signed_or_was_invoiced_is_a_client_with_a_client_code(
    client: httpx.AsyncClient, contacts: Database, fait: Callable[[UUID, str], DevisValide | FactureEmise]
) -> None:
    saisie = {"nom": "Boulangerie Tissot", "roles": ["prospect", "fournisseur"]}
    prospect = UUID((await client.post("/tiers", json=saisie)).json()["id"])
    signe = fait(prospect, "4000")
    await recevoir(contacts, subscriptions, signe, signe)
    fiche = await _fiche(client, prospect)
    assert (fiche["roles"], fiche["code"][0], fiche["encours_ht"][:4]) == (["client", "fournisseur"], "C", "4000")
    assert [f.key for f in await annonces(contacts, ProspectConverti)] == [prospect]


async def test_the_file_kept_becomes_a_client_when_the_one_that_signed_was_merged(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    garde, double = [
        UUID((await client.post("/tiers", json={"nom": nom, "roles": ["prospect"]})).json()["id"])
        for nom in ("Boulangerie Tissot", "Boul. Tissot")
    ]
    await client.post(f"/tiers/{garde}/fusionner", json={"absorbe_id": str(double)})
    await recevoir(contacts, subscriptions, devis(double, "4000"))
    assert (await _fiche(client, garde))["roles"] == ["client"]


async def test_a_payment_told_late_changes_nothing_and_costs_one_statement(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    tiers_id = await _client(client)
    emise = facture(tiers_id, "1000")
    await recevoir(contacts, subscriptions, emise, enveloppe(paiement(emise, "1200", "0"), seq=9))
    avant = await _fiche(client, tiers_id)
    with sent(contacts) as instructions:
        await recevoir(contacts, subscriptions, enveloppe(paiement(emise, "200", "1000"), seq=8))
    assert len(instructions) == 1
    assert await _fiche(client, tiers_id) == avant
