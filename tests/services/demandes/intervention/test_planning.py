"""The planning: half-days, people, conflicts, and when planning is allowed."""

from uuid import uuid4

import pytest

from shared.contracts.demandes import InterventionPlanifiee
from tests.builders import demandes as b
from tests.builders.demandes import Monde


async def _a_livrer(monde: Monde) -> dict[str, object]:
    demande = await monde.ouvrir(duree_prevue_minutes=360, personnes_prevues=2)
    await monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    return demande


@pytest.mark.feature("DM-22")
async def test_une_date_et_une_equipe_sont_donnees_et_l_equipe_les_voit(monde: Monde) -> None:
    demande = await _a_livrer(monde)
    planning = (await monde.http.get("/planning", params={"jour": "2026-03-18"})).json()
    (attente,) = planning["a_planifier"]
    assert (attente["numero"], attente["duree_prevue_minutes"], attente["personnes_prevues"]) == ("D-0001", 360, 2)
    assert planning["jours"] == [f"2026-03-{n}" for n in range(16, 22)]
    creneau = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "journee", "equipe_id": str(monde.equipe)}
    assert (await monde.http.post("/interventions", json=creneau)).status_code == 201
    planning = (await monde.http.get("/planning", params={"jour": "2026-03-18"})).json()
    (placee,) = planning["interventions"]
    assert placee["cases"] == [{"jour": "2026-03-19", "demi": d} for d in ("matin", "apres_midi")]
    assert placee["collaborateurs"] == ["Sophie Durand", "Karim Aït Ouali"]
    assert planning["a_planifier"] == []
    (annonce,) = await b.faits(monde.database, InterventionPlanifiee)
    assert annonce.equipe_id == monde.equipe


@pytest.mark.feature("DM-23")
async def test_planifier_avant_l_heure_depend_d_un_reglage_de_l_etat(monde: Monde) -> None:
    demande = await monde.ouvrir()
    creneau = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin", "equipe_id": str(monde.equipe)}
    refus = await monde.http.post("/interventions", json=creneau)
    assert refus.json()["code"] == "planification_trop_tot"
    await monde.recevoir(b.devis_valide(demande))
    reglage = {"libelle": "Devis validé", "couleur": "turquoise", "service": "commercial", "est_planifiable": False}
    url = "/types-demande/commercial/etats/devis_valide"
    await monde.http.put(url, json=reglage)
    assert (await monde.http.post("/interventions", json=creneau)).status_code == 409
    await monde.http.put(url, json={**reglage, "est_planifiable": True})
    assert (await monde.http.post("/interventions", json=creneau)).status_code == 201


async def test_deux_interventions_en_meme_temps_sont_en_conflit(monde: Monde) -> None:
    demande = await _a_livrer(monde)
    for demi in ("journee", "apres_midi"):
        corps = {
            "demande_id": demande["id"],
            "jour": "2026-03-19",
            "demi": demi,
            "collaborateur_ids": [str(monde.sophie)],
        }
        await monde.http.post("/interventions", json=corps)
    planning = (await monde.http.get("/planning")).json()
    assert [i["en_conflit"] for i in planning["interventions"]] == [True, True]


async def test_replanifier_puis_annuler(monde: Monde) -> None:
    demande = await _a_livrer(monde)
    corps = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin", "equipe_id": str(monde.equipe)}
    posee = (await monde.http.post("/interventions", json=corps)).json()
    url = f"/interventions/{posee['id']}"
    change = {"debut": "2026-03-20T09:00:00+01:00", "fin": "2026-03-20T11:00:00+01:00"}
    qui = {"collaborateur_ids": [str(monde.karim)]}
    tete = {"If-Match": f'"{posee["version"]}"'}
    assert (await monde.http.put(url, json={**change, **qui}, headers=tete)).status_code == 200
    assert (await monde.http.put(url, json={**change, **qui}, headers=tete)).status_code == 409
    assert (await monde.http.post(f"{url}/annuler", json={"motif": "Client absent"})).json()["etat"] == "annulee"
    assert (await monde.http.post(f"{url}/demarrer")).json()["code"] == "intervention_close"
    planning = (await monde.http.get("/planning")).json()
    assert (planning["interventions"], len(planning["a_planifier"])) == ([], 1)


@pytest.mark.parametrize(
    ("creneau", "code"),
    [
        ({"jour": "2026-03-19"}, "horaires_invalides"),
        ({"debut": "2026-03-19T10:00:00Z", "fin": "2026-03-19T09:00:00Z"}, "horaires_invalides"),
        ({"jour": "2026-03-19", "demi": "matin", "collaborateur_ids": []}, "personne_manquante"),
        ({"jour": "2026-03-19", "demi": "matin", "collaborateur_ids": [str(uuid4())]}, "collaborateur_non_connu"),
    ],
)
async def test_un_creneau_faux_est_refuse(monde: Monde, creneau: dict[str, object], code: str) -> None:
    demande = await _a_livrer(monde)
    corps = {"demande_id": demande["id"], **creneau}
    assert (await monde.http.post("/interventions", json=corps)).json()["code"] == code


async def test_le_temps_se_lit_par_personne_et_par_periode(monde: Monde) -> None:
    demande = await monde.ouvrir()
    url = f"/demandes/{demande['id']}/temps"
    for jour in ("2026-03-16", "2026-03-17"):
        corps = {"jour": jour, "minutes": 30, "travaux": "Repérage", "collaborateur_id": str(monde.sophie)}
        await monde.http.post(url, json=corps)
    assert (await monde.http.post(url, json={"jour": "2026-03-17", "minutes": 0, "travaux": "x"})).status_code == 422
    tous = (await monde.http.get("/temps", params={"collaborateur_id": str(monde.sophie)})).json()["elements"]
    assert [t["jour"] for t in tous] == ["2026-03-17", "2026-03-16"]
    page = (await monde.http.get("/temps", params={"limite": 1})).json()
    suite = (await monde.http.get("/temps", params={"limite": 1, "curseur": page["curseur_suivant"]})).json()
    assert suite["elements"][0]["jour"] == "2026-03-16"
    assert (await monde.http.get("/temps", params={"du": "2026-03-18"})).json()["elements"] == []
