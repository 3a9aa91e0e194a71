"""What an operator does with facts: see those that stopped, replay them, send again, forget."""

from datetime import timedelta

from shared.bus.operations import Operations
from shared.database.transaction import Transaction
from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id
from shared.kernel.refusals import Conflict
from shared.testing.eventually import eventually
from tests.shared.bus.banc import Banc, NotePrise


class CompteFerme(Conflict):
    """Le compte est fermé."""


async def test_a_parked_fact_is_seen_then_replayed(banc: Banc) -> None:
    repaired = False
    handled: list[int] = []

    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        if not repaired:
            raise CompteFerme
        handled.append(fait.rang)

    await banc.start()
    auditeur, emetteur = Operations(banc.auditeur.url), Operations(banc.emetteur.url)
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    await eventually(lambda: auditeur.stopped("parked"))

    (stopped,) = await auditeur.stopped()
    assert stopped.subscription == "noter"
    assert "Le compte est fermé" in stopped.error
    assert (await auditeur.counts()).parked == 1
    assert (await emetteur.show(stopped.message_id)).announced is not None
    assert (await auditeur.show(stopped.message_id)).stopped[0]["envelope"]["payload"]["rang"] == 1

    repaired = True
    assert await auditeur.replay(subscription="autre") == 0
    assert await auditeur.replay(stopped.message_id) == 1
    await eventually(lambda: handled == [1])
    assert await auditeur.stopped() == []


async def test_facts_sent_again_have_no_second_effect(banc: Banc) -> None:
    handled: list[int] = []

    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        handled.append(fait.rang)

    started = SystemClock().now()
    await banc.start()
    compte = new_id()
    await banc.emit(*(NotePrise(compte_id=compte, rang=rang) for rang in range(5)))
    await eventually(lambda: len(handled) == 5)
    emetteur = Operations(banc.emetteur.url)
    await eventually(lambda: _all_sent(emetteur))

    assert await emetteur.resend(SystemClock().now() + timedelta(hours=1)) == 0
    assert await emetteur.resend(started, "essai.autre.v1") == 0
    assert await emetteur.resend(started - timedelta(seconds=1)) == 5
    await eventually(lambda: _all_sent(emetteur))
    assert handled == [0, 1, 2, 3, 4]


async def test_old_facts_are_forgotten_and_unsent_ones_never(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        """Nothing to do."""

    worker = await banc.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    emetteur, auditeur = Operations(banc.emetteur.url), Operations(banc.auditeur.url)
    await eventually(lambda: _all_sent(emetteur))
    await worker.stop()
    await banc.emit(NotePrise(compte_id=new_id(), rang=2))

    now = SystemClock().now()
    assert (await emetteur.trim(now - timedelta(days=1)))["outbox"] == 0
    assert (await emetteur.trim(now + timedelta(days=1)))["outbox"] == 1
    counts = await emetteur.counts()
    assert (counts.unsent, counts.kept) == (1, 0)
    assert (await auditeur.trim(now + timedelta(days=1)))["inbox"] == 0, "the inbox outlives the outbox by a week"


async def _all_sent(operations: Operations) -> bool:
    return (await operations.counts()).unsent == 0
