"""A gateway whose webhooks may reach this machine, and a receiver."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from gateway.subscriptions import subscriptions
from gateway.webhook.postier import Postier
from shared.contracts.base import Envelope, Fact
from shared.database.database import Database
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.delivery import enveloppe, recevoir
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, Poste, ouvrir
from tests.gateway.webhook.receveur import Receveur, ecouter


@dataclass
class Exploitation:
    """The administrator's screen, the database and who carries what is to be sent."""

    bureau: Bureau
    admin: Poste
    clock: FrozenClock

    @property
    def base(self) -> Database:
        return self.bureau.bases["gateway"]

    async def appeler(self, methode: str, url: str, corps: Any = None, statut: int = 200) -> Any:
        await self.revenir()
        reponse = await self.admin.http.request(
            methode, f"/api/webhooks{url}", json=corps, headers={"X-CSRF-Token": self.admin.csrf}
        )
        assert reponse.status_code == statut, f"{reponse.status_code} {reponse.text}"
        return reponse.json() if reponse.content else None

    async def revenir(self) -> None:
        """Sign in again when the clock went past the session."""
        if (await self.admin.http.get("/api/moi")).status_code == 401:
            await self.admin.entrer("root")
            await self.admin.prendre_csrf()

    async def inscrire(self, adresse: str, *faits: type[Fact], **champs: Any) -> dict[str, Any]:
        """A webhook, with its secret."""
        corps = {"libelle": "Compta", "adresse": adresse, "faits": [f.type for f in faits], **champs}
        cree: dict[str, Any] = await self.appeler("POST", "", corps, 201)
        return cree

    async def dire(self, *faits: Fact | Envelope) -> list[Envelope]:
        """Facts arrive; nothing is sent yet."""
        dits = [f if isinstance(f, Envelope) else enveloppe(f, le=self.maintenant) for f in faits]
        await recevoir(self.base, subscriptions, *dits)
        return dits

    @property
    def maintenant(self) -> datetime:
        return self.clock.now()

    async def envoyer(self) -> None:
        """What is due leaves."""
        await Postier(self.base).vider()

    async def envois(self, webhook: dict[str, Any]) -> list[dict[str, Any]]:
        """What was sent, oldest first."""
        page = await self.appeler("GET", f"/{webhook['id']}/envois")
        return list(reversed(page["elements"]))


@pytest.fixture
def prive() -> bool:
    """Whether webhooks may reach the local network; a test says no by its parameter."""
    return True


@pytest.fixture
async def poste(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer, prive: bool
) -> AsyncIterator[Exploitation]:
    reglages = test_settings.model_copy(update={"webhooks_private": prive})
    moyens = {"service_database": service_database, "clock": clock, "settings": reglages, "renderer": renderer}
    async with ouvrir(**moyens) as bureau:  # type: ignore[arg-type]
        yield Exploitation(bureau, await bureau.asseoir("root", "administrateur"), clock)


@pytest.fixture
async def receveur() -> AsyncIterator[Receveur]:
    async with ecouter() as ouvert:
        yield ouvert
