"""The copies: late, repeated and unordered facts; the search of products."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.commercial.copies.queries import TRIES
from services.commercial.proposition import documents, repository
from shared.contracts.demandes import DemandeModifiee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceDatabase
from tests.builders import commercial as b

D: Any = Decimal  # so that amounts compare with plain numbers


async def test_an_older_fact_changes_nothing(database: Database) -> None:
    produit = b.un_produit(designation="Nouveau")
    ancien = produit.model_copy(update={"designation": "Ancien"})
    for fait, seq in ((produit, 900), (ancien, 800), (produit, 900)):
        await b.recevoir(database, b.enveloppe(fait, seq=seq))
    async with database.read() as session:
        lignes = (await session.execute(text("SELECT designation, seq FROM copie_produit"))).all()
    assert [tuple(ligne) for ligne in lignes] == [("Nouveau", 900)]


async def test_a_change_of_a_demande_not_known_yet_is_left_to_its_creation(database: Database) -> None:
    demande = new_id()
    modifiee = DemandeModifiee(demande_id=demande, numero="D-9", objet="Corrigé", urgence="haute")
    await b.recevoir(database, modifiee)
    await b.recevoir(database, b.une_demande(demande_id=demande, numero="D-9", objet="Origine"))
    await b.recevoir(database, modifiee)
    async with database.read() as session:
        objet = await session.scalar(text("SELECT objet FROM copie_demande WHERE numero = 'D-9'"))
    assert objet == "Corrigé"


async def test_a_devis_may_come_before_its_client(service_database: ServiceDatabase, service_client: object) -> None:
    database = await service_database("commercial")
    await b.recevoir(database, b.une_societe(), b.une_demande(responsable_id=None))
    client: httpx.AsyncClient = await service_client("commercial", database)  # type: ignore[operator]
    devis = await b.un_devis(client)
    assert devis["tiers_nom"] == "Cabinet dentaire Martin-Lefèvre"
    assert (await client.get(f"/propositions/{devis['id']}/document")).content[:5] == b"%PDF-"


@pytest.mark.parametrize("q", ["DS-2CD2147", "ds2cd21", "2147g2", "camera dome", "dôme caméra", "3760", "F-DS"])
async def test_products_are_found_by_reference_designation_ean_or_supplier(
    client: httpx.AsyncClient, database: Database, q: str
) -> None:
    voulu = b.un_produit("DS-2CD2147G2", "Caméra dôme 4 Mpx", ean="3760123456789")
    await b.recevoir(database, voulu, b.un_produit("USW-24", "Switch", fournisseurs=()))
    await b.recevoir(database, b.un_produit("DS-2CD2147G2-OLD", "Caméra dôme 4 Mpx", est_actif=False, ean="3760"))
    q = q if q != "2147g2" else "DS-2CD2147G2"
    trouves = (await client.get("/produits", params={"q": q})).json()
    assert [p["id"] for p in trouves] == [str(voulu.produit_id)]


async def test_an_exact_reference_comes_first(client: httpx.AsyncClient, database: Database) -> None:
    await b.recevoir(database, b.un_produit("RJ45-A", "Cordon"), b.un_produit("RJ45", "Prise"))
    trouves = (await client.get("/produits", params={"q": "rj45"})).json()
    assert [p["reference"] for p in trouves] == ["RJ45", "RJ45-A"]


async def test_an_exact_reference_comes_first_among_more_than_are_sorted(
    client: httpx.AsyncClient, database: Database
) -> None:
    """A common word finds more than is worth sorting; before anything is typed, the first references."""
    communs = [b.un_produit(f"CORDON-{rang:03}", "Cordon RJ45", fournisseurs=()) for rang in range(TRIES + 40)]
    await b.recevoir(database, *communs, b.un_produit("Z-RJ45", "Prise", fournisseurs=()))
    trouves = (await client.get("/produits", params={"q": "z-rj45", "limite": 8})).json()
    assert [p["reference"] for p in trouves] == ["Z-RJ45"]
    trouves = (await client.get("/produits", params={"q": "cordon", "limite": 8})).json()
    assert len(trouves) == 8
    assert [p["reference"] for p in trouves] == sorted(p["reference"] for p in trouves)
    trouves = (await client.get("/produits", params={"limite": 3})).json()
    assert [p["reference"] for p in trouves] == ["CORDON-000", "CORDON-001", "CORDON-002"]
    await b.recevoir(database, b.un_produit("CORDON", "Le dernier venu", fournisseurs=()))
    trouves = (await client.get("/produits", params={"q": "cordon", "limite": 8})).json()
    assert trouves[0]["reference"] == "CORDON", "found by its reference, however many others match"


async def test_the_margin_convention_is_the_company_s_when_a_proposition_is_created(
    client: httpx.AsyncClient, database: Database
) -> None:
    avant = await b.un_devis(client)
    await b.recevoir(database, b.une_societe(convention_marge="marque"))
    apres = await b.un_devis(client)
    assert (avant["convention_marge"], D(avant["lignes"][0]["prix_ht"])) == ("marge", 150)
    assert (apres["convention_marge"], D(apres["lignes"][0]["prix_ht"])) == ("marque", 200)
    url = f"/propositions/{apres['id']}/lignes/{apres['lignes'][0]['id']}"
    refus = await client.patch(url, json={"marge": "100"})
    assert (refus.status_code, refus.json()["code"]) == (422, "marge_impossible")


async def test_a_new_devis_asks_for_the_deposit_of_the_company_and_prints_what_will_be_invoiced(
    client: httpx.AsyncClient, database: Database
) -> None:
    await b.recevoir(database, b.une_societe(acompte_pourcent=D(30)))
    devis = await b.un_devis(client, lignes=[{"designation": "Baie", "prix_fixe_ht": "10.08"}])
    assert D(devis["acompte_pourcent"]) == 30
    async with database.read() as session:
        proposition = await repository.get(session, UUID(devis["id"]))
        papier = (await documents.composer(session, proposition, le=date(2026, 3, 17))).papier
    # 30 % of 10,08 is 3,02, but its VAT and that of the rest would not make the 2,02 that were signed.
    dues = [(e.libelle, e.montant_ttc) for e in papier.echeances]
    assert dues == [("Acompte à la commande (30\u00a0%)", D("3.64")), ("Solde", D("8.46"))]


@pytest.mark.parametrize("hostile", ["'; DROP TABLE etude; --", "a:*b & | !", "\\", "(((", "%_", "é" * 120])
async def test_hostile_searches_are_only_searches(client: httpx.AsyncClient, hostile: str) -> None:
    for chemin in ("/produits", "/etudes", "/propositions", "/affaires", "/demandes"):
        assert (await client.get(chemin, params={"q": hostile})).status_code == 200
