"""The private feed of an agenda: what a calendar program reads, and an address that stops when its owner says so."""

from datetime import UTC, date, datetime

from icalendar import Calendar

from shared.contracts.contacts import Adresse, FicheTiers, TiersModifie
from shared.contracts.gateway import CompteModifie
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders.demandes import Monde
from tests.services.demandes.conftest import Asseoir

TELEPHONE = "04 50 51 00 00".replace(" ", "\N{NO-BREAK SPACE}")
LECTEUR = frozenset({"planning.lire", "demande.lire"})
LAC = Adresse(code="SIEGE", lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")


async def test_l_agenda_dit_ou_aller_et_son_adresse_s_arrete(monde: Monde, asseoir: Asseoir) -> None:
    fiche = FicheTiers(code="C1", nom="Hôtel du Lac", roles=("client",), telephone="+33450510000", adresse=LAC)
    await monde.recevoir(TiersModifie(tiers_id=monde.tiers_id, fiche=fiche))
    demande = await monde.ouvrir("interne")
    creneau = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "matin", "consignes": "Sonner ; attendre"}
    gens = {"collaborateur_ids": [str(monde.sophie)]}
    posee = (await monde.http.post("/interventions", json={**creneau, **gens})).json()
    conge = {"collaborateur_id": str(monde.sophie), "du": "2026-03-20", "au": "2026-03-23"}
    await monde.http.post("/absences", json=conge)
    compte = new_id()
    fait = {"compte_id": compte, "identifiant": "s", "nom": "s", "roles": (), "est_actif": True}
    await monde.recevoir(CompteModifie.model_validate(fait | {"collaborateur_id": monde.sophie}))
    elle = await asseoir(Actor(id=compte, nom="Sophie", permissions=LECTEUR))
    premier = (await elle.post("/agendas/moi")).json()["jeton"]
    reponse = await monde.http.get(f"/agendas/publics/{premier}")
    assert reponse.headers["content-type"] == "text/calendar; charset=utf-8"
    assert max(len(ligne) for ligne in reponse.content.split(b"\r\n")) <= 75  # RFC 5545 §3.1
    lu = Calendar.from_ical(reponse.content)
    visite, absence = lu.walk("VEVENT")
    assert (visite.errors, absence.errors) == ([], [])
    assert visite["UID"] == f"{posee['id']}@amanela"
    assert visite["LOCATION"] == "12 rue du Lac, 74000 Annecy"
    assert visite["DESCRIPTION"] == f"Demande {demande['numero']}\n{TELEPHONE}\nSonner ; attendre"
    assert visite.decoded("DTSTART") == datetime(2026, 3, 19, 7, tzinfo=UTC)
    assert (absence.decoded("DTSTART"), absence.decoded("DTEND")) == (date(2026, 3, 20), date(2026, 3, 24))
    second = (await elle.post("/agendas/moi")).json()["jeton"]
    assert (await monde.http.get(f"/agendas/publics/{premier}")).status_code == 404
    await monde.http.post(f"/interventions/{posee['id']}/annuler", json={"motif": "Reportée"})
    annulee = Calendar.from_ical((await monde.http.get(f"/agendas/publics/{second}")).content).walk("VEVENT")[0]
    assert (annulee["STATUS"], annulee.decoded("SEQUENCE") > visite.decoded("SEQUENCE")) == ("CANCELLED", True)
    assert (await elle.delete("/agendas/moi")).status_code == 204
    assert (await monde.http.get(f"/agendas/publics/{second}")).json()["code"] == "agenda_inconnu"
