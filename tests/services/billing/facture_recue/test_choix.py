"""Several receptions of one commande: the invoice goes on the one it bills, never on one that has its own, and can be put elsewhere."""

from typing import Any

import httpx

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import ReceptionChiffree
from shared.database.database import Database
from shared.testing.delivery import recevoir
from tests.builders.purchasing import faits
from tests.services.billing.affaire_client.test_correction import billing, client
from tests.services.billing.facture_recue.recues import un_avoir, une_cii
from tests.services.billing.facture_recue.test_facture_recue import connus, d_elecdis, deposer, lire, une_ligne_recue

__all__ = ["billing", "client", "connus"]
Json = dict[str, Any]


async def deux_livraisons(billing: Database) -> None:
    """Ten switches came on Monday, seven on Tuesday, of the same commande."""
    await recevoir(
        billing,
        subscriptions,
        d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100"), facture=""),
        d_elecdis("REC-2", une_ligne_recue("SWITCH", "7", "100"), facture=""),
    )


async def receptions(client: httpx.AsyncClient) -> dict[str, Json]:
    """The affaires fournisseur, by their reception."""
    return {a["reception_numero"]: a for a in (await lire(client, "/affaires-fournisseur"))["elements"]}


async def test_it_goes_on_the_only_delivery_of_what_it_bills_at_whatever_price(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await deux_livraisons(billing)
    recue = await deposer(client, une_cii(("SWITCH", "7", "104")))
    assert (recue["etat"], recue["achat_etat"]) == ("rapprochee", "bloquee")
    par_reception = await receptions(client)
    assert recue["achat_id"] == par_reception["REC-2"]["id"]
    reste = await deposer(client, une_cii(("SWITCH", "11", "100"), numero="F-779"))
    assert reste["achat_id"] == par_reception["REC-1"]["id"], "the other one has its invoice, on hold as it is"


async def test_deliveries_that_may_all_be_it_are_offered_first(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, d_elecdis("REC-0", une_ligne_recue("CAB", "3", "4"), facture="F-1"))
    await deux_livraisons(billing)
    recue = await deposer(client, une_cii(("SWITCH", "5", "100")))
    assert recue["manques"] == "2 réceptions peuvent être celle qu’elle facture"
    offertes = [(p["reception_numero"], p["est_probable"]) for p in recue["possibles"]]
    assert offertes == [("REC-1", True), ("REC-2", True), ("REC-0", False)]


async def test_put_on_the_wrong_reception_it_is_put_back_and_that_one_waits_again(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await deux_livraisons(billing)
    recue = await deposer(client, une_cii(("SWITCH", "5", "100")))
    fausse, bonne = recue["possibles"][:2]
    chemin = f"/factures-recues/{recue['id']}"
    assert (await client.post(f"{chemin}/choisir", json={"achat_id": fausse["id"]})).status_code == 200
    detachee = (await client.post(f"{chemin}/detacher")).json()
    assert (detachee["etat"], detachee["achat_id"]) == ("a_rapprocher", None)
    assert detachee["manques"] == f"elle a été retirée de {fausse['numero']}"
    quittee = await lire(client, f"/affaires-fournisseur/{fausse['id']}")
    assert (quittee["etat"], quittee["facture_fournisseur"], quittee["facture_nom"]) == ("a_controler", "", None)
    couts = [(f.facture_fournisseur, f.revision) for f in await faits(billing, ReceptionChiffree)]
    assert couts == [("F-778", 1), ("", 2)], "its goods lose that invoice"
    choisie = (await client.post(f"{chemin}/choisir", json={"achat_id": bonne["id"]})).json()
    assert (choisie["etat"], choisie["achat_id"]) == ("rapprochee", bonne["id"])
    again = (await client.post(f"/factures-recues/{recue['id']}/detacher")).json()
    assert again["etat"] == "a_rapprocher"
    assert (await client.post(f"{chemin}/detacher")).json()["code"] == "facture_recue_traitee"


async def test_answered_or_credited_it_stays(billing: Database, client: httpx.AsyncClient) -> None:
    await deux_livraisons(billing)
    recue = await deposer(client, une_cii(("SWITCH", "10", "100")))
    avoir = await deposer(client, un_avoir(("SWITCH", "1", "100")))
    refus = await client.post(f"/factures-recues/{recue['id']}/detacher")
    assert (refus.status_code, refus.json()["code"]) == (409, "facture_recue_creditee")
    assert (await client.post(f"/factures-recues/{avoir['id']}/detacher")).json()["etat"] == "a_rapprocher"
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert achat["total_credite_ht"] == "0.00"
    corps = {"statut": "205"}
    assert (await client.post(f"/factures-recues/{recue['id']}/statuts", json=corps)).status_code in (200, 201)
    refus = await client.post(f"/factures-recues/{recue['id']}/detacher")
    assert (refus.status_code, refus.json()["code"]) == (409, "facture_recue_repondue")


async def test_it_names_what_it_bills_as_its_supplier_does(billing: Database, client: httpx.AsyncClient) -> None:
    ligne = une_ligne_recue("SWITCH", "10", "100").model_copy(update={"reference_fournisseur": "ELK-SW24"})
    await recevoir(billing, subscriptions, d_elecdis("REC-1", ligne))
    recue = await deposer(client, une_cii(("elk-sw24", "9", "104")))
    assert recue["remarques"] == "", "neither the quantity nor the price say it, the reference does"
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert [(li["quantite_facturee"], li["prix_facture_ht"]) for li in achat["lignes"]] == [("9.000", "104.0000")]
    assert achat["frais_factures_ht"] == "0.00"
