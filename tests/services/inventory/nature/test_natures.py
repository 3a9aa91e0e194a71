"""The natures of stock are data: the company names them, and says which one is the main one."""

import asyncio
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.inventory import FeuilleCreee, NatureStockModifiee, StockChange
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes
from tests.services.inventory.feuille.test_placement import la_feuille

Json = dict[str, Any]


async def natures(client: httpx.AsyncClient) -> dict[str, Json]:
    """Every nature by code."""
    return {n["code"]: n for n in (await client.get("/natures-stock")).json()}


async def modifier(client: httpx.AsyncClient, nature: Json, **valeurs: Any) -> httpx.Response:
    """PUT a nature, as the page does."""
    corps = {c: nature[c] for c in ("libelle", "est_livrable", "est_principale")} | valeurs
    return await client.put(f"/natures-stock/{nature['id']}", json=corps, headers={"If-Match": str(nature["version"])})


@pytest.mark.feature("AF-41")
async def test_the_main_nature_of_the_company_is_where_everything_goes_unless_said(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    avant = await natures(client)
    assert [c for c, n in avant.items() if n["est_principale"]] == ["neuf"]
    assert (await modifier(client, avant["occasion"], est_principale=True)).status_code == 200
    assert [c for c, n in (await natures(client)).items() if n["est_principale"]] == ["occasion"]
    faits = [(f.code, f.est_principale) for f in await atelier.publies(NatureStockModifiee)]
    assert faits == [("neuf", False), ("occasion", True)]

    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone, "2"))))
    assert (await atelier.publies(FeuilleCreee))[-1].etat.nature_stock == "occasion"
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "100")))
    (rouleau,) = [o for o in await objets(client) if o["produit_id"] == str(atelier.cable.id)]
    assert (await client.get(f"/historiques/{rouleau['id']}")).json()["nature"] == "occasion"
    (solde,) = [s for s in await atelier.publies(StockChange) if s.produit_id == atelier.cable.id]
    assert (solde.nature, solde.physique) == ("occasion", Decimal(100))
    annecy, _ = (await client.get(f"/produits/{atelier.cable.id}/stock")).json()
    assert (annecy["physique"], annecy["autres"]) == ("100.000", "0.000")
    await verifier_soldes(atelier.database)


@pytest.mark.feature("AF-41")
async def test_what_is_received_for_a_nature_serves_the_feuilles_of_that_nature_only(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone, "2"))))
    pour_occasion = recu(atelier.telephone, "2").model_copy(update={"natures_stock": ("occasion",)})
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, pour_occasion))
    feuille = await la_feuille(client)
    assert feuille["colonnes"][0]["attendus"][0]["manquant"] == "2.000", "a new phone is wanted, not a second-hand one"
    assert {o["etat"] for o in await objets(client)} == {"en_stock"}
    les_deux = recu(atelier.telephone, "1").model_copy(update={"natures_stock": ("neuf", "occasion")})
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, les_deux))
    assert (await la_feuille(client))["colonnes"][0]["attendus"][0]["manquant"] == "1.000"
    await verifier_soldes(atelier.database)


async def test_a_company_adds_its_own_nature(atelier: Atelier, client: httpx.AsyncClient) -> None:
    saisie = {"libelle": "Reconditionné à neuf", "est_livrable": False}
    creee = await client.post("/natures-stock", json=saisie)
    assert (creee.status_code, creee.json()["code"]) == (201, "reconditionne_a_neuf")
    for libelle in ("Reconditionné à neuf", "reconditionné à NEUF", "Neuf", "…"):
        refus = await client.post("/natures-stock", json={"libelle": libelle})
        assert (refus.status_code, refus.json()["code"]) == (409, "nature_deja_prise"), libelle

    depot = atelier.depots["ANN"]
    place = await client.post(f"/depots/{depot}/emplacements", json={"code": "REC", "nature": "reconditionne_a_neuf"})
    assert place.json()["emplacements"][0]["nature"] == "reconditionne_a_neuf"
    inconnue = await client.post(f"/depots/{depot}/emplacements", json={"code": "X", "nature": "licorne"})
    assert (inconnue.status_code, inconnue.json()["code"]) == (404, "nature_inconnue")
    corps = {
        "produit_id": str(atelier.telephone.id),
        "depot_id": str(depot),
        "emplacement_id": place.json()["emplacements"][0]["id"],
        "quantite": "1",
        "motif": "Reprise",
    }
    (objet,) = (await client.post("/entrees", json=corps)).json()
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    feuille = await la_feuille(client)
    refus = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"historique_id": objet["id"]})
    assert "en stock « reconditionné à neuf »" in refus.json()["detail"]
    await modifier(client, creee.json(), est_livrable=True)
    pris = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"historique_id": objet["id"]})
    assert pris.status_code == 200
    await verifier_soldes(atelier.database)


async def test_there_is_always_one_main_nature_and_it_can_be_delivered(
    atelier: Atelier, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    connues = await natures(client)
    sans = await modifier(client, connues["neuf"], est_principale=False)
    assert (sans.status_code, sans.json()["code"]) == (409, "nature_principale_requise")
    pret = await modifier(client, connues["pret"], est_principale=True)
    assert (pret.status_code, pret.json()["code"]) == (422, "nature_principale_non_livrable")

    deux = (modifier(client, connues[c], est_principale=True) for c in ("occasion", "demonstration"))
    assert {r.status_code for r in await asyncio.gather(*deux)} == {200}
    assert sum(n["est_principale"] for n in (await natures(client)).values()) == 1
    perime = await modifier(client, connues["neuf"], libelle="Neuf emballé")
    assert (perime.status_code, perime.json()["code"]) == (409, "version_perimee")

    magasin = await service_client("inventory", atelier.database, "stock.modifier", "stock.lire")
    assert (await magasin.get("/natures-stock")).status_code == 200
    assert (await magasin.post("/natures-stock", json={"libelle": "X"})).status_code == 403
