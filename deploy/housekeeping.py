"""What no fact causes, wherever an event worker lives: due dates every hour, old facts forgotten a few times a day, what never ends."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from deploy.topology import Part
from shared.bus.operations import Operations
from shared.courriel.errors import ServeurIndisponible
from shared.database.database import Database
from shared.kernel.clock import SystemClock
from shared.settings import Settings

log = get_logger(__name__)

Tasks = Callable[[Any], Awaitable[None]]
FIRST_DUE_AFTER = 5.0
MINUTE = 60.0
HOUR = 3600.0
FIRST_TRIM_AFTER = 600.0
TRIM_EVERY = 6 * HOUR
STARTED_AGAIN_AFTER = 5.0
AWAY = (OSError, asyncpg.PostgresError, SQLAlchemyError, TimeoutError, ServeurIndisponible)


async def keep_house(databases: Mapping[Part, Database], settings: Settings) -> None:
    """Every round until cancelled; a database that is away is visited at the next round."""
    async with asyncio.TaskGroup() as rounds:
        rounds.create_task(_due(databases, Part.hourly, HOUR))
        rounds.create_task(_due(databases, Part.every_minute, MINUTE))
        rounds.create_task(_trim(databases, settings))
        for part, database in databases.items():
            if (task := part.always()) is not None:
                rounds.create_task(_always(part.name, task, database))


async def _due(databases: Mapping[Part, Database], of: Callable[[Part], Tasks | None], every: float) -> None:
    await asyncio.sleep(FIRST_DUE_AFTER)
    while True:
        for part, database in databases.items():
            tasks = of(part)
            if tasks is None:
                continue
            try:
                await tasks(database)
            except AWAY as error:
                log.warning("due.put_off", service=part.name, error=str(error))
            except Exception:  # a round that ended would leave every due date after it unsaid: tell it and go on
                log.exception("due.failed", service=part.name)
        await asyncio.sleep(every)


async def _always(name: str, task: Tasks, database: Database) -> None:
    """A task that never ends, started again whatever ended it."""
    while True:
        try:
            await task(database)
        except AWAY as error:
            log.warning("always.put_off", service=name, error=str(error))
        except Exception:
            log.exception("always.failed", service=name)
        await asyncio.sleep(STARTED_AGAIN_AFTER)


async def _trim(databases: Mapping[Part, Database], settings: Settings) -> None:
    retention = timedelta(days=settings.retention_days)
    await asyncio.sleep(FIRST_TRIM_AFTER)
    while True:
        for part in databases:
            try:
                removed = await Operations(settings.database_of(part.name)).trim(SystemClock().now() - retention)
            except AWAY as error:
                log.warning("trim.put_off", service=part.name, error=str(error))
            else:
                log.info("trim.done", service=part.name, **removed)
        await asyncio.sleep(TRIM_EVERY)
