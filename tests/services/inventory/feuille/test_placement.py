"""Objects taken from stock, sent back, replaced, added because they were forgotten."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.contracts.inventory import FeuillePrete
from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes

Json = dict[str, Any]


async def la_feuille(client: httpx.AsyncClient) -> Json:
    """The only feuille."""
    trouvee = (await client.get("/feuilles")).json()["elements"][0]
    vue: Json = (await client.get(f"/feuilles/{trouvee['id']}")).json()
    return vue


async def agir(client: httpx.AsyncClient, feuille: Json, verbe: str, **corps: Any) -> Json:
    """POST a verb on a feuille, which must accept."""
    reponse = await client.post(f"/feuilles/{feuille['id']}/{verbe}", json=corps)
    assert reponse.status_code == 200, reponse.text
    vue: Json = reponse.json()
    return vue


@pytest.mark.feature("IN-11")
async def test_reserved_stock_comes_to_the_feuille_and_leaves_the_balance(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "5")),
        un_devis_valide(une_ligne(attend(atelier.telephone, "2"))),
    )
    feuille = await la_feuille(client)
    assert feuille["colonnes"][0]["attendus"][0]["reserve"] == "2.000"

    vue = await agir(client, feuille, "prelever", attendu_id=feuille["colonnes"][0]["attendus"][0]["id"])

    stock = (await client.get(f"/produits/{atelier.telephone.id}/stock")).json()
    assert (stock[0]["physique"], stock[0]["reserve"], stock[0]["disponible"]) == ("3.000", "0.000", "3.000")
    assert len(vue["colonnes"][0]["objets"]) == 2
    assert vue["etat"] == "prete"
    await verifier_soldes(atelier.database)


@pytest.mark.feature("IN-24")
async def test_an_object_scanned_by_its_serial_goes_to_the_column_that_expects_it(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(
        un_devis_valide(une_ligne(), une_ligne(attend(atelier.telephone), position=2)),
    )
    feuille = await la_feuille(client)
    lyon = une_reception(atelier.lyon.agence_id, recu(atelier.cable, "1"))
    await atelier.recevoir(lyon)
    await client.post(
        "/entrees",
        json={
            "produit_id": str(atelier.telephone.id),
            "depot_id": str(atelier.depots["LYO"]),
            "quantite": "1",
            "numeros_serie": ["VAN-77"],
            "motif": "Camionnette de Paul",
        },
    )

    vue = await agir(client, feuille, "prelever", code="van-77")

    assert vue["colonnes"][1]["objets"][0]["numero_serie"] == "VAN-77"
    assert vue["colonnes"][1]["est_verte"]


async def test_taking_what_others_reserved_is_refused(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "10")),
        un_devis_valide(une_ligne(attend(atelier.cable, "8")), tiers_nom="Premier"),
        un_devis_valide(une_ligne(attend(atelier.cable, "8")), tiers_nom="Second"),
    )
    feuilles = (await client.get("/feuilles", params={"q": "second"})).json()["elements"]
    vue = (await client.get(f"/feuilles/{feuilles[0]['id']}")).json()
    attendu = vue["colonnes"][0]["attendus"][0]
    assert (attendu["reserve"], attendu["manquant"]) == ("2.000", "6.000")

    reponse = await client.post(f"/feuilles/{vue['id']}/prelever", json={"attendu_id": attendu["id"], "quantite": "8"})
    assert reponse.status_code == 409
    assert reponse.json()["detail"] == (
        "Il n’y a pas assez de stock disponible de CAB-CAT6 à toutes les agences : 2 disponible, 8 demandé."
    )
    await verifier_soldes(atelier.database)


@pytest.mark.feature("IN-12")
async def test_a_forgotten_complement_and_a_given_up_product_show_the_difference_with_the_devis(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "50"), recu(atelier.telephone, "1")),
        un_devis_valide(une_ligne(attend(atelier.telephone, "2"))),
    )
    feuille = await la_feuille(client)
    colonne, attendu = feuille["colonnes"][0], feuille["colonnes"][0]["attendus"][0]

    vue = await agir(
        client, feuille, "prelever", produit_id=str(atelier.cable.id), colonne_id=colonne["id"], quantite="15"
    )
    complement = vue["colonnes"][0]["objets"][0]
    assert (complement["est_complement"], complement["quantite"]) == (True, "15.000")

    reponse = await client.put(f"/feuilles/{feuille['id']}/attendus/{attendu['id']}", json={"quantite": "1"})
    ajuste = reponse.json()["colonnes"][0]["attendus"][0]
    assert (ajuste["quantite_devis"], ajuste["quantite"], ajuste["manquant"]) == ("2.000", "1.000", "0.000")

    vue = await agir(client, feuille, "retirer", historique_id=complement["id"])
    assert vue["colonnes"][0]["objets"] == []
    await verifier_soldes(atelier.database)


async def test_an_object_taken_off_goes_back_to_stock_and_the_gap_is_kept_for_the_feuille(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1")))
    feuille = await la_feuille(client)
    assert feuille["etat"] == "prete"

    vue = await agir(client, feuille, "retirer", historique_id=feuille["colonnes"][0]["objets"][0]["id"])
    attendu = vue["colonnes"][0]["attendus"][0]
    assert (vue["etat"], attendu["present"], attendu["reserve"]) == ("ouverte", "0.000", "1.000")

    await agir(client, feuille, "prelever-reserve")
    assert len(await atelier.publies(FeuillePrete)) == 2
    await verifier_soldes(atelier.database)


async def test_a_broken_object_is_scrapped_and_replaced_by_another(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("CASSE", "NEUF"))))
    feuille = await la_feuille(client)
    libre = (await objets(client, etat="en_stock"))[0]

    vue = await agir(
        client,
        feuille,
        "remplacer",
        historique_id=feuille["colonnes"][0]["objets"][0]["id"],
        par_historique_id=libre["id"],
        au_rebut=True,
    )

    assert [o["numero_serie"] for o in vue["colonnes"][0]["objets"]] == [libre["numero_serie"]]
    assert len(await objets(client, etat="sorti")) == 1
    assert vue["etat"] == "prete"
    await verifier_soldes(atelier.database)


async def test_an_object_of_another_project_is_not_taken(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(
        un_devis_valide(une_ligne(attend(atelier.telephone)), tiers_nom="Premier"),
        une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1")),
        un_devis_valide(une_ligne(attend(atelier.telephone)), tiers_nom="Second"),
    )
    place = (await objets(client, etat="en_preparation"))[0]
    feuille = (await client.get("/feuilles", params={"q": "second"})).json()["elements"][0]
    reponse = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"historique_id": place["id"]})
    assert (reponse.status_code, reponse.json()["code"]) == (409, "objet_indisponible")


async def test_permissions_and_unknown_things(atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    feuille = await la_feuille(client)
    url = f"/feuilles/{feuille['id']}"
    lecteur = jeton("feuille.lire")
    assert (await client.get(url, headers=lecteur)).status_code == 200
    assert (await client.post(f"{url}/prelever-reserve", headers=lecteur)).status_code == 403
    assert (await client.post(f"{url}/valider", headers=jeton("feuille.preparer"))).status_code == 403
    assert (await client.get(f"/feuilles/{UUID(int=3)}")).json()["code"] == "feuille_inconnue"
    assert (await client.post(f"{url}/prelever", json={})).status_code == 422
    assert (await client.post(f"{url}/prelever", json={"code": "ABSENT"})).status_code == 404


async def test_a_part_taken_back_leaves_the_rest_delivered(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "10")),
        un_devis_valide(une_ligne(attend(atelier.cable, "10"))),
    )
    feuille = await la_feuille(client)
    await agir(client, feuille, "prelever", attendu_id=feuille["colonnes"][0]["attendus"][0]["id"])
    (livre,) = (await agir(client, feuille, "livrer"))["colonnes"][0]["objets"]
    (reste,) = (await agir(client, feuille, "retirer", historique_id=livre["id"], quantite="2"))["colonnes"][0][
        "objets"
    ]
    assert (reste["quantite"], reste["est_livre"]) == ("8.000", True)
    refus = await client.post(f"/feuilles/{feuille['id']}/livrer", json={})
    assert refus.json()["code"] == "rien_a_livrer"
    await agir(client, feuille, "retirer", historique_id=livre["id"])
    (bon,) = (await client.get("/bons-livraison")).json()["elements"]
    (ligne,) = (await client.get(f"/bons-livraison/{bon['id']}")).json()["lignes"]
    assert ligne["rendue_le"] is not None


async def test_an_object_already_on_this_feuille_is_said_so(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("SN1",))))
    feuille = await la_feuille(client)
    refus = (await client.post(f"/feuilles/{feuille['id']}/prelever", json={"code": "SN1"})).json()
    assert (refus["code"], refus["detail"]) == (
        "objet_deja_sur_la_feuille",
        f"L’objet « Téléphone SIP » n° SN1 est déjà sur cette feuille ({feuille['numero']}).",
    )


async def test_pieces_smaller_than_a_unit_are_taken_until_there_is_enough(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    chutes = [une_reception(atelier.annecy.agence_id, recu(atelier.cable, "0.4"), numero=f"R{n}") for n in range(6)]
    await atelier.recevoir(*chutes, un_devis_valide(une_ligne(attend(atelier.cable, "2"))))
    vue = await agir(client, await la_feuille(client), "prelever-reserve")
    assert vue["colonnes"][0]["attendus"][0]["present"] == "2.000"
    await verifier_soldes(atelier.database)
