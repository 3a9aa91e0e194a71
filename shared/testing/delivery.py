"""Facts handed to a service as the bus hands them, for tests of one service alone."""

from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select

from shared.bus.subscriptions import Subscriptions
from shared.contracts.base import FACTS, Envelope, Fact
from shared.database.database import Database
from shared.database.platform import outbox
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

_seq = count(1)
LE = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def enveloppe(fait: Fact, *, seq: int | None = None, le: datetime = LE) -> Envelope:
    """`fait` as the bus carries it; `seq` grows with each call unless given."""
    return Envelope(
        id=new_id(),
        seq=next(_seq) if seq is None else seq,
        type=fait.type,
        key=fait.key,
        correlation_id=getattr(fait, "demande_id", None),
        acteur_nom="Camille Test",
        occurred_at=le,
        payload=fait.model_dump(mode="json"),
    )


async def recevoir(database: Database, subscriptions: Subscriptions, *faits: Fact | Envelope) -> None:
    """Each fact to each handler that listens, in its own transaction; jobs outside any, as the bus does."""
    for fait in faits:
        envelope = fait if isinstance(fait, Envelope) else enveloppe(fait)
        for subscription in subscriptions:
            if envelope.type not in subscription.types:
                continue
            if subscription.is_job:
                await subscription.handle(database, envelope.fact)
                continue
            async with database.transaction(Actor.systeme("Bus"), envelope=envelope) as tx:
                await subscription.handle(tx, envelope.fact)


async def annonces(database: Database, *types: type[Fact]) -> list[Fact]:
    """Facts announced so far, in order, all or of the given types."""
    requete = select(outbox.c.type, outbox.c.payload).order_by(outbox.c.seq)
    if types:
        requete = requete.where(outbox.c.type.in_([t.type for t in types]))
    async with database.read() as session:
        return [FACTS[type_].model_validate(payload) for type_, payload in (await session.execute(requete)).all()]
