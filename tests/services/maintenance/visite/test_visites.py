"""Visits: announced once, linked to their demande, planned, taken on site, recorded."""

import asyncio
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pypdf
import pytest

from services.maintenance.periodique import taches_periodiques
from services.maintenance.subscriptions import subscriptions
from services.maintenance.visite.use_cases.calendrier import declencher_visites_dues
from shared.contracts.contacts import CollaborateurModifie
from shared.contracts.demandes import InterventionAnnulee, InterventionPlanifiee, InterventionTerminee
from shared.contracts.maintenance import VisiteDue, VisiteRealisee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from tests.builders.maintenance import CLIENT, VALIDE_LE, contrat_actif, equipement, une_demande_de_visite

TECHNICIEN = UUID(int=77)


async def _dues(maintenance: Database) -> list[VisiteDue]:
    return [f for f in await annonces(maintenance, VisiteDue) if isinstance(f, VisiteDue)]


async def _due(client: httpx.AsyncClient, **contrat: Any) -> dict[str, Any]:
    """A visit just announced."""
    await contrat_actif(client, **contrat)
    (visite_id,) = (await client.post("/visites/declencher", json={})).json()["visite_ids"]
    visite: dict[str, Any] = (await client.get(f"/visites/{visite_id}")).json()
    return visite


async def test_a_due_visit_is_announced_once_whoever_asks(client: httpx.AsyncClient, maintenance: Database) -> None:
    contrat = await contrat_actif(client)
    await taches_periodiques(maintenance)
    await taches_periodiques(maintenance)
    assert (await client.post("/visites/declencher", json={})).json() == {"visite_ids": []}
    (due,) = await _dues(maintenance)
    assert (due.contrat_numero, due.periode, due.date_prevue) == (contrat["numero"], "2026-03", date(2026, 3, 31))


async def test_two_workers_at_once_announce_each_visit_once(client: httpx.AsyncClient, maintenance: Database) -> None:
    for _ in range(6):
        await contrat_actif(client)

    async def travailler() -> None:
        async with maintenance.transaction(Actor.systeme("test")) as tx:
            await declencher_visites_dues(tx, date(2026, 3, 17))

    await asyncio.gather(*(travailler() for _ in range(4)))
    await travailler()
    dues = await _dues(maintenance)
    assert len(dues) == len({due.visite_id for due in dues}) == 6


async def test_year_after_year_one_demande_per_period(
    client: httpx.AsyncClient, maintenance: Database, clock: FrozenClock
) -> None:
    await contrat_actif(client)
    for annee in (2026, 2027, 2028):
        for mois in range(1, 13):
            clock.set(max(clock.now(), datetime(annee, mois, 15, 6, tzinfo=UTC)))
            await taches_periodiques(maintenance)
    periodes = [due.periode for due in await _dues(maintenance)]
    assert periodes == ["2026-03", "2026-09", "2027-03", "2027-09", "2028-03", "2028-09"]


async def test_a_visit_follows_its_demande(client: httpx.AsyncClient, maintenance: Database) -> None:
    visite = await _due(client)
    demande = une_demande_de_visite(UUID(visite["id"]))
    technicien = CollaborateurModifie(
        collaborateur_id=TECHNICIEN, nom="Berger", prenom="Théo", email="t@x.example", fonction="Technicien"
    )
    planifiee = InterventionPlanifiee(
        intervention_id=new_id(),
        demande_id=demande.demande_id,
        tiers_id=CLIENT,
        debut=datetime(2026, 4, 7, 22, 30, tzinfo=UTC),
        fin=datetime(2026, 4, 8, 10, 0, tzinfo=UTC),
        collaborateur_ids=(TECHNICIEN,),
        nature="visite",
    )
    await recevoir(maintenance, subscriptions, technicien, demande, planifiee)
    (lue,) = (await client.get("/visites", params={"demande_id": str(demande.demande_id)})).json()["elements"]
    assert (lue["etat"], lue["planifiee_le"], lue["intervenant"]) == ("planifiee", "2026-04-08", "Théo Berger")
    assert lue["demande_numero"] == "D-2233"
    annulee = InterventionAnnulee(
        intervention_id=planifiee.intervention_id,
        demande_id=demande.demande_id,
        tiers_id=CLIENT,
        tiers_nom="Mairie",
        objet="Visite",
        debut=planifiee.debut,
    )
    await recevoir(maintenance, subscriptions, annulee, annulee)
    rendue = (await client.get(f"/visites/{visite['id']}")).json()
    assert (rendue["etat"], rendue["planifiee_le"], rendue["intervenant"]) == ("due", None, "")
    await recevoir(maintenance, subscriptions, planifiee)
    fin = InterventionTerminee(
        intervention_id=planifiee.intervention_id, demande_id=demande.demande_id, termine_le=planifiee.fin
    )
    await recevoir(maintenance, subscriptions, fin, fin)
    apres = (await client.get(f"/visites/{visite['id']}")).json()
    assert (apres["etat"], apres["effectuee_le"]) == ("effectuee", "2026-04-08")


async def test_planning_of_other_demandes_is_ignored(client: httpx.AsyncClient, maintenance: Database) -> None:
    visite = await _due(client)
    ailleurs = InterventionTerminee(intervention_id=new_id(), demande_id=new_id(), termine_le=VALIDE_LE)
    await recevoir(maintenance, subscriptions, ailleurs)
    assert (await client.get(f"/visites/{visite['id']}")).json()["etat"] == "due"


async def _preparee(client: httpx.AsyncClient) -> tuple[dict[str, Any], list[str]]:
    ids = [
        (await equipement(client, designation=f"Copieur {n}", valeurs={"compteur": f"{n}000", "utilisateur": "Léa"}))[
            "id"
        ]
        for n in (1, 2)
    ]
    lignes = [{"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": ids}]
    visite = await _due(client, lignes=lignes)
    corps = {"date": "2026-03-17", "intervenant": "Théo Berger", "equipement_ids": ids[:1]}
    reponse = await client.post(f"/visites/{visite['id']}/preparer", json=corps)
    assert reponse.status_code == 200, reponse.text
    return reponse.json(), ids


async def test_a_prepared_visit_has_its_day_its_technician_and_its_checklist(client: httpx.AsyncClient) -> None:
    visite, ids = await _preparee(client)
    assert (visite["etat"], visite["planifiee_le"], visite["intervenant"]) == ("planifiee", "2026-03-17", "Théo Berger")
    coches = [(e["equipement_id"], e["est_coche"], e["compteur_actuel"]) for e in visite["equipements"]]
    assert coches == [(ids[0], True, "1000"), (ids[1], False, "2000")]


@pytest.mark.feature("MA-14", "MA-15", "MA-16")
async def test_the_sheet_is_a_fillable_pdf_prefilled_per_equipment(client: httpx.AsyncClient) -> None:
    visite, ids = await _preparee(client)
    reponse = await client.get(f"/visites/{visite['id']}/fiche.pdf")
    assert (reponse.status_code, reponse.headers["content-type"]) == (200, "application/pdf")
    champs = pypdf.PdfReader(BytesIO(reponse.content)).get_fields() or {}
    cle = UUID(ids[0]).hex
    assert champs["ro_visite"]["/V"] == visite["id"]
    assert champs[f"eq_{cle}_compteur"]["/V"] == "1000"
    assert champs[f"eq_{cle}_utilisateur"]["/V"] == "Léa"
    assert f"eq_{cle}_remarque" in champs
    assert len(champs[f"eq_{cle}_genre"]["/_States_"]) == 3
    assert f"eq_{UUID(ids[1]).hex}_compteur" not in champs


async def test_readings_update_the_parc_at_the_date_of_the_visit(
    client: httpx.AsyncClient, maintenance: Database
) -> None:
    visite, ids = await _preparee(client)
    corps = {
        "realisee_le": "2026-03-17",
        "compte_rendu": "Nettoyage et mises à jour.",
        "releves": [
            {"equipement_id": ids[0], "compteur": "1250", "utilisateur": "Léa", "remarque": "Bac usé", "genre": "sav"},
            {"equipement_id": ids[1], "compteur": "2500"},
        ],
    }
    faite = await client.post(f"/visites/{visite['id']}/realiser", json=corps)
    assert faite.status_code == 200, faite.text
    assert (faite.json()["etat"], faite.json()["realisee_par"]) == ("realisee", "Théo Berger")
    fiche = (await client.get(f"/equipements/{ids[0]}")).json()
    compteur = next(v for v in fiche["valeurs"] if v["champ"] == "compteur")
    assert tuple(compteur["suite"][0][c] for c in ("valeur", "le", "par", "source")) == (
        "1250",
        "2026-03-17",
        "Théo Berger",
        "visite",
    )
    assert len(next(v for v in fiche["valeurs"] if v["champ"] == "utilisateur")["suite"]) == 1
    (fait,) = await annonces(maintenance, VisiteRealisee)
    assert isinstance(fait, VisiteRealisee)
    assert fait.realisee_le == date(2026, 3, 17)
    encore = await client.post(f"/visites/{visite['id']}/realiser", json=corps)
    assert (encore.status_code, encore.json()["code"]) == (409, "visite_transition_impossible")


async def test_a_visit_does_not_end_before_its_day(client: httpx.AsyncClient) -> None:
    visite, _ = await _preparee(client)
    refus = await client.post(f"/visites/{visite['id']}/realiser", json={"realisee_le": "2026-03-18"})
    assert (refus.status_code, refus.json()["code"]) == (422, "visite_a_venir")


async def test_a_visit_not_yet_due_is_not_prepared(client: httpx.AsyncClient) -> None:
    contrat = await contrat_actif(client)
    corps = {"date": "2026-04-02"}
    refus = await client.post(f"/visites/{contrat['visites'][0]['id']}/preparer", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (409, "visite_transition_impossible")


async def test_an_ended_contract_cancels_what_was_announced_for_later(client: httpx.AsyncClient) -> None:
    visite = await _due(client)
    corps = {"effet": "2026-03-20", "motif": "Cessation d’activité"}
    assert (await client.post(f"/contrats/{visite['contrat_id']}/resilier", json=corps)).status_code == 200
    assert (await client.get(f"/visites/{visite['id']}")).json()["etat"] == "annulee"


async def test_lists_filter_by_state_date_and_words(client: httpx.AsyncClient) -> None:
    await _due(client)
    for filtres, nombre in (
        ({"etat": "a_traiter"}, 1),
        ({"etat": "programmee"}, 3),
        ({"du": "2026-04-01", "au": "2026-12-31"}, 1),
        ({"q": "martin lefevre"}, 4),
        ({"q": "inconnu"}, 0),
    ):
        assert len((await client.get("/visites", params=filtres)).json()["elements"]) == nombre, filtres
