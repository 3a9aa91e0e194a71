"""Shelves of frequent products, and what they put in a proposition."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.inventory import StockChange
from shared.database.database import Database
from shared.kernel.ids import new_id
from tests.builders import commercial as b

D: Any = Decimal  # so that amounts compare with plain numbers


@pytest.mark.feature("CO-12")
async def test_three_clicks_in_the_cabling_shelf(client: httpx.AsyncClient, database: Database) -> None:
    produits = [b.un_produit(f"CAB-{i}", f"Câble {i}", prix_achat_ht=D(i)) for i in (1, 2, 3)]
    await b.recevoir(database, *produits, b.un_tiers(tiers_id=b.FOURNISSEUR, nom="Elecdis", roles=("fournisseur",)))
    for agence, disponible in ((new_id(), 4), (new_id(), 3)):
        fait = StockChange(
            produit_id=produits[0].produit_id, agence_id=agence, agence_nom="A",
            physique=D(9), reserve=D(0), disponible=D(disponible),
        )  # fmt: skip
        await b.recevoir(database, fait)
    ranges = [{"produit_id": str(p.produit_id), "quantite": str(10 * i)} for i, p in enumerate(produits, start=1)]
    await client.post("/rayons", json={"nom": "Câblage", "icone": "cable", "produits": ranges})
    (rayon,) = (await client.get("/rayons")).json()
    assert [(p["reference"], D(p["quantite"])) for p in rayon["produits"]] == [
        ("CAB-1", 10),
        ("CAB-2", 20),
        ("CAB-3", 30),
    ]
    assert (D(rayon["produits"][0]["stock"]), rayon["produits"][0]["fournisseur_nom"]) == (7, "Elecdis")
    devis = await b.un_devis(client)
    for p in rayon["produits"]:
        saisie = {
            "ligne_id": devis["lignes"][0]["id"], "produits": [{"produit_id": p["id"], "quantite": p["quantite"]}],
        }  # fmt: skip
        reponse = await client.post(f"/propositions/{devis['id']}/ajouter-rayon", json=saisie)
    caches = reponse.json()["lignes"][0]["produits"]
    assert [(p["reference"], D(p["quantite"])) for p in caches] == [("CAB-1", 10), ("CAB-2", 20), ("CAB-3", 30)]


async def test_a_product_may_become_a_line_of_its_own(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit(prix_vente_ht=D(549), description="16 voies", unite="u")
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [])
    saisie = {"produits": [{"produit_id": str(produit.produit_id), "quantite": "2"}]}
    (ligne,) = (await client.post(f"/propositions/{devis['id']}/ajouter-rayon", json=saisie)).json()["lignes"]
    assert (ligne["designation"], ligne["description"]) == ("NVR 16 voies 4K", "16 voies")
    assert [D(ligne[c]) for c in ("prix_ht", "cout_ht", "quantite", "total_ht")] == [549, 398, 2, 1098]
    assert [(p["reference"], D(p["quantite"])) for p in ligne["produits"]] == [(produit.reference, 2)]


async def test_shelves_are_arranged(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    rayon = (await client.post("/rayons", json={"nom": "Réseau"})).json()
    assert (await client.post("/rayons", json={"nom": "Réseau"})).json()["code"] == "nom_deja_pris"
    saisie = {"produit_id": str(produit.produit_id), "quantite": "3"}
    url = f"/rayons/{rayon['id']}"
    for quantite in ("3", "5"):
        pose = await client.post(f"{url}/produits", json=saisie | {"quantite": quantite})
    assert [D(p["quantite"]) for p in pose.json()["produits"]] == [5]
    inconnu = await client.post(f"{url}/produits", json={"produit_id": str(new_id())})
    assert (inconnu.status_code, inconnu.json()["code"]) == (404, "produit_inconnu")
    vide = await client.put(url, json={"nom": "Réseaux"}, headers={"If-Match": str(pose.json()["version"])})
    assert (vide.json()["nom"], vide.json()["produits"]) == ("Réseaux", [])
    assert (await client.put(url, json={"nom": "X"}, headers={"If-Match": "1"})).status_code == 409
    assert (await client.delete(url)).status_code == 204
    assert (await client.get("/rayons")).json() == []
