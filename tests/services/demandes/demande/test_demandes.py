"""Opening and following demandes through the API."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.contacts import TiersModifie
from shared.contracts.demandes import DemandeCreee, DemandeModifiee
from shared.contracts.gateway import CompteModifie
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton, ServiceClient
from tests.builders import demandes as b
from tests.builders.demandes import Monde


@pytest.mark.feature("DM-01")
async def test_l_accueil_ouvre_une_demande_visible_sur_le_tableau(monde: Monde) -> None:
    demande = await monde.ouvrir(
        objet="Fibre et Wi-Fi", description="Appel du matin", urgence="haute", echeance="2026-04-01"
    )
    assert (demande["urgence"], demande["echeance"], demande["description"]) == (
        "haute",
        "2026-04-01",
        "Appel du matin",
    )
    tableau = (await monde.http.get("/tableaux/commercial/cartes")).json()
    assert [c["numero"] for c in tableau["colonnes"][0]["cartes"]] == [demande["numero"]]
    (annonce,) = await b.faits(monde.database, DemandeCreee)
    assert (annonce.etat_libelle, annonce.tiers_nom) == ("Devis à réaliser", "Cabinet Martin-Lefèvre")


async def test_un_contact_tout_juste_cree_est_accepte_avec_son_nom(monde: Monde) -> None:
    nouveau = str(new_id())
    sans_nom = await monde.http.post("/demandes", json={"type_code": "commercial", "tiers_id": nouveau, "objet": "x"})
    assert sans_nom.json()["code"] == "tiers_non_connu"
    demande = await monde.ouvrir(tiers_id=nouveau, tiers_nom="Garage des Alpes")
    assert demande["tiers_nom"] == "Garage des Alpes"


async def test_un_type_inconnu_ou_un_objet_vide_sont_refuses(monde: Monde) -> None:
    corps = {"type_code": "rma", "tiers_id": str(monde.tiers_id), "objet": "x"}
    assert (await monde.http.post("/demandes", json=corps)).json()["code"] == "type_inconnu"
    corps = {"type_code": "commercial", "tiers_id": str(monde.tiers_id), "objet": "  "}
    reponse = await monde.http.post("/demandes", json=corps)
    assert reponse.status_code == 422
    assert reponse.json()["erreurs"][0]["champ"] == "objet"


async def test_le_nom_du_client_suit_sa_fiche_sans_toucher_la_version(monde: Monde) -> None:
    demande = await monde.ouvrir()
    fiche = b.un_tiers("Cabinet Dentaire du Lac").fiche
    await monde.recevoir(TiersModifie(tiers_id=monde.tiers_id, fiche=fiche))
    lue = await monde.lire(demande)
    assert (lue["tiers_nom"], lue["version"]) == ("Cabinet Dentaire du Lac", demande["version"])
    trouvees = (await monde.http.get("/demandes", params={"q": "dentaire lac"})).json()["elements"]
    assert [d["id"] for d in trouvees] == [demande["id"]]


async def test_la_liste_cherche_sans_accents_filtre_et_pagine(monde: Monde) -> None:
    for objet, urgence in (("Câblage étage", "normale"), ("Caméras dôme", "urgente"), ("Copieur couleur", "basse")):
        await monde.ouvrir(objet=objet, urgence=urgence)

    async def objets(**params: Any) -> list[str]:
        reponse = await monde.http.get("/demandes", params=params)
        assert reponse.status_code == 200, reponse.text
        return [d["objet"] for d in reponse.json()["elements"]]

    assert await objets() == ["Caméras dôme", "Câblage étage", "Copieur couleur"]
    assert await objets(q="cameras") == ["Caméras dôme"]
    assert await objets(urgence="basse") == ["Copieur couleur"]
    assert await objets(type_code="sav") == []
    page = (await monde.http.get("/demandes", params={"limite": 2})).json()
    reste = await objets(limite=2, curseur=page["curseur_suivant"])
    assert reste == ["Copieur couleur"]
    for tri in ("anciennete", "-anciennete", "echeance", "client"):
        page = (await monde.http.get("/demandes", params={"limite": 2, "tri": tri})).json()
        assert len(await objets(tri=tri, limite=2, curseur=page["curseur_suivant"])) == 1


async def test_modifier_demande_la_version_lue(monde: Monde) -> None:
    demande = await monde.ouvrir()
    corps = {"objet": "Baie 42U", "urgence": "urgente", "responsable_id": str(monde.sophie)}
    tete = {"If-Match": f'"{demande["version"]}"'}
    reponse = await monde.http.put(f"/demandes/{demande['id']}", json=corps, headers=tete)
    assert reponse.status_code == 200, reponse.text
    assert reponse.json()["responsable_nom"] == "Sophie Durand"
    assert (await monde.http.put(f"/demandes/{demande['id']}", json=corps, headers=tete)).status_code == 409
    (annonce,) = await b.faits(monde.database, DemandeModifiee)
    assert (annonce.urgence, annonce.responsable_nom) == ("urgente", "Sophie Durand")


async def test_assigner_a_un_inconnu_est_refuse(monde: Monde) -> None:
    demande = await monde.ouvrir()
    url = f"/demandes/{demande['id']}/assigner"
    assert (await monde.http.post(url, json={"responsable_id": str(new_id())})).status_code == 404
    assert (await monde.http.post(url, json={"responsable_id": str(monde.karim)})).json()["responsable_nom"] == (
        "Karim Aït Ouali"
    )
    assert (await monde.http.post(url, json={"responsable_id": None})).json()["responsable_nom"] is None


async def test_mes_demandes_sont_celles_de_mon_collaborateur(monde: Monde) -> None:
    compte = CompteModifie(
        compte_id=UUID(int=1), identifiant="camille", nom="Camille", roles=(), collaborateur_id=monde.sophie
    )
    await monde.recevoir(compte)
    await monde.ouvrir()
    sienne = await monde.ouvrir(responsable_id=str(monde.sophie))
    liste = (await monde.http.get("/demandes", params={"miennes": True})).json()["elements"]
    assert [d["id"] for d in liste] == [sienne["id"]]
    assert (await monde.http.get("/demandes/compteurs")).json()["miennes"] == 1
    prise = (await monde.http.post(f"/demandes/{liste[0]['id']}/prendre")).json()
    assert prise["responsable_id"] == str(monde.sophie)


async def test_les_notes_se_comptent_et_ne_derangent_personne(monde: Monde) -> None:
    demande = await monde.ouvrir()
    url = f"/demandes/{demande['id']}/notes"
    reponse = await monde.http.post(url, json={"texte": "Accès parking par la cour"})
    assert reponse.status_code == 201
    assert (reponse.json()["nb_notes"], reponse.json()["version"]) == (1, demande["version"])
    assert (await monde.http.post(url, json={"texte": ""})).status_code == 422
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    assert recit[0]["texte"] == "Accès parking par la cour"
    assert (await monde.http.post(f"/demandes/{new_id()}/notes", json={"texte": "x"})).status_code == 404


@pytest.mark.feature("DM-20")
async def test_les_demandes_en_attente_se_relancent(monde: Monde, clock: FrozenClock, jeton: Jeton) -> None:
    demande = await monde.ouvrir()
    await monde.passer(demande, "attente_client")
    clock.advance(timedelta(days=9))
    monde.http.headers.update(jeton())
    en_attente: dict[str, Any] = {"etat_code": "attente_client", "attente_jours": 7}
    (ligne,) = (await monde.http.get("/demandes", params=en_attente)).json()["elements"]
    assert ligne["derniere_relance_le"] is None
    relance = {"canal": "appel", "compte_rendu": "Décision la semaine prochaine", "prochaine_le": "2026-04-02"}
    await monde.http.post(f"/demandes/{demande['id']}/relances", json=relance)
    (ligne,) = (await monde.http.get("/demandes", params=en_attente)).json()["elements"]
    assert (ligne["nb_relances"], ligne["prochaine_relance_le"]) == (1, "2026-04-02")
    assert ligne["derniere_relance_le"].startswith("2026-03-26")


@pytest.mark.feature("DM-24")
async def test_une_fille_et_sa_mere_se_montrent_l_une_l_autre(monde: Monde) -> None:
    mere = await monde.ouvrir()
    reponse = await monde.http.post(
        f"/demandes/{mere['id']}/filles", json={"type_code": "interne", "objet": "Commander la nacelle"}
    )
    assert reponse.status_code == 201, reponse.text
    fille = reponse.json()
    assert fille["parent"]["numero"] == mere["numero"]
    assert fille["tiers_id"] == mere["tiers_id"]
    (vue,) = (await monde.lire(mere))["filles"]
    assert (vue["numero"], vue["etat_code"]) == (fille["numero"], "a_faire")
    trop = await monde.http.post(f"/demandes/{fille['id']}/filles", json={"type_code": "interne", "objet": "x"})
    assert trop.json()["code"] == "fille_de_soi_meme"


@pytest.mark.feature("GW-09")
async def test_toute_la_vie_du_projet_est_sur_la_demande(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(
        b.etude_creee(demande),
        b.devis_envoye(demande),
        b.negociation_ouverte(demande),
        b.commande_passee(demande),
        b.feuille_creee(demande),
        b.facture_envoyee(demande),
    )
    liens = (await monde.lire(demande))["liens"]
    assert {lien["objet_type"] for lien in liens} == {
        "etude",
        "proposition",
        "negociation",
        "commande",
        "feuille",
        "facture",
    }
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    titres = {m["titre"] for m in recit if m["genre"] == "fait"}
    assert "La commande CF-2026-00001 a été passée à Elektra Distribution" in titres
    assert all(m["objet_id"] for m in recit if m["genre"] == "fait")


async def test_chaque_droit_est_verifie_dans_le_service(monde: Monde, service_client: ServiceClient) -> None:
    demande = await monde.ouvrir()
    lecteur = await service_client("demandes", monde.database, "demande.lire")
    assert (await lecteur.get(f"/demandes/{demande['id']}")).status_code == 200
    interdits = (
        ("/demandes", {"type_code": "commercial", "tiers_id": str(monde.tiers_id), "objet": "x"}),
        (f"/demandes/{demande['id']}/etat", {"vers": "perdu"}),
        (f"/demandes/{demande['id']}/notes", {"texte": "x"}),
        (f"/demandes/{demande['id']}/temps", {"jour": "2026-03-17", "minutes": 5, "travaux": "x"}),
        ("/interventions", {"demande_id": demande["id"]}),
        ("/tableaux", {"code": "x", "libelle": "X", "colonnes": [{"libelle": "a", "etats": []}]}),
    )
    for url, corps in interdits:
        assert (await lecteur.post(url, json=corps)).status_code == 403, url
    muet = await service_client("demandes", monde.database, "tiers.lire")
    for url in ("/demandes", "/tableaux", "/tableaux/commercial/cartes", "/planning", "/temps"):
        assert (await muet.get(url)).status_code == 403, url


async def test_le_prix_des_achats_demande_le_droit_de_voir_les_couts(
    monde: Monde, service_client: ServiceClient
) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.commande_passee(demande), b.devis_envoye(demande))
    lecteur = await service_client("demandes", monde.database, "demande.lire")
    liens = (await lecteur.get(f"/demandes/{demande['id']}")).json()["liens"]
    assert {lien["objet_type"]: lien["montant"] for lien in liens} == {"commande": None, "proposition": "1200.00"}
