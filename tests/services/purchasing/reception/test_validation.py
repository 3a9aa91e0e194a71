"""Goods enter: typed lines, substitution, serials, validation exactly once."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from shared.contracts.purchasing import CommandeCloturee, ReceptionValidee
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, faits, recevoir, un_attendu, un_fournisseur, un_produit, une_feuille


async def _ligne(monde: Monde, reception: dict[str, Any], reference: str) -> dict[str, Any]:
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    ligne: dict[str, Any] = next(li for li in lignes if li["reference"] == reference)
    return ligne


async def _saisir(monde: Monde, reception: dict[str, Any], ligne: dict[str, Any], **corps: Any) -> Any:
    url = f"/receptions/{reception['id']}/lignes/{ligne['id']}"
    return (await monde.client.put(url, json=corps)).json()


@pytest.mark.feature("PU-22")
async def test_a_full_match_closes_the_order(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 2)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    commande = await monde.commander_produit(
        monde.switch, 2, besoins=[{"besoin_id": besoin["id"], "quantite": 2}], frais_ht="12.30"
    )
    reception = await monde.receptionner(commande)
    await monde.scanner(reception, "SW-24P", quantite=2)
    validee = await monde.valider(
        reception, facture_fournisseur="FA-2026-881", date_facture="2026-03-16", bon_livraison="BL-55"
    )
    assert validee["etat"] == "validee"
    assert (await monde.lire(f"/commandes/{commande['id']}"))["etat"] == "cloturee"
    assert [f.commande_id for f in await faits(monde.database, CommandeCloturee)] == [
        f.commande_ids[0] for f in await faits(monde.database, ReceptionValidee)
    ]
    (fait,) = await faits(monde.database, ReceptionValidee)
    assert (fait.numero, fait.facture_fournisseur, fait.bon_livraison) == ("REC-2026-00001", "FA-2026-881", "BL-55")
    assert (fait.frais_ht, fait.total_ht) == (Decimal("12.30"), Decimal("357.30"))
    assert (fait.agence_id, fait.demande_ids) == (monde.annecy.agence_id, (feuille.demande_id,))
    (ligne,) = fait.lignes
    assert (ligne.quantite, ligne.prix_ht, ligne.cout_unitaire_ht) == (Decimal(2), Decimal("172.5"), Decimal("178.65"))
    assert (ligne.commande_numero, str(ligne.produit_id)) == (commande["numero"], str(monde.switch.produit_id))


@pytest.mark.feature("PU-24")
async def test_a_partial_delivery_waits_for_the_rest(monde: Monde) -> None:
    commande = await monde.commander_produit(monde.switch, 5, prix_ht="10", frais_ht="6")
    premiere = await monde.receptionner(commande)
    await monde.scanner(premiere, "SW-24P", quantite=2)
    await monde.valider(premiere, facture_fournisseur="F-1", frais_ht="0")
    suivie = await monde.lire(f"/commandes/{commande['id']}")
    assert (suivie["etat"], suivie["lignes"][0]["restante"]) == ("recue_partielle", "3.000")
    assert await faits(monde.database, CommandeCloturee) == []
    seconde = await monde.receptionner(commande)
    assert (seconde["lignes"][0]["attendue"], seconde["frais_annonces_ht"]) == ("3.000", "6.00")
    await monde.scanner(seconde, "SW-24P", quantite=3)
    await monde.valider(seconde, facture_fournisseur="F-2")
    assert (await monde.lire(f"/commandes/{commande['id']}"))["etat"] == "cloturee"
    histoire = (await monde.lire("/receptions", commande_id=commande["id"]))["elements"]
    assert [(r["numero"], r["quantite"], r["facture_fournisseur"]) for r in histoire] == [
        ("REC-2026-00002", "3.000", "F-2"),
        ("REC-2026-00001", "2.000", "F-1"),
    ]


async def test_two_clicks_validate_once(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    await monde.scanner(reception, "SW-24P")
    url = f"/receptions/{reception['id']}/valider"
    reponses = await asyncio.gather(*(monde.client.post(url, json={}) for _ in range(4)))
    assert sorted(r.status_code for r in reponses) == [200, 409, 409, 409]
    assert {r.json().get("code") for r in reponses} == {None, "reception_fermee"}
    assert len(await faits(monde.database, ReceptionValidee)) == 1


async def test_the_same_click_sent_again_gets_the_same_answer(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    await monde.scanner(reception, "SW-24P")
    url, cle = f"/receptions/{reception['id']}/valider", {"Idempotency-Key": "validation-1"}
    premiere = await monde.client.post(url, json={}, headers=cle)
    seconde = await monde.client.post(url, json={}, headers=cle)
    assert (premiere.status_code, premiere.json()) == (seconde.status_code, seconde.json())
    assert len(await faits(monde.database, ReceptionValidee)) == 1


async def test_two_receptions_of_one_order_never_take_more_than_it_owes(monde: Monde) -> None:
    commande = await monde.commander_produit(monde.switch, 2)
    deux = [await monde.receptionner(commande) for _ in range(2)]
    for reception in deux:
        await monde.scanner(reception, "SW-24P", quantite=2)
    reponses = await asyncio.gather(*(monde.client.post(f"/receptions/{r['id']}/valider", json={}) for r in deux))
    assert sorted(r.status_code for r in reponses) == [200, 409]
    refus = next(r.json() for r in reponses if r.status_code == 409)
    assert refus["code"] == "reste_insuffisant"
    assert len(await faits(monde.database, ReceptionValidee)) == 1


async def test_serial_numbers_are_required_and_travel_with_the_invoice(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 4))
    ligne = await _ligne(monde, reception, "AP-6E")
    await _saisir(monde, reception, ligne, quantite=4)
    refus = await monde.valider(reception, 409)
    assert refus["detail"] == "« Borne Wi-Fi 6E » exige un numéro de série par objet : 0 saisis pour 4 reçus."
    url = f"/receptions/{reception['id']}/lignes/{ligne['id']}/series"
    await monde.poster(url, {"numeros": ["x-1"], "debut": "SN098", "fin": "SN100"}, statut=200)
    await monde.valider(reception, facture_fournisseur="FA-9")
    (fait,) = await faits(monde.database, ReceptionValidee)
    assert (fait.facture_fournisseur, fait.lignes[0].numeros_serie) == ("FA-9", ("X-1", "SN098", "SN099", "SN100"))


async def test_serial_numbers_typed_are_checked(monde: Monde) -> None:
    switch, borne = await monde.negocier(monde.switch, 1), await monde.negocier(monde.borne, 2)
    reception = await monde.receptionner(await monde.commander(switch, borne))
    sans, avec = await _ligne(monde, reception, "SW-24P"), await _ligne(monde, reception, "AP-6E")
    url = f"/receptions/{reception['id']}/lignes"
    assert (await monde.poster(f"{url}/{sans['id']}/series", {"numeros": ["1"]}, 422))["code"] == "serie_inutile"
    series = f"{url}/{avec['id']}/series"
    assert (await monde.poster(series, {"numeros": ["A", "a"]}, 409))["code"] == "serie_en_double"
    assert (await monde.poster(series, {"numeros": ["A", "B", "C"]}, 409))["code"] == "quantite_en_trop"
    posees = await monde.poster(series, {"numeros": ["A", "B"]}, 200)
    assert posees["lignes"][1]["quantite"] == "2.000"
    assert (await _saisir(monde, reception, avec, quantite=1))["code"] == "series_en_trop"
    restantes = await monde.poster(f"{series}/retirer", {"numeros": ["a"]}, 200)
    assert restantes["lignes"][1]["numeros_serie"] == ["B"]


async def test_goods_are_scanned_or_typed(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 4))
    await monde.scanner(reception, "3760012345674")
    ligne = await _ligne(monde, reception, "SW-24P")
    saisie = await _saisir(monde, reception, ligne, quantite="3")
    assert saisie["lignes"][0]["quantite"] == "3.000"
    trop = await _saisir(monde, reception, ligne, quantite="5")
    assert (trop["code"], trop["detail"]) == (
        "quantite_en_trop",
        "5 reçus pour 4 attendus de « Switch 24 ports PoE » : confirmez le surplus ou corrigez la quantité.",
    )
    intrus = un_produit("CAM-4K", "Caméra 4K")
    await recevoir(monde.database, intrus)
    corps = {"produit_id": intrus.produit_id, "quantite": 1}
    ajoutee = await monde.poster(f"/receptions/{reception['id']}/lignes", corps)
    assert [li["est_surplus"] for li in ajoutee["lignes"]] == [False, True]


async def test_a_substitute_serves_the_ordered_line_and_keeps_the_trace(monde: Monde) -> None:
    nouveau = un_produit("SW-24P-V2", "Switch 24 ports PoE v2", ean="3760012347777")
    feuille = une_feuille([un_attendu(monde.switch, 2)])
    await recevoir(monde.database, nouveau, feuille)
    commande = await monde.commander_produit(monde.switch, 2)
    reception = await monde.receptionner(commande)
    ligne = await _ligne(monde, reception, "SW-24P")
    corps = {"produit_id": nouveau.produit_id, "quantite": 2, "remplace_ligne_id": ligne["id"]}
    vue = await monde.poster(f"/receptions/{reception['id']}/lignes", corps)
    assert [(li["reference"], li["attendue"], li["quantite"]) for li in vue["lignes"]] == [
        ("SW-24P", "0.000", "0.000"),
        ("SW-24P-V2", "2.000", "2.000"),
    ]
    assert (await monde.poster(f"/receptions/{reception['id']}/lignes", corps, 422))[
        "code"
    ] == "substitution_impossible"
    remplacante = vue["lignes"][1]
    rendue = await monde.poster(f"/receptions/{reception['id']}/lignes/{remplacante['id']}/retirer", statut=200)
    assert [(li["reference"], li["attendue"]) for li in rendue["lignes"]] == [("SW-24P", "2.000")]
    await monde.poster(f"/receptions/{reception['id']}/lignes", corps)
    await monde.valider(reception, facture_fournisseur="F-3")
    (fait,) = await faits(monde.database, ReceptionValidee)
    (recue,) = fait.lignes
    assert (recue.produit_id, recue.remplace_produit_id) == (nouveau.produit_id, monde.switch.produit_id)
    assert (await monde.lire(f"/commandes/{commande['id']}"))["etat"] == "cloturee"


async def test_prices_follow_the_invoice_only_for_those_who_see_costs(
    monde: Monde, service_client: ServiceClient
) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1, prix_ht="100"))
    ligne = await _ligne(monde, reception, "SW-24P")
    magasinier = await service_client("purchasing", monde.database, "reception.saisir")
    url = f"/receptions/{reception['id']}/lignes/{ligne['id']}"
    await magasinier.put(url, json={"quantite": 1, "prix_ht": "1"})
    assert (await _ligne(monde, reception, "SW-24P"))["prix_ht"] == "100.0000"
    await monde.client.put(url, json={"quantite": 1, "prix_ht": "98.5"})
    assert (await monde.valider(reception))["total_ht"] == "98.50"


async def test_an_empty_or_abandoned_reception_brings_nothing(monde: Monde) -> None:
    commande = await monde.commander_produit(monde.borne, 1)
    reception = await monde.receptionner(commande)
    assert (await monde.valider(reception, 422))["code"] == "reception_vide"
    await monde.scanner(reception, "AP-6E")
    await monde.scanner(reception, "SN1")
    await monde.poster(f"/receptions/{reception['id']}/abandonner", statut=200)
    assert (await monde.valider(reception, 409))["code"] == "reception_fermee"
    assert await faits(monde.database, ReceptionValidee) == []
    autre = await monde.receptionner(commande)
    await monde.scanner(autre, "AP-6E")
    assert (await monde.scanner(autre, "SN1"))["motif"] == "serie"


async def test_a_reception_stays_within_one_supplier(monde: Monde) -> None:
    ailleurs = un_fournisseur("Domotek")
    await recevoir(monde.database, ailleurs)
    ici = await monde.commander_produit(monde.switch, 1)
    negociation = await monde.negocier(monde.switch, 1, fournisseur_id=ailleurs.tiers_id)
    la = await monde.commander(negociation, fournisseur_id=ailleurs.tiers_id)
    corps = {"commande_ids": [ici["id"], la["id"]]}
    assert (await monde.poster("/receptions", corps, 422))["code"] == "commande_autre_fournisseur"
    await monde.poster(f"/commandes/{ici['id']}/cloturer", statut=200)
    assert (await monde.poster("/receptions", {"commande_ids": [ici["id"]]}, 409))["code"] == "commande_deja_cloturee"


@pytest.mark.feature("PU-19")
async def test_a_reception_starts_from_the_orders_of_the_supplier(monde: Monde) -> None:
    deux = [await monde.commander_produit(monde.switch, 1), await monde.commander_produit(monde.borne, 2)]
    dossier = await monde.lire(f"/fournisseurs/{monde.fournisseur.tiers_id}/achats")
    assert {c["id"] for c in dossier["commandes"]} == {c["id"] for c in deux}
    reception = await monde.receptionner(*deux)
    assert [c["commande_numero"] for c in reception["commandes"]] == ["CF-2026-00001", "CF-2026-00002"]
    assert [li["attendue"] for li in reception["lignes"]] == ["1.000", "2.000"]


async def test_a_storekeeper_validates_without_touching_costs(monde: Monde, service_client: ServiceClient) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1, frais_ht="6"))
    await monde.scanner(reception, "SW-24P")
    magasinier = await service_client("purchasing", monde.database, "reception.saisir")
    url = f"/receptions/{reception['id']}/valider"
    refus = await magasinier.post(url, json={"frais_ht": "0"})
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert (await magasinier.post(url, json={"facture_fournisseur": "F-1"})).status_code == 200
    assert [f.frais_ht for f in await faits(monde.database, ReceptionValidee)] == [Decimal(6)]


async def test_more_units_than_a_line_can_hold_are_refused_at_once(monde: Monde) -> None:
    poste = un_produit("PST-1", "Poste configuré", est_unitaire=True)
    await recevoir(monde.database, poste)
    cable = un_produit("CBL", "Câble")
    await recevoir(monde.database, cable)
    choisis = [await monde.negocier(poste, 3000), await monde.negocier(cable, 3000)]
    reception = await monde.receptionner(await monde.commander(*choisis))
    postes, cables = [await _ligne(monde, reception, reference) for reference in ("PST-1", "CBL")]
    refus = await _saisir(monde, reception, postes, quantite=2001)
    assert refus["detail"] == (
        "« Poste configuré » se suit objet par objet : 2000 au plus par ligne (2001 ici) ; "
        "recevez le reste dans une autre réception."
    )
    (lue,) = await monde.lire_ensemble(reception, {"code": "PST-1", "quantite": "2500"})
    assert lue["refus"]["code"] == "unite_par_unite_trop_grande"
    assert (await _saisir(monde, reception, cables, quantite=3000))["lignes"]
    assert (await _saisir(monde, reception, postes, quantite=2000))["lignes"]
