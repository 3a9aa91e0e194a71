"""Credit notes of suppliers as electronic files: on the invoice they correct, on the return that awaited them, or waiting."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.facture_recue.repository import AU_PLUS
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise
from shared.contracts.inventory import RetourFournisseurConclu
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from tests.builders.billing import une_feuille_validee, une_ligne
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire
from tests.services.billing.facture_recue.recues import un_avoir, un_avoir_ubl
from tests.services.billing.facture_recue.test_facture_recue import (
    ELECDIS,
    connus,
    deposer,
    lire,
)
from tests.services.billing.facture_recue.test_statuts import poser, rapprochee

__all__ = ["billing", "client", "connus"]


def un_retour(numero: str = "A-12", montant: str = "80.00") -> RetourFournisseurConclu:
    """Elecdis took a switch back and announced a credit."""
    return RetourFournisseurConclu(
        retour_id=new_id(),
        numero="RF-2026-00001",
        historique_id=new_id(),
        produit_id=new_id(),
        designation="Switch",
        fournisseur_id=ELECDIS,
        fournisseur_nom="Elecdis",
        issue="avoir",
        avoir_ht=Decimal(montant),
        avoir_numero=numero,
    )


async def achat_de(client: httpx.AsyncClient, recue: dict[str, Any]) -> dict[str, Any]:
    """The affaire fournisseur it is on."""
    return await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")


async def test_it_lifts_the_hold_of_the_invoice_whose_price_it_corrects(
    billing: Database, client: httpx.AsyncClient
) -> None:
    facture = await rapprochee(billing, client, "104")
    assert facture["achat_etat"] == "bloquee"
    insuffisant = await deposer(client, un_avoir(("Remise", "1", "10")))
    assert (insuffisant["etat"], insuffisant["total_ht"]) == ("rapprochee", "-10.00")
    achat = await achat_de(client, facture)
    assert (achat["etat"], achat["total_credite_ht"]) == ("bloquee", "10.00"), (
        "1 030 € remain, 2 % of 1 000 € is tolerated"
    )
    suffisant = await deposer(client, un_avoir(("Remise", "1", "30"), numero="A-13", corrige="f-778"))
    assert (suffisant["achat_id"], suffisant["est_avoir"]) == (facture["achat_id"], True)
    achat = await achat_de(client, facture)
    assert (achat["etat"], achat["total_facture_ht"], achat["total_credite_ht"]) == ("controlee", "1040.00", "40.00")
    await poser(client, suffisant, statut="210", motif="DOUBLON")
    achat = await achat_de(client, facture)
    assert (achat["etat"], achat["total_credite_ht"]) == ("bloquee", "10.00"), "refused, it takes nothing back"


async def test_it_never_takes_back_more_than_the_invoice(billing: Database, client: httpx.AsyncClient) -> None:
    facture = await rapprochee(billing, client)
    trop = await deposer(client, un_avoir(("SWITCH", "13", "100")))
    assert trop["manques"] == (
        "cet avoir crédite 1\u202f300,00\u00a0€ HT, plus que les 1\u202f000,00\u00a0€ HT qui restent de la facture « F-778 »"
    )
    refus = await client.post(f"/factures-recues/{trop['id']}/choisir", json={"achat_id": facture["achat_id"]})
    assert (refus.status_code, refus.json()["code"]) == (409, "avoir_recu_trop_grand")
    tout = await deposer(client, un_avoir(("SWITCH", "10", "100"), numero="A-13"))
    assert tout["etat"] == "rapprochee"
    encore = await deposer(client, un_avoir(("SWITCH", "1", "100"), numero="A-14"))
    assert encore["etat"] == "a_rapprocher"
    assert (await achat_de(client, facture))["total_credite_ht"] == "1000.00"


async def test_an_invoice_that_is_credited_is_not_refused_and_a_credit_note_is_not_paid(
    billing: Database, client: httpx.AsyncClient
) -> None:
    facture = await rapprochee(billing, client)
    avoir = await deposer(client, un_avoir(("SWITCH", "1", "100")))
    refus = await poser(client, facture, 409, statut="210", motif="DOUBLON")
    assert refus["detail"] == "La facture F-778 est corrigée par un avoir déjà rapproché : refusez d’abord l’avoir."
    assert "211" not in (await poser(client, avoir, statut="205"))["suites"]
    paye = {"statut": "211", "montant_ttc": "120", "paye_le": "2026-03-02"}
    assert (await poser(client, avoir, 409, **paye))["code"] == "statut_impossible"


async def test_it_may_come_before_its_invoice_and_in_ubl(billing: Database, client: httpx.AsyncClient) -> None:
    attend = await deposer(client, un_avoir_ubl("F-778"))
    assert attend["manques"] == "la facture « F-778 » que cet avoir corrige n’est pas contrôlée ici"
    facture = await rapprochee(billing, client)
    arrive = await lire(client, f"/factures-recues/{attend['id']}")
    assert (arrive["etat"], arrive["achat_id"]) == ("rapprochee", facture["achat_id"])
    assert (await achat_de(client, facture))["total_credite_ht"] == "125.00"


async def test_the_one_a_return_awaits_is_recorded_there_once(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_retour())
    avoir = await deposer(client, un_avoir(("SWITCH", "1", "80"), corrige=""))
    assert (avoir["etat"], avoir["attendu_numero"], avoir["achat_id"]) == ("rapprochee", "RF-2026-00001", None)
    (attendu,) = (await lire(client, "/avoirs-fournisseur"))["elements"]
    assert (attendu["etat"], attendu["reste_ht"]) == ("recu", "0.00")
    await poser(client, avoir, statut="210", motif="MONTANTTOTAL_ERR")
    (attendu,) = (await lire(client, "/avoirs-fournisseur"))["elements"]
    assert (attendu["etat"], attendu["reste_ht"]) == ("attendu", "80.00")


async def test_one_typed_by_accounts_does_not_come_twice(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, un_retour("", "80.00"))
    (attendu,) = (await lire(client, "/avoirs-fournisseur"))["elements"]
    saisie = {"numero": "A-12", "date_avoir": "2026-03-10", "montant_ht": "30"}
    assert (await client.post(f"/avoirs-fournisseur/{attendu['id']}/recevoir", json=saisie)).status_code == 200
    deja = await deposer(client, un_avoir(("SWITCH", "1", "30"), corrige=""), 409)
    assert deja["detail"] == "L’avoir A-12 est déjà enregistré pour le retour RF-2026-00001."
    attend = await deposer(client, un_avoir(("SWITCH", "1", "50"), numero="A-15", corrige=""))
    assert attend["manques"] == "cet avoir ne cite pas la facture qu’il corrige"
    (retour,) = attend["retours"]
    chemin = f"/factures-recues/{attend['id']}/choisir"
    assert (await client.post(chemin, json={"achat_id": str(new_id())})).json()["code"] == "reception_non_attendue"
    choisi = (await client.post(chemin, json={"achat_id": retour["id"]})).json()
    assert (choisi["etat"], choisi["attendu_id"]) == ("rapprochee", attendu["id"])


async def test_wrong_sums_wait_and_nothing_is_taken_back(billing: Database, client: httpx.AsyncClient) -> None:
    facture = await rapprochee(billing, client)
    faux = await deposer(client, un_avoir(("SWITCH", "1", "100"), ttc="900.00"))
    assert (faux["etat"], faux["est_juste"]) == ("a_rapprocher", False)
    assert faux["manques"] == "Total TTC : 900,00\u00a0€ sur la facture, 120,00\u00a0€ calculés"
    assert (await achat_de(client, facture))["total_credite_ht"] == "0.00"


async def test_the_avoir_our_own_generator_prints_is_received_from_its_pdf(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee(une_ligne()))
    facture = (await client.post(f"/affaires-client/{(await l_affaire(client))['id']}/facturer")).json()
    avoir = (await client.post(f"/factures/{facture['id']}/avoir", json={"motif": "Erreur de saisie"})).json()
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    pdf = (await client.get(f"/factures/{avoir['id']}/document")).content
    recue = await deposer(client, pdf, nom="avoir.pdf")
    assert (recue["est_avoir"], recue["lue"]["corrige"], recue["type"]) == (True, facture["numero"], "application/pdf")
    assert Decimal(recue["total_ht"]) == -abs(Decimal(avoir["total_ht"]))


@pytest.mark.parametrize("corrige", ["F-778' OR 1=1 --", "<F-778>", "F" * 500])
async def test_a_hostile_reference_matches_nothing(billing: Database, client: httpx.AsyncClient, corrige: str) -> None:
    await rapprochee(billing, client)
    cite = corrige.replace("<", "&lt;").replace(">", "&gt;")
    recue = await deposer(client, un_avoir(("SWITCH", "1", "100"), corrige=cite))
    assert (recue["etat"], recue["lue"]["corrige"]) == ("a_rapprocher", corrige)


async def test_the_credits_of_one_supplier_are_listed_with_its_invoices(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await rapprochee(billing, client)
    await deposer(client, un_avoir(("SWITCH", "1", "100")))
    siennes = (await lire(client, f"/factures-recues?fournisseur_id={ELECDIS}"))["elements"]
    assert [(r["numero"], r["total_ht"]) for r in siennes] == [("A-12", "-100.00"), ("F-778", "1000.00")]
    assert (await lire(client, f"/factures-recues?fournisseur_id={UUID(int=1)}"))["elements"] == []


async def test_one_typed_meanwhile_waits_and_stops_no_reception(billing: Database, client: httpx.AsyncClient) -> None:
    avoir = await deposer(client, un_avoir(("SWITCH", "1", "30"), corrige=""))
    await recevoir(billing, subscriptions, un_retour())
    (attendu,) = (await lire(client, "/avoirs-fournisseur"))["elements"]
    saisie = {"numero": "A-12", "date_avoir": "2026-03-10", "montant_ht": "30"}
    assert (await client.post(f"/avoirs-fournisseur/{attendu['id']}/recevoir", json=saisie)).status_code == 200
    facture = await rapprochee(billing, client)
    assert facture["achat_etat"] == "controlee"
    attend = await lire(client, f"/factures-recues/{avoir['id']}")
    assert attend["etat"] == "a_rapprocher"
    assert attend["manques"] == "L’avoir A-12 est déjà enregistré pour le retour RF-2026-00001"
    (attendu,) = (await lire(client, "/avoirs-fournisseur"))["elements"]
    assert attendu["reste_ht"] == "50.00"


ECRITES = ", ".join(c.name for c in AffaireFournisseur.__table__.columns if c.computed is None)
PLUS_RECENTES = f"""
INSERT INTO affaire_fournisseur ({ECRITES})
SELECT {ECRITES} FROM generate_series(1, :combien) n, LATERAL (SELECT (jsonb_populate_record(a, jsonb_build_object(
  'id', 'ffffffff-ffff-7fff-8fff-' || lpad(n::text, 12, '0'), 'numero', 'AF-' || n,
  'reception_id', gen_random_uuid(), 'facture_fournisseur', 'AUTRE-' || n))).* FROM affaire_fournisseur a) copie
"""


async def test_the_invoice_it_corrects_is_found_behind_hundreds_of_later_ones(
    billing: Database, client: httpx.AsyncClient
) -> None:
    facture = await rapprochee(billing, client)
    async with billing.transaction(Actor.systeme("test")) as tx:
        await tx.execute(text(PLUS_RECENTES), {"combien": AU_PLUS + 1})
    recue = await deposer(client, un_avoir(("Remise", "1", "10"), corrige=facture["numero"]))
    assert (recue["etat"], recue["achat_id"]) == ("rapprochee", facture["achat_id"])
