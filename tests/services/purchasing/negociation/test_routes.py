"""Negociations over HTTP."""

from decimal import Decimal
from uuid import UUID

import pytest

from shared.contracts.purchasing import NegociationOuverte
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, faits, recevoir, un_attendu, un_fournisseur, une_feuille


@pytest.mark.feature("PU-04", "PU-05", "PU-06")
async def test_a_shortage_becomes_a_negociation_in_the_file_of_the_supplier(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 4, reserve=1)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins(demande_id=feuille.demande_id))["elements"][0]["besoins"][0]
    corps = {"besoins": [{"besoin_id": besoin["id"], "quantite": besoin["net"]}], "avancement": "mail"}
    negociation = await monde.negocier(monde.switch, None, **corps)
    assert (negociation["quantite"], negociation["prix_ht"]) == ("3.000", "172.5000")
    assert negociation["prix_le"].startswith("2026-03-17T08:30")
    assert negociation["reference_fournisseur"] == "ELK-SW24"
    dossier = await monde.lire(f"/fournisseurs/{monde.fournisseur.tiers_id}/achats")
    assert [n["id"] for n in dossier["negociations"]] == [negociation["id"]]
    (fait,) = await faits(monde.database, NegociationOuverte)
    assert (fait.demande_ids, fait.quantite) == ((feuille.demande_id,), Decimal(3))


@pytest.mark.feature("PU-07")
async def test_progress_is_followed(monde: Monde) -> None:
    negociation = await monde.negocier(monde.switch)
    assert negociation["avancement"] == "a_contacter"
    reponse = await monde.client.patch(
        f"/negociations/{negociation['id']}", json={"avancement": "panier"}, headers={"If-Match": '"1"'}
    )
    assert (reponse.status_code, reponse.json()["avancement"]) == (200, "panier")
    perime = await monde.client.patch(
        f"/negociations/{negociation['id']}", json={"avancement": "mail"}, headers={"If-Match": '"1"'}
    )
    assert (perime.status_code, perime.json()["code"]) == (409, "version_perimee")


@pytest.mark.feature("PU-08")
async def test_competitors_stand_side_by_side_with_the_best_marked(monde: Monde) -> None:
    autres = [un_fournisseur("Domotek"), un_fournisseur("Rhône Réseaux")]
    await recevoir(monde.database, *autres, une_feuille([un_attendu(monde.switch, 2)]))
    await monde.negocier(monde.switch, 2, prix_ht="172.50", delai_jours=3)
    await monde.negocier(monde.switch, 2, prix_ht="165.00", delai_jours=12, fournisseur_id=autres[0].tiers_id)
    await monde.negocier(monde.switch, 2, prix_ht=None, fournisseur_id=autres[1].tiers_id)
    groupe = (await monde.besoins())["elements"][0]
    vues = [(n["fournisseur_nom"], n["est_moins_chere"], n["est_plus_rapide"]) for n in groupe["negociations"]]
    assert vues == [
        ("Domotek", True, False),
        ("Elektra Distribution", False, True),
        ("Rhône Réseaux", False, False),
    ]
    assert groupe["etat"] == "en_negociation"


@pytest.mark.feature("PU-11")
async def test_needs_of_several_projects_are_grouped_and_the_split_is_kept(monde: Monde) -> None:
    feuilles = [une_feuille([un_attendu(monde.switch, n)], devis_numero=f"DEV-2026-0000{n}") for n in (1, 2, 3)]
    await recevoir(monde.database, *feuilles)
    besoins = (await monde.besoins())["elements"][0]["besoins"]
    negociation = await monde.negocier(
        monde.switch, None, besoins=[{"besoin_id": b["id"], "quantite": b["net"]} for b in besoins]
    )
    assert negociation["quantite"] == "6.000"
    repartition = {p["demande_id"]: p["quantite"] for p in negociation["parts"]}
    assert repartition == {str(f.demande_id): f"{n}.000" for n, f in zip((1, 2, 3), feuilles, strict=True)}
    (fait,) = await faits(monde.database, NegociationOuverte)
    assert set(fait.demande_ids) == {f.demande_id for f in feuilles}


async def test_a_closed_negociation_no_longer_changes_until_it_is_reopened(monde: Monde) -> None:
    negociation = await monde.negocier(monde.switch)
    url = f"/negociations/{negociation['id']}"
    assert (await monde.poster(f"{url}/fermer", statut=200))["etat"] == "fermee"
    assert (await monde.poster(f"{url}/fermer", statut=409))["code"] == "negociation_transition"
    assert (await monde.client.patch(url, json={"quantite": "2"})).json()["code"] == "negociation_figee"
    assert (await monde.poster(f"{url}/rouvrir", statut=200))["etat"] == "ouverte"


async def test_what_does_not_hold_is_refused_in_french(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.borne, 2)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    part = {"besoin_id": besoin["id"], "quantite": 2}
    base = {"fournisseur_id": str(monde.fournisseur.tiers_id), "produit_id": str(monde.switch.produit_id)}
    for corps, statut, code in (
        (base | {"fournisseur_id": str(new_id())}, 404, "fournisseur_inconnu"),
        (base | {"produit_id": str(new_id())}, 404, "produit_inconnu"),
        (base | {"besoins": [part]}, 422, "besoin_autre_produit"),
        (base | {"besoins": [part | {"besoin_id": str(new_id())}]}, 404, "besoin_inconnu"),
        (base | {"produit_id": str(monde.borne.produit_id), "besoins": [part, part]}, 422, "besoin_en_double"),
        (
            base | {"produit_id": str(monde.borne.produit_id), "besoins": [part], "quantite": 1},
            422,
            "repartition_trop_grande",
        ),
        (base | {"quantite": "-1"}, 422, "saisie_invalide"),
        (base | {"quantite": "1e30"}, 422, "saisie_invalide"),
    ):
        reponse = await monde.client.post("/negociations", json=corps)
        assert (reponse.status_code, reponse.json()["code"]) == (statut, code), reponse.text


async def test_a_repeated_request_opens_one_negociation(monde: Monde) -> None:
    corps = {"produit_id": str(monde.switch.produit_id), "fournisseur_id": str(monde.fournisseur.tiers_id)}
    cle = {"Idempotency-Key": "clic-1"}
    premiere = await monde.client.post("/negociations", json=corps, headers=cle)
    seconde = await monde.client.post("/negociations", json=corps, headers=cle)
    assert premiere.json() == seconde.json()
    assert len((await monde.lire("/negociations"))["elements"]) == 1


async def test_reading_is_not_buying(monde: Monde, service_client: ServiceClient) -> None:
    lecteur = await service_client("purchasing", monde.database, "achat.lire")
    corps = {"produit_id": str(monde.switch.produit_id), "fournisseur_id": str(monde.fournisseur.tiers_id)}
    refus = await lecteur.post("/negociations", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (403, "permission_manquante")
    assert (await lecteur.get("/negociations")).status_code == 200


@pytest.mark.feature("PU-04", "PU-12")
async def test_several_products_are_asked_to_a_supplier_at_once(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 4), un_attendu(monde.borne, 2)])
    await recevoir(monde.database, feuille)
    groupes = (await monde.besoins(demande_id=feuille.demande_id))["elements"]
    offres = [
        {
            "produit_id": g["produit_id"],
            "prix_ht": "110",
            "besoins": [{"besoin_id": g["besoins"][0]["id"], "quantite": g["net"]}],
        }
        for g in groupes
    ]
    chez = {"fournisseur_id": str(monde.fournisseur.tiers_id), "avancement": "panier"}
    ouvertes = await monde.poster("/negociations/lot", chez | {"offres": offres})
    assert [(n["designation"], n["quantite"], n["prix_ht"], n["avancement"]) for n in ouvertes] == [
        (g["designation"], g["net"], "110.0000", "panier") for g in groupes
    ]
    annoncees = await faits(monde.database, NegociationOuverte)
    assert {f.negociation_id for f in annoncees} == {UUID(n["id"]) for n in ouvertes}


async def test_of_several_products_all_are_asked_or_none(monde: Monde) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 4), un_attendu(monde.borne, 2)])
    await recevoir(monde.database, feuille)
    chez = {"fournisseur_id": str(monde.fournisseur.tiers_id)}
    switch, borne = str(monde.switch.produit_id), str(monde.borne.produit_id)
    besoins = {g["produit_id"]: g["besoins"][0]["id"] for g in (await monde.besoins())["elements"]}
    trop = {"produit_id": borne, "quantite": "1", "besoins": [{"besoin_id": besoins[borne], "quantite": "2"}]}
    pris = {"besoin_id": besoins[switch], "quantite": "4"}
    for offre, code in ((trop, "repartition_trop_grande"), ({"produit_id": str(new_id())}, "produit_inconnu")):
        reponse = await monde.client.post(
            "/negociations/lot", json=chez | {"offres": [{"produit_id": switch, "besoins": [pris]}, offre]}
        )
        assert reponse.json()["code"] == code, reponse.text
    assert "« Borne" in (await monde.client.post("/negociations/lot", json=chez | {"offres": [trop]})).json()["detail"]
    assert (await monde.lire("/negociations"))["elements"] == []
    assert (await monde.client.post("/negociations/lot", json=chez | {"offres": []})).status_code == 422
