"""Scanning goes on after a code is refused: what nobody settled stays in sight, and a surplus typed is accepted or not."""

from typing import Any

import pytest

from tests.builders.purchasing import Monde, recevoir, un_produit


async def _codes(monde: Monde, reception: dict[str, Any]) -> list[str]:
    """The codes that wait for somebody to choose, the most recent first."""
    lue = await monde.lire(f"/receptions/{reception['id']}")
    return [lecture["code"] for lecture in lue["a_traiter"]]


async def _saisir(monde: Monde, reception: dict[str, Any], **corps: Any) -> tuple[int, Any]:
    (ligne, *_) = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    reponse = await monde.client.put(f"/receptions/{reception['id']}/lignes/{ligne['id']}", json=corps)
    return reponse.status_code, reponse.json()


@pytest.mark.feature("PU-23")
async def test_what_was_refused_waits_while_scanning_goes_on(monde: Monde) -> None:
    camera, ecran = un_produit("CAM-4K", "Caméra 4K"), un_produit("ECR-27", "Écran 27 pouces")
    await recevoir(monde.database, camera, ecran)
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 3))
    for code in ("CAM-4K", "ECR-27", "0000000000000", "SW-24P", "CAM-4K", "SW-24P"):
        await monde.scanner(reception, code)
    assert await _codes(monde, reception) == ["CAM-4K", "0000000000000", "ECR-27"]
    await monde.scanner(reception, "ECR-27", accepter=True)
    lues = await monde.lire(f"/receptions/{reception['id']}/scans")
    inconnue = next(lecture for lecture in lues if lecture["code"] == "0000000000000")
    await monde.poster(f"/receptions/{reception['id']}/scans/{inconnue['id']}/annuler", statut=200)
    assert await _codes(monde, reception) == ["CAM-4K"]
    corps = {
        "produit_id": camera.produit_id,
        "quantite": 1,
        "remplace_ligne_id": (await monde.lire(f"/receptions/{reception['id']}"))["lignes"][0]["id"],
    }
    await monde.poster(f"/receptions/{reception['id']}/lignes", corps)
    assert await _codes(monde, reception) == []
    await monde.valider(reception, facture_fournisseur="F-1")
    assert await _codes(monde, reception) == []


async def test_a_surplus_typed_is_taken_in_once_accepted(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 5))
    statut, refus = await _saisir(monde, reception, quantite="10")
    assert (statut, refus["code"]) == (409, "quantite_en_trop")
    statut, acceptee = await _saisir(monde, reception, quantite="10", accepter=True)
    assert statut == 200
    assert [(li["quantite"], li["est_surplus"]) for li in acceptee["lignes"]] == [("5.000", False), ("5.000", True)]


async def test_a_surplus_typed_within_the_tolerance_is_not_asked(monde: Monde) -> None:
    chemin = f"/fournisseurs/{monde.fournisseur.tiers_id}/tolerance"
    assert (await monde.client.put(chemin, json={"quantite_pct": "20", "au_dela": "refuser"})).status_code == 200
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 5))
    statut, refus = await _saisir(monde, reception, quantite="10", accepter=True)
    assert (statut, refus["code"]) == (409, "surplus_refuse")
    statut, toleree = await _saisir(monde, reception, quantite="6")
    assert [(li["quantite"], li["est_surplus"]) for li in toleree["lignes"]] == [("5.000", False), ("1.000", True)]
