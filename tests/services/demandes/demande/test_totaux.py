"""What a list adds up to stays within the reach of whoever asks, as its rows and its files do."""

from uuid import uuid4

from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import ServiceClient
from shared.web.auth import Jetons
from tests.builders.demandes import Monde


async def test_totals_and_files_stay_within_the_reach(
    monde: Monde, service_client: ServiceClient, clock: FrozenClock
) -> None:
    mienne, autre = await monde.ouvrir(responsable_id=str(monde.karim)), await monde.ouvrir()
    for demande in (mienne, autre):
        url = f"/demandes/{demande['id']}/fichiers/{uuid4()}"
        reponse = await monde.http.put(url, params={"nom": "plan.pdf"}, content=b"%PDF-1.7")
        assert reponse.status_code == 200
    qui = Actor("Karim", monde.karim, frozenset({"demande.lire"}), etendues=frozenset({("demande", "siens")}))
    http = await service_client("demandes", monde.database)
    jetons: Jetons = http._transport.app.state.jetons  # type: ignore[attr-defined]
    http.headers.update({"Authorization": f"Bearer {jetons.signer(qui)}"})
    assert [d["id"] for d in (await http.get("/demandes")).json()["elements"]] == [mienne["id"]]
    assert (await http.get("/demandes/totaux")).json()["nombre"] == 1
    fichiers = (await http.get("/fichiers-demandes", params={"tiers_id": str(monde.tiers_id)})).json()["elements"]
    assert [f["proprietaire_id"] for f in fichiers] == [mienne["id"]]
    assert (await http.get(f"/demandes/{autre['id']}/fichiers")).json()["elements"] == []
