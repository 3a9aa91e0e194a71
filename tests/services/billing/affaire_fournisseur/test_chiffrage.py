"""What an accepted invoice makes received goods cost: told once, to the cent, each time it changes."""

from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.affaire_fournisseur import rules
from services.billing.affaire_fournisseur.rules import Rapprochement
from services.billing.affaire_fournisseur.use_cases import crediter, decrediter, retirer_facture
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import ReceptionChiffree
from shared.contracts.purchasing import LigneRecue, ToleranceAchat
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.money import repartir, total_ligne_ht
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import une_reception
from tests.builders.purchasing import faits

Json = dict[str, Any]


@pytest.fixture
async def billing(service_database: ServiceDatabase) -> Database:
    """Billing alone."""
    return await service_database("billing")


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


def _ligne(designation: str, recue: str, prix: str) -> LigneRecue:
    quantite, prix_ht = Decimal(recue), Decimal(prix)
    return LigneRecue(
        ligne_id=new_id(),
        produit_id=new_id(),
        reference=designation.upper(),
        designation=designation,
        quantite=quantite,
        prix_ht=prix_ht,
        cout_unitaire_ht=prix_ht,
        prix_commande_ht=prix_ht,
    )


@pytest.fixture
async def achat(billing: Database, client: httpx.AsyncClient) -> Json:
    """Ten switches at 100, three cables at 4.50, 25 euros of fees; its invoice is not known yet."""
    lignes = (_ligne("Switch", "10", "100"), _ligne("Câble", "3", "4.50"))
    recue = une_reception(
        "REC-1",
        "1038.50",
        lignes=lignes,
        tolerance=ToleranceAchat(prix_pct=Decimal(2)),
        frais_ht=Decimal(25),
        facture_fournisseur="",
    )
    await recevoir(billing, subscriptions, recue)
    (resume,) = (await client.get("/affaires-fournisseur")).json()["elements"]
    fiche: Json = (await client.get(f"/affaires-fournisseur/{resume['id']}")).json()
    return fiche


async def controler(client: httpx.AsyncClient, achat: Json, *lues: tuple[str, str], **corps: Any) -> Json:
    """Accounts type the quantity and the price of each line."""
    lignes = [
        {"ligne_id": ligne["id"], "quantite": q, "prix_ht": p}
        for ligne, (q, p) in zip(achat["lignes"], lues, strict=False)
    ]
    saisie = {"facture_fournisseur": "FA-77", "lignes": lignes, **corps}
    reponse = await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json=saisie)
    assert reponse.status_code == 200, reponse.text
    lu: Json = reponse.json()
    return lu


async def chiffrages(billing: Database) -> list[ReceptionChiffree]:
    return await faits(billing, ReceptionChiffree)


async def test_an_invoice_within_the_tolerance_says_what_each_line_costs(
    billing: Database, client: httpx.AsyncClient, achat: Json
) -> None:
    await controler(client, achat, ("10", "101.90"), ("3", "4.50"))
    (fait,) = await chiffrages(billing)
    assert (fait.facture_fournisseur, fait.revision, str(fait.reception_id)) == ("FA-77", 1, achat["reception_id"])
    assert [ligne.cout_ht for ligne in fait.lignes] == [Decimal("1043.67"), Decimal("13.83")]  # 25 of fees by value
    assert sum(ligne.cout_ht for ligne in fait.lignes) == Decimal("1057.50")
    assert [ligne.cout_avant_ht for ligne in fait.lignes] == [Decimal("1024.67"), Decimal("13.83")]
    assert all(ligne.ligne_recue_id for ligne in fait.lignes)


async def test_on_hold_nothing_is_told_until_it_is_released(
    billing: Database, client: httpx.AsyncClient, achat: Json
) -> None:
    assert (await controler(client, achat, ("10", "104"), ("3", "4.50")))["etat"] == "bloquee"
    assert await chiffrages(billing) == []
    chemin = f"/affaires-fournisseur/{achat['id']}/liberer"
    assert (await client.post(chemin, json={"motif": "Hausse annoncée"})).status_code == 200
    (fait,) = await chiffrages(billing)
    assert sum(ligne.cout_ht for ligne in fait.lignes) == Decimal("1078.50")
    assert fait.lignes[0].prix_ht == Decimal("104.0000")


async def test_fees_billed_are_those_that_are_spread(billing: Database, client: httpx.AsyncClient, achat: Json) -> None:
    await controler(client, achat, ("10", "100"), ("3", "4.50"), frais_ht="-13.50")
    (fait,) = await chiffrages(billing)
    assert sum(ligne.cout_ht for ligne in fait.lignes) == Decimal("1000.00"), "a discount on the whole lowers each line"


async def test_what_was_announced_at_the_reception_is_not_told_again(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, une_reception("R-1", "500.00"))
    (resume,) = (await client.get("/affaires-fournisseur")).json()["elements"]
    corps = {"facture_fournisseur": "F-R-1"}
    assert (await client.post(f"/affaires-fournisseur/{resume['id']}/controler", json=corps)).status_code == 200
    assert await chiffrages(billing) == [], "same number, same cost: nothing new"


async def test_a_credit_lowers_what_the_goods_cost_and_its_refusal_gives_it_back(
    billing: Database, client: httpx.AsyncClient, actor: Actor, achat: Json
) -> None:
    await controler(client, achat, ("10", "101"), ("3", "4.50"))
    async with billing.transaction(actor) as tx:
        await crediter(tx, achat["id"], "AV-1", Decimal("10.00"))
    async with billing.transaction(actor) as tx:
        await decrediter(tx, achat["id"], Decimal("10.00"))
    sommes = [sum(ligne.cout_ht for ligne in fait.lignes) for fait in await chiffrages(billing)]
    assert sommes == [Decimal("1048.50"), Decimal("1038.50"), Decimal("1048.50")]
    assert [fait.revision for fait in await chiffrages(billing)] == [1, 2, 3]


async def test_a_refused_invoice_gives_the_cost_of_the_reception_back(
    billing: Database, client: httpx.AsyncClient, actor: Actor, achat: Json
) -> None:
    await controler(client, achat, ("10", "101"), ("3", "4.50"))
    async with billing.transaction(actor) as tx:
        await retirer_facture(tx, achat["id"])
    dernier = (await chiffrages(billing))[-1]
    assert (dernier.facture_fournisseur, sum(li.cout_ht for li in dernier.lignes)) == ("", Decimal("1038.50"))


MONTANTS = st.decimals(min_value="0", max_value="9999", places=2)
LIGNES = st.lists(st.tuples(st.integers(1, 50), st.integers(0, 60), MONTANTS), min_size=1, max_size=6)


@given(LIGNES, MONTANTS, st.integers(0, 100))
def test_goods_cost_their_invoice_less_what_never_came_and_never_less_than_nothing(
    brutes: list[tuple[int, int, Decimal]], frais_ht: Decimal, credit_pct: int
) -> None:
    lignes = [
        Rapprochement("x", None, Decimal(recue), Decimal(facturee), prix, est_hors_tolerance=False)
        for recue, facturee, prix in brutes
    ]
    facture = sum((total_ligne_ht(li.facturee, li.prix_facture_ht) for li in lignes), frais_ht)
    recus = sum((total_ligne_ht(li.recue, li.prix_facture_ht) for li in lignes), frais_ht)
    (credits_ht, _) = repartir(facture, [Decimal(credit_pct), Decimal(100 - credit_pct)])
    couts = rules.couts(lignes, frais_ht=frais_ht, credits_ht=credits_ht)
    en_trop = max(Decimal(0), facture - recus)
    assert sum(couts) == recus - max(Decimal(0), credits_ht - en_trop)
    assert sum(couts) >= 0
