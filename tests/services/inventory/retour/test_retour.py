"""Objects sent back to their supplier: replaced, credited or returned; the lives of both objects stay linked."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.inventory import RetourFournisseurConclu
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes

Json = dict[str, Any]
PANNE = {"attente": "echange", "motif": "Ne s’allume pas", "numero_rma": "RMA-77"}


async def poster(client: httpx.AsyncClient, chemin: str, corps: Json, statut: int = 200) -> Json:
    reponse = await client.post(chemin, json=corps)
    assert reponse.status_code == statut, reponse.text
    lu: Json = reponse.json()
    return lu


async def fil(client: httpx.AsyncClient, historique_id: str) -> list[Json]:
    elements: list[Json] = (await client.get(f"/historiques/{historique_id}/fil")).json()["elements"]
    return elements


@pytest.fixture
async def garni(atelier: Atelier) -> Atelier:
    """Two phones with a serial in Annecy, bought at 10.40 each."""
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("SN1", "SN2"))))
    return atelier


async def test_the_replacement_keeps_the_life_of_what_it_replaces(garni: Atelier, client: httpx.AsyncClient) -> None:
    retour = await poster(client, "/retours", {"code": "sn1", **PANNE}, 201)
    assert (retour["numero"], retour["fournisseur_nom"], retour["etat"], retour["numero_serie"]) == (
        "RF-2026-00001", "Grossiste Savoie", "ouvert", "SN1")  # fmt: skip
    parti = next(o for o in await objets(client) if o["numero_serie"] == "SN1")
    assert (parti["etat"], parti["lieu"]) == ("retourne", "Grossiste Savoie")
    await verifier_soldes(garni.database)
    corps = {"depot_id": str(garni.depots["ANN"]), "numero_serie": "SN2"}
    assert (await poster(client, f"/retours/{retour['id']}/remplacer", corps, 409))["code"] == "serie_deja_prise"
    corps["numero_serie"] = "SN3"
    conclu = await poster(client, f"/retours/{retour['id']}/remplacer", corps)
    assert (conclu["etat"], conclu["conclu_par"]) == ("echange", "Camille Test")
    await circuler(garni.database)
    ancien = (await client.get(f"/historiques/{retour['historique_id']}")).json()
    nouveau = (await client.get(f"/historiques/{conclu['remplacant_id']}")).json()
    assert (ancien["remplace_par_id"], nouveau["remplace_id"]) == (nouveau["id"], ancien["id"])
    assert (nouveau["cout_unitaire_ht"], nouveau["facture_fournisseur"]) == ("10.4000", "FS-8812")
    vie = await fil(client, nouveau["id"])
    titres = [(e["titre"], e["est_du_remplace"]) for e in vie]
    assert ("Remplace n° SN1", False) in titres
    assert ("Retour RF-2026-00001 chez Grossiste Savoie", True) in titres
    assert ("Réception REC-2026-00007 · facture FS-8812", True) in titres
    renvoi = next(e for e in await fil(client, ancien["id"]) if e["titre"] == "Remplacé par n° SN3")
    assert renvoi["lien"] == f"/atelier/objets/{nouveau['id']}"
    assert not any(e["est_du_remplace"] for e in await fil(client, ancien["id"]))
    stock = (await client.get(f"/produits/{garni.telephone.id}/stock")).json()
    assert {s["agence_nom"]: s["physique"] for s in stock}["Annecy"] == "2.000"
    await verifier_soldes(garni.database)
    assert (await poster(client, f"/retours/{retour['id']}/remplacer", corps, 409))["code"] == "retour_conclu"


async def test_a_credit_or_the_same_object_ends_it(
    garni: Atelier, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    avoir = await poster(client, "/retours", {"code": "SN1", **PANNE, "attente": "avoir"}, 201)
    rendu = await poster(client, "/retours", {"code": "SN2", **PANNE}, 201)
    assert len((await client.get("/retours", params={"etat": "ouvert"})).json()["elements"]) == 2
    await poster(client, f"/retours/{avoir['id']}/crediter", {"numero": "AV-9", "montant_ht": "10.40"})
    await poster(client, f"/retours/{rendu['id']}/rendre", {"depot_id": str(garni.depots["LYO"])})
    await circuler(garni.database)
    faits = {f.issue: f for f in await garni.publies(RetourFournisseurConclu)}
    assert (faits["avoir"].avoir_numero, faits["avoir"].avoir_ht, faits["rendu"].remplacant_id) == (
        "AV-9", Decimal("10.40"), None)  # fmt: skip
    evenement = next(e for e in await fil(client, avoir["historique_id"]) if e["titre"].startswith("Avoir AV-9"))
    assert evenement["montant_ht"] == "10.40"
    revenu = next(o for o in await objets(client) if o["numero_serie"] == "SN2")
    assert (revenu["etat"], revenu["lieu"]) == ("en_stock", "Stock Lyon")
    await verifier_soldes(garni.database)
    magasin = await service_client("inventory", garni.database, "stock.lire", "stock.modifier")
    assert (await magasin.get(f"/retours/{avoir['id']}")).json()["avoir_ht"] is None
    assert (
        await magasin.post(f"/retours/{avoir['id']}/crediter", json={"numero": "A", "montant_ht": "1"})
    ).status_code == 403


async def test_an_installed_object_goes_back_from_the_client(garni: Atelier, client: httpx.AsyncClient) -> None:
    await garni.recevoir(un_devis_valide(une_ligne(attend(garni.telephone, "1"))))
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    ici = f"/feuilles/{feuille['id']}"
    await poster(client, f"{ici}/prelever", {"code": "SN1"})
    refus = await poster(client, "/retours", {"code": "SN1", **PANNE}, 409)
    assert refus["code"] == "objet_indisponible"  # first off its feuille
    await poster(client, f"{ici}/valider", {"malgre_ecarts": True})
    retour = await poster(client, "/retours", {"code": "SN1", **PANNE}, 201)
    assert retour["tiers_nom"] == "Mairie d’Annecy"
    await verifier_soldes(garni.database)
    await poster(client, f"/retours/{retour['id']}/rendre", {"depot_id": str(garni.depots["ANN"])})
    await garni.recevoir(un_devis_valide(une_ligne(attend(garni.telephone, "1")), numero="DEV-2"))
    feuilles = (await client.get("/feuilles")).json()["elements"]
    ici = f"/feuilles/{next(f['id'] for f in feuilles if f['devis_numero'] == 'DEV-2')}"
    await poster(client, f"{ici}/prelever", {"code": "SN1"})
    await poster(client, f"{ici}/livrer", {})  # it is out again, with a new bon
    bons = (await client.get("/bons-livraison")).json()["elements"]
    assert [b["devis_numero"] for b in bons] == ["DEV-2", "DEV-2026-00042"]
    rendues = [(await client.get(f"/bons-livraison/{b['id']}")).json()["lignes"][0]["rendue_le"] for b in bons]
    assert [rendue is None for rendue in rendues] == [True, False]


async def test_a_supplier_must_be_known_and_a_received_object_may_be_the_replacement(
    garni: Atelier, client: httpx.AsyncClient
) -> None:
    entree = {"produit_id": str(garni.telephone.id), "depot_id": str(garni.depots["ANN"]), "quantite": "1",
              "numeros_serie": ["SN8"], "motif": "Stock initial"}  # fmt: skip
    await poster(client, "/entrees", entree, 201)
    assert (await poster(client, "/retours", {"code": "SN8", **PANNE}, 422))["code"] == "fournisseur_inconnu"
    retour = await poster(client, "/retours", {"code": "SN8", **PANNE, "fournisseur_nom": "Telco"}, 201)
    depot = {"depot_id": str(garni.depots["ANN"])}
    refus = await poster(client, f"/retours/{retour['id']}/remplacer", {**depot, "code": "SN8"}, 422)
    assert refus["code"] == "remplacant_incoherent"
    conclu = await poster(client, f"/retours/{retour['id']}/remplacer", {**depot, "code": "SN2"})
    nouveau = (await client.get(f"/historiques/{conclu['remplacant_id']}")).json()
    assert (nouveau["numero_serie"], nouveau["remplace_id"]) == ("SN2", retour["historique_id"])
    await verifier_soldes(garni.database)


async def test_what_is_at_a_supplier_replaces_nothing(garni: Atelier, client: httpx.AsyncClient) -> None:
    un, deux = [await poster(client, "/retours", {"code": serie, **PANNE}, 201) for serie in ("SN1", "SN2")]
    depot = {"depot_id": str(garni.depots["ANN"])}
    for retour, autre in ((un, "SN2"), (deux, "SN1")):
        refus = await poster(client, f"/retours/{retour['id']}/remplacer", {**depot, "code": autre}, 422)
        assert refus["code"] == "remplacant_incoherent"
