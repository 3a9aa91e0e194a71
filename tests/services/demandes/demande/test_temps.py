"""Time typed wrong is corrected or removed by whoever worked, until it is billed."""

from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.contracts.billing import FactureEmise
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.gateway import CompteModifie
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.builders.demandes import Monde
from tests.services.demandes.conftest import Asseoir

Json = dict[str, Any]
DROITS = frozenset({"demande.lire", "temps.saisir"})


@pytest.fixture
async def sophie(monde: Monde, asseoir: Asseoir) -> httpx.AsyncClient:
    """Sophie, signed in."""
    return await _assis(monde, asseoir, monde.sophie, "Sophie")


async def _assis(monde: Monde, asseoir: Asseoir, collaborateur: UUID, nom: str) -> httpx.AsyncClient:
    compte = new_id()
    fait = {"compte_id": compte, "identifiant": nom, "nom": nom, "roles": ()}
    await monde.recevoir(CompteModifie.model_validate(fait | {"collaborateur_id": collaborateur}))
    return await asseoir(Actor(id=compte, nom=nom, permissions=DROITS))


async def _saisir(qui: httpx.AsyncClient, demande: Json, minutes: int = 90) -> Json:
    corps = {"jour": "2026-03-17", "minutes": minutes, "travaux": "Repérage"}
    reponse = await qui.post(f"/demandes/{demande['id']}/temps", json=corps)
    assert reponse.status_code == 201, reponse.text
    saisi: Json = reponse.json()
    return saisi


async def _total(monde: Monde, demande: Json) -> tuple[int, int]:
    lus = (await monde.http.get(f"/demandes/{demande['id']}/temps")).json()
    return lus["total_minutes"], (await monde.lire(demande))["temps_minutes"]


async def test_qui_a_travaille_corrige_et_retire(monde: Monde, sophie: httpx.AsyncClient) -> None:
    demande = await monde.ouvrir("interne")
    saisi, autre = await _saisir(sophie, demande), await _saisir(sophie, demande, 30)
    corps = {"jour": "2026-03-16", "minutes": 60, "travaux": "Repérage et pose"}
    corrige = await sophie.put(f"/temps/{saisi['id']}", json=corps)
    assert corrige.status_code == 200, corrige.text
    assert (corrige.json()["minutes"], corrige.json()["travaux"]) == (60, "Repérage et pose")
    assert await _total(monde, demande) == (90, 90)
    assert (await sophie.delete(f"/temps/{autre['id']}")).status_code == 204
    assert await _total(monde, demande) == (60, 60)
    (dit,) = await b.faits(monde.database, TempsCorrige)
    assert (str(dit.temps_id), dit.minutes, str(dit.demande_id)) == (saisi["id"], 60, demande["id"])
    assert [str(f.temps_id) for f in await b.faits(monde.database, TempsRetire)] == [autre["id"]]
    assert (await sophie.delete(f"/temps/{autre['id']}")).status_code == 404


async def test_ni_celui_d_un_autre_ni_celui_qui_est_facture(
    monde: Monde, sophie: httpx.AsyncClient, asseoir: Asseoir
) -> None:
    karim = await _assis(monde, asseoir, monde.karim, "Karim")
    demande = await monde.ouvrir("interne")
    saisi = await _saisir(sophie, demande)
    refus = await karim.delete(f"/temps/{saisi['id']}")
    assert (refus.status_code, refus.json()["code"]) == (403, "temps_d_un_autre")
    assert "Sophie Durand" in refus.json()["detail"]
    facture = {
        "facture_id": new_id(),
        "affaire_client_id": new_id(),
        "numero": "FC-2026-00012",
        "tiers_id": monde.tiers_id,
        "tiers_nom": "x",
    }
    totaux = {"total_ht": "1", "total_tva": "0", "total_ttc": "1", "emise_le": "2026-03-17", "echeance": "2026-04-17"}
    await monde.recevoir(FactureEmise.model_validate(facture | totaux | {"demande_id": demande["id"]}))
    for reponse in (
        await sophie.delete(f"/temps/{saisi['id']}"),
        await sophie.put(f"/temps/{saisi['id']}", json={"jour": "2026-03-17", "minutes": 5, "travaux": "x"}),
    ):
        assert (reponse.status_code, reponse.json()["code"]) == (409, "temps_facture")
        assert "FC-2026-00012" in reponse.json()["detail"]
    assert await _total(monde, demande) == (90, 90)


async def test_le_dernier_temps_reste_dans_un_etat_qui_en_exige(monde: Monde, sophie: httpx.AsyncClient) -> None:
    exige = {"libelle": "À faire", "couleur": "ambre", "exige_temps": True}
    assert (await monde.http.put("/types-demande/interne/etats/a_faire", json=exige)).status_code == 200
    demande = await monde.ouvrir("interne")
    premier, second = await _saisir(sophie, demande), await _saisir(sophie, demande, 30)
    assert (await sophie.delete(f"/temps/{premier['id']}")).status_code == 204
    refus = await sophie.delete(f"/temps/{second['id']}")
    assert (refus.status_code, refus.json()["code"]) == (409, "dernier_temps")
    assert await _total(monde, demande) == (30, 30)


async def test_the_time_carries_what_an_hour_of_its_author_costs(
    monde: Monde, asseoir: Asseoir, sophie: httpx.AsyncClient
) -> None:
    direction = frozenset({"couts.voir", "societe.modifier"})
    chef = await asseoir(Actor(id=new_id(), nom="Chef", permissions=direction))
    demande = await monde.ouvrir("interne")
    saisi = await _saisir(sophie, demande)
    assert "cout" not in str(saisi), "whoever records time does not see what it costs"
    corps: Json = {"defaut_ht": "38.00"}
    lus = (await chef.put("/couts-horaires", json=corps)).json()
    assert lus["defaut_ht"] == "38.00"
    assert {c["cout_ht"] for c in lus["collaborateurs"]} == {None}
    await _saisir(sophie, demande)
    sien = {"collaborateur_id": str(monde.sophie), "cout_ht": "45.50"}
    lus = (await chef.put("/couts-horaires", json=corps | {"collaborateurs": [sien]})).json()
    assert [c["cout_ht"] for c in lus["collaborateurs"] if c["collaborateur_id"] == str(monde.sophie)] == ["45.50"]
    await _saisir(sophie, demande)
    dits = [f.cout_horaire_ht for f in await b.faits(monde.database, TempsSaisi)]
    assert [None if c is None else str(c) for c in dits] == [None, "38.00", "45.50"]
    assert (await chef.put("/couts-horaires", json={})).json()["defaut_ht"] is None
    deux_fois = await chef.put("/couts-horaires", json={"collaborateurs": [sien, sien]})
    assert deux_fois.status_code == 422


@pytest.mark.parametrize("droits", [{"couts.voir"}, {"societe.modifier"}, {"demande.lire", "temps.saisir"}])
async def test_hourly_costs_are_read_and_set_by_those_who_may(asseoir: Asseoir, monde: Monde, droits: set[str]) -> None:
    client = await asseoir(Actor(id=new_id(), nom="Curieux", permissions=frozenset(droits)))
    assert (await client.get("/couts-horaires")).status_code == (200 if "couts.voir" in droits else 403)
    assert (await client.put("/couts-horaires", json={"defaut_ht": "1"})).status_code == 403
