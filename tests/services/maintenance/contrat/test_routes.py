"""Contracts over HTTP: written from the parc, activated, changed, ended, and what the others are told."""

from datetime import UTC, date, datetime
from typing import Any

import httpx
import pytest

from services.maintenance.periodique import taches_periodiques
from shared.contracts.maintenance import ContratModifie, CouvertureModifiee, EquipementModifie
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders.maintenance import AUTRE_CLIENT, CLIENT, contrat_actif, equipement, un_contrat


async def _trois(client: httpx.AsyncClient) -> list[str]:
    return [(await equipement(client, designation=f"Poste {n}", numero_serie=f"S{n}"))["id"] for n in range(3)]


async def _depuis_parc(client: httpx.AsyncClient, ids: list[str], **valeurs: Any) -> dict[str, Any]:
    corps = {"tiers_id": str(CLIENT), "equipement_ids": ids, "montant_ht": "40.00", **valeurs}
    reponse = await client.post("/contrats/depuis-parc", json=corps)
    assert reponse.status_code == 201, reponse.text
    contrat: dict[str, Any] = reponse.json()
    return contrat


async def _couverture(maintenance: Database) -> CouvertureModifiee:
    fait = (await annonces(maintenance, CouvertureModifiee))[-1]
    assert isinstance(fait, CouvertureModifiee)
    return fait


@pytest.mark.feature("MA-07", "MA-08")
async def test_selected_objects_give_one_line_for_the_set_or_one_each(client: httpx.AsyncClient) -> None:
    ids = await _trois(client)
    ensemble = await _depuis_parc(client, ids, repartition="ensemble", designation="Maintenance du parc")
    assert ensemble["etat"] == "brouillon"
    assert [(ligne["designation"], len(ligne["equipements"])) for ligne in ensemble["lignes"]] == [
        ("Maintenance du parc", 3)
    ]
    complete = await _depuis_parc(client, ids, repartition="chacun", contrat_id=ensemble["id"])
    assert complete["id"] == ensemble["id"]
    assert [ligne["designation"] for ligne in complete["lignes"][1:]] == [
        f"Maintenance – Poste {n} (S{n})" for n in range(3)
    ]
    assert complete["montant_ht"] == "160.00"


async def test_the_contract_of_somebody_else_is_refused(client: httpx.AsyncClient) -> None:
    ids = await _trois(client)
    autre = (await client.post("/contrats", json=un_contrat(tiers_id=str(AUTRE_CLIENT)))).json()
    corps = {"tiers_id": str(CLIENT), "equipement_ids": ids, "contrat_id": autre["id"]}
    refus = await client.post("/contrats/depuis-parc", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (409, "contrat_d_autrui")


@pytest.mark.feature("MA-11")
async def test_two_visits_a_year_from_march_show_their_schedule(client: httpx.AsyncClient) -> None:
    brouillon = (await client.post("/contrats", json=un_contrat())).json()
    assert [v["date_prevue"] for v in brouillon["visites"][:3]] == ["2026-03-31", "2026-09-30", "2027-03-31"]
    assert brouillon["visites"][0]["id"] is None
    actif = (await client.post(f"/contrats/{brouillon['id']}/activer")).json()
    assert [v["date_prevue"] for v in actif["visites"]] == ["2026-03-31", "2026-09-30", "2027-03-31", "2027-09-30"]
    assert all(v["id"] and v["etat"] == "programmee" for v in actif["visites"])
    (resume,) = (await client.get("/contrats")).json()["elements"]
    assert (resume["prochaine_visite"], resume["prochaine_facture"]) == ("2026-03-31", "2026-03-01")


@pytest.mark.feature("CT-09")
async def test_contracts_of_a_client_with_next_invoice_and_next_visit(client: httpx.AsyncClient) -> None:
    actif = await contrat_actif(client, debut="2026-04-01")
    (resume,) = (await client.get("/contrats", params={"tiers_id": str(CLIENT)})).json()["elements"]
    assert (resume["numero"], resume["etat"], resume["montant_ht"]) == (actif["numero"], "actif", "480.00")
    assert (resume["prochaine_facture"], resume["prochaine_visite"]) == ("2026-04-01", "2026-09-30")
    assert [e["facturee_le"] for e in actif["echeances"][:2]] == ["2026-04-01", "2027-04-01"]
    assert (await client.get("/contrats", params={"tiers_id": str(AUTRE_CLIENT)})).json()["elements"] == []


async def test_activation_covers_and_tells_everybody(client: httpx.AsyncClient, maintenance: Database) -> None:
    ids = await _trois(client)
    lignes = [{"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": ids[:2]}]
    actif = await contrat_actif(client, lignes=lignes)
    couverture = await _couverture(maintenance)
    assert [str(c) for c in couverture.contrat_ids] == [actif["id"]]
    assert {str(e) for e in couverture.equipement_ids} == set(ids[:2])
    couvert = (await client.get(f"/equipements/{ids[0]}")).json()
    assert couvert["contrat_numero"] == actif["numero"]
    etats = [f.etat for f in await annonces(maintenance, ContratModifie) if isinstance(f, ContratModifie)]
    assert etats == ["brouillon", "actif"]
    modifies = [f for f in await annonces(maintenance, EquipementModifie) if isinstance(f, EquipementModifie)]
    assert {str(f.equipement_id) for f in modifies if f.fiche.contrat_numero == actif["numero"]} == set(ids[:2])


async def test_a_changed_contract_moves_its_coverage(client: httpx.AsyncClient, maintenance: Database) -> None:
    ids = await _trois(client)
    ligne = {"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": ids[:2]}
    actif = await contrat_actif(client, lignes=[ligne])
    corps = un_contrat(lignes=[{**ligne, "id": actif["lignes"][0]["id"], "equipement_ids": ids[1:]}])
    entetes = {"If-Match": str(actif["version"])}
    change = await client.put(f"/contrats/{actif['id']}", json=corps, headers=entetes)
    assert change.status_code == 200, change.text
    assert change.json()["lignes"][0]["id"] == actif["lignes"][0]["id"]
    assert {str(e) for e in (await _couverture(maintenance)).equipement_ids} == set(ids[1:])
    assert (await client.get(f"/equipements/{ids[0]}")).json()["contrat_id"] is None
    perime = await client.put(f"/contrats/{actif['id']}", json=corps, headers=entetes)
    assert (perime.status_code, perime.json()["code"]) == (409, "version_perimee")


async def test_an_object_stays_covered_by_its_other_contract(client: httpx.AsyncClient, maintenance: Database) -> None:
    (objet, *_) = await _trois(client)
    ligne = {"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": [objet]}
    premier = await contrat_actif(client, lignes=[ligne])
    second = await contrat_actif(client, lignes=[ligne])
    corps = {"effet": "2026-03-16", "motif": "Remplacé par un autre"}
    assert (await client.post(f"/contrats/{second['id']}/resilier", json=corps)).status_code == 200
    assert (await client.get(f"/equipements/{objet}")).json()["contrat_id"] == premier["id"]
    couverture = await _couverture(maintenance)
    assert [str(c) for c in couverture.contrat_ids] == [premier["id"]]


async def test_a_withdrawn_object_is_covered_no_more(client: httpx.AsyncClient, maintenance: Database) -> None:
    ids = await _trois(client)
    await contrat_actif(client, lignes=[{"designation": "F", "montant_ht": "1.00", "equipement_ids": ids}])
    await client.post(f"/equipements/{ids[0]}/retirer", json={"motif": "Cassé"})
    assert {str(e) for e in (await _couverture(maintenance)).equipement_ids} == set(ids[1:])


@pytest.mark.parametrize(
    ("lignes", "code"),
    [([], "contrat_vide"), ([{"designation": "Gratuit", "montant_ht": "0"}], "contrat_sans_montant")],
)
async def test_a_contract_that_bills_nothing_is_not_activated(
    client: httpx.AsyncClient, lignes: list[dict[str, Any]], code: str
) -> None:
    contrat = (await client.post("/contrats", json=un_contrat(lignes=lignes))).json()
    refus = await client.post(f"/contrats/{contrat['id']}/activer")
    assert (refus.status_code, refus.json()["code"]) == (409, code)
    assert (await client.get(f"/contrats/{contrat['id']}")).json()["etat"] == "brouillon"


async def test_an_end_before_the_start_is_refused(client: httpx.AsyncClient) -> None:
    refus = await client.post("/contrats", json=un_contrat(fin="2025-12-31"))
    assert (refus.status_code, refus.json()["code"]) == (422, "dates_incoherentes")


async def test_a_termination_to_come_keeps_the_contract_until_its_last_day(
    client: httpx.AsyncClient, maintenance: Database, clock: FrozenClock, service_client: ServiceClient
) -> None:
    actif = await contrat_actif(client)
    corps = {"effet": "2026-06-30", "motif": "Le client change de prestataire"}
    prevu = (await client.post(f"/contrats/{actif['id']}/resilier", json=corps)).json()
    assert (prevu["etat"], prevu["fin"]) == ("actif", "2026-06-30")
    assert [v["date_prevue"] for v in prevu["visites"]] == ["2026-03-31"]
    clock.set(datetime(2026, 7, 1, 8, tzinfo=UTC))
    await taches_periodiques(maintenance)
    plus_tard = await service_client("maintenance", maintenance)
    fini = (await plus_tard.get(f"/contrats/{actif['id']}")).json()
    assert (fini["etat"], fini["echeances"]) == ("resilie", [])
    assert (await _couverture(maintenance)).contrat_ids == ()
    refus = await plus_tard.put(f"/contrats/{actif['id']}", json=un_contrat())
    assert (refus.status_code, refus.json()["code"]) == (409, "contrat_transition_impossible")


async def test_a_contract_covers_from_its_first_day_only(
    client: httpx.AsyncClient, maintenance: Database, clock: FrozenClock
) -> None:
    await contrat_actif(client, debut="2026-04-01", fin="2027-03-31")
    assert await annonces(maintenance, CouvertureModifiee) == []
    clock.set(datetime(2026, 4, 1, 8, tzinfo=UTC))
    await taches_periodiques(maintenance)
    await taches_periodiques(maintenance)
    assert len(await annonces(maintenance, CouvertureModifiee)) == 1
    clock.set(datetime(2027, 4, 1, 8, tzinfo=UTC))
    await taches_periodiques(maintenance)
    dernier = (await annonces(maintenance, ContratModifie))[-1]
    assert isinstance(dernier, ContratModifie)
    assert (dernier.etat, dernier.fin) == ("termine", date(2027, 3, 31))


async def test_a_year_of_visits_is_always_in_view(
    client: httpx.AsyncClient, maintenance: Database, clock: FrozenClock, service_client: ServiceClient
) -> None:
    actif = await contrat_actif(client)
    clock.set(datetime(2027, 6, 1, 8, tzinfo=UTC))
    await taches_periodiques(maintenance)
    plus_tard = await service_client("maintenance", maintenance)
    visites = (await plus_tard.get(f"/contrats/{actif['id']}")).json()["visites"]
    assert visites[-1]["date_prevue"] == "2029-03-31"


async def test_search_and_filters(client: httpx.AsyncClient) -> None:
    await contrat_actif(client)
    await client.post("/contrats", json=un_contrat(objet="Téléphonie"))
    for filtres, attendus in (
        ({"q": "telephonie"}, ["Téléphonie"]),
        ({"q": "CT-2026-00001"}, ["Maintenance des copieurs"]),
        ({"q": "lefevre"}, ["Téléphonie", "Maintenance des copieurs"]),
        ({"etat": "actif"}, ["Maintenance des copieurs"]),
        ({"a_renouveler_avant": "2030-01-01"}, []),
    ):
        trouves = (await client.get("/contrats", params=filtres)).json()["elements"]
        assert [c["objet"] for c in trouves] == attendus, filtres


async def test_the_journal_of_a_contract_says_what_became_of_its_prices(client: httpx.AsyncClient) -> None:
    actif = await contrat_actif(client)
    (ligne,) = actif["lignes"]
    suite = un_contrat(lignes=[{"id": ligne["id"], "designation": "Forfait", "montant_ht": "360.00"}])
    entetes = {"If-Match": str(actif["version"])}
    reponse = await client.put(f"/contrats/{actif['id']}", json=suite, headers=entetes)
    assert reponse.status_code == 200, reponse.text
    trace = (await client.get(f"/journal/{actif['id']}")).json()["elements"][0]
    (avant,), (apres,) = trace["avant"]["lignes"], trace["apres"]["lignes"]
    assert (avant["montant_ht"], apres["montant_ht"]) == ("480.00", "360.00")
    assert apres["designation"] == "Forfait"
