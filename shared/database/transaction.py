"""One unit of work: what changed, what it makes true for others, who did it and when, committed together."""

from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from sqlalchemy import Executable, Result, ScalarResult
from sqlalchemy.orm.attributes import flag_modified
from sqlalchemy.orm.exc import StaleDataError

from shared.contracts.base import Envelope, Fact
from shared.database import audit
from shared.database.columns import Aggregate
from shared.database.engine import json_text
from shared.database.session import DriverSession
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.refusals import VersionPerimee

if TYPE_CHECKING:
    from shared.database.database import Database

T = TypeVar("T")

# One statement and one round trip for every platform row of a commit; its text never changes, so it is prepared once.
WRITE_PLATFORM_ROWS = """
WITH trace AS (
  INSERT INTO audit (objet_type, objet_id, version, par, par_nom, le, origine, avant, apres)
  SELECT objet_type, objet_id, version, par, par_nom, le, origine, avant, apres
  FROM json_to_recordset($1::json) AS t(objet_type text, objet_id uuid, version bigint, par uuid, par_nom text,
    le timestamptz, origine text, avant jsonb, apres jsonb)
)
INSERT INTO outbox (id, type, key, correlation_id, causation_id, acteur_id, acteur_nom, occurred_at, payload)
SELECT id, type, key, correlation_id, causation_id, acteur_id, acteur_nom, occurred_at, payload
FROM json_to_recordset($2::json) AS f(id uuid, type text, key uuid, correlation_id uuid, causation_id uuid,
  acteur_id uuid, acteur_nom text, occurred_at timestamptz, payload jsonb)
"""
WRITE_AUDIT_ROWS = """
INSERT INTO audit (objet_type, objet_id, version, par, par_nom, le, origine, avant, apres)
SELECT objet_type, objet_id, version, par, par_nom, le, origine, avant, apres
FROM json_to_recordset($1::json) AS t(objet_type text, objet_id uuid, version bigint, par uuid, par_nom text,
  le timestamptz, origine text, avant jsonb, apres jsonb)
"""


class Transaction:
    """Opened by a door (route, subscription, job); use cases receive it and never commit it."""

    __slots__ = ("_database", "_facts", "_sync", "actor", "correlation_id", "envelope", "now", "session")

    def __init__(
        self,
        database: "Database",
        session: DriverSession,
        actor: Actor,
        now: datetime,
        *,
        correlation_id: UUID | None = None,
        envelope: Envelope | None = None,
    ) -> None:
        self._database, self.session, self.now = database, session, now
        sync = session.sync_session
        if not isinstance(sync, audit.ServiceSession):
            raise TypeError("a transaction needs the session of Database")
        self._sync = sync
        self._sync.now, self._sync.traces = now, {}
        self._facts: list[dict[str, Any]] = []
        self.correlation_id = correlation_id
        self._act_as(actor, envelope)

    def _act_as(self, actor: Actor, envelope: Envelope | None) -> None:
        self.actor = self._sync.acteur = actor
        self.envelope = envelope

    def turn_to(self, actor: Actor, envelope: Envelope) -> None:
        """Go on in the name of another fact: what is pending stays attributed to the previous one."""
        audit.capture(self._sync)
        self._act_as(actor, envelope)

    @property
    def service(self) -> str:
        """The service whose database this is."""
        return self._database.service

    # What use cases do -----------------------------------------------------------------------------------------------

    def publish(self, fact: Fact, *, correlation_id: UUID | None = None) -> None:
        """Announce `fact` when, and only if, this transaction commits."""
        cause = self.envelope
        demande_id = getattr(fact, "demande_id", None)
        inherited = self.correlation_id or (cause.correlation_id if cause else None)
        self._facts.append(
            {
                "id": new_id(),
                "type": fact.type,
                "key": fact.key,
                "correlation_id": correlation_id or demande_id or inherited,
                "causation_id": cause.id if cause else None,
                "acteur_id": self.actor.id,
                "acteur_nom": self.actor.nom,
                "occurred_at": self.now,
                "payload": fact.model_dump(mode="json"),
            }
        )

    def add(self, objet: object) -> None:
        """Keep a new object."""
        self._sync.add(objet)

    def add_all(self, objets: Iterable[object]) -> None:
        """Keep new objects."""
        self._sync.add_all(objets)

    def touch(self, objet: Aggregate) -> None:
        """Move the version of a root one of whose children changed in place."""
        objet.modifie_le = self.now
        flag_modified(objet, "modifie_le")

    async def delete(self, objet: object) -> None:
        """Remove an object (nothing issued, received or moved is ever removed)."""
        await self.session.delete(objet)

    async def get(self, entity: type[T], ident: Any, **options: Any) -> T | None:
        """The object of that key, or None."""
        return await self._explained(self.session.get(entity, ident, **options))

    async def execute(self, statement: Executable, params: Any = None) -> Result[Any]:
        """Run a statement."""
        return await self._explained(self.session.execute(statement, params))

    async def scalar(self, statement: Executable, params: Any = None) -> Any:
        """First column of the first row, or None."""
        return await self._explained(self.session.scalar(statement, params))

    async def scalars(self, statement: Executable, params: Any = None) -> ScalarResult[Any]:
        """First column of every row."""
        return await self._explained(self.session.scalars(statement, params))

    async def fetch(self, sql: str, *values: Any) -> list[Any]:
        """The rows of a statement written as text, by the driver: what is pending is not flushed for it."""
        return await self.session.fetch(sql, *values)

    async def flush(self) -> None:
        """Write what is pending, so that versions and constraints speak now."""
        await self._explained(self.session.flush())

    async def expect_version(self, objet: Aggregate, version: int | None) -> None:
        """Refuse when the caller edited an older `version` of `objet` than the stored one; None accepts any."""
        if version is not None and objet.version != version:
            raise VersionPerimee(modifications=await audit.since(self.session, objet.id, version))

    # What doors do ---------------------------------------------------------------------------------------------------

    async def finish(self) -> None:
        """Flush, write audit and outbox rows, commit, give the connection back."""
        try:
            if self._sync.in_transaction():
                await self.session.flush()
            traces = audit.rows(self._sync) if self._sync.traces else []
            if self._facts:
                await self.session.send_last(WRITE_PLATFORM_ROWS, json_text(traces), json_text(self._facts))
            elif traces:
                await self.session.send_last(WRITE_AUDIT_ROWS, json_text(traces))
            await self.session.end()
        except BaseException as error:
            await self.abandon()
            if isinstance(error, StaleDataError):
                raise await self.explain(error) from error
            raise

    async def abandon(self) -> None:
        """Undo everything and give the connection back."""
        self._facts = []
        await self.session.close()

    async def _explained(self, work: Awaitable[T]) -> T:
        try:
            return await work
        except StaleDataError as error:
            raise await self.explain(error) from error

    async def explain(self, error: StaleDataError) -> VersionPerimee:
        """The refusal staff read when somebody wrote first: who changed what since."""
        del error
        modifications: Sequence[audit.Modification] = []
        async with self._database.read() as session:
            for objet_id, version in audit.touched(self._sync):
                modifications = await audit.since(session, objet_id, version)
                if modifications:
                    break
        return VersionPerimee(modifications=list(modifications))
