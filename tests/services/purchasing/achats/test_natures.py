"""The need of a project is met by its own nature of stock, and what is bought for it keeps that nature."""

import pytest

from shared.contracts.inventory import NatureStockModifiee, StockChange
from shared.contracts.purchasing import ReceptionValidee
from shared.kernel.ids import new_id
from tests.builders.purchasing import Monde, faits, recevoir, un_attendu, un_stock, une_feuille


def en_occasion(stock: StockChange) -> StockChange:
    """The same balance, second-hand."""
    return stock.model_copy(update={"nature": "occasion"})


@pytest.mark.feature("AF-41")
async def test_a_need_counts_on_its_own_nature_only(monde: Monde) -> None:
    annecy = monde.annecy.agence_id
    neuf = une_feuille([un_attendu(monde.switch, 4)], affaire_id=new_id(), nature_stock="neuf")
    occasion = une_feuille([un_attendu(monde.switch, 4)], affaire_id=new_id(), nature_stock="occasion")
    await recevoir(monde.database, neuf, occasion, un_stock(monde.switch, annecy, "Annecy", 1))
    await recevoir(monde.database, en_occasion(un_stock(monde.switch, annecy, "Annecy", 6)))

    (groupe,) = (await monde.besoins())["elements"]
    stocks = [(s["nature_libelle"], s["est_principale"], s["disponible"]) for s in groupe["stocks"]]
    assert stocks == [("Neuf", True, "1.000"), ("Occasion", False, "6.000")]
    servis = {b["feuille_id"]: (b["stock"], b["net"]) for b in groupe["besoins"]}
    assert servis[str(neuf.feuille_id)] == ("1.000", "3.000")
    assert servis[str(occasion.feuille_id)] == ("4.000", "0.000")
    dites = {b["feuille_id"]: b["nature_a_part"] for b in groupe["besoins"]}
    assert dites == {str(neuf.feuille_id): "", str(occasion.feuille_id): "Occasion"}
    assert groupe["net"] == "3.000"
    for feuille, net in ((neuf, "3.000"), (occasion, "0.000")):
        (ligne,) = await monde.lire("/besoins-nets", affaire_id=feuille.etat.affaire_id)
        assert ligne["net"] == net
    assert len((await monde.besoins(filtre="a_acheter"))["elements"]) == 1

    await recevoir(monde.database, un_stock(monde.switch, annecy, "Annecy", 4))
    assert (await monde.besoins(filtre="a_acheter"))["elements"] == []


@pytest.mark.feature("AF-41")
async def test_what_is_received_says_the_natures_it_was_ordered_for(monde: Monde) -> None:
    occasion = une_feuille([un_attendu(monde.switch, 2)], nature_stock="occasion")
    await recevoir(monde.database, occasion)
    (besoin,) = (await monde.besoins())["elements"][0]["besoins"]
    pour_lui = [{"besoin_id": besoin["id"], "quantite": "2"}]
    seul = await monde.commander_produit(monde.switch, 2, besoins=pour_lui)
    au_dela = await monde.commander_produit(monde.switch, 5, besoins=pour_lui)
    stock = await monde.commander_produit(monde.switch, 1)
    for commande in (seul, au_dela, stock):
        reception = await monde.receptionner(commande)
        await monde.scanner(reception, "3760012345674")
        await monde.valider(reception)
    recues = await faits(monde.database, ReceptionValidee)
    assert [f.lignes[0].natures_stock for f in recues] == [("occasion",), ("neuf", "occasion"), ("neuf",)]


async def test_the_scan_names_the_project_of_the_same_nature(monde: Monde) -> None:
    urgent = une_feuille([un_attendu(monde.switch, 1)], nature_stock="occasion", priorite=0, tiers_nom="Garage")
    normal = une_feuille([un_attendu(monde.switch, 1)], nature_stock="neuf", tiers_nom="Mairie")
    await recevoir(monde.database, urgent, normal)
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    lue = await monde.scanner(reception, "3760012345674")
    assert lue["destination"]["texte"] == "Mairie (1/1)", "ordered new for the stock: the second-hand one waits on"


async def test_a_depot_keeps_the_main_nature(monde: Monde) -> None:
    annecy = monde.annecy.agence_id
    regle = {"produit_id": monde.switch.produit_id, "agence_id": annecy, "mini": "2", "maxi": "5"}
    await monde.client.put("/regles-reappro", json={k: str(v) for k, v in regle.items()})
    await recevoir(monde.database, en_occasion(un_stock(monde.switch, annecy, "Annecy", 9)))
    (vue,) = (await monde.lire("/regles-reappro"))["elements"]
    assert (vue["disponible"], vue["net"]) == ("0.000", "5.000")
    principale = NatureStockModifiee(
        nature_id=new_id(), code="occasion", libelle="Occasion", est_livrable=True, est_principale=True
    )
    await recevoir(monde.database, principale)
    (vue,) = (await monde.lire("/regles-reappro"))["elements"]
    assert (vue["disponible"], vue["net"]) == ("9.000", "0.000")
