"""Connections to PostgreSQL: one pool per service and process, dead connections replaced before use."""

import time
from decimal import Decimal
from typing import Any

import asyncpg
import orjson
from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

IDLE_BEFORE_PING = 2.0
LONGEST_STATEMENT = 60.0  # seconds: a server that no longer answers is given up, and no request waits for ever


def async_url(url: str | URL) -> URL:
    """`url` spoken by asyncpg, whatever dialect it was written with."""
    return make_url(url).set(drivername="postgresql+asyncpg")


def json_text(value: Any) -> str:
    """`value` as JSON; amounts as strings, so that no cent is lost."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    if isinstance(value, Decimal):
        return str(value)
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)


def create_engine(url: str | URL, *, name: str, pool_size: int) -> AsyncEngine:
    """An engine whose pool checks idle connections and discards those the server closed."""
    engine = create_async_engine(
        async_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_recycle=3600,
        pool_use_lifo=True,  # the warmest connection serves again: its statements are prepared, and it needs no ping
        json_serializer=json_text,
        json_deserializer=orjson.loads,
        connect_args={
            "prepared_statement_cache_size": 500,
            "timeout": 10,
            "command_timeout": LONGEST_STATEMENT,
            "server_settings": {"application_name": name, "jit": "off", "timezone": "UTC"},
        },
    )
    _watch(engine)
    return engine


def _watch(engine: AsyncEngine) -> None:
    """A closed socket is seen at no cost; a ping is paid only after some idleness."""
    pool, dialect = engine.sync_engine.pool, engine.dialect

    @event.listens_for(pool, "checkin")
    def note(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(pool, "checkout")
    def check(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError
        used_at = record.info.get("used_at")
        idle = used_at is not None and time.monotonic() - used_at > IDLE_BEFORE_PING
        if idle and not dialect._do_ping_w_event(connection):
            raise DisconnectionError


async def connect(url: str | URL, **options: Any) -> asyncpg.Connection:
    """A bare asyncpg connection to `url`: LISTEN, advisory locks, maintenance."""
    dsn = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection: asyncpg.Connection = await asyncpg.connect(dsn, timeout=10, **options)
    return connection


async def ensure_database(url: str | URL) -> None:
    """Create the database of `url` when the server does not have it yet."""
    target = make_url(url)
    connection = await connect(target.set(database="postgres"))
    try:
        if await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", target.database) is None:
            name = str(target.database).replace('"', '""')
            await connection.execute(f'CREATE DATABASE "{name}"')
    except (asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
        return
    finally:
        await connection.close()
