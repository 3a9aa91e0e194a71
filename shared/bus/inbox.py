"""The rows that make a repeated delivery harmless, and those that hold what could not be handled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from shared.bus.subscriptions import Groupe, Subscription
from shared.contracts.base import Envelope
from shared.database.engine import json_text
from shared.database.transaction import Transaction

BACKOFF = tuple(timedelta(seconds=s) for s in (1, 5, 30, 120, 600))
CRASHES_ALLOWED = 3
CRASHED = "a fait tomber le processus"

Pair = tuple[str, UUID]

_TAKE = """
WITH nouveau AS (
  INSERT INTO inbox (subscription, message_id) SELECT * FROM unnest($1::text[], $2::uuid[])
  ON CONFLICT DO NOTHING RETURNING subscription, message_id
)
SELECT subscription, message_id FROM nouveau
UNION ALL
SELECT DISTINCT NULL, key FROM parked
WHERE groupe = $3 AND key = ANY($4::uuid[]) AND ordered AND (state = 'waiting' OR strict)
"""
_MISSING = """
SELECT subscription, message_id FROM unnest($1::text[], $2::uuid[]) AS t(subscription, message_id)
WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.subscription = t.subscription AND i.message_id = t.message_id)
"""
_PARK = """
INSERT INTO parked (subscription, message_id, groupe, ordered, strict, key, type, envelope, state, error, attempts,
  first_at, last_at, next_at)
SELECT subscription, message_id, groupe, ordered, strict, key, type, envelope, state, error, attempts, le, le, next_at
FROM json_to_recordset($1::json) AS p(subscription text, message_id uuid, groupe text, ordered boolean, strict boolean,
  key uuid, type text, envelope jsonb, state text, error text, attempts int, le timestamptz, next_at timestamptz)
ON CONFLICT DO NOTHING
"""
_COUNT_ATTEMPT = """
INSERT INTO attempt AS a (groupe, message_id, count) VALUES ($1, $2, 1)
ON CONFLICT (groupe, message_id) DO UPDATE SET count = a.count + 1, last_at = clock_timestamp() RETURNING count
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a delivery is allowed to do: the (subscription, message) pairs that are new, the keys that must wait."""

    new: frozenset[Pair]
    blocked: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Parking:
    """Why and until when a fact is put aside."""

    state: str
    error: str
    attempts: int
    next_at: datetime | None


def backoff(attempts: int, now: datetime, error: str) -> Parking:
    """The next retry after `attempts` failures, or parking when there were too many."""
    if attempts > len(BACKOFF):
        return Parking("parked", error, attempts, None)
    return Parking("waiting", error, attempts, now + BACKOFF[attempts - 1])


def sentence(error: BaseException) -> str:
    """One line an operator can read."""
    text = " ".join(str(error).split())
    return f"{type(error).__name__} : {text}"[:2000]


async def take(tx: Transaction, groupe: Groupe, pairs: Sequence[Pair], keys: Iterable[UUID]) -> Taken:
    """Insert the inbox rows of `pairs`; one round trip tells which are new and which keys must wait."""
    ordered = sorted(pairs)
    names, ids = [name for name, _ in ordered], [id_ for _, id_ in ordered]
    found = await tx.fetch(_TAKE, names, ids, groupe.value, list(keys))
    new, blocked = set(), set()
    for row in found:
        if row[0] is None:
            blocked.add(row[1])
        else:
            new.add((row[0], row[1]))
    return Taken(frozenset(new), frozenset(blocked))


async def missing(connection: AsyncConnection, pairs: Sequence[Pair]) -> set[Pair]:
    """The pairs that no inbox row covers yet."""
    names, ids = [name for name, _ in pairs], [id_ for _, id_ in pairs]
    found: Iterable[Any] = await connection.exec_driver_sql(_MISSING, (names, ids))
    return {(row[0], row[1]) for row in found}


async def park(tx: Transaction, items: Sequence[tuple[Subscription, Envelope]], parking: Parking) -> None:
    """Keep facts for later. Their inbox rows must be written with them: the parked row is now in charge."""
    rows = [_parked_row(subscription, envelope, parking, tx.now) for subscription, envelope in items]
    await tx.fetch(_PARK, json_text(rows))


def _parked_row(subscription: Subscription, envelope: Envelope, parking: Parking, now: datetime) -> dict[str, Any]:
    return {
        "subscription": subscription.name,
        "message_id": envelope.id,
        "groupe": subscription.groupe.value,
        "ordered": subscription.is_ordered,
        "strict": subscription.behind_parked,
        "key": envelope.key,
        "type": envelope.type,
        "envelope": envelope.model_dump(mode="json"),
        "state": parking.state,
        "error": parking.error,
        "attempts": parking.attempts,
        "le": now,
        "next_at": parking.next_at,
    }


async def count_attempt(connection: AsyncConnection, groupe: Groupe, message_id: UUID) -> int:
    """Note that a handling begins; what never ends is seen by its count."""
    count: int = (await connection.exec_driver_sql(_COUNT_ATTEMPT, (groupe.value, message_id))).scalar_one()
    return count


async def forget_attempt(connection: AsyncConnection, groupe: Groupe, message_id: UUID) -> None:
    """The handling ended, well or not: the process survived it."""
    await connection.exec_driver_sql(
        "DELETE FROM attempt WHERE groupe = $1 AND message_id = $2", (groupe.value, message_id)
    )
