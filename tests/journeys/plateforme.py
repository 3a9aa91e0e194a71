"""Every part in this process, on databases of its own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from deploy.boite_locale import BoiteLocale, open_boite
from deploy.platform import Platform, open_platform
from deploy.topology import PARTS
from shared.kernel.clock import Clock
from shared.settings import Mode, Settings
from shared.testing.migrated import migrate
from shared.testing.postgres import Databases


@asynccontextmanager
async def ouvrir_plateforme(
    databases: Databases, dossier: Path, *, clock: Clock | None = None
) -> AsyncIterator[tuple[Platform, BoiteLocale]]:
    """The platform, nothing running, and the mailbox its mails reach; the databases are dropped at the end."""
    async with AsyncExitStack() as pile:
        adresses = {}
        for part in PARTS:
            modele = await databases.template(part.name, partial(migrate, part.name))
            nom, adresses[part.name] = await databases.clone(modele)
            pile.push_async_callback(databases.drop, nom)
        boite, port = await pile.enter_async_context(open_boite(dossier / "courrier"))
        reglages = Settings(
            mode=Mode.EMBEDDED,
            database_url=databases.url,
            public_url="https://essai",
            storage_folder=dossier / "fichiers",
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_tls="aucun",
            webhooks_private=True,
        ).model_copy(update={"database_urls": adresses})
        yield await pile.enter_async_context(open_platform(reglages, clock=clock)), boite
