"""Closing, validating once, reopening with a trace."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.inventory.produit.rules import fin_de_garantie
from services.inventory.produit.schemas import SaisieProduit
from shared.contracts.inventory import FeuillePrete, FeuilleRouverte, FeuilleValidee, PreparationCloturee
from shared.kernel.clock import jour_paris
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes
from tests.services.inventory.feuille.test_placement import agir, la_feuille

Json = dict[str, Any]


async def un_copieur_place(atelier: Atelier, client: httpx.AsyncClient) -> tuple[Json, Json]:
    """A feuille with a copier on it, and the copier."""
    ligne = une_ligne(
        attend(atelier.copieur), attend(atelier.pose), maintenance_souhaitee=True, total_ht="4990", deee_ht="16.5"
    )
    await atelier.recevoir(un_devis_valide(ligne))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ9",))))
    feuille = await la_feuille(client)
    return feuille, feuille["colonnes"][0]["objets"][0]


async def preparer(client: httpx.AsyncClient, objet: Json) -> str:
    """Configure, tick and label the copier; its label code."""
    url = f"/historiques/{objet['id']}"
    valeurs = {"adresse_ip": "192.168.1.20", "compteur_noir": "1 204", "mot_de_passe": "S3cret!"}
    assert (await client.put(f"{url}/configuration", json={"valeurs": valeurs})).status_code == 200
    assert (await client.put(f"{url}/actions/firmware", json={"est_faite": True})).status_code == 200
    code: str = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    assert (await client.post(f"{url}/etiquette", json={"code": code})).status_code == 200
    return code


async def test_closing_the_preparation_tells_the_office(atelier: Atelier, client: httpx.AsyncClient) -> None:
    feuille, _ = await un_copieur_place(atelier, client)
    vue = await agir(client, feuille, "cloturer")

    assert (vue["etat"], vue["cloturee_par"]) == ("cloturee", "Camille Test")
    assert len(await atelier.publies(PreparationCloturee)) == 1


async def test_a_guarantee_runs_from_the_delivery_and_a_correction_does_not_move_it(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    produit = (await client.get(f"/produits/{atelier.copieur.id}")).json()
    champs = SaisieProduit.model_fields
    saisie = {nom: valeur for nom, valeur in produit.items() if nom in champs} | {"garantie_mois": 24}
    assert (await client.put(f"/produits/{produit['id']}", json=saisie)).status_code == 200
    feuille, objet = await un_copieur_place(atelier, client)
    fiche = (await client.get(f"/historiques/{objet['id']}")).json()
    assert (fiche["garantie_jusqu_au"], fiche["garantie_mois"]) == (None, 24)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    jour = fin_de_garantie(jour_paris(atelier.database.clock.now()), 24)
    assert [o.garantie_jusqu_au for o in (await atelier.publies(FeuilleValidee))[-1].objets] == [jour]
    await agir(client, feuille, "rouvrir", motif="Étiquette oubliée")
    apres = saisie | {"garantie_mois": 12, "est_visible_parc": False}
    assert (await client.put(f"/produits/{produit['id']}", json=apres)).status_code == 200
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    assert [o.garantie_jusqu_au for o in (await atelier.publies(FeuilleValidee))[-1].objets] == [jour]
    assert [o.est_visible_parc for o in (await atelier.publies(FeuilleValidee))[-1].objets] == [True]


async def test_validating_sends_everything_once(atelier: Atelier, client: httpx.AsyncClient) -> None:
    feuille, objet = await un_copieur_place(atelier, client)
    code = await preparer(client, objet)
    vue = await agir(client, feuille, "valider")

    fait = (await atelier.publies(FeuilleValidee))[0]
    installe = fait.objets[0]
    assert vue["etat"] == "validee"
    assert (fait.lignes[0].total_ht, fait.lignes[0].deee_ht) == (Decimal(4990), Decimal("16.5"))
    assert (installe.numero_serie, installe.etiquette, installe.facture_fournisseur) == ("CZ9", code, "FS-8812")
    assert installe.configuration == {"adresse_ip": "192.168.1.20", "compteur_noir": "1204"}
    assert (installe.est_visible_parc, installe.maintenance_souhaitee) == (True, True)
    assert str(installe.cout_ht) == "10.40"
    assert "S3cret!" not in fait.model_dump_json()
    assert (await objets(client, etat="installe"))[0]["lieu"] == "Mairie d’Annecy"
    await verifier_soldes(atelier.database)


@pytest.mark.feature("IN-29")
async def test_a_validated_feuille_is_read_only_until_a_traced_reopening(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    feuille, objet = await un_copieur_place(atelier, client)
    await preparer(client, objet)
    await agir(client, feuille, "valider")
    url = f"/feuilles/{feuille['id']}"

    encore = (await client.post(f"{url}/valider")).json()
    assert encore["code"] == "etat_deja_atteint"
    assert "est déjà validée" in encore["detail"]
    assert (await client.post(f"{url}/prelever-reserve")).json()["code"] == "feuille_verrouillee"
    configurer = await client.put(
        f"/historiques/{objet['id']}/configuration", json={"valeurs": {"adresse_ip": "10.0.0.1"}}
    )
    assert (configurer.status_code, configurer.json()["code"]) == (409, "feuille_verrouillee")
    assert len(await atelier.publies(FeuilleValidee)) == 1

    vue = await agir(client, feuille, "rouvrir", motif="Adresse IP fausse")
    assert (vue["etat"], vue["rouverte_par"], vue["rouverte_motif"]) == ("ouverte", "Camille Test", "Adresse IP fausse")
    await client.put(f"/historiques/{objet['id']}/configuration", json={"valeurs": {"adresse_ip": "10.0.0.1"}})
    assert len(await atelier.publies(FeuillePrete)) == 2
    await agir(client, feuille, "valider")
    assert (await atelier.publies(FeuilleValidee))[-1].objets[0].configuration["adresse_ip"] == "10.0.0.1"


async def test_a_reopened_feuille_tells_what_it_misses_and_keeps_what_is_in_stock(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone, "3"))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1")))
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1")))
    await agir(client, feuille, "rouvrir", motif="Deux téléphones manquaient")
    (fait,) = await atelier.publies(FeuilleRouverte)
    (attendu,) = fait.etat.attendus
    assert [int(q) for q in (attendu.quantite, attendu.present, attendu.reserve, attendu.manquant)] == [3, 1, 1, 1]
    assert (fait.motif, fait.rouverte_par, fait.etat.numero) == (
        "Deux téléphones manquaient",
        "Camille Test",
        feuille["numero"],
    )
    await verifier_soldes(atelier.database)


async def test_the_same_validation_key_answers_twice_and_acts_once(atelier: Atelier, client: httpx.AsyncClient) -> None:
    feuille, objet = await un_copieur_place(atelier, client)
    await preparer(client, objet)
    cle = {"Idempotency-Key": "validation-1"}
    premiere = await client.post(f"/feuilles/{feuille['id']}/valider", headers=cle)
    seconde = await client.post(f"/feuilles/{feuille['id']}/valider", headers=cle)

    assert premiere.status_code == seconde.status_code == 200
    assert premiere.json() == seconde.json()
    assert len(await atelier.publies(FeuilleValidee)) == 1


async def test_a_column_to_finish_is_a_warning_that_can_be_accepted(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    feuille, _ = await un_copieur_place(atelier, client)
    await agir(client, feuille, "cloturer")

    refus = await client.post(f"/feuilles/{feuille['id']}/valider")
    assert (refus.status_code, refus.json()["code"]) == (409, "feuille_incomplete")
    assert "colonnes à finir : 1" in refus.json()["detail"]
    vue = await agir(client, feuille, "valider", malgre_ecarts=True)
    assert vue["etat"] == "validee"


async def test_what_was_kept_and_not_used_is_free_again(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "10")),
        un_devis_valide(une_ligne(attend(atelier.cable, "4"))),
    )
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)

    stock = (await client.get(f"/produits/{atelier.cable.id}/stock")).json()
    assert stock[0]["disponible"] == "10.000"
    await verifier_soldes(atelier.database)


async def test_costs_are_hidden_from_whoever_may_not_see_them(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Any
) -> None:
    feuille, objet = await un_copieur_place(atelier, client)
    assert objet["cout_unitaire_ht"] == "10.4000"
    entetes = jeton("feuille.lire", "stock.lire", "produit.lire")
    vue = (await client.get(f"/feuilles/{feuille['id']}", headers=entetes)).json()
    fiche = (await client.get(f"/historiques/{objet['id']}", headers=entetes)).json()
    liste = (await client.get("/historiques", headers=entetes)).json()
    produit = (await client.get(f"/produits/{atelier.copieur.id}", headers=entetes)).json()
    assert vue["colonnes"][0]["objets"][0]["cout_unitaire_ht"] is None
    assert fiche["cout_unitaire_ht"] is None
    assert liste["elements"][0]["cout_unitaire_ht"] is None
    assert produit["prix_achat_ht"] is None


async def test_the_zone_and_the_priority_are_changed_on_the_version_read(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    feuille, _ = await un_copieur_place(atelier, client)
    corps = {"priorite": 0, "zone": "Palette 4"}
    url = f"/feuilles/{feuille['id']}"
    vue = (await client.put(url, json=corps, headers={"If-Match": str(feuille["version"])})).json()
    assert (vue["priorite"], vue["zone"]) == (0, "Palette 4")
    perimee = await client.put(url, json=corps, headers={"If-Match": str(feuille["version"])})
    assert (perimee.status_code, perimee.json()["code"]) == (409, "version_perimee")
