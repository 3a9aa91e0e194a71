"""A signed devis told twice by the bus to everybody who listens: every service ends as after the first time."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import text

from deploy.topology import GATEWAY
from gateway.compte.use_cases import premier_administrateur
from shared.bus.metrics import INBOX_CONFLICTS
from shared.bus.operations import Operations
from shared.bus.transports.rabbit import RabbitTransport
from shared.bus.transports.topology import Topology
from shared.bus.worker import Worker
from shared.contracts.commercial import DevisValide
from shared.database import platform as tables
from shared.kernel.ids import new_id
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from tests.gateway.pages.entreprise import Entreprise, Maison
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import PATIENCE, catalogue, devis, etat, ouvrir
from tests.journeys.plateforme import ouvrir_plateforme
from tests.journeys.systeme import MOT_DE_PASSE

TABLES = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    " AND table_type = 'BASE TABLE' AND table_name <> ALL(:sauf) ORDER BY table_name"
)
PLATEFORME = [
    nom for nom in tables.metadata.tables if nom != "audit"
]  # what was written is compared, not how it travelled
VIVANTES = ["alembic_version", "session", "jeton"]  # who looks, not what they see


@pytest.fixture(params=["dans_le_processus", "rabbitmq"])
async def entreprise(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path
) -> AsyncIterator[tuple[Entreprise, Worker]]:
    """The seven services and the gateway in this process, their facts carried by one transport or the other."""
    async with AsyncExitStack() as pile:
        platform, boite = await pile.enter_async_context(ouvrir_plateforme(databases, tmp_path))
        worker = platform.worker
        if request.param == "rabbitmq":
            broker: Broker = request.getfixturevalue("broker")
            membres = platform.worker.members
            topologie = Topology.of([m.subscriptions for m in membres], prefix=f"{broker.prefix}{new_id()}.")
            worker = Worker(membres, RabbitTransport(broker.url, topologie))
        await worker.start()
        pile.push_async_callback(worker.stop)
        await premier_administrateur(platform.database(GATEWAY.name), MOT_DE_PASSE)
        maison = Maison(platform, boite)
        ouverte = Entreprise(Equipe(maison), maison)
        pile.push_async_callback(ouverte.fermer)
        await ouverte.gens.embaucher()
        yield ouverte, worker


def auditeurs(worker: Worker) -> dict[str, int]:
    """By service, how many of its subscriptions listen to a signed devis: without webhooks, those have none."""
    comptes = {
        m.service: sum(DevisValide.type in s.types and s.when is None for s in m.subscriptions) for m in worker.members
    }
    return {service: nombre for service, nombre in comptes.items() if nombre}


def ignores(service: str) -> float:
    """The deliveries this service recognised as already handled."""
    (mesure,) = INBOX_CONFLICTS.labels(service).collect()
    return float(mesure.samples[0].value)


async def etat_de_tout(worker: Worker) -> dict[str, Any]:
    """Every row of every service, and how many facts each announced."""
    vus: dict[str, Any] = {}
    for membre in worker.members:
        async with membre.database.read() as session:
            noms = await session.scalars(text(TABLES), {"sauf": [*PLATEFORME, *VIVANTES]})
            for nom in list(noms):
                rangees = await session.scalars(text(f'SELECT to_jsonb(t)::text FROM "{nom}" t'))
                vus[f"{membre.service}.{nom}"] = sorted(rangees)
            vus[f"{membre.service}.faits"] = await session.scalar(text("SELECT count(*) FROM outbox"))
    return vus


async def au_repos(worker: Worker) -> None:
    """Nothing is on its way: all is sent and handled, in the eyes of each service, twice in a row."""

    async def calme() -> None:
        vus = [await etat_de_tout(worker) for _ in range(2)]
        assert vus[0] == vus[1]
        for membre in worker.members:
            compte = await Operations(membre.database.url).counts()
            assert (compte.unsent, compte.waiting, compte.parked) == (0, 0, 0), membre.service

    await eventually(calme, PATIENCE)


@pytest.mark.feature("CO-22")
@pytest.mark.timeout(240)
async def test_un_devis_valide_livre_deux_fois_a_tous_n_a_d_effet_qu_une_fois(
    entreprise: tuple[Entreprise, Worker],
) -> None:
    gens, worker = entreprise[0].gens, entreprise[1]
    produits = await catalogue(gens)
    demande = await ouvrir(gens, "Vidéo livrée deux fois")
    proposition = await devis(gens, demande, produits)
    await etat(gens, demande["id"], "attente_client")

    async def feuilles() -> list[dict[str, Any]]:
        lues: list[dict[str, Any]] = (await gens.karim.lire("/inventory/feuilles", demande_id=demande["id"]))[
            "elements"
        ]
        assert lues
        return lues

    debut = monotonic()
    await gens.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
    (feuille,) = await eventually(feuilles, PATIENCE)
    assert monotonic() - debut < 2
    await etat(gens, demande["id"], "devis_valide")
    await au_repos(worker)
    avant, ecoutent = await etat_de_tout(worker), auditeurs(worker)
    assert ecoutent.keys() >= {"inventory", "billing", "maintenance", "demandes", "contacts", "gateway"}
    deja = {service: ignores(service) for service in ecoutent}

    (commercial,) = [m for m in worker.members if m.service == "commercial"]
    jour = commercial.database.clock.now().replace(hour=0, minute=0)
    assert await Operations(commercial.database.url).resend(jour, DevisValide.type) == 1

    async def relivre() -> None:
        vus = {service: ignores(service) - deja[service] for service in ecoutent}
        assert vus == ecoutent, "everybody was told again, and recognised it"

    await eventually(relivre, PATIENCE)
    await au_repos(worker)
    apres = await etat_de_tout(worker)
    assert [nom for nom in avant if apres[nom] != avant[nom]] == []
    assert [lue["id"] for lue in await feuilles()] == [feuille["id"]]
