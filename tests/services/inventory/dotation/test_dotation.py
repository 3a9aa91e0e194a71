"""What a van must carry: what is low, the refill its depot allows, and the movements that make it."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.inventory.dotation.rules import Plein, faire_le_plein
from shared.kernel.ids import new_id
from shared.testing.statements import sent
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import verifier_soldes

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("present", "disponible", "a_prendre", "manquant"),
    [("5", "100", "0", "0"), ("4", "100", "6", "0"), ("0", "3", "3", "7"), ("0", "-2", "0", "10")],
)
def test_below_its_minimum_a_place_is_refilled_up_to_its_target(
    present: str, disponible: str, a_prendre: str, manquant: str
) -> None:
    plein = faire_le_plein(Decimal(present), Decimal(5), Decimal(10), Decimal(disponible))
    assert plein == Plein(Decimal(a_prendre), Decimal(manquant))


@pytest.fixture
async def fourgon(atelier: Atelier, client: httpx.AsyncClient) -> str:
    """A van of Annecy, where 100 m of cable and two phones are in stock."""
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "100"), recu(atelier.telephone, "2", ("A", "B")))
    )
    place = {"code": "VAN-1", "libelle": "Fourgon de Karim", "nature": "vehicule"}
    fiche = (await client.post(f"/depots/{atelier.depots['ANN']}/emplacements", json=place)).json()
    return next(str(e["id"]) for e in fiche["emplacements"] if e["code"] == "VAN-1")


async def doter(client: httpx.AsyncClient, fourgon: str, produit_id: object, mini: str, cible: str) -> Json:
    """PUT what it must carry of a product; the line as it stands."""
    corps = {"produit_id": str(produit_id), "mini": mini, "cible": cible}
    reponse = await client.put(f"/dotations/{fourgon}", json=corps)
    assert reponse.status_code == 200, reponse.text
    return next(li for li in reponse.json()["lignes"] if li["produit_id"] == str(produit_id))


def nombres(ligne: Json, *champs: str) -> tuple[float, ...]:
    """What a line says, as numbers."""
    return tuple(float(ligne[champ]) for champ in champs)


async def test_a_low_van_is_refilled_from_its_depot_in_one_go(
    atelier: Atelier, client: httpx.AsyncClient, fourgon: str
) -> None:
    cable = await doter(client, fourgon, atelier.cable.id, "20", "50")
    telephone = await doter(client, fourgon, atelier.telephone.id, "1", "3")
    assert nombres(cable, "present", "a_prendre", "manquant") == (0, 50, 0)
    assert nombres(telephone, "a_prendre", "manquant") == (2, 1)
    (resume,) = (await client.get("/dotations")).json()
    assert (resume["libelle"], resume["produits"], resume["sous_le_mini"]) == ("Fourgon de Karim", 2, 2)
    lignes = [{"produit_id": li["produit_id"], "quantite": li["a_prendre"]} for li in (cable, telephone)]
    with sent(atelier.database) as envoyees:
        plein = await client.post(f"/dotations/{fourgon}/remplir", json={"lignes": lignes})
    assert plein.status_code == 200, plein.text
    assert sum("unnest" in requete for requete in envoyees) == 1, "the stock is asked once, whatever the products"
    faits = {li["reference"]: nombres(li, "present", "a_prendre") for li in plein.json()["lignes"]}
    assert faits == {atelier.cable.reference: (50, 0), atelier.telephone.reference: (2, 0)}
    await verifier_soldes(atelier.database)
    soldes = (await client.get(f"/produits/{atelier.cable.id}/stock")).json()
    assert next((s["physique"], s["autres"]) for s in soldes if s["agence_nom"] == "Annecy") == ("50.000", "50.000")
    vie = (await client.get("/historiques", params={"q": "A"})).json()["elements"]
    assert any(o["lieu"] == "Stock Annecy · VAN-1" for o in vie)


async def test_what_a_project_reserved_is_not_for_the_van(
    atelier: Atelier, client: httpx.AsyncClient, fourgon: str
) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "70"))))
    ligne = await doter(client, fourgon, atelier.cable.id, "20", "50")
    assert nombres(ligne, "disponible", "a_prendre", "manquant") == (30, 30, 20)
    trop = {"lignes": [{"produit_id": str(atelier.cable.id), "quantite": "50"}]}
    refus = await client.post(f"/dotations/{fourgon}/remplir", json=trop)
    assert (refus.status_code, refus.json()["code"]) == (409, "stock_insuffisant")
    await verifier_soldes(atelier.database)


async def test_a_rule_is_changed_and_taken_off_and_absurd_ones_are_refused(
    atelier: Atelier, client: httpx.AsyncClient, fourgon: str
) -> None:
    await doter(client, fourgon, atelier.cable.id, "20", "50")
    ligne = await doter(client, fourgon, atelier.cable.id, "5", "10")
    assert nombres(ligne, "mini", "cible") == (5, 10)
    absurde = {"produit_id": str(atelier.cable.id), "mini": "10", "cible": "5"}
    assert (await client.put(f"/dotations/{fourgon}", json=absurde)).status_code == 422
    assert (await client.get(f"/dotations/{new_id()}")).status_code == 404
    assert (await client.delete(f"/dotations/{fourgon}/{ligne['id']}")).status_code == 204
    assert (await client.get(f"/dotations/{fourgon}")).json()["lignes"] == []
    assert (await client.delete(f"/dotations/{fourgon}/{ligne['id']}")).json()["code"] == "dotation_inconnue"
