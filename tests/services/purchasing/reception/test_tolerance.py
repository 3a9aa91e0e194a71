"""More came than was ordered: within the supplier's tolerance, beyond it, and when it may deliver nothing more."""

from decimal import Decimal
from typing import Any

from shared.contracts.purchasing import ReceptionValidee
from tests.builders.purchasing import Monde, faits


async def _tolerer(monde: Monde, **champs: Any) -> None:
    chemin = f"/fournisseurs/{monde.fournisseur.tiers_id}/tolerance"
    reponse = await monde.client.put(chemin, json=champs)
    assert reponse.status_code == 200, reponse.text


async def _reception(monde: Monde, quantite: int = 10) -> dict[str, Any]:
    return await monde.receptionner(await monde.commander(await monde.negocier(monde.switch, quantite)))


async def test_a_small_surplus_is_taken_without_asking(monde: Monde) -> None:
    await _tolerer(monde, quantite_pct="10")
    reception = await _reception(monde)
    await monde.scanner(reception, "SW-24P", quantite="10")
    tolere = await monde.scanner(reception, "SW-24P")
    assert (tolere["resultat"], tolere["motif"], tolere["detail"].split(".")[0]) == (
        *("attendu", "surplus_tolere"),
        "Surplus toléré : 1",
    )
    assert tolere["annuler"]
    au_dela = await monde.scanner(reception, "SW-24P")
    assert (au_dela["resultat"], au_dela["motif"], au_dela["choix"]) == ("en_trop", "surplus", ["accepter", "ignorer"])
    await monde.valider(reception, facture_fournisseur="F-1")
    (fait,) = await faits(monde.database, ReceptionValidee)
    assert [(li.quantite, li.est_hors_tolerance) for li in fait.lignes] == [(Decimal(10), False), (Decimal(1), False)]
    assert fait.tolerance.quantite_pct == Decimal(10)
    assert fait.lignes[0].prix_commande_ht == Decimal("172.5")


async def test_nothing_is_taken_without_asking_while_units_are_still_expected(monde: Monde) -> None:
    await _tolerer(monde, quantite_pct="50")
    reception = await _reception(monde)
    assert (await monde.scanner(reception, "SW-24P", quantite="12"))["motif"] == "surplus"


async def test_a_supplier_that_may_deliver_nothing_more_is_given_its_surplus_back(monde: Monde) -> None:
    await _tolerer(monde, au_dela="refuser")
    reception = await _reception(monde)
    await monde.scanner(reception, "SW-24P", quantite="10")
    for corps in ({}, {"accepter": True}):
        refuse = await monde.scanner(reception, "SW-24P", **corps)
        assert (refuse["resultat"], refuse["motif"], refuse["choix"]) == ("en_trop", "surplus_refuse", [])
        assert "rendez-le au livreur" in refuse["detail"]
    refus = await monde.poster(
        f"/receptions/{reception['id']}/lignes",
        {"produit_id": str(monde.switch.produit_id), "quantite": "1"},
        statut=409,
    )
    assert refus["code"] == "surplus_refuse"
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert [(li["quantite"], li["est_surplus"]) for li in lignes] == [("10.000", False)]


async def test_a_surplus_somebody_accepted_is_told_to_accounts(monde: Monde) -> None:
    reception = await _reception(monde)
    await monde.scanner(reception, "SW-24P", quantite="10")
    await monde.scanner(reception, "SW-24P", accepter=True)
    await monde.valider(reception, facture_fournisseur="F-1")
    (fait,) = await faits(monde.database, ReceptionValidee)
    assert [(li.quantite, li.est_hors_tolerance, li.prix_commande_ht) for li in fait.lignes] == [
        (Decimal(10), False, Decimal("172.5")),
        (Decimal(1), True, None),
    ]


async def test_serial_numbers_in_surplus_obey_the_same_tolerance(monde: Monde) -> None:
    await _tolerer(monde, quantite_pct="50", au_dela="refuser")
    reception = await monde.receptionner(await monde.commander(await monde.negocier(monde.borne, 2, prix_ht="90")))
    for rang in (1, 2):
        assert (await monde.scanner(reception, f"SN000{rang}"))["motif"] == "serie"
    assert (await monde.scanner(reception, "SN0003"))["motif"] == "surplus_tolere"
    assert (await monde.scanner(reception, "SN0004", accepter=True))["motif"] == "surplus_refuse"


async def test_only_a_known_supplier_has_tolerances_and_they_are_percentages(monde: Monde) -> None:
    chemin = f"/fournisseurs/{monde.fournisseur.tiers_id}/tolerance"
    assert (await monde.lire(chemin)) == {"quantite_pct": "0", "prix_pct": "0", "au_dela": "accepter"}
    assert (await monde.client.put(chemin, json={"quantite_pct": "101"})).status_code == 422
    inconnu = await monde.client.put(f"/fournisseurs/{monde.switch.produit_id}/tolerance", json={})
    assert (inconnu.status_code, inconnu.json()["code"]) == (404, "fournisseur_inconnu")
