"""A value that PostgreSQL cannot take is not a database that went away."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from shared.database.database import Database
from shared.database.loss import is_connection_loss


async def test_a_number_too_large_is_not_a_loss(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError) as refused:
            await session.execute(text("SELECT CAST(:n AS integer)"), {"n": 2**80})
    assert not is_connection_loss(refused.value)


async def test_a_backend_ended_by_the_server_is_a_loss(database: Database) -> None:
    async with database.read() as session:
        with pytest.raises(DBAPIError) as refused:
            await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert is_connection_loss(refused.value)
