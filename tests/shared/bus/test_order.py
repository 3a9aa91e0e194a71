"""What a relay and a consumer may not do to the order of facts, nor to their number."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import orjson
import pytest

from shared.bus import relay
from shared.bus.handling import GroupHandler
from shared.bus.relay import Relay
from shared.bus.subscriptions import Groupe
from shared.bus.transports.inprocess import InProcessTransport
from shared.contracts.base import Envelope
from shared.database.engine import connect
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from tests.shared.bus.banc import Banc, NotePrise, note

INSERT = """
INSERT INTO outbox (id, type, key, acteur_nom, occurred_at, payload)
VALUES (gen_random_uuid(), $1, $2, 'Camille Test', now(), $3)
"""


class Temoin(InProcessTransport):
    """Notes what it is handed, and lets something happen during the first hand-over."""

    def __init__(self, meanwhile: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.seen: list[Envelope] = []
        self._meanwhile = meanwhile

    async def publish(self, batch: Sequence[Envelope], suspects: frozenset[UUID]) -> set[UUID]:
        """Everything is safe."""
        first, self.seen = not self.seen, [*self.seen, *batch]
        if first:
            await self._meanwhile()
        return {envelope.id for envelope in batch}


async def test_a_fact_committed_late_is_not_overtaken_by_the_next_of_its_key(
    banc: Banc, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "BATCH", 2)
    compte, autre = new_id(), new_id()
    slow, sweeping = await connect(banc.emetteur.url), await connect(banc.emetteur.url)
    late = slow.transaction()

    async def commit_both() -> None:
        await late.commit()
        await banc.emit(NotePrise(compte_id=compte, rang=2))

    await banc.emit(NotePrise(compte_id=autre, rang=1))
    await late.start()
    payload = NotePrise(compte_id=compte, rang=1).model_dump(mode="json")
    await slow.execute(INSERT, NotePrise.type, compte, orjson.dumps(payload).decode())
    await banc.emit(NotePrise(compte_id=autre, rang=2))

    carried = Temoin(commit_both)
    assert await Relay(banc.emetteur, carried).sweep(sweeping)
    assert [e.payload["rang"] for e in carried.seen if e.key == compte] == [1, 2]
    await slow.close()
    await sweeping.close()


async def test_the_same_fact_twice_in_one_batch_is_handled_once(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def lire(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "lire", fait)

    compte = new_id()
    await banc.emit(*(NotePrise(compte_id=compte, rang=rang) for rang in (1, 2)))

    async def nothing() -> None:
        return

    carried = Temoin(nothing)
    await Relay(banc.emetteur, carried).sweep_once()
    first, second = carried.seen
    await GroupHandler(banc.auditeur, banc.subscriptions, Groupe.ORDONNE).handle([first, second, first, second])
    assert [effect[2] for effect in await banc.effects()] == [1, 2]
