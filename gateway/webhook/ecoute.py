"""Which facts some webhook wants, as one process knows it: an installation without webhooks pays nothing for them."""

import time
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from gateway.webhook.models import Webhook
from shared.database.database import Database

MEMOIRE = 1.0


class Ecoute:
    """Read again every second at most: a webhook is told of what becomes true a second after it is saved."""

    def __init__(self) -> None:
        self._voulus: WeakKeyDictionary[Database, tuple[frozenset[str], float]] = WeakKeyDictionary()

    async def veut(self, database: Database, type_: str) -> bool:
        """Whether an active webhook chose facts of this type."""
        voulus, relire_a = self._voulus.get(database, (frozenset(), 0.0))
        if time.monotonic() >= relire_a:
            async with database.read() as session:
                choisis = select(func.unnest(Webhook.faits)).where(Webhook.est_actif).distinct()
                voulus = frozenset(await session.scalars(choisis))
            self._voulus[database] = voulus, time.monotonic() + MEMOIRE
        return type_ in voulus

    def oublier(self, database: Database) -> None:
        """Something changed in this process: look again at the next fact."""
        self._voulus.pop(database, None)


ecoute = Ecoute()
