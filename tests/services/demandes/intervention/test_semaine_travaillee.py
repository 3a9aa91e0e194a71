"""Half-days people do not work are shown on the planning, and what is planned there says so without being refused."""

from shared.contracts.contacts import SEMAINE_ORDINAIRE, CollaborateurModifie
from tests.builders import demandes as b
from tests.builders.demandes import Monde

MERCREDI, SAMEDI = "2026-03-18", "2026-03-21"


async def _a_mi_temps(monde: Monde) -> None:
    """Sophie no longer works on Wednesdays."""
    qui = {"collaborateur_id": monde.sophie, "nom": "Durand", "prenom": "Sophie", "email": "s@exemple.fr"}
    demis = tuple(demi for demi in SEMAINE_ORDINAIRE if not demi.startswith("mercredi"))
    await monde.recevoir(CollaborateurModifie(**qui, fonction="", demi_journees=demis))


async def _conflits(monde: Monde, *personnes: object, **creneau: object) -> list[str]:
    demande = await monde.ouvrir(personnes_prevues=1)
    await monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    corps = {"demande_id": demande["id"], "collaborateur_ids": [str(p) for p in personnes], **creneau}
    posee = await monde.http.post("/interventions", json=corps)
    assert posee.status_code == 201, posee.text
    planning = (await monde.http.get("/planning", params={"jour": MERCREDI})).json()
    (dits,) = [i["conflits"] for i in planning["interventions"] if i["id"] == posee.json()["id"]]
    return list(dits)


async def test_la_semaine_ordinaire_va_du_lundi_au_vendredi(monde: Monde) -> None:
    planning = (await monde.http.get("/planning", params={"jour": MERCREDI})).json()
    assert {(c["jour"], c["personne"]) for c in planning["chomees"]} == {
        (SAMEDI, str(monde.sophie)),
        (SAMEDI, str(monde.karim)),
    }


async def test_ce_qui_est_place_hors_de_la_semaine_de_quelqu_un_est_dit(monde: Monde) -> None:
    await _a_mi_temps(monde)
    planning = (await monde.http.get("/planning", params={"jour": MERCREDI})).json()
    chomees = [(c["jour"], c["demi"]) for c in planning["chomees"] if c["personne"] == str(monde.sophie)]
    assert chomees == [(j, d) for j in (MERCREDI, SAMEDI) for d in ("matin", "apres_midi")]
    assert await _conflits(monde, monde.sophie, monde.karim, jour=MERCREDI, demi="matin") == [
        "Sophie Durand ne travaille pas le mercredi matin"
    ]
    assert await _conflits(monde, monde.karim, jour=SAMEDI, demi="journee") == [
        "Karim Aït Ouali ne travaille pas le samedi"
    ]


async def test_une_absence_dit_plus_que_la_semaine(monde: Monde) -> None:
    await _a_mi_temps(monde)
    absence = {"collaborateur_id": str(monde.sophie), "du": MERCREDI, "au": MERCREDI}
    assert (await monde.http.post("/absences", json=absence)).status_code == 201
    assert await _conflits(monde, monde.sophie, jour=MERCREDI, demi="journee") == ["Sophie Durand : congés"]


async def test_ce_qui_dure_passe_sur_les_jours_de_repos_sans_conflit(monde: Monde) -> None:
    await _a_mi_temps(monde)
    creneau = {"debut": "2026-03-17T08:00:00+01:00", "fin": "2026-03-19T12:00:00+01:00"}
    assert await _conflits(monde, monde.sophie, **creneau) == []


async def test_qui_travaille_le_dimanche_a_une_colonne_de_plus_et_aucun_conflit(monde: Monde) -> None:
    qui = {"collaborateur_id": monde.karim, "nom": "Aït Ouali", "prenom": "Karim", "email": "k@exemple.fr"}
    await monde.recevoir(CollaborateurModifie(**qui, fonction="", demi_journees=("dimanche_matin",)))
    planning = (await monde.http.get("/planning", params={"jour": MERCREDI})).json()
    assert planning["jours"][-1] == "2026-03-22"
    assert await _conflits(monde, monde.karim, jour="2026-03-22", demi="matin") == []
