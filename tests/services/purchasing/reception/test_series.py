"""Serial numbers read one by one: surplus, undo, before their product, by the thousand."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from shared.contracts.inventory import SerieSituee
from shared.kernel.ids import new_id
from shared.testing.statements import sent
from tests.builders.purchasing import Monde, recevoir, un_fournisseur, un_produit

Json = dict[str, Any]


async def _reception(monde: Monde, bornes: int = 1) -> Json:
    return await monde.receptionner(await monde.commander_produit(monde.borne, bornes))


async def _lignes(monde: Monde, reception: Json) -> list[tuple[str, str, list[str]]]:
    """(reference, quantity, serials) of what was counted; a surplus has a + after its reference."""
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    return [
        (f"{li['reference']}{'+' * li['est_surplus']}", li["quantite"], li["numeros_serie"])
        for li in lignes
        if li["quantite"] != "0.000" or li["est_surplus"]
    ]


async def _annuler(monde: Monde, lecture: Json) -> None:
    await monde.poster(lecture["annuler"].removeprefix("/api/purchasing"), statut=200)


async def test_a_surplus_serial_is_refused_then_accepted_when_asked(monde: Monde) -> None:
    reception = await _reception(monde)
    for code in ("AP-6E", "SN1"):
        await monde.scanner(reception, code)
    refus = await monde.scanner(reception, "SN2")
    assert (refus["resultat"], refus["motif"], refus["choix"]) == ("en_trop", "surplus", ["accepter", "ignorer"])
    accepte = await monde.scanner(reception, "SN2", accepter=True)
    assert (accepte["resultat"], accepte["motif"], accepte["numero_serie"]) == ("attendu", "surplus_accepte", "SN2")
    assert await _lignes(monde, reception) == [("AP-6E", "1.000", ["SN1"]), ("AP-6E+", "1.000", ["SN2"])]
    assert (await monde.scanner(reception, "SN3"))["motif"] == "surplus"
    assert (await monde.scanner(reception, "SN2", accepter=True))["motif"] == "serie_en_double"


async def test_undoing_everything_in_any_sequence_leaves_nothing(monde: Monde) -> None:
    for ordre in ((0, 1), (1, 0)):
        reception = await _reception(monde, 2)
        lues = [await monde.scanner(reception, code) for code in ("AP-6E", "SN1")]
        for rang in ordre:
            await _annuler(monde, lues[rang])
        assert await _lignes(monde, reception) == []


async def test_undoing_the_product_keeps_the_units_whose_serial_was_read(monde: Monde) -> None:
    reception = await _reception(monde, 3)
    produit, _, _ = [await monde.scanner(reception, code) for code in ("AP-6E", "SN1", "SN2")]
    await _annuler(monde, produit)
    assert await _lignes(monde, reception) == [("AP-6E", "2.000", ["SN1", "SN2"])]
    for lue in await monde.lire(f"/receptions/{reception['id']}/scans"):
        if lue["annuler"]:
            await _annuler(monde, lue)
    assert await _lignes(monde, reception) == []


async def test_an_accepted_surplus_that_is_undone_leaves_no_line(monde: Monde) -> None:
    reception = await _reception(monde)
    for code in ("AP-6E", "SN1"):
        await monde.scanner(reception, code)
    await _annuler(monde, await monde.scanner(reception, "SN2", accepter=True))
    assert await _lignes(monde, reception) == [("AP-6E", "1.000", ["SN1"])]


async def test_a_serial_goes_to_the_only_product_that_expects_one(monde: Monde) -> None:
    switch, borne = await monde.negocier(monde.switch, 2), await monde.negocier(monde.borne, 1)
    reception = await monde.receptionner(await monde.commander(switch, borne))
    await monde.scanner(reception, "SW-24P")
    serie = await monde.scanner(reception, "SN1")
    assert (serie["resultat"], serie["libelle"], serie["numero_serie"]) == ("attendu", "Borne Wi-Fi 6E", "SN1")
    assert (await monde.scanner(reception, "4006381333931"))["motif"] == "code_inconnu"


async def test_a_serial_read_before_its_product_is_understood_when_the_product_follows(monde: Monde) -> None:
    camera = un_produit("CAM-4K", "Caméra 4K", politique_serie="obligatoire")
    await recevoir(monde.database, camera)
    choisis = [await monde.negocier(monde.borne, 2), await monde.negocier(camera, 2)]
    reception = await monde.receptionner(await monde.commander(*choisis))
    avant = await monde.scanner(reception, "SN-CAM-1")
    assert (avant["resultat"], avant["motif"]) == ("inconnu", "serie_en_attente")
    assert avant["detail"] == "Lisez maintenant le code de son produit : ce numéro de série lui sera rattaché."
    produit = await monde.scanner(reception, "CAM-4K")
    assert (produit["motif"], produit["numero_serie"], produit["quantite"]) == ("serie", "SN-CAM-1", "1.000")
    assert await _lignes(monde, reception) == [("CAM-4K", "1.000", ["SN-CAM-1"])]
    await _annuler(monde, produit)
    assert await _lignes(monde, reception) == []


async def test_a_serial_follows_its_product_to_the_next_order_that_expects_it(monde: Monde) -> None:
    deux = [await monde.commander_produit(monde.borne, 1) for _ in range(2)]
    reception = await monde.receptionner(*deux)
    for code in ("AP-6E", "SN1", "SN2"):
        lue = await monde.scanner(reception, code)
        assert lue["resultat"] == "attendu", lue
    assert await _lignes(monde, reception) == [("AP-6E", "1.000", ["SN1"]), ("AP-6E", "1.000", ["SN2"])]


@pytest.mark.parametrize("nombre", [3, 1000])
async def test_a_thousand_serials_weigh_nothing_on_the_next_scan(monde: Monde, nombre: int) -> None:
    reception = await _reception(monde, nombre + 2)
    ligne = reception["lignes"][0]
    series = f"/receptions/{reception['id']}/lignes/{ligne['id']}/series"
    await monde.poster(series, {"debut": "SN0001", "fin": f"SN{nombre:04d}"}, statut=200)
    await monde.scanner(reception, "AP-6E")
    lus: list[tuple[str, int]] = []

    def noter(_connexion: Any, curseur: Any, ordre: str, *_reste: Any) -> None:
        lus.append((ordre, curseur.rowcount))

    event.listen(monde.database.engine.sync_engine, "after_cursor_execute", noter)
    await monde.scanner(reception, "SN-NEUF")
    suivi = await monde.lire(f"/receptions/{reception['id']}", series="false")
    await monde.lire(f"/receptions/{reception['id']}/scans")
    assert (suivi["lignes"][0]["nb_series"], suivi["lignes"][0]["numeros_serie"]) == (nombre + 1, [])
    assert len(lus) <= 32, len(lus)
    assert max(rangs for _, rangs in lus) < 60


def une_serie(monde: Monde, numero: str, lieu: str, *, est_vivant: bool = True, id: UUID | None = None) -> SerieSituee:
    """Where inventory says a unit of the access point is."""
    produit_id = monde.borne.produit_id
    return SerieSituee(
        historique_id=id or new_id(), produit_id=produit_id, numero_serie=numero, lieu=lieu, est_vivant=est_vivant
    )


async def test_a_serial_already_received_from_another_supplier_is_refused(monde: Monde) -> None:
    autre = un_fournisseur("Domotek")
    await recevoir(monde.database, autre)
    premiere = await _reception(monde)
    for code in ("AP-6E", "SN1"):
        await monde.scanner(premiere, code)
    chez = {"fournisseur_id": autre.tiers_id}
    commande = await monde.commander(await monde.negocier(monde.borne, 1, **chez), **chez)
    seconde = await monde.receptionner(commande)
    await monde.scanner(seconde, "AP-6E")
    double = await monde.scanner(seconde, "sn1")
    assert (double["motif"], double["detail"]) == (
        "serie_en_double",
        "Borne Wi-Fi 6E : SN1 est déjà dans la réception REC-2026-00001.",
    )


async def test_a_serial_of_a_living_object_is_refused_with_where_it_is(monde: Monde) -> None:
    objet = new_id()
    await recevoir(monde.database, une_serie(monde, "sn1", "Stock Annecy · A-12", id=objet))
    reception = await _reception(monde)
    ligne = reception["lignes"][0]
    await monde.scanner(reception, "AP-6E")
    double = await monde.scanner(reception, "SN1")
    assert double["detail"] == "Borne Wi-Fi 6E : SN1 est déjà à cet endroit : Stock Annecy · A-12."
    tape = await monde.poster(f"/receptions/{reception['id']}/lignes/{ligne['id']}/series", {"numeros": ["SN1"]}, 409)
    assert (tape["code"], "Stock Annecy · A-12" in tape["detail"]) == ("serie_en_double", True)
    await recevoir(monde.database, une_serie(monde, "sn1", "Elektra Distribution", est_vivant=False, id=objet))
    assert (await monde.scanner(reception, "SN1"))["motif"] == "serie"


async def test_a_serial_sent_back_to_its_supplier_may_come_again(monde: Monde) -> None:
    premiere = await _reception(monde)
    for code in ("AP-6E", "SN1"):
        await monde.scanner(premiere, code)
    await monde.valider(premiere)
    seconde = await _reception(monde)
    await monde.scanner(seconde, "AP-6E")
    assert (await monde.scanner(seconde, "SN1"))["motif"] == "serie_en_double"
    await recevoir(monde.database, une_serie(monde, "SN1", "Elektra Distribution", est_vivant=False))
    assert (await monde.scanner(seconde, "SN1"))["motif"] == "serie"


async def test_a_serial_that_came_to_life_since_the_scan_is_refused_at_the_validation(monde: Monde) -> None:
    reception = await _reception(monde)
    for code in ("AP-6E", "SN1"):
        await monde.scanner(reception, code)
    await recevoir(monde.database, une_serie(monde, "SN1", "Stock Grenoble"))
    refus = await monde.valider(reception, 409)
    assert (refus["code"], "Stock Grenoble" in refus["detail"]) == ("serie_en_double", True)


async def test_a_serial_is_compared_with_the_list_of_the_supplier(monde: Monde) -> None:
    camera = un_produit("CAM-4K", "Caméra 4K", politique_serie="obligatoire")
    await recevoir(monde.database, camera)
    choisis = [await monde.negocier(monde.borne, 2), await monde.negocier(camera, 2)]
    reception = await monde.receptionner(await monde.commander(*choisis))
    la_borne, la_camera = (f"/receptions/{reception['id']}/lignes/{ligne['id']}" for ligne in reception["lignes"])
    for ligne, numeros in ((la_borne, ["B1", "B 2"]), (la_camera, ["C1", "C2"])):
        reponse = await monde.client.put(f"{ligne}/series-annoncees", json={"numeros": numeros})
        assert reponse.status_code == 200, reponse.text
    lue = await monde.scanner(reception, "C1")  # no product was read: the list says which it is
    assert (lue["libelle"], lue["motif"], lue["numero_serie"]) == ("Caméra 4K", "serie", "C1")
    etrangere = await monde.scanner(reception, "C9")
    assert (etrangere["resultat"], etrangere["motif"]) == ("en_trop", "serie_non_annoncee")
    assert etrangere["detail"].startswith("C9 n’est pas dans la liste annoncée par le fournisseur.")
    assert (await monde.scanner(reception, "C9", accepter=True))["motif"] == "serie"
    assert (await monde.scanner(reception, "b2"))["libelle"] == "Borne Wi-Fi 6E"
    vue = await monde.lire(f"/receptions/{reception['id']}", series="false")
    assert [(ligne["reference"], ligne["manquent"]) for ligne in vue["lignes"]] == [
        ("AP-6E", ["B1"]),
        ("CAM-4K", ["C2"]),
    ]


async def test_a_serial_number_read_on_costs_no_more_with_a_thousand_before_it(monde: Monde) -> None:
    """Sixteen statements: nothing is asked twice, whatever was already read."""
    reception = await monde.receptionner(await monde.commander(await monde.negocier(monde.borne, 1100, prix_ht="90")))
    await monde.scanner(reception, "AP-6E")
    couts = []
    for rang in (0, 1):
        await monde.scanner(reception, f"A{rang}")
        with sent(monde.database) as envoyees:
            assert (await monde.scanner(reception, f"B{rang}"))["motif"] == "serie"
        couts.append(len(envoyees))
        (ligne,) = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
        if not rang:
            plage = {"debut": "SN0001", "fin": "SN1000"}
            await monde.poster(f"/receptions/{reception['id']}/lignes/{ligne['id']}/series", plage, 200)
    assert couts == [16, 16]  # two of them are its savepoint


async def test_validating_costs_no_more_with_more_products(monde: Monde) -> None:
    """Where serial numbers already are is asked once for all of them."""
    cameras = [un_produit(reference=f"CAM-{rang}", politique_serie="obligatoire") for rang in range(4)]
    await recevoir(monde.database, *cameras)
    couts = []
    for produits in (cameras[:1], cameras):
        negociees = [await monde.negocier(produit, 1, prix_ht="90") for produit in produits]
        reception = await monde.receptionner(await monde.commander(*negociees))
        for produit in produits:
            await monde.scanner(reception, produit.reference)
            await monde.scanner(reception, f"{produit.reference}-N{len(produits)}")
        with sent(monde.database) as envoyees:
            await monde.poster(f"/receptions/{reception['id']}/valider", {}, 200)
        couts.append(len(envoyees))
    assert couts[0] == couts[1]


@pytest.mark.feature("PU-23")
async def test_serial_numbers_beyond_the_order_go_on_the_surplus_once_somebody_accepts_it(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander(await monde.negocier(monde.borne, 2)))
    chemin = f"/receptions/{reception['id']}/lignes/{reception['lignes'][0]['id']}/series"
    await monde.poster(chemin, {"numeros": ["A1"]}, 200)
    saisie = {"numeros": ["A2", "A3", "A4"]}
    assert (await monde.poster(chemin, saisie, 409))["code"] == "quantite_en_trop"
    lignes = (await monde.poster(chemin, {**saisie, "accepter": True}, 200))["lignes"]
    assert [(li["quantite"], li["numeros_serie"], li["est_surplus"]) for li in lignes] == [
        ("2.000", ["A1", "A2"], False),
        ("2.000", ["A3", "A4"], True),
    ]
    double = await monde.poster(chemin, {"numeros": ["A2"], "accepter": True}, 409)
    assert double["detail"].endswith(f"dans la réception {reception['numero']}.")
