"""What was said with a contact in all its demandes, on one line; out of reach, a demande says nothing."""

from datetime import timedelta
from typing import Any

from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient
from shared.web.auth import Jetons
from tests.builders import demandes as b
from tests.builders.demandes import Monde


async def test_les_echanges_d_un_contact_reunissent_ceux_de_ses_demandes(monde: Monde, clock: FrozenClock) -> None:
    une, autre = await monde.ouvrir(objet="Alarme"), await monde.ouvrir(objet="Portier")
    ailleurs = await monde.ouvrir(objet="Câblage", tiers_id=str(await _un_autre(monde)))
    clock.advance(timedelta(seconds=9))
    await monde.http.post(f"/demandes/{une['id']}/notes", json={"texte": "Rappelle jeudi"})
    await monde.http.post(f"/demandes/{ailleurs['id']}/notes", json={"texte": "Pas d’ici"})
    clock.advance(timedelta(seconds=9))
    relance = {"canal": "appel", "compte_rendu": "D’accord sur le prix", "prochaine_le": "2026-04-02"}
    await monde.http.post(f"/demandes/{autre['id']}/relances", json=relance)
    lus = (await monde.http.get("/chronologie", params={"tiers_id": une["tiers_id"]})).json()
    dits = [(m["genre"], m["texte"], m["demande_numero"]) for m in lus]
    assert dits[:2] == [
        ("relance", "D’accord sur le prix", autre["numero"]),
        ("note", "Rappelle jeudi", une["numero"]),
    ]
    assert sorted(dits[2:]) == sorted(("creation", "", d["numero"]) for d in (une, autre))
    assert lus[0]["titre"] == "Client rappelé"


async def test_les_echanges_d_une_demande_hors_de_portee_ne_se_lisent_pas(
    monde: Monde, service_client: ServiceClient
) -> None:
    mienne = await monde.ouvrir(objet="Alarme", responsable_id=str(monde.karim))
    autre = await monde.ouvrir(objet="Portier")
    for demande in (mienne, autre):
        await monde.http.post(f"/demandes/{demande['id']}/notes", json={"texte": demande["objet"]})
    qui = Actor("Karim", monde.karim, frozenset({"demande.lire"}), etendues=frozenset({("demande", "siens")}))
    http = await service_client("demandes", monde.database)
    jetons: Jetons = http._transport.app.state.jetons  # type: ignore[attr-defined]
    http.headers.update({"Authorization": f"Bearer {jetons.signer(qui)}"})
    lus = (await http.get("/chronologie", params={"tiers_id": mienne["tiers_id"]})).json()
    assert {m["demande_numero"] for m in lus} == {mienne["numero"]}


async def _un_autre(monde: Monde) -> Any:
    tiers = b.un_tiers("Garage des Alpes")
    await monde.recevoir(tiers)
    return tiers.tiers_id
