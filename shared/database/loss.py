"""Which errors say that the database went away, rather than that it refused a statement."""

import asyncpg
from sqlalchemy.exc import DBAPIError

_LOST = ("08", "57P01", "57P02", "57P03", "53300")
FROM_DATABASE = (
    DBAPIError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    ConnectionError,
)


class DatabaseUnavailable(Exception):
    """Nothing can be read or written for now: keep what is in hand and come back."""


def is_connection_loss(error: BaseException) -> bool:
    """Whether `error`, met while speaking to the database, says that the server went away."""
    if isinstance(error, DBAPIError):
        driver = getattr(error.orig, "__cause__", None)
        return error.connection_invalidated or (driver is not None and is_connection_loss(driver))
    if isinstance(error, asyncpg.PostgresError):
        return str(error.sqlstate or "").startswith(_LOST)
    return isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError | OSError | DatabaseUnavailable)
