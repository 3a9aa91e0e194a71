"""The catalogue over HTTP."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.inventory import ProduitModifie
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, recu, une_reception, une_saisie_produit


def corps(reference: str = "COP-7", **valeurs: Any) -> dict[str, Any]:
    """What a form posts."""
    return une_saisie_produit(reference, **valeurs).model_dump(mode="json")


@pytest.mark.feature("IN-01", "IN-03")
async def test_a_product_says_itself_whether_its_objects_enter_the_parc(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    """Both ways against its type; what is there already follows, unless somebody chose for the object."""
    copieur = str(atelier.types["copieur"].id)
    for reference, type_id, choix, attendu in (
        ("A", copieur, None, True),
        ("B", copieur, False, False),
        ("C", None, None, False),
        ("D", None, True, True),
    ):
        cree = (await client.post("/produits", json=corps(reference, type_id=type_id, est_visible_parc=choix))).json()
        assert cree["entre_au_parc"] is attendu
        entree = {
            "produit_id": cree["id"],
            "depot_id": str(atelier.depots["ANN"]),
            "quantite": "1",
            "motif": "Inventaire",
        }
        assert (await client.post("/entrees", json=entree)).status_code == 201
        (objet,) = (await client.get("/historiques", params={"produit_id": cree["id"]})).json()["elements"]
        assert (await client.get(f"/historiques/{objet['id']}")).json()["est_visible_parc"] is attendu


@pytest.mark.feature("IN-01")
async def test_a_product_keeps_every_option_of_its_form(atelier: Atelier, client: httpx.AsyncClient) -> None:
    voulu = corps(
        designation="Imprimante laser",
        famille="Impression",
        politique_serie="obligatoire",
        ean="3760123456789",
        maintenance_requise=True,
        etiquette_requise=True,
        garantie_mois=36,
        est_visible_parc=False,
        est_stockable=True,
        nature="bien",
        actions=[{"cle": "test", "libelle": "Page de test imprimée"}],
        type_id=str(atelier.types["copieur"].id),
        fournisseurs=[{"fournisseur_id": str(new_id()), "reference": "LZ-7", "prix_ht": "310"}],
        prix_vente_ht="499",
    )
    cree = await client.post("/produits", json=voulu)
    assert cree.status_code == 201
    fiche = (await client.get(f"/produits/{cree.json()['id']}")).json()
    for nom in ("designation", "politique_serie", "ean", "maintenance_requise", "etiquette_requise", "actions", "type_id",
                "garantie_mois", "est_visible_parc", "est_stockable", "nature"):  # fmt: skip
        assert fiche[nom] == voulu[nom]
    assert (fiche["type_libelle"], fiche["est_unitaire"]) == ("Copieur", True)
    fait = (await atelier.publies(ProduitModifie))[-1]
    assert (fait.type_code, fait.fournisseurs[0].reference, str(fait.prix_vente_ht)) == ("copieur", "LZ-7", "499")


async def test_changing_a_product_checks_the_version_and_is_announced(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    cree = (await client.post("/produits", json=corps())).json()
    url = f"/produits/{cree['id']}"
    change = corps(designation="Copieur révisé")
    fiche = (await client.put(url, json=change, headers={"If-Match": str(cree["version"])})).json()
    assert (fiche["designation"], fiche["version"]) == ("Copieur révisé", cree["version"] + 1)
    perimee = await client.put(url, json=change, headers={"If-Match": str(cree["version"])})
    assert perimee.status_code == 409
    assert perimee.json()["modifications"][0]["apres"]["designation"] == "Copieur révisé"
    assert (await atelier.publies(ProduitModifie))[-1].designation == "Copieur révisé"


async def test_a_reference_is_taken_once(atelier: Atelier, client: httpx.AsyncClient) -> None:
    reponse = await client.post("/produits", json=corps("CAB-CAT6"))
    assert (reponse.status_code, reponse.json()["code"]) == (409, "reference_deja_prise")


async def test_search_by_words_reference_ean_and_supplier_reference(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    fournisseur = {"fournisseur_id": str(new_id()), "reference": "GRS/99.41"}
    await client.post(
        "/produits",
        json=corps("SW-24/P", designation="Commutateur réseau", ean="3760000000017", fournisseurs=[fournisseur]),
    )
    for q in ("commut reseau", "sw-24", "sw24p", "3760000000017", "grs9941", "99.41"):
        trouves = (await client.get("/produits", params={"q": q})).json()["elements"]
        assert [p["reference"] for p in trouves] == ["SW-24/P"], q


async def test_the_catalogue_shows_stock_and_hides_costs(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton
) -> None:
    await atelier.recevoir(une_reception(atelier.lyon.agence_id, recu(atelier.cable, "12")))
    page = (await client.get("/produits", params={"q": "cable"}, headers=jeton("produit.lire"))).json()
    assert (page["elements"][0]["physique"], page["elements"][0]["prix_achat_ht"]) == ("12.000", None)
    assert (await client.get("/produits", headers=jeton("stock.lire"))).status_code == 403
    assert (await client.post("/produits", json=corps(), headers=jeton("produit.lire"))).status_code == 403


async def test_sale_prices_are_for_who_sells_bills_or_prices(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton
) -> None:
    cree = (await client.post("/produits", json=corps(prix_vente_ht="150"))).json()
    for droit, vu in (("stock.lire", None), ("devis.lire", "150.0000"), ("facture.lire", "150.0000")):
        entetes = jeton("produit.lire", droit)
        page = (await client.get("/produits", params={"q": cree["reference"]}, headers=entetes)).json()
        fiche = (await client.get(f"/produits/{cree['id']}", headers=entetes)).json()
        assert (page["elements"][0]["prix_vente_ht"], fiche["prix_vente_ht"]) == (vu, vu), droit


async def test_whoever_does_not_see_costs_does_not_erase_them(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton
) -> None:
    cree = (await client.post("/produits", json=corps(prix_achat_ht="88"))).json()
    entetes = jeton("produit.lire", "produit.modifier")
    await client.put(f"/produits/{cree['id']}", json=corps(prix_achat_ht="0"), headers=entetes)
    assert (await client.get(f"/produits/{cree['id']}")).json()["prix_achat_ht"] == "88.0000"


async def test_a_service_is_never_stockable(atelier: Atelier, client: httpx.AsyncClient) -> None:
    cree = (await client.post("/produits", json=corps(nature="service", est_stockable=True))).json()
    assert cree["est_stockable"] is False


async def test_stock_by_product_and_agency(atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton) -> None:
    await atelier.recevoir(une_reception(atelier.lyon.agence_id, recu(atelier.cable, "12")))
    page = (await client.get("/stock", params={"presents": True})).json()["elements"]
    assert [(p["reference"], p["physique"], p["valeur_ht"]) for p in page] == [("CAB-CAT6", "12.000", "124.80")]
    annecy = {"agence_id": str(atelier.annecy.agence_id)}
    assert (await client.get("/stock", params=annecy)).json()["elements"] == []
    sans = (await client.get("/stock", headers=jeton("stock.lire"))).json()["elements"]
    assert {p["valeur_ht"] for p in sans} == {None}


async def test_a_kit_is_made_of_simple_products_and_is_never_in_stock(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    parts = [{"produit_id": str(p.id), "quantite": "2"} for p in (atelier.telephone, atelier.pose)]
    kit = (await client.post("/produits", json=corps("KIT-1", composants=[*parts, parts[0]]))).json()
    assert (kit["est_stockable"], kit["composants"][0]["designation"]) == (False, atelier.telephone.designation)
    fait = (await atelier.publies(ProduitModifie))[-1]
    assert [(c.produit_id, c.quantite) for c in fait.composants] == [
        (atelier.telephone.id, Decimal(4)),
        (atelier.pose.id, Decimal(2)),
    ]
    dans_kit = [{"produit_id": kit["id"], "quantite": "1"}]
    refus = await client.post("/produits", json=corps("KIT-2", composants=dans_kit))
    assert (refus.status_code, refus.json()["code"]) == (422, "kit_dans_kit")
    fiche = (await client.get(f"/produits/{atelier.telephone.id}")).json()
    refus = await client.put(
        f"/produits/{fiche['id']}", json={**fiche, "composants": parts[1:]}, headers={"If-Match": str(fiche["version"])}
    )
    assert refus.json()["code"] == "kit_dans_kit"
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ9",))))
    fiche = (await client.get(f"/produits/{atelier.copieur.id}")).json()
    refus = await client.put(f"/produits/{fiche['id']}", json={**fiche, "composants": parts[1:]})
    assert (refus.status_code, refus.json()["code"]) == (409, "kit_en_stock")
