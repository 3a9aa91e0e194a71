"""What the bus does when the database goes away, until it is back."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from shared.database.database import Database
from shared.database.loss import DatabaseUnavailable, is_connection_loss


class UnreadableFact(Exception):
    """The payload does not follow its contract: trying again cannot help."""


@contextmanager
def writing() -> Iterator[None]:
    """Turns the loss of the database into DatabaseUnavailable."""
    try:
        yield
    except Exception as error:
        if is_connection_loss(error):
            raise DatabaseUnavailable(str(error)) from error
        raise


async def is_alive(database: Database) -> bool:
    """Whether the database answers now."""
    try:
        async with asyncio.timeout(5), database.engine.connect() as connection:
            await connection.exec_driver_sql("SELECT 1")
    except Exception:  # whatever it is, the answer is no
        return False
    return True


async def wait_alive(database: Database) -> None:
    """Return when the database answers again."""
    delay = 0.05
    while not await is_alive(database):
        await asyncio.sleep(delay)
        delay = min(delay * 2, 2.0)
