"""Scanning a parcel, code by code."""

from typing import Any

import pytest
from sqlalchemy import event

from services.purchasing.reception.models import LigneReception
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, recevoir, un_attendu, un_produit, une_feuille


async def _reception(monde: Monde, switches: int = 2, bornes: int = 2) -> dict[str, Any]:
    switch = await monde.negocier(monde.switch, switches)
    borne = await monde.negocier(monde.borne, bornes, prix_ht="89.90")
    return await monde.receptionner(await monde.commander(switch, borne))


async def _lignes(monde: Monde, reception: dict[str, Any]) -> dict[str, dict[str, Any]]:
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    return {f"{ligne['reference']}{'+' if ligne['est_surplus'] else ''}": ligne for ligne in lignes}


@pytest.mark.parametrize("code", ["3760012345674", "elk-sw24", "SW-24P", "\"è-àà&é\"'(-è'"])
async def test_any_code_of_the_product_is_matched_with_the_order(monde: Monde, code: str) -> None:
    reception = await _reception(monde)
    lecture = await monde.scanner(reception, code)
    assert (lecture["resultat"], lecture["motif"], lecture["libelle"]) == ("attendu", "attendu", "Switch 24 ports PoE")
    assert lecture["detail"].startswith("1 sur 2 reçus.")
    ligne = (await _lignes(monde, reception))["SW-24P"]
    assert (ligne["quantite"], ligne["restante"]) == ("1.000", "1.000")


@pytest.mark.feature("PU-30")
async def test_the_waiting_project_is_named_at_once(monde: Monde) -> None:
    mairie = une_feuille([un_attendu(monde.switch, 2)])
    await recevoir(monde.database, mairie)
    lecture = await monde.scanner(await _reception(monde), "SW-24P")
    assert lecture["detail"] == "1 sur 2 reçus. Attendu : projet Mairie de Seynod (2)."
    (projet,) = lecture["projets"]
    assert (projet["demande_id"], projet["manquant"], projet["quantite"]) == (str(mairie.demande_id), "2.000", "1.000")


async def test_the_most_urgent_project_is_served_first(monde: Monde) -> None:
    await recevoir(
        monde.database,
        une_feuille([un_attendu(monde.switch, 2)], priorite=5, tiers_nom="Mairie"),
        une_feuille([un_attendu(monde.switch, 1)], priorite=1, tiers_nom="Clinique"),
    )
    lecture = await monde.scanner(await _reception(monde), "SW-24P")
    assert [(p["tiers_nom"], p["quantite"]) for p in lecture["projets"]] == [("Clinique", "1.000"), ("Mairie", "0.000")]
    assert "projets Clinique (1), Mairie (2)" in lecture["detail"]


@pytest.mark.feature("PU-23")
async def test_mismatches_say_what_and_what_to_do(monde: Monde) -> None:
    intrus = un_produit("CAM-4K", "Caméra 4K", ean="3760012349999")
    await recevoir(monde.database, intrus)
    reception = await _reception(monde, switches=1)
    inconnu = await monde.scanner(reception, "0000000000000")
    assert (inconnu["resultat"], inconnu["libelle"], inconnu["annuler"]) == ("inconnu", "Code inconnu", None)
    hors = await monde.scanner(reception, "3760012349999")
    assert (hors["resultat"], hors["motif"], hors["libelle"]) == ("en_trop", "hors_commande", "Caméra 4K")
    assert hors["choix"] == ["accepter", "substituer", "ignorer"]
    await monde.scanner(reception, "SW-24P")
    trop = await monde.scanner(reception, "SW-24P")
    assert (trop["resultat"], trop["motif"]) == ("en_trop", "surplus")
    assert trop["detail"] == "Tout est déjà reçu sur 1 attendu. Acceptez le surplus ou laissez de côté."
    lignes = await _lignes(monde, reception)
    assert (lignes["SW-24P"]["quantite"], lignes["AP-6E"]["restante"], len(lignes)) == ("1.000", "2.000", 2)


async def test_the_reference_of_another_supplier_is_a_product_and_no_serial_number(monde: Monde) -> None:
    await recevoir(monde.database, un_produit("CAM-4K", "Caméra 4K", chez={new_id(): ("DOM-CAM", "90")}))
    reception = await _reception(monde)
    await monde.scanner(reception, "AP-6E")
    lecture = await monde.scanner(reception, "dom-cam")
    assert (lecture["resultat"], lecture["motif"], lecture["libelle"]) == ("en_trop", "hors_commande", "Caméra 4K")
    assert (await _lignes(monde, reception))["AP-6E"]["nb_series"] == 0


async def test_a_surplus_accepted_has_its_own_line(monde: Monde) -> None:
    reception = await _reception(monde, switches=1)
    await monde.scanner(reception, "SW-24P")
    accepte = await monde.scanner(reception, "SW-24P", accepter=True)
    assert (accepte["resultat"], accepte["motif"]) == ("attendu", "surplus_accepte")
    ligne = (await _lignes(monde, reception))["SW-24P+"]
    assert (ligne["quantite"], ligne["attendue"], ligne["prix_ht"]) == ("1.000", "0.000", "172.5000")


async def test_serial_numbers_follow_the_product_scanned(monde: Monde) -> None:
    reception = await _reception(monde)
    borne = await monde.scanner(reception, "AP-6E")
    assert "Lisez le numéro de série" in borne["detail"]
    serie = await monde.scanner(reception, "sn 0001")
    assert (serie["resultat"], serie["motif"], serie["numero_serie"]) == ("attendu", "serie", "SN0001")
    suivante = await monde.scanner(reception, "SN0002")
    assert (suivante["motif"], suivante["quantite"]) == ("serie", "1.000")
    ligne = (await _lignes(monde, reception))["AP-6E"]
    assert (ligne["quantite"], ligne["numeros_serie"]) == ("2.000", ["SN0001", "SN0002"])
    assert (await monde.scanner(reception, "SN0003"))["motif"] == "surplus"


async def test_a_serial_number_is_received_once(monde: Monde) -> None:
    reception = await _reception(monde)
    await monde.scanner(reception, "AP-6E")
    await monde.scanner(reception, "SN0001")
    double = await monde.scanner(reception, "SN0001")
    assert (double["resultat"], double["motif"]) == ("en_trop", "serie_en_double")
    assert double["detail"] == "Borne Wi-Fi 6E : SN0001 est déjà dans la réception REC-2026-00001."
    await monde.scanner(reception, "SN0002")
    await monde.valider(reception, facture_fournisseur="F-1")
    plus_tard = await _reception(monde)
    await monde.scanner(plus_tard, "AP-6E")
    assert (await monde.scanner(plus_tard, "SN0001"))["motif"] == "serie_en_double"


async def test_a_reading_is_undone_once(monde: Monde) -> None:
    reception = await _reception(monde)
    await monde.scanner(reception, "AP-6E")
    await monde.scanner(reception, "SN0001")
    serie = await monde.scanner(reception, "SN0002")
    chemin = serie["annuler"].removeprefix("/api/purchasing")
    annulee = await monde.poster(chemin, statut=200)
    assert (annulee["est_annulee"], annulee["annuler"]) == (True, None)
    ligne = (await _lignes(monde, reception))["AP-6E"]
    assert (ligne["quantite"], ligne["numeros_serie"]) == ("1.000", ["SN0001"])
    assert (await monde.poster(chemin, statut=409))["code"] == "lecture_deja_annulee"
    liste = await monde.lire(f"/receptions/{reception['id']}/scans")
    assert [(li["code"], li["est_annulee"]) for li in liste] == [("SN0002", True), ("SN0001", False), ("AP-6E", False)]
    assert (await monde.scanner(reception, "SN0002"))["motif"] == "serie"


async def test_only_storekeepers_scan_and_only_while_it_is_open(monde: Monde, service_client: ServiceClient) -> None:
    reception = await _reception(monde)
    lecteur = await service_client("purchasing", monde.database, "achat.lire")
    refus = await lecteur.post(f"/receptions/{reception['id']}/scans", json={"lectures": [{"code": "SW-24P"}]})
    assert refus.status_code == 403
    magasinier = await service_client("purchasing", monde.database, "reception.saisir")
    vue = (await magasinier.get(f"/receptions/{reception['id']}")).json()
    assert (vue["lignes"][0]["prix_ht"], vue["frais_annonces_ht"]) == (None, None)
    await monde.poster(f"/receptions/{reception['id']}/abandonner", statut=200)
    (ferme,) = await monde.lire_ensemble(reception, {"code": "SW-24P"})
    assert ferme["refus"]["code"] == "reception_fermee"


async def test_each_unit_is_told_its_pallet_its_project_and_its_rank_then_the_stock(monde: Monde) -> None:
    await recevoir(
        monde.database,
        une_feuille([un_attendu(monde.switch, 2)], priorite=1, tiers_nom="Mairie de Lyon", zone="Palette A3"),
        une_feuille([un_attendu(monde.switch, 1)], tiers_nom="Clinique"),
    )
    reception = await _reception(monde, switches=4)
    lues = [await monde.scanner(reception, "SW-24P") for _ in range(4)]
    assert [lue["destination"]["texte"] for lue in lues] == [
        "Palette A3 : Mairie de Lyon (1/2)",
        "Palette A3 : Mairie de Lyon (2/2)",
        "Clinique (1/1)",
        "Stock",
    ]
    assert len({lue["destination"]["feuille_id"] for lue in lues}) == 3
    inconnue = await monde.scanner(reception, "0000000000000")
    assert inconnue["destination"] is None


async def test_a_code_makes_objects_of_the_lines_it_is_about_alone(monde: Monde) -> None:
    """However many lines a reception has (five hundred, on a pallet), and the surplus goes after the last of them."""
    reception = await _reception(monde)
    faites: list[LigneReception] = []

    def noter(ligne: LigneReception, _contexte: object) -> None:
        faites.append(ligne)

    event.listen(LigneReception, "load", noter)
    try:
        await monde.scanner(reception, "AP-6E")
        await monde.scanner(reception, "SN-1")
        assert [ligne.reference for ligne in faites] == ["AP-6E", "AP-6E"]
    finally:
        event.remove(LigneReception, "load", noter)
    await monde.scanner(reception, "SW-24P", accepter=True, quantite="3")
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert [(ligne["reference"], ligne["est_surplus"]) for ligne in lignes][-1] == ("SW-24P", True)
