"""A search with a typing error: who comes near is shown as such, and creating what was typed is still offered."""

from deploy.topology import BY_NAME
from shared.bus.transport import Member
from shared.bus.transports.inprocess import InProcessTransport
from shared.bus.worker import Worker
from tests.gateway.bureau import Bureau


async def test_la_liste_et_la_palette_disent_l_orthographe_proche(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    await alice.envoyer("/contacts/nouveau", 204, nom="Boulangerie du Lac", roles="client")
    membre = Member(carnet.bases["contacts"], BY_NAME["contacts"].subscriptions())
    worker = Worker([membre], InProcessTransport())
    await worker.drain()
    await worker.stop()
    page = await alice.lire("/contacts?q=boulngerie")
    assert "Aucun contact ne correspond exactement" in page
    assert "Créer « boulngerie »" in page
    assert "orthographe proche" in page
    exacte = await alice.lire("/contacts?q=boulangerie")
    assert "orthographe proche" not in exacte
    trouves = (await alice.http.get("/recherche", params={"q": "boulngerie"})).json()["elements"]
    assert [(e["groupe"], e["titre"]) for e in trouves] == [
        ("Contacts", "Boulangerie du Lac"),
        ("Créer", "Créer le contact « boulngerie »"),
    ]
    assert [
        e["groupe"] for e in (await alice.http.get("/recherche", params={"q": "boulangerie"})).json()["elements"]
    ] == ["Contacts"]


async def test_la_palette_dit_qui_n_a_pas_repondu(carnet: Bureau, bureau: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    trouve = (await alice.http.get("/recherche", params={"q": "boulangerie"})).json()
    assert "Demandes" in trouve["muets"]
    assert "Carnet d’adresses" not in trouve["muets"]
    seule = await bureau.asseoir("claire", "accueil")
    sans_carnet = (await seule.http.get("/recherche", params={"q": "boulangerie"})).json()
    assert "Carnet d’adresses" in sans_carnet["muets"]
    assert sans_carnet["elements"] == []  # nobody is offered to create who may be there already
