"""An object is exchanged at the client's, in one gesture: the old one comes back, the new one takes its place."""

import asyncio
from typing import Any

import httpx
import pytest

from shared.contracts.inventory import ObjetEchange
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier, attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes
from tests.services.inventory.feuille.test_placement import la_feuille

Json = dict[str, Any]


@pytest.fixture
async def installe(atelier: Atelier, client: httpx.AsyncClient) -> Json:
    """A phone SN1 installed at a client's; SN2 and SN3 are in stock in Annecy."""
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("SN1",))))
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("SN2", "SN3")), numero="REC-2026-00008")
    )
    feuille = await la_feuille(client)
    assert (await client.post(f"/feuilles/{feuille['id']}/valider")).status_code == 200
    return await par_serie(client, "SN1")


async def par_serie(client: httpx.AsyncClient, serie: str) -> Json:
    """The whole file of the object of this serial number."""
    objet = next(o for o in await objets(client) if o["numero_serie"] == serie)
    fiche: Json = (await client.get(f"/historiques/{objet['id']}")).json()
    return fiche


async def echanger(client: httpx.AsyncClient, ancien: Json, **valeurs: Any) -> httpx.Response:
    """POST the exchange."""
    corps = {"code": "SN2", "devenir": "stock", "motif": "Ne sonne plus"} | valeurs
    return await client.post(f"/historiques/{ancien['id']}/echanger", json=corps)


async def test_the_new_one_is_at_the_client_and_the_old_one_waits_in_quarantine(
    atelier: Atelier, client: httpx.AsyncClient, installe: Json
) -> None:
    sav = str(new_id())
    fait = await echanger(client, installe, depot_id=str(atelier.depots["LYO"]), demande_id=sav)
    assert fait.status_code == 200, fait.text
    nouveau, ancien = await par_serie(client, "SN2"), await par_serie(client, "SN1")
    assert fait.json()["id"] == nouveau["id"]
    assert (nouveau["etat"], nouveau["tiers_id"], nouveau["lieu"]) == (
        "installe",
        installe["tiers_id"],
        installe["lieu"],
    )
    assert (nouveau["demande_id"], nouveau["mouvements"][0]["motif"]) == (
        sav,
        "Échange : remplace n° SN1, ne sonne plus",
    )
    assert (ancien["etat"], ancien["lieu"], ancien["nature"]) == ("en_stock", "Stock Lyon", "quarantaine")
    assert (ancien["remplace_par_id"], nouveau["remplace_id"]) == (nouveau["id"], ancien["id"])
    stock = {s["agence_nom"]: (s["physique"], s["autres"]) for s in await balances(client, atelier)}
    assert stock == {"Annecy": ("1.000", "0.000"), "Lyon": ("0.000", "1.000")}
    await verifier_soldes(atelier.database)

    (dit,) = await atelier.publies(ObjetEchange)
    assert (str(dit.historique_id), str(dit.remplacant.historique_id)) == (ancien["id"], nouveau["id"])
    assert (dit.remplace, dit.remplacant_nom, str(dit.demande_id)) == ("n° SN1", "n° SN2", sav)
    await circuler(atelier.database)
    vie = (await client.get(f"/historiques/{nouveau['id']}/fil")).json()["elements"]
    assert {e["titre"] for e in vie} >= {"Remplace n° SN1 chez le client", "Réception REC-2026-00008 · facture FS-8812"}
    assert any(e["est_du_remplace"] for e in vie), "the life of the old one goes on in the new one's"
    vie = (await client.get(f"/historiques/{ancien['id']}/fil")).json()["elements"]
    renvoi = next(e for e in vie if e["titre"] == "Remplacé par n° SN2 chez le client")
    assert renvoi["lien"] == f"/atelier/objets/{nouveau['id']}"


async def balances(client: httpx.AsyncClient, atelier: Atelier) -> list[Json]:
    """The stock of the phone, agency by agency."""
    soldes: list[Json] = (await client.get(f"/produits/{atelier.telephone.id}/stock")).json()
    return soldes


async def test_the_old_one_goes_to_its_supplier_or_is_scrapped(
    atelier: Atelier, client: httpx.AsyncClient, installe: Json
) -> None:
    assert (await echanger(client, installe, devenir="fournisseur", numero_rma="RMA-9")).status_code == 200
    (retour,) = (await client.get("/retours")).json()["elements"]
    assert (retour["numero_serie"], retour["attente"], retour["numero_rma"]) == ("SN1", "echange", "RMA-9")
    assert retour["tiers_nom"] == installe["tiers_nom"]
    deuxieme = await par_serie(client, "SN2")
    assert (await echanger(client, deuxieme, code="SN3", devenir="rebut")).status_code == 200
    assert (await par_serie(client, "SN2"))["etat"] == "sorti"
    assert {s["physique"] for s in await balances(client, atelier)} == {"0.000"}
    await verifier_soldes(atelier.database)


async def test_only_one_of_two_people_exchanges_it(atelier: Atelier, client: httpx.AsyncClient, installe: Json) -> None:
    depot = str(atelier.depots["ANN"])
    deux = (echanger(client, installe, code=code, depot_id=depot) for code in ("SN2", "SN3"))
    assert sorted(r.status_code for r in await asyncio.gather(*deux)) == [200, 409]
    encore = await echanger(client, installe, code="SN3", depot_id=depot)
    assert (encore.status_code, encore.json()["code"]) == (409, "objet_indisponible")
    assert sum(o["etat"] == "installe" for o in await objets(client)) == 1
    assert len(await atelier.publies(ObjetEchange)) == 1
    await verifier_soldes(atelier.database)


async def test_what_cannot_take_its_place_is_refused_and_nothing_moves(
    atelier: Atelier, client: httpx.AsyncClient, installe: Json
) -> None:
    depot = str(atelier.depots["ANN"])
    for valeurs, statut, code in (
        ({"code": "SN1"}, 422, "echange_avec_soi"),
        ({"code": "INCONNU"}, 404, "code_inconnu"),
        ({"code_etiquette": "AM-XXXX"}, 404, "etiquette_inconnue"),
        ({"depot_id": str(new_id())}, 404, "depot_inconnu"),
    ):
        refus = await echanger(client, installe, **{"depot_id": depot, **valeurs})
        assert (refus.status_code, refus.json()["code"]) == (statut, code), valeurs
    sans = await echanger(client, installe)
    assert (sans.status_code, sans.json()["code"]) == (422, "depot_du_retour_a_preciser")

    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone, "2"))))
    reserve = await echanger(client, installe, depot_id=depot)
    assert (reserve.status_code, reserve.json()["code"]) == (409, "stock_insuffisant"), "kept for a feuille"
    assert (await par_serie(client, "SN1"))["etat"] == "installe"
    assert await atelier.publies(ObjetEchange) == []
    await verifier_soldes(atelier.database)


async def test_a_product_that_wants_a_label_gets_one_in_the_same_gesture(
    atelier: Atelier, client: httpx.AsyncClient, installe: Json
) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.copieur, "1", ("COP9",)), numero="REC-2026-00009")
    )
    depot = str(atelier.depots["ANN"])
    sans = await echanger(client, installe, code="COP9", depot_id=depot)
    assert (sans.status_code, sans.json()["code"]) == (409, "etiquette_a_poser")
    (code,) = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"]
    avec = await echanger(client, installe, code="COP9", depot_id=depot, code_etiquette=code)
    assert avec.status_code == 200, avec.text
    assert avec.json()["etiquette"] == code
