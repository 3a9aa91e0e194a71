"""« Je prends »: a colleague in charge is named and keeps the demande unless that is confirmed."""

import httpx
import pytest

from shared.contracts.gateway import CompteModifie
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders.demandes import Monde
from tests.services.demandes.conftest import Asseoir


async def _assis(monde: Monde, asseoir: Asseoir, collaborateur: object, nom: str) -> httpx.AsyncClient:
    """A client signed in as this collaborator."""
    compte = new_id()
    fait = {"compte_id": compte, "identifiant": nom, "nom": nom, "roles": (), "est_actif": True}
    await monde.recevoir(CompteModifie.model_validate(fait | {"collaborateur_id": collaborateur}))
    qui = Actor(id=compte, nom=nom, permissions=frozenset({"demande.lire", "demande.modifier"}))
    return await asseoir(qui)


@pytest.mark.feature("DM-29")
async def test_un_technicien_prend_et_un_autre_ne_lui_prend_pas_sans_le_dire(monde: Monde, asseoir: Asseoir) -> None:
    sophie = await _assis(monde, asseoir, monde.sophie, "Sophie")
    karim = await _assis(monde, asseoir, monde.karim, "Karim")
    demande = await monde.ouvrir("interne")
    url = f"/demandes/{demande['id']}/prendre"
    assert (await sophie.post(url)).json()["responsable_nom"] == "Sophie Durand"
    refus = await karim.post(url)
    assert (refus.status_code, refus.json()["code"]) == (409, "deja_prise")
    assert "Sophie Durand" in refus.json()["detail"]
    assert (await monde.lire(demande))["responsable_nom"] == "Sophie Durand"
    assert (await sophie.post(url)).status_code == 200, "la reprendre soi-même ne change rien"
    assert (await karim.post(url, json={"confirmee": True})).json()["responsable_nom"] == "Karim Aït Ouali"
