"""The fixtures themselves: what every other test stands on."""

import asyncio

import aiormq
import pytest
from sqlalchemy import text

from shared.database.database import Database
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.run import is_leftover, run_name


async def test_a_database_is_fresh_and_empty(empty_database_url: str) -> None:
    database = Database("essai", empty_database_url)
    async with database.read() as session:
        tables = await session.scalar(text("select count(*) from pg_tables where schemaname = 'public'"))
    assert tables == 0
    await database.close()


async def test_the_broker_accepts_what_we_declare(broker: Broker) -> None:
    connection = await aiormq.connect(broker.url)
    channel = await connection.channel()
    name = f"{broker.prefix}essai"
    await channel.queue_declare(name, auto_delete=True)
    await channel.basic_publish(b"bonjour", routing_key=name)
    message = await channel.basic_get(name, no_ack=True, timeout=5)
    assert message.body == b"bonjour"
    await connection.close()


async def test_eventually_waits_then_gives_up() -> None:
    done = asyncio.Event()
    asyncio.get_running_loop().call_later(0.05, done.set)
    assert await eventually(done.is_set)
    with pytest.raises(AssertionError, match="still false"):
        await eventually(lambda: False, deadline=0.05)


def test_only_dead_runs_are_leftovers() -> None:
    assert not is_leftover(f"{run_name()}_gw0_1", same_machine=True)
    assert not is_leftover("amanela_inventory", same_machine=True)
    assert is_leftover("amt_1000_1_gw0_1", same_machine=False)
