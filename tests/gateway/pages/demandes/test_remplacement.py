"""A SAV finds equipment to replace, remotely or on site: the demande of sale opens in the same gesture."""

import re

import pytest

from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur


async def _sav(navigateur: Navigateur) -> dict[str, object]:
    """A SAV on a copier under contract, whose name is known."""
    copieur = b.equipement_ajoute(navigateur.monde.tiers_id, "Copieur couleur C257i")
    await navigateur.monde.recevoir(copieur, b.couverture(navigateur.monde.tiers_id, copieur.equipement_id))
    objet = str(copieur.equipement_id)
    return await navigateur.monde.ouvrir("sav", objet="Copieur en panne", equipement_id=objet)


async def _sur_place(navigateur: Navigateur, sav: dict[str, object]) -> tuple[Navigateur, str]:
    """The technician planned there has begun; where he says that it is done."""
    creneau = {"jour": "2026-03-17", "demi": "matin", "collaborateur_ids": [str(navigateur.monde.karim)]}
    await navigateur.monde.http.post("/interventions", json={"demande_id": sav["id"], **creneau, "nature": "sav"})
    technicien = await navigateur.asseoir("antoine", "technicien")
    depart = re.search(r'hx-post="([^"]+/demarrer)"', await technicien.ouvrir("/planning/interventions"))
    assert depart is not None
    assert (await technicien.envoyer(depart[1])).status_code == 204
    return technicien, depart[1].replace("demarrer", "terminer")


async def _fille(navigateur: Navigateur, sav: dict[str, object], constat: str) -> None:
    """The page of the SAV shows its child, the page of the child its equipment, its reason and its parent."""
    mere = await navigateur.monde.lire(sav)
    (resume,) = mere["filles"]
    fille = await navigateur.monde.lire(resume)
    assert (fille["type_code"], fille["etat_code"]) == ("commercial", "devis_a_realiser")
    assert (fille["equipement_id"], fille["objet"]) == (mere["equipement_id"], "Remplacement : Copieur couleur C257i")
    page = await navigateur.ouvrir(f"/demandes/{sav['id']}")
    assert re.search(rf'href="/demandes/{fille["id"]}".*?Devis à réaliser', page, re.S), (
        "la mère dit où en est sa fille"
    )
    assert ">Projet</h2>" not in page, "rien n'est vendu : pas de carte vide"
    page = await navigateur.ouvrir(f"/demandes/{fille['id']}")
    for attendu in ("Copieur couleur C257i", constat, f'href="/demandes/{sav["id"]}"', "Faire le devis"):
        assert attendu in page, attendu


@pytest.mark.feature("DM-25")
async def test_un_depannage_a_distance_coche_le_materiel_a_remplacer(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    technicien = await navigateur.asseoir("antoine", "technicien")
    base = f"/demandes/{sav['id']}"
    assert "Matériel à remplacer" in await technicien.ouvrir(f"{base}/temps", X_Fenetre="dialogue")
    champs = {"jour": "2026-03-17", "minutes": "20", "travaux": "Tambour mort, carte hors d’âge"}
    reponse = await technicien.envoyer(f"{base}/temps", **champs, a_remplacer="1")
    assert "D-0002" in reponse.headers["hx-trigger"]
    await _fille(navigateur, sav, "Tambour mort, carte hors d’âge")
    await technicien.envoyer(f"{base}/temps", **champs)
    assert len((await navigateur.monde.lire(sav))["filles"]) == 1, "sans la coche, rien ne s’ouvre"
    vente = await navigateur.monde.ouvrir()
    assert "Matériel à remplacer" not in await technicien.ouvrir(f"/demandes/{vente['id']}/temps")


@pytest.mark.feature("DM-26")
async def test_un_depannage_sur_place_coche_le_materiel_a_remplacer(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    technicien, terminer = await _sur_place(navigateur, sav)
    assert terminer in await technicien.ouvrir("/planning/interventions")
    assert "Matériel à remplacer" in await technicien.ouvrir(terminer)
    champs = {"compte_rendu": "Four grillé, irréparable", "heures": "1", "minutes": "30", "a_remplacer": "1"}
    reponse = await technicien.envoyer(terminer, **champs)
    assert reponse.status_code == 204, reponse.text
    await _fille(navigateur, sav, "Four grillé, irréparable")
    assert (await navigateur.monde.lire(sav))["temps_minutes"] == 90
    (faite,) = (await navigateur.monde.http.get("/interventions")).json()["elements"]
    assert (faite["etat"], faite["compte_rendu"]) == ("terminee", "Four grillé, irréparable")


@pytest.mark.feature("DM-33")
async def test_un_depannage_termine_sans_temps_propose_de_le_saisir_puis_de_cloturer(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    technicien, terminer = await _sur_place(navigateur, sav)
    await b.circuler(navigateur.monde.database)
    await technicien.envoyer(terminer, compte_rendu="Carte changée")
    await b.circuler(navigateur.monde.database)
    base = f"/demandes/{sav['id']}"
    fiche = await technicien.ouvrir(base)
    assert "Passer à « Clôturée »" in fiche.replace("\xa0", " ")
    assert "Saisir le temps" in fiche
    refus = await technicien.envoyer(f"{base}/proposition/appliquer")
    assert (refus.status_code, refus.json()["code"]) == (409, "temps_manquant")
    await technicien.envoyer(f"{base}/temps", jour="2026-03-17", minutes="45", travaux="Carte changée")
    assert "Saisir le temps" not in await technicien.ouvrir(base)
    await technicien.envoyer(f"{base}/proposition/appliquer")
    assert (await navigateur.monde.lire(sav))["etat_code"] == "cloturee"


async def test_le_client_signe_la_fin_de_l_intervention_ou_personne(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    technicien, terminer = await _sur_place(navigateur, sav)
    page = await technicien.ouvrir(terminer)
    assert "Cadre où dessiner la signature" in page
    champs = {"compte_rendu": "Carte changée", "heures": "1", "minutes": "0"}
    for a_moitie in ({"signe_par": "Paul Durand", "trace": ""}, {"signe_par": "", "trace": "M1 1L9 9"}):
        refus = await technicien.envoyer(terminer, **champs, **a_moitie)
        assert refus.status_code == 422
        assert "Indiquez qui signe" in refus.text
        assert "Carte changée" in refus.text
    assert (await navigateur.monde.lire(sav))["temps_minutes"] == 0, "rien n'est saisi avant que tout soit bon"
    reponse = await technicien.envoyer(terminer, **champs, signe_par="Paul Durand", trace="M1 1L9 9")
    assert reponse.status_code == 204, reponse.text
    page = await technicien.ouvrir(terminer.removesuffix("/terminer"))
    assert "Signature de Paul Durand" in page
    assert '<path d="M1 1L9 9"/>' in page
    assert "Paul Durand" not in (await navigateur.monde.http.get("/interventions")).text


async def test_un_materiel_a_remplacer_sur_une_fille_s_ouvre_a_cote_d_elle(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    corps = {"type_code": "sav", "objet": "Autre panne", "equipement_id": sav["equipement_id"]}
    fille = (await navigateur.monde.http.post(f"/demandes/{sav['id']}/filles", json=corps)).json()
    vente = (await navigateur.monde.http.post(f"/demandes/{fille['id']}/remplacement", json={})).json()
    assert vente["parent"]["id"] == sav["id"]
    assert fille["numero"] in vente["description"]
    assert (await navigateur.monde.http.post(f"/demandes/{new_id()}/remplacement", json={})).status_code == 404


async def test_the_sav_leads_to_the_exchange_of_its_object(navigateur: Navigateur) -> None:
    sav = await _sav(navigateur)
    page = await navigateur.ouvrir(f"/demandes/{sav['id']}")
    assert f'href="/parc/equipements/{sav["equipement_id"]}/echange?demande_id={sav["id"]}"' in page
