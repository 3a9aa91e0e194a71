"""The SAV circuit: the gate, the technician, time before the end."""

from uuid import UUID

import pytest

from shared.contracts.demandes import SavOuvert, SavRefuse, TempsSaisi
from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.builders.demandes import Monde

TEMPS = {"jour": "2026-03-17", "minutes": 45, "travaux": "Micrologiciel remis à jour"}


async def _sav(monde: Monde, **champs: object) -> dict[str, object]:
    await monde.recevoir(b.accord_signe(monde.tiers_id))
    return await monde.ouvrir("sav", objet="Copieur en panne", **champs)


@pytest.mark.feature("MA-30")
async def test_sans_contrat_ni_tarifs_signes_le_sav_est_refuse_meme_par_l_api(monde: Monde) -> None:
    corps = {"type_code": "sav", "tiers_id": str(monde.tiers_id), "objet": "Panne"}
    reponse = await monde.http.post("/demandes", json=corps, headers={"Idempotency-Key": "sav-1"})
    assert reponse.status_code == 409
    assert reponse.json()["code"] == "sav_sans_couverture"
    assert "ni contrat ni tarifs signés" in reponse.json()["detail"]
    assert (await monde.http.get("/demandes")).json()["elements"] == []
    (refus,) = await b.faits(monde.database, SavRefuse)
    assert refus.tiers_id == monde.tiers_id


async def test_les_tarifs_refuses_sont_la_raison_du_refus(monde: Monde) -> None:
    await monde.recevoir(b.accord_refuse(monde.tiers_id))
    corps = {"type_code": "sav", "tiers_id": str(monde.tiers_id), "objet": "Panne"}
    assert "ont été refusés" in (await monde.http.post("/demandes", json=corps)).json()["detail"]


@pytest.mark.feature("DM-28", "MA-25")
async def test_un_objet_sous_contrat_ouvre_un_sav_nouveau(monde: Monde) -> None:
    objet = new_id()
    await monde.recevoir(b.couverture(monde.tiers_id, objet))
    demande = await monde.ouvrir("sav", equipement_id=str(objet))
    assert demande["etat_code"] == "nouveau"
    assert demande["sous_contrat"]
    tableau = (await monde.http.get("/tableaux/sav/cartes")).json()
    assert tableau["colonnes"][0]["cartes"][0]["id"] == demande["id"]
    (ouvert,) = await b.faits(monde.database, SavOuvert)
    assert ouvert.contrat_id is not None
    autre = {"type_code": "sav", "tiers_id": str(monde.tiers_id), "objet": "x", "equipement_id": str(new_id())}
    assert (await monde.http.post("/demandes", json=autre)).status_code == 409


@pytest.mark.feature("MA-26")
async def test_les_tarifs_signes_ouvrent_la_porte(monde: Monde) -> None:
    demande = await _sav(monde)
    assert demande["accord_id"] is not None
    vue = (await monde.http.get(f"/couverture/{monde.tiers_id}")).json()
    assert vue["est_acquise"]


@pytest.mark.feature("DM-29")
async def test_je_prends_donne_l_etat_et_le_nom(monde: Monde) -> None:
    demande = await _sav(monde)
    prise = (await monde.http.post(f"/demandes/{demande['id']}/prendre")).json()
    assert (prise["etat_code"], prise["responsable_nom"]) == ("j_y_travaille", "Camille Test")


@pytest.mark.feature("DM-30", "DM-34")
async def test_resolu_demande_du_temps_et_des_travaux(monde: Monde) -> None:
    demande = await _sav(monde)
    refus = await monde.passer(demande, "j_y_travaille", "resolu")
    assert refus.status_code == 409
    assert refus.json()["code"] == "temps_manquant"
    url = f"/demandes/{demande['id']}/temps"
    for qui in (monde.sophie, monde.karim):
        assert (await monde.http.post(url, json={**TEMPS, "collaborateur_id": str(qui)})).status_code == 201
    temps = (await monde.http.get(url)).json()
    assert temps["total_minutes"] == 90
    assert [t["collaborateur_nom"] for t in temps["elements"]] == ["Sophie Durand", "Karim Aït Ouali"]
    assert (await monde.passer(demande, "resolu")).json()["est_close"]
    annonces = await b.faits(monde.database, TempsSaisi)
    assert [a.minutes for a in annonces] == [45, 45]
    assert annonces[0].accord_id == UUID(str(demande["accord_id"]))


@pytest.mark.feature("DM-31", "DM-32")
async def test_le_deplacement_se_planifie_puis_le_technicien_part(monde: Monde) -> None:
    demande = await _sav(monde)
    await monde.passer(demande, "deplacement_a_prevoir")
    planning = (await monde.http.get("/planning")).json()
    assert [d["numero"] for d in planning["a_planifier"]] == [demande["numero"]]
    creneau = {"jour": "2026-03-18", "demi": "matin", "collaborateur_ids": [str(monde.karim)], "nature": "sav"}
    posee = (await monde.http.post("/interventions", json={"demande_id": demande["id"], **creneau})).json()
    agenda = (await monde.http.get("/interventions", params={"collaborateur_id": str(monde.karim)})).json()
    assert [i["id"] for i in agenda["elements"]] == [posee["id"]]
    assert (await monde.http.get("/planning")).json()["a_planifier"] == []
    partie = (await monde.http.post(f"/interventions/{posee['id']}/demarrer")).json()
    assert partie["demarre_le"] is not None
    await b.circuler(monde.database)
    assert await monde.etat(demande) == "en_deplacement"


@pytest.mark.feature("DM-33")
async def test_cloturee_demande_du_temps_sinon_l_etat_est_seulement_propose(monde: Monde) -> None:
    demande = await _sav(monde)
    creneau = {"jour": "2026-03-18", "demi": "matin", "collaborateur_ids": [str(monde.karim)], "nature": "sav"}
    posee = (await monde.http.post("/interventions", json={"demande_id": demande["id"], **creneau})).json()
    await monde.http.post(f"/interventions/{posee['id']}/demarrer")
    await b.circuler(monde.database)
    assert (await monde.passer(demande, "cloturee")).json()["code"] == "temps_manquant"
    await monde.http.post(f"/interventions/{posee['id']}/terminer", json={"compte_rendu": "Tambour remplacé"})
    await b.circuler(monde.database)
    assert (await monde.lire(demande))["proposition"]["vers"] == "cloturee"
    url = f"/demandes/{demande['id']}"
    assert (await monde.http.post(f"{url}/appliquer-proposition")).json()["code"] == "temps_manquant"
    await monde.http.post(f"{url}/temps", json=TEMPS)
    assert (await monde.http.post(f"{url}/appliquer-proposition")).json()["etat_code"] == "cloturee"


@pytest.mark.feature("DM-35")
async def test_une_visite_due_ouvre_une_seule_demande(monde: Monde) -> None:
    visite = b.visite_due(monde.tiers_id)
    await monde.recevoir(visite, visite, b.visite_due(monde.tiers_id))
    tableau = (await monde.http.get("/tableaux/maintenances/cartes")).json()
    cartes = tableau["colonnes"][0]["cartes"]
    assert tableau["colonnes"][0]["libelle"] == "À planifier"
    assert len(cartes) == 2
    lue = await monde.lire(cartes[0])
    assert (lue["type_code"], lue["echeance"]) == ("maintenance", "2026-04-01")
    assert [lien["objet_type"] for lien in lue["liens"]] == ["visite"]


async def test_la_visite_planifiee_puis_realisee_avance_toute_seule(monde: Monde) -> None:
    from shared.contracts.maintenance import VisiteRealisee

    visite = b.visite_due(monde.tiers_id)
    await monde.recevoir(visite)
    (demande,) = (await monde.http.get("/demandes")).json()["elements"]
    creneau = {"jour": "2026-04-02", "demi": "journee", "equipe_id": str(monde.equipe), "nature": "visite"}
    posee = await monde.http.post("/interventions", json={"demande_id": demande["id"], **creneau})
    assert len(posee.json()["collaborateur_ids"]) == 2
    await b.circuler(monde.database)
    assert await monde.etat(demande) == "planifiee"
    await monde.recevoir(
        VisiteRealisee(
            visite_id=visite.visite_id,
            contrat_id=visite.contrat_id,
            tiers_id=monde.tiers_id,
            realisee_le=b.SIGNATURE,
        )
    )
    assert await monde.etat(demande) == "realisee"


@pytest.mark.feature("DM-27")
async def test_la_fille_commerciale_suit_tout_le_circuit_et_le_sav_se_ferme_de_son_cote(monde: Monde) -> None:
    sav = await _sav(monde)
    fille = (await monde.http.post(f"/demandes/{sav['id']}/remplacement", json={"constat": "Irréparable"})).json()
    etapes = (
        (b.devis_envoye(fille), "attente_client"),
        (b.devis_valide(fille), "devis_valide"),
        (b.negociation_ouverte(fille), "achats_en_cours"),
        (b.besoins_commandes(fille), "attente_reception"),
        (b.feuille_approvisionnee(fille, reste=2), "produits_recus_partiel"),
        (b.feuille_approvisionnee(fille), "produits_recus"),
    )
    for fait, attendu in etapes:
        await monde.recevoir(fait)
        assert (await monde.etat(fille), await monde.etat(sav)) == (attendu, "nouveau"), fait.type
    await monde.http.post(f"/demandes/{sav['id']}/temps", json=TEMPS)
    assert (await monde.passer(sav, "j_y_travaille", "resolu")).json()["est_close"]
    assert (await monde.passer(fille, "preparation")).json()["etat_code"] == "preparation"
    await monde.recevoir(b.feuille_prete(fille))
    creneau = {"jour": "2026-03-18", "demi": "matin", "collaborateur_ids": [str(monde.karim)]}
    posee = (await monde.http.post("/interventions", json={"demande_id": fille["id"], **creneau})).json()
    for verbe in ("demarrer", "terminer"):
        await monde.http.post(f"/interventions/{posee['id']}/{verbe}", json={})
        await b.circuler(monde.database)
        assert await monde.etat(fille) == "livraison_a_prevoir"
    await monde.recevoir(b.feuille_validee(fille), b.facture_envoyee(fille))
    lue, mere = await monde.lire(fille), await monde.lire(sav)
    assert (lue["etat_code"], lue["est_close"], lue["parent"]["id"]) == ("facture", True, sav["id"])
    assert [(f["id"], f["etat_libelle"]) for f in mere["filles"]] == [(fille["id"], "Facturé")]
    assert mere["etat_code"] == "resolu"
