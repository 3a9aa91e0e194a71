"""An electronic invoice dropped by accounts: on the affaire that waits for it, judged as a typed one, or waiting and saying why."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise, FactureFournisseurBloquee
from shared.contracts.purchasing import LigneRecue, ReceptionValidee, ToleranceAchat
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient
from tests.builders.billing import CLIENT, un_client, une_feuille_validee, une_ligne, une_reception, une_societe
from tests.builders.purchasing import faits
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire
from tests.services.billing.facture_recue.recues import SIREN, UBL, une_cii

__all__ = ["billing", "client"]
ELECDIS = UUID(int=77)


def une_ligne_recue(reference: str, quantite: str, prix: str, commande: str = "CF-2026-00012") -> LigneRecue:
    """Received as ordered."""
    return LigneRecue(
        ligne_id=new_id(),
        produit_id=new_id(),
        reference=reference,
        designation=reference.capitalize(),
        quantite=Decimal(quantite),
        prix_ht=Decimal(prix),
        cout_unitaire_ht=Decimal(prix),
        prix_commande_ht=Decimal(prix),
        commande_numero=commande,
    )


def d_elecdis(numero: str, *lignes: LigneRecue, facture: str = "", frais: str = "0") -> ReceptionValidee:
    """Goods of Elecdis came in; 2 % of price is tolerated."""
    total = sum((li.quantite * li.prix_ht for li in lignes), Decimal(frais))
    champs: dict[str, Any] = {"fournisseur_id": ELECDIS, "facture_fournisseur": facture, "frais_ht": Decimal(frais)}
    return une_reception(numero, str(total), lignes=lignes, tolerance=ToleranceAchat(prix_pct=Decimal(2)), **champs)


@pytest.fixture(autouse=True)
async def connus(billing: Database) -> None:
    """Us, and Elecdis among the suppliers."""
    elecdis = un_client(ELECDIS, nom="Elecdis SAS", roles=("fournisseur",), siren=SIREN, code="F00001")
    await recevoir(billing, subscriptions, une_societe(), elecdis)


async def deposer(
    client: httpx.AsyncClient, contenu: bytes, statut: int = 200, nom: str = "facture.xml"
) -> dict[str, Any]:
    """The answer to a file dropped."""
    reponse = await client.put(
        "/factures-recues", params={"nom": nom}, content=contenu, headers={"content-type": "application/octet-stream"}
    )
    assert reponse.status_code == statut, reponse.text
    rendu: dict[str, Any] = reponse.json()
    return rendu


async def lire(client: httpx.AsyncClient, chemin: str) -> dict[str, Any]:
    """What is at this address."""
    rendu: dict[str, Any] = (await client.get(chemin)).json()
    return rendu


async def test_it_goes_on_the_reception_of_the_order_it_cites_and_is_checked_to_the_cent(
    billing: Database, client: httpx.AsyncClient
) -> None:
    lignes = une_ligne_recue("SWITCH", "10", "100"), une_ligne_recue("CAB", "3", "4.50")
    await recevoir(billing, subscriptions, d_elecdis("REC-1", *lignes, frais="25"))
    recue = await deposer(client, une_cii(("SWITCH", "10", "100"), ("CAB", "3", "4.50"), port="25.00"))
    assert (recue["etat"], recue["manques"], recue["remarques"]) == ("rapprochee", "", "")
    assert recue["achat_etat"] == "controlee"
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], achat["facture_fournisseur"]) == ("controlee", "F-778")
    assert (achat["date_facture"], achat["echeance"]) == ("2026-03-10", "2026-04-24")
    assert (achat["total_facture_ht"], achat["frais_factures_ht"]) == ("1038.50", "25.00")
    fichier = await client.get(f"/affaires-fournisseur/{achat['id']}/facture")
    assert fichier.content.startswith(b"<?xml")
    assert fichier.headers["content-disposition"].startswith("attachment"), "an XML is never shown in our name"


async def test_a_price_raised_puts_it_on_hold_as_a_typed_one(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100")))
    recue = await deposer(client, une_cii(("SWITCH", "10", "104")))
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], achat["total_facture_ht"]) == ("bloquee", "1040.00")
    assert achat["motif_blocage"] == "« Switch » : 104,00\u00a0€ pour 100,00\u00a0€ commandés (+4 %)"
    assert len(await faits(billing, FactureFournisseurBloquee)) == 1


async def test_an_article_not_received_is_counted_in_the_fees_and_one_not_billed_is_said(
    billing: Database, client: httpx.AsyncClient
) -> None:
    lignes = une_ligne_recue("SWITCH", "10", "100"), une_ligne_recue("BORNE", "2", "90")
    await recevoir(billing, subscriptions, d_elecdis("REC-1", *lignes))
    recue = await deposer(client, une_cii(("SWITCH", "10", "100"), ("ONDULEUR", "1", "300")))
    assert recue["remarques"].splitlines() == [
        "« Onduleur » n’est d’aucune ligne reçue : 300,00\u00a0€ comptés dans les frais",
        "« Borne » est reçu, et n’est pas facturé",
    ]
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], achat["total_facture_ht"], achat["frais_factures_ht"]) == ("bloquee", "1300.00", "300.00")


async def test_one_product_received_on_two_orders_shares_what_is_billed(
    billing: Database, client: httpx.AsyncClient
) -> None:
    lignes = une_ligne_recue("SWITCH", "4", "100"), une_ligne_recue("SWITCH", "6", "100", "CF-2026-00013")
    await recevoir(billing, subscriptions, d_elecdis("REC-1", *lignes))
    recue = await deposer(client, une_cii(("SWITCH", "10", "100")))
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], [li["quantite_facturee"] for li in achat["lignes"]]) == ("controlee", ["4.000", "6.000"])


async def test_the_number_typed_at_the_reception_comes_first_and_another_number_has_its_own(
    billing: Database, client: httpx.AsyncClient
) -> None:
    une, autre = (une_ligne_recue("SWITCH", "10", "100") for _ in range(2))
    await recevoir(
        billing, subscriptions, d_elecdis("REC-1", une, facture="F-777"), d_elecdis("REC-2", autre, facture="f-778")
    )
    recue = await deposer(client, une_cii(commande=""))
    assert (await lire(client, f"/affaires-fournisseur/{recue['achat_id']}"))["reception_numero"] == "REC-2"
    attend = await deposer(client, une_cii(numero="F-779"))
    assert attend["manques"] == "aucune réception de la commande « CF-2026-00012 » n’attend cette facture"
    assert [a["facture_fournisseur"] for a in attend["possibles"]] == ["F-777"]
    chemin = f"/factures-recues/{attend['id']}/choisir"
    inconnue = await client.post(chemin, json={"achat_id": str(new_id())})
    assert (inconnue.status_code, inconnue.json()["code"]) == (409, "reception_non_attendue")
    choisie = (await client.post(chemin, json={"achat_id": attend["possibles"][0]["id"]})).json()
    assert (choisie["etat"], choisie["possibles"]) == ("rapprochee", [])
    again = await client.post(f"/factures-recues/{attend['id']}/ecarter", json={"motif": "Une erreur"})
    assert (again.status_code, again.json()["code"]) == (409, "facture_recue_traitee")


async def test_it_may_come_before_the_goods_and_before_its_supplier_is_known(
    billing: Database, client: httpx.AsyncClient
) -> None:
    attend = await deposer(client, UBL.encode())
    assert attend["fournisseur_id"] == str(ELECDIS), "known by the end of its VAT number"
    assert (
        attend["manques"] == "aucune réception de la commande « Commande CF-2026-00012 du 3/3 » n’attend cette facture"
    )
    assert (await lire(client, "/factures-recues/totaux")) == {"nombre": 1, "a_transmettre": 0, "total_ht": "125.00"}
    await recevoir(billing, subscriptions, d_elecdis("REC-1", une_ligne_recue("CAB", "10", "12.50")))
    arrivee = await lire(client, f"/factures-recues/{attend['id']}")
    assert arrivee["etat"] == "rapprochee"
    achat = await lire(client, f"/affaires-fournisseur/{arrivee['achat_id']}")
    assert (achat["etat"], achat["total_facture_ht"]) == ("bloquee", "125.00"), "the charge of the line is a fee"

    inconnu = await deposer(client, une_cii(numero="Z-1", nom="Réseau Pro", siren="404833048", tva="", commande=""))
    assert (inconnu["fournisseur_id"], inconnu["manques"]) == (None, "Réseau Pro n’est pas dans le carnet d’adresses")
    await recevoir(
        billing, subscriptions, un_client(UUID(int=78), nom="Réseau Pro", siren="404833048", roles=("fournisseur",))
    )
    retrouve = (await client.post(f"/factures-recues/{inconnu['id']}/chercher")).json()
    assert (retrouve["fournisseur_id"], retrouve["manques"]) == (
        str(UUID(int=78)),
        "aucune réception n’attend cette facture",
    )


async def test_a_supplier_without_siren_is_found_by_name_and_never_under_another_siren(
    billing: Database, client: httpx.AsyncClient
) -> None:
    sans = un_client(UUID(int=79), nom="Câbles du Léman", siren=None, roles=("fournisseur",))
    await recevoir(billing, subscriptions, sans, un_client(CLIENT, nom="Homonyme", siren="732829320"))
    trouve = await deposer(client, une_cii(numero="C-1", nom="Câbles du Léman", siren="404833048", tva=""))
    assert trouve["fournisseur_id"] == str(UUID(int=79))
    autre = await deposer(client, une_cii(numero="C-2", nom="Homonyme", siren="404833048", tva=""))
    assert autre["fournisseur_id"] is None


async def test_one_whose_sums_are_wrong_waits_and_says_so_until_accounts_decide(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100")))
    fausse = await deposer(client, une_cii(ttc="1210.00"))
    ecart = "Total TTC : 1\u202f210,00\u00a0€ sur la facture, 1\u202f200,00\u00a0€ calculés"
    assert (fausse["etat"], fausse["manques"], fausse["est_juste"]) == ("a_rapprocher", ecart, False)
    (possible,) = fausse["possibles"]
    posee = (await client.post(f"/factures-recues/{fausse['id']}/choisir", json={"achat_id": possible["id"]})).json()
    assert (posee["etat"], posee["remarques"]) == ("rapprochee", ecart)


async def test_twice_is_refused_in_words_unless_it_was_set_aside(billing: Database, client: httpx.AsyncClient) -> None:
    premiere = await deposer(client, une_cii())
    for contenu in (une_cii(), une_cii(("SWITCH", "1", "1"))):
        refus = await deposer(client, contenu, 409)
        assert refus["code"] == "facture_recue_deja_deposee"
        assert "F-778 (Elecdis) a déjà été déposée le" in refus["detail"]
    assert (
        await client.post(f"/factures-recues/{premiere['id']}/ecarter", json={"motif": "Doublon"})
    ).status_code == 200
    await deposer(client, une_cii())

    await recevoir(billing, subscriptions, d_elecdis("REC-9", une_ligne_recue("SWITCH", "1", "1"), facture="T-1"))
    (achat,) = (await lire(client, "/affaires-fournisseur"))["elements"]
    corps = {"facture_fournisseur": "T-1"}
    assert (await client.post(f"/affaires-fournisseur/{achat['id']}/controler", json=corps)).status_code == 200
    assert (await deposer(client, une_cii(numero="T-1"), 409))["code"] == "facture_fournisseur_deja_controlee"


async def test_the_same_one_dropped_twice_at_once_comes_once(client: httpx.AsyncClient) -> None:
    envois = (
        client.put(
            "/factures-recues",
            params={"nom": "f.xml"},
            content=une_cii(),
            headers={"content-type": "application/octet-stream"},
        )
        for _ in range(4)
    )
    assert sorted(r.status_code for r in await asyncio.gather(*envois)) == [200, 409, 409, 409]


async def test_the_pdf_our_own_factures_are_printed_on_is_received_to_the_cent(
    billing: Database, client: httpx.AsyncClient
) -> None:
    feuille = une_feuille_validee(une_ligne(), une_ligne(designation="Bobine", taux_tva=Decimal(10)))
    await recevoir(billing, subscriptions, feuille)
    facture = (await client.post(f"/affaires-client/{(await l_affaire(client))['id']}/facturer")).json()
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    pdf = (await client.get(f"/factures/{facture['id']}/document")).content
    recue = await deposer(client, pdf, nom=f"{facture['numero']}.pdf")
    assert (recue["numero"], recue["type"], recue["total_ht"]) == (
        facture["numero"],
        "application/pdf",
        facture["total_ht"],
    )
    assert recue["lue"]["total_ttc"] == facture["total_ttc"]
    assert recue["manques"] == "aucune réception n’attend cette facture", "its sums are right"
    lue = await client.get(f"/factures-recues/{recue['id']}/fichier")
    assert lue.content == pdf
    assert lue.headers["content-disposition"].startswith("inline")


async def test_what_is_not_for_us_not_an_invoice_or_not_readable_leaves_nothing(
    billing: Database, client: httpx.AsyncClient
) -> None:
    refus = await deposer(client, une_cii(acheteur="404833048"), 422)
    assert refus["code"] == "facture_recue_autre_client"
    assert (await deposer(client, b"%PDF-1.7 une image", 422, "f.pdf"))["code"] == "facture_recue_illisible"
    assert (await deposer(client, une_cii(("SWITCH", "1", "0"), genre="381"), 422))["code"] == "avoir_recu_negatif"
    assert (await deposer(client, b"x" * (10 * 1024 * 1024 + 1), 422))["code"] == "fichier_trop_gros"
    assert (await lire(client, "/factures-recues"))["elements"] == []


async def test_only_accounts_who_see_costs_drop_and_read(
    billing: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    recue = await deposer(client, une_cii())
    lecteur = await service_client("billing", billing, "couts.voir")
    await deposer(lecteur, une_cii(numero="F-9"), 403)
    assert (await lecteur.get(f"/factures-recues/{recue['id']}/fichier")).status_code == 200
    aveugle = await service_client("billing", billing, "facture.modifier", "facture.lire")
    await deposer(aveugle, une_cii(numero="F-9"), 403)
    for chemin in ("", "/totaux", f"/{recue['id']}", f"/{recue['id']}/fichier"):
        assert (await aveugle.get(f"/factures-recues{chemin}")).status_code == 403
    for geste, corps in (
        ("chercher", None),
        ("ecarter", {"motif": "Doublon"}),
        ("choisir", {"achat_id": str(new_id())}),
    ):
        for qui in (lecteur, aveugle):
            assert (await qui.post(f"/factures-recues/{recue['id']}/{geste}", json=corps)).status_code == 403


@pytest.mark.feature("BI-08")
async def test_supplier_invoices_are_found_by_number_supplier_order_or_amount(
    billing: Database, client: httpx.AsyncClient
) -> None:
    """Those received, and what they are checked against once they are matched."""
    await deposer(client, une_cii())
    autre = un_client(new_id(), nom="Câbles du Rhône", roles=("fournisseur",), siren="", code="F00002")
    await recevoir(billing, subscriptions, autre, une_reception("REC-9", "316.00", fournisseur_nom="Câbles du Rhône"))

    async def trouvees(chemin: str, q: str) -> int:
        return len((await lire(client, f"{chemin}?q={q}"))["elements"])

    for q in ("F-778", "f778", "elecdis", SIREN, "CF-2026-00012", "1000,00", "1200,00"):
        assert await trouvees("/factures-recues", q) == 1, q
    assert await trouvees("/factures-recues", "rhone") == 0
    for q in ("REC-9", "cables", "316,00"):
        assert await trouvees("/affaires-fournisseur", q) == 1, q
    assert await trouvees("/affaires-fournisseur", "elecdis") == 0
    await recevoir(billing, subscriptions, d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100")))
    (achat,) = (await lire(client, "/affaires-fournisseur?q=CF-2026-00012"))["elements"]
    assert achat["facture_fournisseur"] == "F-778"
    assert [await trouvees(chemin, achat["numero"]) for chemin in ("/factures-recues", "/affaires-fournisseur")] == [
        1,
        1,
    ]
    assert (await lire(client, "/affaires-fournisseur/totaux?q=F-778"))["nombre"] == 1
