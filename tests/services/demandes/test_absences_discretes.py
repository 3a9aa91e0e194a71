"""Why somebody is away is nobody's business: only who manages the planning, and the person, read the reason."""

from services.demandes.agenda import rules
from services.demandes.agenda.models import Agenda
from shared.contracts.gateway import CompteModifie
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders.demandes import Monde
from tests.services.demandes.conftest import Asseoir

LECTEUR = frozenset({"planning.lire", "demande.lire"})


async def test_les_autres_lisent_absent(monde: Monde, asseoir: Asseoir) -> None:
    conge = {"collaborateur_id": str(monde.sophie), "du": "2026-03-19", "au": "2026-03-19", "motif": "maladie"}
    notee = await monde.http.post("/absences", json=conge)
    assert notee.status_code == 201
    compte = new_id()
    fait = {"compte_id": compte, "identifiant": "s", "nom": "s", "roles": (), "est_actif": True}
    await monde.recevoir(CompteModifie.model_validate(fait | {"collaborateur_id": monde.sophie}))
    elle = await asseoir(Actor(id=compte, nom="Sophie", permissions=LECTEUR))
    autre = await asseoir(Actor(id=new_id(), nom="Luc", permissions=LECTEUR))
    for http, attendu in ((monde.http, "Maladie"), (elle, "Maladie"), (autre, "Absent")):
        (ligne,) = (await http.get("/absences")).json()
        assert ligne["motif_libelle"] == attendu
        planning = (await http.get("/planning", params={"jour": "2026-03-19"})).json()
        assert {a["motif"] for a in planning["absences"]} == {attendu}
        assert ("maladie" in (await http.get("/absences")).text) is (attendu == "Maladie")
    assert "maladie" in (await monde.http.get(f"/journal/{notee.json()['id']}")).text
    assert (await autre.get(f"/journal/{notee.json()['id']}")).status_code == 403, "le journal ne le dit pas non plus"


async def test_un_conflit_ne_dit_pas_la_maladie_et_l_agenda_publie_non_plus(monde: Monde, asseoir: Asseoir) -> None:
    demande = await monde.ouvrir("interne")
    creneau = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin"}
    await monde.http.post("/interventions", json={**creneau, "collaborateur_ids": [str(monde.sophie)]})
    conge = {"collaborateur_id": str(monde.sophie), "du": "2026-03-19", "au": "2026-03-19", "motif": "maladie"}
    await monde.http.post("/absences", json=conge)
    autre = await asseoir(Actor(id=new_id(), nom="Luc", permissions=LECTEUR))
    (posee,) = (await autre.get("/planning", params={"jour": "2026-03-19"})).json()["interventions"]
    assert posee["conflits"] == ["Sophie Durand : absent"]
    secret = "a" * 43
    async with monde.database.transaction(Actor.systeme("Essai")) as tx:
        tx.add(Agenda(collaborateur_id=monde.sophie, empreinte=rules.empreinte(secret), cree_le=tx.now))
    ical = (await monde.http.get(f"/agendas/publics/{secret}")).text
    assert "SUMMARY:Absent" in ical
    assert "aladie" not in ical
