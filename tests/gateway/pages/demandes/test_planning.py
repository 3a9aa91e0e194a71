"""The planning of people: absences and public holidays in conflict, the day of a technician, his agenda elsewhere."""

import html
import re
from datetime import UTC, date, datetime
from typing import Any

import httpx
from icalendar import Calendar
from sqlalchemy import select

from gateway.pages.planning.grille import equipes_montrees
from gateway.portail.cadence import INCONNUS, LECTURES
from shared.database.platform import audit
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur


async def _planifiee(navigateur: Navigateur, jour: str, demi: str = "matin", **champs: Any) -> dict[str, Any]:
    """An intervention of Sophie on a signed sale."""
    demande = await navigateur.monde.ouvrir()
    await navigateur.monde.recevoir(b.devis_valide(demande))
    corps = {"demande_id": demande["id"], "jour": jour, "demi": demi, **champs}
    corps.setdefault("collaborateur_ids", [str(navigateur.monde.sophie)])
    reponse = await navigateur.monde.http.post("/interventions", json=corps)
    assert reponse.status_code == 201, reponse.text
    planifiee: dict[str, Any] = reponse.json()
    return planifiee


async def _evenements(http: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """The events of the agenda at that address, by identifier, as an agenda program reads them."""
    reponse = await http.get(url[url.index("/agenda/") :])
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-type"] == "text/calendar; charset=utf-8"
    calendrier = Calendar.from_ical(reponse.content)
    return {str(e["uid"]).partition("@")[0]: e for e in calendrier.walk("VEVENT")}


async def _nouvelle_adresse(personne: Navigateur) -> str:
    page = (await personne.envoyer("/planning/agenda")).text
    trouvee = re.search(r'value="(https?://[^"]+/agenda/[^"]+\.ics)"', page)
    assert trouvee is not None, page
    return html.unescape(trouvee[1])


async def test_qui_devine_des_adresses_d_agenda_est_freine(navigateur: Navigateur) -> None:
    inconnue = f"/agenda/{'a' * 43}.ics"
    statuts = [(await navigateur.http.get(inconnue)).status_code for _ in range(INCONNUS + 1)]
    assert statuts == [404] * INCONNUS + [429]


async def test_qui_scanne_sans_fin_sans_compte_est_freine(navigateur: Navigateur) -> None:
    passant = httpx.AsyncClient(transport=navigateur.http._transport, base_url="https://essai")
    async with passant:
        statuts = {(await passant.get("/e/ABCD")).status_code for _ in range(LECTURES)}
        assert (statuts, (await passant.get("/e/ABCD")).status_code) == ({200}, 429)


async def test_l_agenda_se_lit_ailleurs_par_une_adresse_que_l_on_revoque(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    posee = await _planifiee(navigateur, "2026-03-19", consignes="Clé chez le gardien")
    await _planifiee(navigateur, "2026-03-20", collaborateur_ids=[str(monde.karim)])
    conges = {"collaborateur_id": str(monde.sophie), "du": "2026-04-07", "au": "2026-04-08"}
    conge = (await monde.http.post("/absences", json=conges)).json()
    sophie = await navigateur.asseoir("sophie", "technicien", collaborateur=monde.sophie)
    adresse = await _nouvelle_adresse(sophie)
    async with httpx.AsyncClient(transport=navigateur.http._transport, base_url="https://essai") as outlook:
        lus = await _evenements(outlook, adresse)
        assert set(lus) == {posee["id"], conge["id"]}, "celles de Karim n’y sont pas"
        rendez = lus[posee["id"]]
        assert rendez["summary"] == "Cabinet Martin-Lefèvre : Baie de brassage 24U"
        assert (rendez["dtstart"].dt, rendez["dtend"].dt) == (
            datetime(2026, 3, 19, 7, tzinfo=UTC),
            datetime(2026, 3, 19, 11, tzinfo=UTC),
        ), "de 8 h à 12 h à Paris"
        assert "Clé chez le gardien" in rendez["description"]
        assert f"/demandes/{posee['demande_id']}" in rendez["url"]
        assert (lus[conge["id"]]["dtstart"].dt, lus[conge["id"]]["dtend"].dt) == (date(2026, 4, 7), date(2026, 4, 9))
        creneau = {"jour": "2026-03-23", "demi": "apres_midi", "collaborateur_ids": [str(monde.sophie)]}
        await monde.http.put(f"/interventions/{posee['id']}", json=creneau)
        deplace = (await _evenements(outlook, adresse))[posee["id"]]
        assert deplace["dtstart"].dt == datetime(2026, 3, 23, 12, 30, tzinfo=UTC)
        assert deplace["sequence"] > rendez["sequence"], "le même rendez-vous, déplacé"
        await monde.http.post(f"/interventions/{posee['id']}/annuler", json={"motif": "Report"})
        assert (await _evenements(outlook, adresse))[posee["id"]]["status"] == "CANCELLED"
        nouvelle = await _nouvelle_adresse(sophie)
        chemin = adresse[adresse.index("/agenda/") :]
        assert (await outlook.get(chemin)).status_code == 404, "la première s’arrête"
        assert (await _evenements(outlook, nouvelle)).keys() == {posee["id"], conge["id"]}
        assert (await sophie.envoyer("/planning/agenda/revoquer")).status_code == 204
        assert (await outlook.get(nouvelle[nouvelle.index("/agenda/") :])).status_code == 404


async def test_absences_et_jours_feries_se_voient_et_se_signalent(navigateur: Navigateur) -> None:
    sophie = str(navigateur.monde.sophie)
    posee = await _planifiee(navigateur, "2026-05-07", "journee")
    ferie = await _planifiee(navigateur, "2026-05-08")
    champs = {"collaborateur_id": sophie, "du": "2026-05-07", "au": "2026-05-07", "motif": "formation"}
    a_l_envers = await navigateur.envoyer(
        "/planning/absences/nouvelle", **{**champs, "au": "2026-05-06"}, demi="journee"
    )
    assert "La fin de l’absence doit venir après son début" in a_l_envers.text
    assert (await navigateur.envoyer("/planning/absences/nouvelle", **champs, demi="matin")).status_code == 204
    page = await navigateur.ouvrir("/planning?semaine=2026-05-07")
    assert "Fête de la Victoire" in page
    hachuree = re.search(
        rf'data-personne="{sophie}".*?(<td class="pl-case is-absent[^>]*title="Formation">)', page, re.S
    )
    assert hachuree is not None
    assert 'data-jour="2026-05-07" data-demi="matin"' in hachuree[1]
    for intervention, raison in ((posee, "Sophie Durand : formation"), (ferie, "Jour férié : Fête de la Victoire")):
        bloc = re.search(
            rf'<li class="pl-bloc[^>]*is-conflit[^>]*data-intervention="{intervention["id"]}".*?</li>', page, re.S
        )
        assert bloc is not None
        assert raison in bloc[0]
    liste = await navigateur.ouvrir("/planning/absences")
    retrait = re.search(r'hx-post="(/planning/absences/[^"]+/retirer)"', liste)
    assert retrait is not None
    karim = await navigateur.asseoir("karim", "technicien")
    assert (await karim.envoyer(retrait[1])).status_code == 403, "chacun ne défait pas les absences des autres"
    assert (await navigateur.envoyer(retrait[1])).status_code == 204
    assert "Tout le monde est là" in await navigateur.ouvrir("/planning/absences")
    async with navigateur.monde.database.read() as session:
        requete = select(audit.c.apres).where(audit.c.objet_type == "absence").order_by(audit.c.id)
        assert [apres is None for apres in await session.scalars(requete)] == [False, True]


def _grille(page: str) -> str:
    """The page without the list that phones show instead."""
    return page.partition('class="pl-liste')[0]


def _blocs(page: str, personne: str) -> list[tuple[str, str]]:
    """(intervention, half-days it covers) of each block in the row of that person."""
    rangee = re.search(rf'<tr data-personne="{personne}">.*?</tr>', page, re.S)
    assert rangee is not None
    return re.findall(r'class="pl-bloc[^>]*data-intervention="([^"]+)"(?: data-demis="(\d+)")?', rangee[0])


async def test_un_travail_de_plusieurs_demi_journees_est_un_seul_bloc(navigateur: Navigateur) -> None:
    sophie = str(navigateur.monde.sophie)
    longue = await _planifiee(navigateur, "2026-03-17", "journee")
    courte = await _planifiee(navigateur, "2026-03-17", "apres_midi")
    page = await navigateur.ouvrir("/planning?semaine=2026-03-17")
    assert _blocs(page, sophie) == [(longue["id"], "2"), (courte["id"], "")]
    apres_midi = re.search(
        r'data-jour="2026-03-17" data-demi="apres_midi">(.*?)</td>', _grille(page).split(sophie)[-1], re.S
    )
    assert apres_midi is not None
    suite, ensuite = re.findall(r'<li class="(pl-prise|pl-bloc)', apres_midi[1])
    assert (suite, ensuite) == ("pl-prise", "pl-bloc"), "la seconde passe sous la première, qui continue"
    assert "Cabinet Martin-Lefèvre, suite" in apres_midi[1]


def test_deux_travaux_qui_se_recouvrent_ont_chacun_leur_place() -> None:
    def intervention(nom: str, *cases: tuple[str, str]) -> dict[str, Any]:
        champs = {"id": nom, "demande_id": nom, "tiers_nom": nom, "objet": "", "nature": "sav", "conflits": []}
        prises = [{"jour": jour, "demi": demi} for jour, demi in cases]
        return {**champs, "en_conflit": False, "equipe_id": "e", "cases": prises}

    lundi, apres, mardi = ("2026-03-16", "matin"), ("2026-03-16", "apres_midi"), ("2026-03-17", "matin")
    planning = {
        "equipes": [{"id": "e", "nom": "Pose", "membre_ids": []}],
        "interventions": [
            intervention("longue", lundi, apres, mardi),
            intervention("courte", lundi),
            intervention("suivante", apres, mardi),
        ],
    }
    (equipe,) = equipes_montrees(planning, None)
    montrees = {case: [i and (i["id"], i["demis"]) for i in blocs] for case, blocs in equipe["cases"].items()}
    assert montrees == {
        lundi: [("longue", 3), ("courte", 1)],
        apres: [("longue", 0), ("suivante", 2)],
        mardi: [("longue", 0), ("suivante", 0)],
    }


async def test_la_journee_d_un_technicien_dans_l_ordre(navigateur: Navigateur) -> None:
    sophie = await navigateur.asseoir("sophie", "technicien", collaborateur=navigateur.monde.sophie)
    await _planifiee(navigateur, "2026-03-17", "apres_midi", consignes="Sonner deux fois")
    matin = await _planifiee(navigateur, "2026-03-17", "matin")
    await _planifiee(navigateur, "2026-03-18")
    page = await sophie.ouvrir("/planning/ma-journee")
    assert re.findall(r"\d\d:\d\d–\d\d:\d\d", page) == ["08:00–12:00", "13:30–17:30"]
    assert "Sonner deux fois" in page
    assert f"/planning/interventions/{matin['id']}/demarrer" in page
    assert "08:00–12:00" in await sophie.ouvrir("/planning/ma-journee?le=2026-03-18")
    assert "Rien de prévu" in await sophie.ouvrir("/planning/ma-journee?le=2026-03-20")
    assert "relié à aucun collaborateur" in await navigateur.ouvrir("/planning/ma-journee")
