"""The list of needs, as the buyer reads it."""

from datetime import timedelta

import pytest

from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient
from shared.testing.statements import sent
from tests.builders.purchasing import HIER, Monde, enveloppe, recevoir, un_attendu, un_produit, un_stock, une_feuille


@pytest.mark.feature("PU-02")
async def test_stock_per_agency_reserved_available_and_need(monde: Monde) -> None:
    await recevoir(
        monde.database,
        un_stock(monde.switch, monde.annecy.agence_id, "Annecy", 2),
        un_stock(monde.switch, monde.grenoble.agence_id, "Grenoble", 1, reserve=1),
        une_feuille([un_attendu(monde.switch, 5, reserve=1)]),
    )
    groupe = (await monde.besoins())["elements"][0]
    stocks = [(s["agence_nom"], s["physique"], s["reserve"], s["disponible"]) for s in groupe["stocks"]]
    assert stocks == [("Annecy", "2.000", "0.000", "2.000"), ("Grenoble", "1.000", "1.000", "0.000")]
    assert (groupe["disponible"], groupe["quantite"], groupe["manquant"]) == ("2.000", "5.000", "4.000")


async def test_an_older_balance_is_ignored(monde: Monde) -> None:
    annecy = monde.annecy.agence_id
    await recevoir(
        monde.database,
        une_feuille([un_attendu(monde.switch, 5)]),
        enveloppe(un_stock(monde.switch, annecy, "Annecy", 8), seq=2_000_000),
        enveloppe(un_stock(monde.switch, annecy, "Annecy", 3), seq=1_999_999),
    )
    assert (await monde.besoins())["elements"][0]["disponible"] == "8.000"


async def test_nothing_to_buy_when_everything_is_in_stock(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2, reserve=2)])
    await recevoir(monde.database, feuille)
    liste = await monde.besoins(demande_id=feuille.demande_id)
    assert liste["aucun_achat"] is True
    assert [g["etat"] for g in liste["elements"]] == ["en_stock"]
    assert (await monde.besoins())["elements"] == []


@pytest.mark.feature("PU-09")
async def test_each_project_shows_the_others_that_want_the_product(monde: Monde) -> None:
    mairie = une_feuille([un_attendu(monde.switch, 2)], devis_numero="DEV-2026-00001")
    clinique = une_feuille([un_attendu(monde.switch, 3)], devis_numero="DEV-2026-00002", tiers_nom="Clinique")
    await recevoir(monde.database, enveloppe(mairie, le=HIER), enveloppe(clinique, le=HIER + timedelta(hours=1)))
    groupe = (await monde.besoins(demande_id=mairie.demande_id))["elements"][0]
    projets = [(b["devis_numero"], b["quantite"], b["est_demandee"], b["depuis"][:10]) for b in groupe["besoins"]]
    assert projets == [
        ("DEV-2026-00001", "2.000", True, "2026-03-16"),
        ("DEV-2026-00002", "3.000", False, "2026-03-16"),
    ]
    assert (groupe["net"], groupe["net_demande"]) == ("5.000", "2.000")
    reciproque = (await monde.besoins(demande_id=clinique.demande_id))["elements"][0]
    assert [(b["quantite"], b["est_demandee"]) for b in reciproque["besoins"]] == [("2.000", False), ("3.000", True)]


async def test_what_is_on_order_is_no_longer_to_buy(monde: Monde, clock: FrozenClock) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 5)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    await monde.commander_produit(
        monde.switch, 3, besoins=[{"besoin_id": besoin["id"], "quantite": 3}], livraison_prevue="2026-04-02"
    )
    groupe = (await monde.besoins())["elements"][0]
    assert (groupe["en_commande"], groupe["net"], groupe["livraison_prevue"]) == ("3.000", "2.000", "2026-04-02")
    assert groupe["besoins"][0]["livraison_prevue"] == "2026-04-02"
    assert groupe["etat"] == "a_acheter"
    await monde.commander_produit(monde.switch, 2)
    assert (await monde.besoins())["elements"][0]["etat"] == "en_commande"
    assert (await monde.besoins(filtre="a_acheter"))["elements"] == []


async def test_the_list_pages_by_key_with_a_constant_number_of_queries(monde: Monde) -> None:
    produits = [un_produit(f"REF-{n:02d}", f"Produit {n}") for n in range(12)]
    await recevoir(monde.database, *produits, une_feuille([un_attendu(p, 1) for p in produits]))
    with sent(monde.database) as pour_cinq:
        premiere = await monde.besoins(limite=5)
    with sent(monde.database) as pour_toutes:
        entiere = await monde.besoins(limite=50)
    assert len(pour_toutes) == len(pour_cinq) <= 10
    suite = await monde.besoins(limite=50, curseur=premiere["curseur_suivant"])
    references = [g["reference"] for g in (*premiere["elements"], *suite["elements"])]
    assert references == [g["reference"] for g in entiere["elements"]] == sorted(references)


async def test_prices_are_hidden_without_the_right_to_see_costs(monde: Monde, service_client: ServiceClient) -> None:
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 1)]))
    await monde.negocier(monde.switch)
    magasinier = await service_client("purchasing", monde.database, "achat.lire")
    groupe = (await magasinier.get("/besoins")).json()["elements"][0]
    assert groupe["prix_achat_ht"] is None
    assert groupe["negociations"][0]["prix_ht"] is None
    assert groupe["fournisseurs"][0]["prix_ht"] is None
    inconnu = await service_client("purchasing", monde.database, "tiers.lire")
    assert (await inconnu.get("/besoins")).status_code == 403


async def test_a_search_ignores_accents_and_case(monde: Monde) -> None:
    cable = un_produit("CBL-6A", "Câble catégorie 6A")
    await recevoir(monde.database, cable, une_feuille([un_attendu(cable, 1), un_attendu(monde.switch, 1)]))
    assert [g["reference"] for g in (await monde.besoins(q="cable CATE"))["elements"]] == ["CBL-6A"]
