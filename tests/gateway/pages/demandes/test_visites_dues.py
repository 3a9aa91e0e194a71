"""The clock reaches the date of a contract's visit: its demande is on the maintenance board, once per period."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from services.demandes.subscriptions import subscriptions as de_demandes
from services.maintenance.periodique import taches_periodiques
from services.maintenance.subscriptions import subscriptions as de_maintenance
from shared.contracts.maintenance import ContratModifie, VisiteDue
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.maintenance import contrat_actif, un_client, une_societe
from tests.gateway.bureau import Bureau, Poste, ouvrir

NOM = "Cabinet dentaire Martin-Lefèvre"


@pytest.fixture
async def bureau(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """Demandes and maintenance, that know one client."""
    services = ("demandes", "maintenance")
    async with ouvrir(
        *services, service_database=service_database, clock=clock, settings=test_settings, renderer=renderer
    ) as ouvert:
        await recevoir(ouvert.bases["maintenance"], de_maintenance, un_client(), une_societe())
        await recevoir(ouvert.bases["demandes"], de_demandes, un_client())
        yield ouvert


async def _le(bureau: Bureau, clock: FrozenClock, jour: datetime) -> None:
    """That morning, the hourly work of maintenance is done twice and what it announces arrives twice."""
    clock.set(jour)
    maintenance = bureau.bases["maintenance"]
    for _ in range(2):
        await taches_periodiques(maintenance)
        await recevoir(bureau.bases["demandes"], de_demandes, *await annonces(maintenance, ContratModifie, VisiteDue))


async def _cartes(poste: Poste) -> list[str]:
    """The cards of the first column of the maintenance board, as they read; sessions ended while the clock moved."""
    assert (await poste.entrer("nadia")).status_code == 303
    page = await poste.lire("/demandes/tableaux/maintenances")
    colonne = page.partition('aria-label="À planifier"')[2].partition("</section>")[0]
    return [re.sub(r"\s*<[^>]*>\s*", " ", carte) for carte in colonne.split("data-carte=")[1:]]


@pytest.mark.feature("DM-35", "MA-12")
async def test_une_visite_due_est_au_tableau_une_fois_par_contrat_et_par_periode(
    bureau: Bureau, clock: FrozenClock, service_client: ServiceClient
) -> None:
    api = await service_client("maintenance", bureau.bases["maintenance"])
    for premiere in ("2026-06-10", "2026-09-10"):
        await contrat_actif(api, premiere_visite_le=premiere)
    await _le(bureau, clock, datetime(2026, 4, 1, 6, tzinfo=UTC))
    nadia = await bureau.asseoir("nadia", "planning")
    assert await _cartes(nadia) == [], "rien n’est dû"
    await _le(bureau, clock, datetime(2026, 6, 10, 6, tzinfo=UTC))
    (carte,) = await _cartes(nadia)
    assert NOM in carte
    assert "10 juin" in carte
    await _le(bureau, clock, datetime(2026, 6, 25, 6, tzinfo=UTC))
    assert len(await _cartes(nadia)) == 1, "jamais deux pour une période"
    await _le(bureau, clock, datetime(2026, 12, 10, 6, tzinfo=UTC))
    echeances = sorted(re.findall(r"\d+ (?:juin|sept|déc)", " ".join(await _cartes(nadia))))
    assert echeances == ["10 déc", "10 juin", "10 sept"], "une par contrat et par période"
