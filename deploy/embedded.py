"""Everything in one process: private PostgreSQL, in-process bus, seven services, gateway, mailbox. `make demo` is this."""

import asyncio
import json
import os
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from deploy.boite_locale import open_boite
from deploy.embedded_lock import Ground
from deploy.housekeeping import keep_house
from deploy.platform import Platform, migrate, open_platform, present, show_live
from deploy.serving import bind, serve_until, settle, stop_requested
from deploy.topology import GATEWAY, PARTS
from gateway.compte.use_cases import premier_administrateur
from shared.database.engine import connect
from shared.kernel.clock import FrozenClock, SystemClock
from shared.local_postgres import LocalPostgres
from shared.logging import configure_logging
from shared.settings import LogFormat, Mode, Settings, with_database

PORTS_TRIED = 50
DEMO_AGE = timedelta(days=548)  # the demo company has eighteen months of activity
Say = Callable[[str], None]


async def run(
    ground: Ground, *, host: str, port: int, with_demo: bool, beside: Iterable[Callable[[], None]], say: Say
) -> None:
    """Start everything, serve until SIGINT or SIGTERM, stop everything in order; `beside` is done while databases load."""
    stop = stop_requested()
    prepared = asyncio.gather(*(asyncio.to_thread(work) for work in beside))
    started = time.monotonic()
    postgres = LocalPostgres(ground.folder / "postgres")
    say("Démarrage de la base de données…")
    await asyncio.to_thread(postgres.start)
    try:
        listening = bind(host, port, tries=PORTS_TRIED)
        address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{listening.getsockname()[1]}"  # noqa: S104
        async with open_boite(ground.folder / "courrier") as (_, smtp_port):
            settings = embedded_settings(ground.folder, postgres.url, address, smtp_port)
            configure_logging(settings, process="amanela")
            say("Mise à jour des bases…")
            await migrate(PARTS, settings)
            if with_demo and not await _finished(load_demo(ground, settings, say), stop):
                say("Chargement interrompu ; il reprendra de zéro.")
                return
            await prepared
            async with living(settings) as platform:
                await _first_account(platform, settings, say)
                ground.announce(address)
                _welcome(say, address, started, is_demo=ground.demo_state == "chargee")
                gateway = platform.applications[GATEWAY.name]
                settle()
                await serve_until(
                    stop,
                    gateway,
                    listening,
                    trusted_proxies=settings.trusted_proxies,
                    end_streams=gateway.state.hub.clore,
                )
                say("Arrêt en cours…")
    finally:
        await asyncio.to_thread(postgres.stop)
        ground.release()


async def _finished(work: Coroutine[Any, Any, None], stop: asyncio.Event) -> bool:
    """Do `work` unless `stop` comes first, which abandons it."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not working.done():
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        return False
    await working
    return True


@asynccontextmanager
async def living(settings: Settings) -> AsyncIterator[Platform]:
    """The platform at the time of the machine, its bus running."""
    async with open_platform(settings) as platform:
        await platform.worker.start()
        live = show_live(platform.applications[GATEWAY.name], platform.transport)
        tidying = asyncio.create_task(
            keep_house({part: platform.database(part.name) for part in present(PARTS)}, settings)
        )
        try:
            yield platform
        finally:
            live.cancel()
            tidying.cancel()
            await platform.worker.stop()


def embedded_settings(
    folder: Path, database_url: str, address: str = "http://127.0.0.1:8000", smtp_port: int = 25
) -> Settings:
    """Settings of the single process; secrets are drawn once and kept beside the data."""
    drawn = _secrets(folder / "secrets.json")
    return Settings(
        mode=Mode.EMBEDDED,
        database_url=database_url,
        database_urls={},
        database_pool=6,
        public_url=os.environ.get("AMANELA_PUBLIC_URL", address),
        storage_folder=folder / "fichiers",
        smtp_host="127.0.0.1",
        smtp_port=smtp_port,
        smtp_tls="aucun",
        mailbox_folder=folder / "courrier",
        log_format=LogFormat.READABLE,
        log_level=os.environ.get("AMANELA_LOG_LEVEL", "WARNING"),
        token_secret=drawn["token"],
        session_secret=drawn["session"],
    )


def _secrets(path: Path) -> dict[str, str]:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(json.dumps({name: secrets.token_urlsafe(48) for name in ("token", "session")}))
    drawn: dict[str, str] = json.loads(path.read_text())
    return drawn


async def load_demo(ground: Ground, settings: Settings, say: Say) -> None:
    """Load the demo company once, into empty databases; a load that was interrupted is begun again from nothing."""
    if find_spec("deploy.demo") is None or ground.demo_state == "chargee":
        return
    if ground.demo_state == "en_cours":
        say("Le chargement précédent a été interrompu : il reprend de zéro.")
        await _recreate(settings)
    elif await _is_lived_in(settings):
        return
    ground.demo_state = "en_cours"
    say("Chargement de la société de démonstration…")
    charger: Callable[[Platform], Awaitable[None]] = import_module("deploy.demo").charger
    started = time.monotonic()
    await _wait_for_disk(settings, waits=False)
    async with open_platform(settings, clock=FrozenClock(SystemClock().now() - DEMO_AGE)) as platform:
        settle()
        await charger(platform)
        await platform.drain()
    await _wait_for_disk(settings, waits=True)
    ground.demo_state = "chargee"
    say(f"Société de démonstration chargée en {time.monotonic() - started:.0f} s.")


async def _wait_for_disk(settings: Settings, *, waits: bool) -> None:
    """Commits of the load need not wait for the disk, one by one: a load cut short is begun again from nothing."""
    connection = await connect(with_database(settings.database_url, "postgres"))
    try:
        await connection.execute(
            f"alter system {'reset' if waits else 'set'} synchronous_commit{'' if waits else ' = off'}"
        )
        await connection.execute("select pg_reload_conf()")
        if waits:
            await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _recreate(settings: Settings) -> None:
    for part in present(PARTS):
        connection = await connect(with_database(settings.database_url, "postgres"))
        try:
            await connection.execute(f'drop database if exists "{part.database}" with (force)')
        finally:
            await connection.close()
    await migrate(PARTS, settings)


async def _is_lived_in(settings: Settings) -> bool:
    """Whether somebody has an account here: every start that is not the demo's opens one."""
    connection = await connect(settings.database_of(GATEWAY.name))
    try:
        return bool(await connection.fetchval("SELECT EXISTS (SELECT FROM compte)"))
    finally:
        await connection.close()


async def _first_account(platform: Platform, settings: Settings, say: Say) -> None:
    """Without the demo company there is nobody to sign in as: open the administrator, and say his password once."""
    given = settings.admin_password.get_secret_value()
    drawn = given or secrets.token_urlsafe(9)
    if await premier_administrateur(platform.database(GATEWAY.name), drawn) and not given:
        say(f"Premier compte : admin, mot de passe {drawn} (affiché cette seule fois).")


def _welcome(say: Say, address: str, started: float, *, is_demo: bool) -> None:
    say("")
    say(f"Amanela est prête (en {time.monotonic() - started:.0f} s) : {address}")
    if is_demo:
        for line in getattr(import_module("deploy.demo"), "ACCUEIL", ()):
            say(line)
    say("Arrêter : Ctrl+C")
