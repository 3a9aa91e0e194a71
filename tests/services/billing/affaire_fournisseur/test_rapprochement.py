"""Ordered, received, billed: what differs beyond the tolerances holds the supplier's invoice until somebody allowed lets it through."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.billing.affaire_fournisseur import rules
from services.billing.affaire_fournisseur.rules import Rapprochement
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureFournisseurBloquee, FactureFournisseurLiberee
from shared.contracts.purchasing import LigneRecue, ToleranceAchat
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.billing import une_reception
from tests.builders.purchasing import faits


@pytest.fixture
async def billing(service_database: ServiceDatabase) -> Database:
    """Billing alone."""
    return await service_database("billing")


@pytest.fixture
async def client(billing: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """Accounts."""
    return await service_client("billing", billing)


def _ligne(designation: str, recue: str, prix: str, commande: str | None, **champs: Any) -> LigneRecue:
    return LigneRecue(
        ligne_id=new_id(),
        produit_id=new_id(),
        reference=designation.upper(),
        designation=designation,
        quantite=Decimal(recue),
        prix_ht=Decimal(prix),
        cout_unitaire_ht=Decimal(prix),
        prix_commande_ht=Decimal(commande) if commande else None,
        **champs,
    )


async def _achat(
    billing: Database, client: httpx.AsyncClient, *lignes: LigneRecue, prix_pct: str = "2", quantite_pct: str = "0"
) -> dict[str, Any]:
    """What accounts see of a reception of these lines, with 25 euros of fees."""
    tolerance = ToleranceAchat(quantite_pct=Decimal(quantite_pct), prix_pct=Decimal(prix_pct))
    total = sum((li.quantite * li.prix_ht for li in lignes), Decimal(25))
    recue = une_reception("REC-1", str(total), lignes=lignes, tolerance=tolerance, frais_ht=Decimal(25))
    await recevoir(billing, subscriptions, recue)
    (resume,) = (await client.get("/affaires-fournisseur")).json()["elements"]
    return await _fiche(client, resume["id"])


async def _fiche(client: httpx.AsyncClient, achat_id: str) -> dict[str, Any]:
    fiche: dict[str, Any] = (await client.get(f"/affaires-fournisseur/{achat_id}")).json()
    return fiche


async def _controler(
    client: httpx.AsyncClient, achat: dict[str, Any], *lues: tuple[str, str], **corps: Any
) -> dict[str, Any]:
    """Accounts type the quantity and the price of each line of the invoice."""
    lignes = [
        {"ligne_id": ligne["id"], "quantite": q, "prix_ht": p}
        for ligne, (q, p) in zip(achat["lignes"], lues, strict=False)
    ]
    saisie = {"facture_fournisseur": "FA-77", "lignes": lignes, **corps}
    reponse = await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json=saisie)
    assert reponse.status_code == 200, reponse.text
    controle: dict[str, Any] = reponse.json()
    return controle


async def test_an_invoice_that_says_what_was_ordered_and_received_is_checked(
    billing: Database, client: httpx.AsyncClient
) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "100", "100"), _ligne("Câble", "3", "4.50", "4.50"))
    assert (achat["etat"], achat["motif_blocage"]) == ("a_controler", "")
    controle = await _controler(client, achat, ("10", "101.90"), ("3", "4.50"))
    assert (controle["etat"], controle["total_facture_ht"]) == ("controlee", "1057.50")  # 1 019 + 13,50 + 25
    again = await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json={"facture_fournisseur": "FA-78"})
    assert (again.status_code, again.json()["code"]) == (409, "achat_transition")


async def test_a_price_a_quantity_or_fees_beyond_the_tolerance_put_it_on_hold_with_the_reasons(
    billing: Database, client: httpx.AsyncClient
) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "100", "100"), _ligne("Câble", "3", "4.50", "4.50"))
    bloquee = await _controler(client, achat, ("12", "104"), ("3", "4.50"), frais_ht="40")
    assert bloquee["etat"] == "bloquee"
    assert [ligne["total_facture_ht"] for ligne in bloquee["lignes"]] == ["1248.00", "13.50"]
    assert bloquee["motif_blocage"].splitlines() == [
        "« Switch » : 12 facturés pour 10 reçus",
        "« Switch » : 104,00\u00a0€ pour 100,00\u00a0€ commandés (+4 %)",
        "Frais : 40,00\u00a0€ facturés pour 25,00\u00a0€ annoncés",
    ]
    totaux = (await client.get("/affaires-fournisseur/totaux")).json()
    assert (totaux["a_controler_ht"], totaux["bloquees_ht"]) == ("0.00", "1301.50")
    assert [f.numero for f in await faits(billing, FactureFournisseurBloquee)] == [achat["numero"]]


async def test_the_tolerance_of_the_supplier_lets_small_differences_through(
    billing: Database, client: httpx.AsyncClient
) -> None:
    achat = await _achat(billing, client, _ligne("Câble", "100", "2", "2"), prix_pct="5", quantite_pct="3")
    assert (await _controler(client, achat, ("103", "2.10"), frais_ht="26.25"))["etat"] == "controlee"


async def test_what_costs_less_holds_nothing(billing: Database, client: httpx.AsyncClient) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "100", "100"))
    assert (await _controler(client, achat, ("8", "95"), frais_ht="0"))["etat"] == "controlee"


async def test_a_price_already_raised_at_the_reception_and_a_surplus_hold_it_before_anybody_looks(
    billing: Database, client: httpx.AsyncClient
) -> None:
    surplus = _ligne("Borne", "2", "90", None, est_hors_tolerance=True)
    achat = await _achat(billing, client, _ligne("Switch", "10", "110", "100"), surplus)
    assert achat["etat"] == "bloquee"
    assert achat["motif_blocage"].splitlines() == [
        "« Switch » : 110,00\u00a0€ pour 100,00\u00a0€ commandés (+10 %)",
        "« Borne » : 2 reçus au-delà de ce que tolèrent les commandes",
    ]


async def test_somebody_allowed_lets_it_through_once_and_says_why(
    billing: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "110", "100"))
    comptable = await service_client("billing", billing, "facture.modifier", "couts.voir")
    chemin, corps = f"/affaires-fournisseur/{achat['id']}/liberer", {"motif": "Hausse annoncée par le fabricant"}
    assert (await comptable.post(chemin, json=corps)).status_code == 403
    assert (await client.post(chemin, json={"motif": ""})).status_code == 422
    libre = (await client.post(chemin, json=corps)).json()
    assert (libre["etat"], libre["motif_liberation"]) == ("controlee", "Hausse annoncée par le fabricant")
    assert libre["liberee_par"]
    assert libre["motif_blocage"].startswith("« Switch »")  # why it waited stays
    assert (await client.post(chemin, json=corps)).json()["code"] == "facture_non_bloquee"
    assert len(await faits(billing, FactureFournisseurLiberee)) == 1


async def test_an_invoice_corrected_by_the_supplier_is_checked_again(
    billing: Database, client: httpx.AsyncClient
) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "100", "100"))
    assert (await _controler(client, achat, ("12", "100")))["etat"] == "bloquee"
    assert (await _controler(client, achat, ("10", "100")))["etat"] == "controlee"


async def test_a_line_of_another_invoice_is_refused(billing: Database, client: httpx.AsyncClient) -> None:
    achat = await _achat(billing, client, _ligne("Switch", "10", "100", "100"))
    saisie = {
        "facture_fournisseur": "FA-1",
        "lignes": [{"ligne_id": str(new_id()), "quantite": "1", "prix_ht": "1"}],
    }
    reponse = await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json=saisie)
    assert (reponse.status_code, reponse.json()["code"]) == (422, "ligne_achat_inconnue")
    assert (await _fiche(client, achat["id"]))["etat"] == "a_controler"


@pytest.mark.parametrize(
    ("facture", "convenu", "pct", "attendu"),
    [("102", "100", "2", False), ("102.01", "100", "2", True), ("0.01", "0", "50", True), ("0", "0", "0", False)],
)
def test_the_limit_itself_is_allowed(facture: str, convenu: str, pct: str, attendu: bool) -> None:
    assert rules.depasse(Decimal(facture), Decimal(convenu), Decimal(pct)) is attendu


def test_what_nobody_ordered_has_no_price_to_compare() -> None:
    ligne = Rapprochement("Visserie", None, Decimal(1), Decimal(1), Decimal("3.20"), est_hors_tolerance=False)
    assert rules.ecarts([ligne], quantite_pct=Decimal(0), prix_pct=Decimal(0)) == []
