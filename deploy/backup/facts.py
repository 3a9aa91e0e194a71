"""Facts that were on their way when the backup was taken: the queues are not in it, the outboxes are."""

from contextlib import AsyncExitStack
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from deploy.platform import open_database, present
from deploy.processes import rabbit
from deploy.topology import PARTS
from shared.bus import inbox
from shared.bus.transport import Member
from shared.settings import Mode, Settings

READ_TOGETHER = 10_000
SENT = "SELECT seq, id, type FROM outbox WHERE published_at IS NOT NULL AND seq > $1 ORDER BY seq LIMIT $2"
SEND_AGAIN = "UPDATE outbox SET published_at = NULL WHERE id = ANY($1::uuid[])"


async def send_what_was_on_its_way(settings: Settings) -> int:
    """Mark as unsent every fact that a listener has not handled, and empty the queues of another day; how many facts.

    Nothing may run meanwhile. Listeners that handled one of them recognise it.
    """
    if settings.mode is Mode.SERVER:
        transport = rabbit(settings)
        try:
            await transport.empty()
        finally:
            await transport.close()
    async with AsyncExitStack() as stack:
        members = [Member(open_database(part, settings), part.subscriptions()) for part in present(PARTS)]
        for member in members:
            stack.push_async_callback(member.database.close)
        return sum([await _send_again(member, members) for member in members])


async def _send_again(emitter: Member, listeners: list[Member]) -> int:
    count, last = 0, 0
    async with emitter.database.statements() as outbox:
        while facts := (await outbox.exec_driver_sql(SENT, (last, READ_TOGETHER))).all():
            last = facts[-1].seq
            unhandled = set[UUID]()
            for listener in listeners:
                unhandled |= await _unhandled(listener, [(fact.id, fact.type) for fact in facts])
            if unhandled:
                await outbox.exec_driver_sql(SEND_AGAIN, (list(unhandled),))
            count += len(unhandled)
    return count


async def _unhandled(listener: Member, facts: list[tuple[UUID, str]]) -> set[UUID]:
    pairs = [(s.name, id_) for s in listener.subscriptions for id_, type_ in facts if type_ in s.types]
    if not pairs:
        return set()
    connection: AsyncConnection
    async with listener.database.statements() as connection:
        return {id_ for _, id_ in await inbox.missing(connection, pairs)}
