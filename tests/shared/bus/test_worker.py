"""The life of a worker: stopping, standing by, draining, waiting behind a parked fact, showing facts live."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import pytest

from shared.bus.operations import Operations
from shared.bus.transports.inprocess import InProcessTransport
from shared.contracts.base import Envelope
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.kernel.refusals import Conflict
from shared.testing.eventually import eventually
from tests.shared.bus.banc import Banc, NotePrise, note


class NonEncore(Conflict):
    """Pas encore."""


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(banc: Banc) -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    @banc.subscriptions.on(NotePrise)
    async def lent(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "lent", fait)
        entered.set()
        await leave.wait()

    worker = banc.worker()
    await worker.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    await asyncio.wait_for(entered.wait(), 10)
    stopping = asyncio.create_task(worker.stop())
    await asyncio.sleep(0)
    leave.set()
    await asyncio.wait_for(stopping, 10)
    assert [e[2] for e in await banc.effects()] == [1]
    await banc.emit(NotePrise(compte_id=new_id(), rang=2))
    assert await banc.unsent() >= 1
    await banc.start()
    assert [e[2] for e in await banc.until_effects(2)] == [1, 2]


async def test_a_second_worker_takes_over(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    first, second = banc.worker(), banc.worker()
    await first.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    await banc.until_effects(1)
    await second.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=2))
    await banc.until_effects(2)
    await first.stop()
    await banc.emit(NotePrise(compte_id=new_id(), rang=3))
    effects = await banc.until_effects(3)
    await second.stop()
    assert [e[2] for e in effects] == [1, 2, 3]


async def test_later_facts_stay_behind_a_parked_one_when_the_subscription_says_so(banc: Banc) -> None:
    refuse = True

    @banc.subscriptions.on(NotePrise, behind_parked=True)
    async def strict(tx: Transaction, fait: NotePrise) -> None:
        if fait.rang == 0 and refuse:
            raise NonEncore
        await note(tx, "notes", fait)

    await banc.start()
    compte = new_id()
    await banc.emit(*(NotePrise(compte_id=compte, rang=rang) for rang in range(3)))
    await banc.emit(NotePrise(compte_id=new_id(), rang=9))
    await banc.until_effects(1)
    assert [row[1] for row in await banc.parked()] == ["parked", "waiting", "waiting"]
    refuse = False
    assert await Operations(banc.auditeur.url).replay() == 1
    assert [e[2] for e in await banc.until_effects(4)] == [9, 0, 1, 2]
    assert await banc.parked() == []


async def test_listening_live_sees_every_fact(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    seen: list[int] = []

    async def listener(envelope: Envelope) -> None:
        seen.append(envelope.payload["rang"])

    worker = await banc.start()
    listening = asyncio.create_task(worker.transport.broadcast(listener))

    async def heard() -> bool:
        await banc.emit(NotePrise(compte_id=new_id(), rang=0))
        return bool(seen)

    await eventually(heard)
    await banc.emit(NotePrise(compte_id=new_id(), rang=7))
    await eventually(lambda: 7 in seen)
    listening.cancel()
    with suppress(asyncio.CancelledError):
        await listening


async def test_a_loader_moves_its_clock_and_drains(banc: Banc, clock: FrozenClock) -> None:
    if not isinstance(banc.transport(), InProcessTransport):
        with pytest.raises(RuntimeError):
            await banc.worker().drain()
        return
    banc.auditeur.clock = banc.emetteur.clock = clock
    essais = 0

    @banc.subscriptions.on(NotePrise)
    async def capricieux(tx: Transaction, fait: NotePrise) -> None:
        nonlocal essais
        essais += 1
        if essais < 3:
            raise RuntimeError("pas encore")
        await note(tx, "notes", fait)

    @banc.subscriptions.job(NotePrise)
    async def imprimer(db: Database, fait: NotePrise) -> None:
        async with db.transaction(Actor.systeme("impression")) as tx:
            await note(tx, "travaux", fait)

    worker = banc.worker()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    await worker.drain()
    assert [e[0] for e in await banc.effects()] == ["travaux"]
    assert [row[1] for row in await banc.parked()] == ["waiting"]
    clock.advance(timedelta(seconds=2))
    await worker.drain()
    assert [e[0] for e in await banc.effects()] == ["travaux", "notes"]
