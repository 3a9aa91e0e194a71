"""What time alone causes, wherever an event worker lives: due dates every hour, old facts forgotten a few times a day."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

import asyncpg
from sqlalchemy.exc import SQLAlchemyError
from structlog import get_logger

from deploy.topology import Part
from shared.bus.operations import Operations
from shared.database.database import Database
from shared.kernel.clock import SystemClock
from shared.settings import Settings

log = get_logger(__name__)

FIRST_DUE_AFTER = 5.0
HOUR = 3600.0
FIRST_TRIM_AFTER = 600.0
TRIM_EVERY = 6 * HOUR
AWAY = (OSError, asyncpg.PostgresError, SQLAlchemyError, TimeoutError)


async def keep_house(databases: Mapping[Part, Database], settings: Settings) -> None:
    """Both rounds until cancelled; a database that is away is visited at the next round."""
    async with asyncio.TaskGroup() as rounds:
        rounds.create_task(_due(databases))
        rounds.create_task(_trim(databases, settings))


async def _due(databases: Mapping[Part, Database]) -> None:
    await asyncio.sleep(FIRST_DUE_AFTER)
    while True:
        for part, database in databases.items():
            tasks = part.hourly()
            if tasks is None:
                continue
            try:
                await tasks(database)
            except AWAY as error:
                log.warning("due.put_off", service=part.name, error=str(error))
        await asyncio.sleep(HOUR)


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
