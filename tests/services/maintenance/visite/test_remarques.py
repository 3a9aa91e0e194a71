"""What a visit notices becomes demandes: both services, their facts delivered to each other."""

from typing import Any

import httpx
import pytest

from services.demandes.subscriptions import subscriptions as demandes_abonnees
from services.maintenance.subscriptions import subscriptions as maintenance_abonnee
from shared.contracts.base import Fact
from shared.contracts.demandes import DemandeCreee
from shared.contracts.maintenance import ContratModifie, CouvertureModifiee, VisiteDue, VisiteRealisee
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.maintenance import CLIENT, contrat_actif, equipement, un_client


@pytest.fixture
async def demandes(service_database: ServiceDatabase, clock: FrozenClock) -> Database:
    """The database of demandes, where the client is known."""
    database = await service_database("demandes", clock)
    await recevoir(database, demandes_abonnees, un_client())
    return database


async def _visite(client: httpx.AsyncClient, maintenance: Database, demandes: Database) -> dict[str, Any]:
    """A due visit of a contract on the first of two objects, its demande opened; ids: [under contract, not]."""
    ids = [(await equipement(client, designation=nom))["id"] for nom in ("Copieur accueil", "Traceur")]
    lignes = [{"designation": "Forfait", "montant_ht": "480.00", "equipement_ids": ids[:1]}]
    await contrat_actif(client, lignes=lignes)
    await client.post("/visites/declencher", json={})
    for genre in (ContratModifie, CouvertureModifiee, VisiteDue):
        await recevoir(demandes, demandes_abonnees, *await annonces(maintenance, genre))
    await recevoir(maintenance, maintenance_abonnee, *await annonces(demandes, DemandeCreee))
    (visite,) = (await client.get("/visites", params={"etat": "a_traiter"})).json()["elements"]
    return {**visite, "ids": ids}


@pytest.mark.feature("DM-36")
async def test_une_remarque_sav_et_une_remarque_commerciale_ouvrent_leurs_demandes(
    client: httpx.AsyncClient, maintenance: Database, demandes: Database, service_client: ServiceClient
) -> None:
    visite = await _visite(client, maintenance, demandes)
    sous_contrat, hors_contrat = visite["ids"]
    releves = [
        {"equipement_id": sous_contrat, "remarque": "Bourrage au bac 2", "genre": "sav", "compteur": "1250"},
        {"equipement_id": hors_contrat, "remarque": "Trop lent, à remplacer", "genre": "commercial"},
    ]
    corps = {"realisee_le": "2026-03-17", "releves": releves}
    assert (await client.post(f"/visites/{visite['id']}/realiser", json=corps)).status_code == 200
    faits: list[Fact] = list(await annonces(maintenance, VisiteRealisee))
    await recevoir(demandes, demandes_abonnees, *faits)
    http = await service_client("demandes", demandes)
    lues = (await http.get("/demandes", params={"tiers_id": str(CLIENT), "ouvertes": True})).json()["elements"]
    par_type = {d["type_code"]: (await http.get(f"/demandes/{d['id']}")).json() for d in lues}
    assert sorted(par_type) == ["commercial", "sav"], "celle de la visite est réalisée"
    for code, objet, etat in (("sav", sous_contrat, "nouveau"), ("commercial", hors_contrat, "devis_a_realiser")):
        fille = par_type[code]
        assert (fille["equipement_id"], fille["etat_code"]) == (objet, etat)
        assert fille["parent"]["id"] == visite["demande_id"]
        assert [(li["objet_type"], li["objet_id"]) for li in fille["liens"]] == [("visite", visite["id"])]
    assert "Bourrage au bac 2" in par_type["sav"]["description"]
    assert par_type["sav"]["contrat_id"] == visite["contrat_id"]
    mere = (await http.get(f"/demandes/{visite['demande_id']}")).json()
    assert {f["id"] for f in mere["filles"]} == {d["id"] for d in par_type.values()}


async def test_une_panne_que_rien_ne_couvre_devient_une_vente_et_une_information_rien(
    client: httpx.AsyncClient, maintenance: Database, demandes: Database, service_client: ServiceClient
) -> None:
    visite = await _visite(client, maintenance, demandes)
    sous_contrat, hors_contrat = visite["ids"]
    releves = [
        {"equipement_id": sous_contrat, "remarque": "Rien à signaler", "genre": "info"},
        {"equipement_id": hors_contrat, "remarque": "Ne s’allume plus", "genre": "sav"},
    ]
    corps = {"realisee_le": "2026-03-17", "releves": releves}
    assert (await client.post(f"/visites/{visite['id']}/realiser", json=corps)).status_code == 200
    await recevoir(demandes, demandes_abonnees, *await annonces(maintenance, VisiteRealisee))
    http = await service_client("demandes", demandes)
    (seule,) = (await http.get("/demandes", params={"ouvertes": True})).json()["elements"]
    lue = (await http.get(f"/demandes/{seule['id']}")).json()
    assert (lue["type_code"], lue["equipement_id"]) == ("commercial", hors_contrat)
    assert "Aucun dépannage possible" in lue["description"]
