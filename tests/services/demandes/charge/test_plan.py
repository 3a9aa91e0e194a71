"""The load of everybody: working weeks, absences, public holidays, what is planned and what waits."""

from typing import Any

from shared.contracts.contacts import SEMAINE_ORDINAIRE, CollaborateurModifie
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.statements import sent
from tests.builders import demandes as b
from tests.builders.demandes import Monde
from tests.services.demandes.conftest import Asseoir


async def _demande(monde: Monde, **champs: Any) -> dict[str, Any]:
    demande = await monde.ouvrir(**champs)
    await monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    return demande


async def test_la_charge_de_chacun_et_ce_qui_attend(monde: Monde) -> None:
    qui = {"collaborateur_id": monde.sophie, "nom": "Durand", "prenom": "Sophie", "email": "s@exemple.fr"}
    demis = tuple(demi for demi in SEMAINE_ORDINAIRE if not demi.startswith("mercredi"))
    await monde.recevoir(CollaborateurModifie(**qui, fonction="", demi_journees=demis))
    posee = await _demande(monde)
    for jour, demi, personnes in (
        ("2026-03-19", "journee", (monde.sophie, monde.karim)),
        ("2026-03-23", "matin", (monde.karim,)),
    ):
        corps = {
            "demande_id": posee["id"],
            "jour": jour,
            "demi": demi,
            "collaborateur_ids": [str(p) for p in personnes],
        }
        assert (await monde.http.post("/interventions", json=corps)).status_code == 201
    absence = {"collaborateur_id": str(monde.karim), "du": "2026-03-26", "au": "2026-03-28"}
    assert (await monde.http.post("/absences", json=absence)).status_code == 201
    await _demande(monde, duree_prevue_minutes=480, personnes_prevues=2)
    await _demande(monde)
    lu = (await monde.http.get("/planning/charge", params={"jour": "2026-03-18", "semaines": 4})).json()
    assert lu["semaines"] == ["2026-03-16", "2026-03-23", "2026-03-30", "2026-04-06"]
    gens = {p["nom"]: (p["capacite"], p["planifie"]) for p in lu["personnes"]}
    assert gens == {
        "Karim Aït Ouali": ([10, 6, 10, 8], [2, 1, 0, 0]),
        "Sophie Durand": ([8, 8, 8, 6], [2, 0, 0, 0]),
    }, "le lundi de Pâques est férié"
    assert lu["attente"] == {"nombre": 2, "demi_journees": 4.0, "sans_duree": 1}
    assert [e["nom"] for e in lu["equipes"]] == ["Installation"]


async def test_une_intervention_annulee_ne_charge_personne(monde: Monde) -> None:
    demande = await _demande(monde)
    corps = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin", "equipe_id": str(monde.equipe)}
    posee = (await monde.http.post("/interventions", json=corps)).json()
    await monde.http.post(f"/interventions/{posee['id']}/annuler", json={"motif": "Client absent"})
    lu = (await monde.http.get("/planning/charge", params={"jour": "2026-03-18"})).json()
    assert {sum(p["planifie"]) for p in lu["personnes"]} == {0}


async def test_qui_ne_lit_pas_le_planning_ne_lit_pas_la_charge(monde: Monde, asseoir: Asseoir) -> None:
    autre = await asseoir(Actor(id=new_id(), nom="Paul", permissions=frozenset({"demande.lire"})))
    assert (await autre.get("/planning/charge")).status_code == 403


async def test_un_jour_hors_du_siecle_est_refuse(monde: Monde) -> None:
    for chemin in ("/planning", "/planning/charge"):
        assert (await monde.http.get(chemin, params={"jour": "9999-12-31"})).status_code == 422


async def test_une_lecture_par_partie_quoi_qu_il_y_ait(monde: Monde) -> None:
    async def lectures() -> int:
        with sent(monde.database) as envoyees:
            assert (await monde.http.get("/planning/charge", params={"jour": "2026-03-18"})).status_code == 200
        return len(envoyees)

    avant = await lectures()
    for rang in range(3):
        await monde.recevoir(b.un_collaborateur("Durand", f"Sophie {rang}"))
        demande = await _demande(monde)
        corps = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin", "equipe_id": str(monde.equipe)}
        assert (await monde.http.post("/interventions", json=corps)).status_code == 201
        absence = {"collaborateur_id": str(monde.karim), "du": f"2026-03-2{rang}", "au": f"2026-03-2{rang}"}
        assert (await monde.http.post("/absences", json=absence)).status_code == 201
    assert await lectures() == avant == 5
