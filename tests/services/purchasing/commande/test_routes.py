"""Orders over HTTP, from the file of the supplier."""

import io
from datetime import timedelta
from decimal import Decimal

import pypdf
import pytest

from shared.contracts.contacts import TiersModifie
from shared.contracts.purchasing import BesoinsCommandes, CommandeCloturee, CommandePassee
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import (
    Monde,
    circuler,
    faits,
    recevoir,
    un_attendu,
    un_fournisseur,
    une_feuille,
    une_feuille_modifiee,
)


@pytest.mark.feature("PU-14")
async def test_four_negociations_of_six_make_an_order_of_four_lines(monde: Monde) -> None:
    negociations = [await monde.negocier(monde.switch, n) for n in range(1, 7)]
    commande = await monde.commander(*negociations[:4])
    assert commande["numero"] == "CF-2026-00001"
    assert [ligne["quantite"] for ligne in commande["lignes"]] == ["1.000", "2.000", "3.000", "4.000"]
    dossier = await monde.lire(f"/fournisseurs/{monde.fournisseur.tiers_id}/achats")
    assert {n["id"] for n in dossier["negociations"]} == {n["id"] for n in negociations[4:]}
    assert [(c["numero"], c["commandee"]) for c in dossier["commandes"]] == [("CF-2026-00001", "10.000")]


@pytest.mark.feature("PU-13")
async def test_the_negociation_prefills_the_order_then_the_reception(monde: Monde) -> None:
    negociation = await monde.negocier(monde.switch, 2, prix_ht="168.0001", reference_fournisseur="ELK-SW24-V2")
    commande = await monde.commander(negociation)
    (ligne,) = commande["lignes"]
    assert (ligne["reference_fournisseur"], ligne["prix_ht"]) == ("ELK-SW24-V2", "168.0001")
    (attendue,) = (await monde.receptionner(commande))["lignes"]
    assert (attendue["reference_fournisseur"], attendue["prix_ht"]) == ("ELK-SW24-V2", "168.0001")
    assert (attendue["attendue"], attendue["quantite"]) == ("2.000", "0.000")


@pytest.mark.feature("PU-15")
async def test_an_order_is_found_by_the_number_of_the_supplier(monde: Monde) -> None:
    await monde.commander_produit(monde.switch, 1, numero_fournisseur="PO 88-412")
    await monde.commander_produit(monde.borne, 1, numero_fournisseur="PO 90-007")
    trouvees = await monde.lire("/commandes", q="88-412")
    assert [c["numero_fournisseur"] for c in trouvees["elements"]] == ["PO 88-412"]


@pytest.mark.feature("PU-16")
async def test_late_orders_stand_out(monde: Monde, clock: FrozenClock) -> None:
    await monde.commander_produit(monde.switch, 1, livraison_prevue="2026-03-17")
    await monde.commander_produit(monde.borne, 1, livraison_prevue="2026-03-30")
    assert [c["est_en_retard"] for c in (await monde.lire("/commandes"))["elements"]] == [False, False]
    monde.database.clock = FrozenClock(clock.now() + timedelta(days=1))
    assert [c["est_en_retard"] for c in (await monde.lire("/commandes"))["elements"]] == [False, True]
    assert len((await monde.lire("/commandes", retard=True))["elements"]) == 1


@pytest.mark.feature("PU-17")
async def test_fees_are_in_the_total_of_the_order_and_in_the_landed_cost(monde: Monde) -> None:
    commande = await monde.commander_produit(monde.switch, 2, prix_ht="100", frais_ht="25")
    assert commande["total_ht"] == "225.00"
    reception = await monde.receptionner(commande)
    assert reception["frais_annonces_ht"] == "25.00"
    await monde.scanner(reception, "SW-24P", quantite=2)
    validee = await monde.valider(reception, facture_fournisseur="F-1")
    assert (validee["lignes"][0]["cout_unitaire_ht"], validee["total_ht"]) == ("112.5000", "225.00")


@pytest.mark.feature("PU-18")
async def test_unused_negociations_are_closed_or_kept(monde: Monde) -> None:
    trois = [await monde.negocier(monde.switch, n) for n in (1, 2, 3)]
    ailleurs = un_fournisseur("Domotek")
    await recevoir(monde.database, ailleurs)
    chez_un_autre = await monde.negocier(monde.switch, 1, fournisseur_id=ailleurs.tiers_id)
    await monde.commander(trois[0], fermer_ids=[trois[1]["id"]])
    etats = {n["id"]: n["etat"] for n in (await monde.lire("/negociations"))["elements"]}
    assert [etats[n["id"]] for n in trois] == ["commandee", "fermee", "ouverte"]
    await monde.commander(await monde.negocier(monde.borne), restantes="fermer")
    etats = {n["id"]: n["etat"] for n in (await monde.lire("/negociations"))["elements"]}
    assert (etats[trois[2]["id"]], etats[chez_un_autre["id"]]) == ("fermee", "ouverte")


async def test_when_everything_is_ordered_it_is_said_once(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2), un_attendu(monde.borne, 3, reserve=1)])
    autre = une_feuille([un_attendu(monde.switch, 1)])
    await recevoir(monde.database, feuille, autre)
    besoins = {(g["reference"], b["demande_id"]): b for g in (await monde.besoins())["elements"] for b in g["besoins"]}
    switch, borne = besoins["SW-24P", str(feuille.demande_id)], besoins["AP-6E", str(feuille.demande_id)]
    await monde.commander_produit(monde.switch, 2, besoins=[{"besoin_id": switch["id"], "quantite": 2}])
    assert await faits(monde.database, BesoinsCommandes) == []
    await monde.commander_produit(monde.borne, 2, besoins=[{"besoin_id": borne["id"], "quantite": 2}])
    assert await faits(monde.database, BesoinsCommandes) == [BesoinsCommandes(demande_id=feuille.demande_id)]
    await monde.commander_produit(monde.switch, 9)
    await recevoir(monde.database, une_feuille_modifiee(feuille, feuille.etat.attendus))
    assert len(await faits(monde.database, BesoinsCommandes)) == 1


async def test_what_comes_from_stock_may_complete_what_is_ordered(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2), un_attendu(monde.borne, 3)])
    await recevoir(monde.database, feuille)
    besoin = next(g for g in (await monde.besoins())["elements"] if g["reference"] == "SW-24P")["besoins"][0]
    await monde.commander_produit(monde.switch, 2, besoins=[{"besoin_id": besoin["id"], "quantite": 2}])
    reserve = [un_attendu(monde.switch, 2), un_attendu(monde.borne, 3, reserve=3)]
    await recevoir(monde.database, une_feuille_modifiee(feuille, reserve))
    assert await faits(monde.database, BesoinsCommandes) == [BesoinsCommandes(demande_id=feuille.demande_id)]


async def test_the_fact_carries_every_line_and_its_projects(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 4)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    parts = [{"besoin_id": besoin["id"], "quantite": 4}]
    await monde.commander_produit(monde.switch, 5, besoins=parts, numero_fournisseur="PO-1", frais_ht="12.30")
    (fait,) = await faits(monde.database, CommandePassee)
    assert (fait.numero, fait.numero_fournisseur, fait.total_ht) == ("CF-2026-00001", "PO-1", Decimal("874.80"))
    assert fait.demande_ids == (feuille.demande_id,)
    (ligne,) = fait.lignes
    assert (ligne.reference_fournisseur, ligne.quantite, ligne.parts[0].quantite) == (
        "ELK-SW24",
        Decimal(5),
        Decimal(4),
    )


async def test_giving_up_the_rest_makes_needs_again(monde: Monde) -> None:
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 2)]))
    commande = await monde.commander_produit(monde.switch, 2)
    assert (await monde.besoins())["elements"][0]["net"] == "0.000"
    cloturee = await monde.poster(f"/commandes/{commande['id']}/cloturer", statut=200)
    assert cloturee["etat"] == "cloturee"
    assert (await monde.besoins())["elements"][0]["net"] == "2.000"
    assert [f.numero for f in await faits(monde.database, CommandeCloturee)] == [commande["numero"]]
    assert (await monde.poster(f"/commandes/{commande['id']}/cloturer", statut=409))["code"] == "commande_transition"
    figee = await monde.client.patch(f"/commandes/{commande['id']}", json={"note": "x"})
    assert figee.json()["code"] == "commande_figee"


async def test_what_cannot_be_ordered_is_refused(monde: Monde) -> None:
    ailleurs = un_fournisseur("Domotek")
    await recevoir(monde.database, ailleurs)
    chez_un_autre = await monde.negocier(monde.switch, 1, fournisseur_id=ailleurs.tiers_id)
    sans_prix = await monde.negocier(monde.switch, 1, prix_ht=None)
    deja = await monde.negocier(monde.switch, 1)
    await monde.commander(deja)
    for negociation, code in (
        (chez_un_autre, "negociation_autre_fournisseur"),
        (sans_prix, "negociation_sans_prix"),
        (deja, "negociation_transition"),
    ):
        corps = {"fournisseur_id": str(monde.fournisseur.tiers_id), "negociation_ids": [negociation["id"]]}
        assert (await monde.client.post("/commandes", json=corps)).json()["code"] == code
    assert len((await monde.lire("/commandes"))["elements"]) == 1


@pytest.mark.feature("AF-57")
async def test_nothing_is_ordered_from_a_supplier_without_any_address(monde: Monde) -> None:
    negociation = await monde.negocier(monde.switch, 1)
    nue = monde.fournisseur.fiche.model_copy(update={"adresse": None})
    await recevoir(monde.database, TiersModifie(tiers_id=monde.fournisseur.tiers_id, fiche=nue))
    corps = {"fournisseur_id": str(monde.fournisseur.tiers_id), "negociation_ids": [negociation["id"]]}
    refus = await monde.client.post("/commandes", json=corps)
    assert refus.status_code == 409
    assert refus.json()["detail"] == (
        "Elektra Distribution n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant de lui passer "
        "commande."
    )


async def test_the_supplier_confirms_later(monde: Monde) -> None:
    commande = await monde.commander_produit(monde.switch, 1, prix_ht="100")
    saisie = {"numero_fournisseur": "PO-77", "livraison_prevue": "2026-04-01", "frais_ht": "9.90"}
    url = f"/commandes/{commande['id']}"
    modifiee = (await monde.client.patch(url, json=saisie, headers={"If-Match": '"1"'})).json()
    assert (modifiee["numero_fournisseur"], modifiee["total_ht"]) == ("PO-77", "109.90")
    assert [c["numero"] for c in (await monde.lire("/commandes", q="po-77"))["elements"]] == [commande["numero"]]
    perimee = await monde.client.patch(url, json=saisie, headers={"If-Match": '"1"'})
    assert perimee.json()["code"] == "version_perimee"


@pytest.mark.feature("AF-42")
async def test_the_order_and_its_paper_say_where_the_goods_are_put_down(monde: Monde) -> None:
    mairie = une_feuille([un_attendu(monde.switch, 2)], zone="QUAI 7")
    await recevoir(monde.database, mairie)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    commande = await monde.commander_produit(monde.switch, 3, besoins=[{"besoin_id": besoin["id"], "quantite": 2}])
    (ligne,) = (await monde.lire(f"/commandes/{commande['id']}"))["lignes"]
    assert [p["emplacement"] for p in ligne["parts"]] == ["QUAI 7"]
    reponse = await monde.client.get(f"/commandes/{commande['id']}/bon-de-commande.pdf")
    texte = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(reponse.content)).pages)
    assert "À déposer : QUAI 7" in " ".join(texte.replace("\u202f", " ").replace("\xa0", " ").split())


async def test_the_bon_de_commande_reads_like_the_order(monde: Monde, service_client: ServiceClient) -> None:
    commande = await monde.commander_produit(
        monde.switch, 3, prix_ht="172.50", frais_ht="25", livraison_prevue="2026-04-02", note="Livrer le matin"
    )
    reponse = await monde.client.get(f"/commandes/{commande['id']}/bon-de-commande.pdf")
    assert (reponse.status_code, reponse.headers["content-type"]) == (200, "application/pdf")
    texte = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(reponse.content)).pages)
    plat = " ".join(texte.replace("\u202f", " ").replace("\xa0", " ").split())
    for mot in (
        "CF-2026-00001",
        "Elektra Distribution",
        "ELK-SW24",
        "542,50 €",
        "02/04/2026",
        "Livrer le matin",
        "Annecy",
    ):
        assert mot in plat, mot
    magasinier = await service_client("purchasing", monde.database, "achat.lire")
    assert (await magasinier.get(f"/commandes/{commande['id']}/bon-de-commande.pdf")).status_code == 403
    vue = (await magasinier.get(f"/commandes/{commande['id']}")).json()
    assert (vue["total_ht"], vue["lignes"][0]["prix_ht"]) == (None, None)
    await circuler(monde.database)
