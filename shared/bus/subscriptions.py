"""What a service does when something becomes true elsewhere: its subscriptions, declared beside their handlers."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypedDict, TypeVar, Unpack, overload

from shared.contracts.base import Fact
from shared.database.copies import Copy
from shared.database.database import Database
from shared.database.rows import Values
from shared.database.transaction import Transaction

A = TypeVar("A", bound=Fact)
B = TypeVar("B", bound=Fact)
C = TypeVar("C", bound=Fact)
D = TypeVar("D", bound=Fact)
F = TypeVar("F", bound=Fact)

Handler = Callable[[Transaction, F], Awaitable[None]]
Gate = Callable[[Database, str], Awaitable[bool]]
Job = Callable[[Database, F], Awaitable[None]]
Projection = Callable[[F], Values]
Gathering = Callable[[F], Sequence[Values]]


class Groupe(StrEnum):
    """One queue per service and group; the group says who may work at the same time."""

    ORDONNE = "ordonne"
    PARALLELE = "parallele"
    TRAVAUX = "travaux"


class JobOptions(TypedDict, total=False):
    """`name` replaces the name of the handler as the identity of the subscription."""

    name: str


class OnOptions(JobOptions, total=False):
    """Options of `on`."""

    group: str
    behind_parked: bool
    when: Gate


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler and the types it listens to. `name` identifies it in inbox and parked rows: keep it stable.

    `copy` is set when handling a fact is nothing but writing a row of a copy. `when` says whether facts of a type matter
    now: one that does not costs nothing.
    """

    name: str
    types: frozenset[str]
    groupe: Groupe
    handle: Callable[[Any, Any], Awaitable[None]]
    behind_parked: bool = False
    copy: Copy | None = None
    when: Gate | None = None

    @property
    def is_job(self) -> bool:
        """Whether it runs outside a transaction (PDF, SMTP...)."""
        return self.groupe is Groupe.TRAVAUX

    @property
    def is_ordered(self) -> bool:
        """Whether facts of one key reach it one after the other, in order."""
        return self.groupe is Groupe.ORDONNE


class Subscriptions:
    """Every fact a service reacts to: `subscriptions = Subscriptions("inventory")` in its subscriptions.py."""

    def __init__(self, service: str) -> None:
        self.service = service
        self._by_name: dict[str, Subscription] = {}

    @overload
    def on(self, a: type[A], /, **options: Unpack[OnOptions]) -> Callable[[Handler[A]], Handler[A]]: ...
    @overload
    def on(
        self, a: type[A], b: type[B], /, **options: Unpack[OnOptions]
    ) -> Callable[[Handler[A | B]], Handler[A | B]]: ...
    @overload
    def on(
        self, a: type[A], b: type[B], c: type[C], /, **options: Unpack[OnOptions]
    ) -> Callable[[Handler[A | B | C]], Handler[A | B | C]]: ...
    @overload
    def on(
        self, a: type[A], b: type[B], c: type[C], d: type[D], /, **options: Unpack[OnOptions]
    ) -> Callable[[Handler[A | B | C | D]], Handler[A | B | C | D]]: ...
    @overload
    def on(self, *facts: type[Fact], **options: Unpack[OnOptions]) -> Callable[[Handler[Any]], Handler[Any]]: ...
    def on(self, *facts: type[Fact], **options: Unpack[OnOptions]) -> Callable[[Handler[Any]], Handler[Any]]:
        """Call `handler(tx, fait)` once per fact, in one transaction with its inbox row.

        `group="ordonne"`: one active worker, facts of one key in order. `group="parallele"`: any number of workers,
        for handlers insensitive to order. `behind_parked`: later facts of a key wait behind a parked one of the same
        group, instead of overtaking it. `when(database, type)` is asked before anything is written; a fact refused there is
        handled by nobody of this subscription, so it is for listeners that few installations have.
        """

        def register(handler: Handler[Any]) -> Handler[Any]:
            groupe, name = Groupe(options.get("group", "ordonne")), options.get("name") or _name(handler)
            strict = options.get("behind_parked", False)
            self._add(
                Subscription(name, _types(facts), groupe, handler, behind_parked=strict, when=options.get("when"))
            )
            return handler

        return register

    @overload
    def copies(self, model: type[Any], a: type[A], /) -> Callable[[Projection[A]], Projection[A]]: ...
    @overload
    def copies(
        self, model: type[Any], a: type[A], b: type[B], /
    ) -> Callable[[Projection[A | B]], Projection[A | B]]: ...
    def copies(self, model: type[Any], *facts: type[Fact]) -> Callable[[Projection[Any]], Projection[Any]]:
        """Keep in `model` (a table with `seq`) the values that the decorated function reads in each fact.

        The last fact of a row wins whatever the order of arrival. Ordered, and written without a session when a
        delivery holds nothing else (docs/decisions/0024).
        """

        def register(values: Projection[Any]) -> Projection[Any]:
            self._add_copy(_name(values), Copy(model, lambda fact: [values(fact)]), facts)
            return values

        return register

    @overload
    def collects(self, model: type[Any], a: type[A], /) -> Callable[[Gathering[A]], Gathering[A]]: ...
    @overload
    def collects(
        self, model: type[Any], a: type[A], b: type[B], /
    ) -> Callable[[Gathering[A | B]], Gathering[A | B]]: ...
    def collects(self, model: type[Any], *facts: type[Fact]) -> Callable[[Gathering[Any]], Gathering[Any]]:
        """Add to `model` (a table that is nothing but its key) the rows that the decorated function reads in each fact.

        What is there stays, whatever the order of arrival. Ordered, and written like a copy.
        """
        if set(model.__table__.columns) != set(model.__table__.primary_key.columns):
            raise ValueError(f"{self.service}: {model.__name__} holds more than a key: say copies")

        def register(rows: Gathering[Any]) -> Gathering[Any]:
            self._add_copy(_name(rows), Copy(model, rows), facts)
            return rows

        return register

    def _add_copy(self, name: str, copy: Copy, facts: tuple[type[Fact], ...]) -> None:
        self._add(Subscription(name, _types(facts), Groupe.ORDONNE, copy.handle, copy=copy))

    @overload
    def job(self, a: type[A], /, **options: Unpack[JobOptions]) -> Callable[[Job[A]], Job[A]]: ...
    @overload
    def job(self, a: type[A], b: type[B], /, **options: Unpack[JobOptions]) -> Callable[[Job[A | B]], Job[A | B]]: ...
    @overload
    def job(self, *facts: type[Fact], **options: Unpack[JobOptions]) -> Callable[[Job[Any]], Job[Any]]: ...
    def job(self, *facts: type[Fact], **options: Unpack[JobOptions]) -> Callable[[Job[Any]], Job[Any]]:
        """Call `handler(db, fait)` outside any transaction: it may be called again after a crash, so idempotent."""

        def register(handler: Job[Any]) -> Job[Any]:
            self._add(Subscription(options.get("name") or _name(handler), _types(facts), Groupe.TRAVAUX, handler))
            return handler

        return register

    def _add(self, subscription: Subscription) -> None:
        if not subscription.name or subscription.name in self._by_name:
            raise ValueError(f"{self.service}: two subscriptions are named {subscription.name!r}; say name=")
        self._by_name[subscription.name] = subscription

    # What the bus reads ----------------------------------------------------------------------------------------------

    def __iter__(self) -> Iterator[Subscription]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Subscription | None:
        """The subscription of that name, or None if it no longer exists."""
        return self._by_name.get(name)

    def copy(self, name: str) -> Copy:
        """The copy that subscription keeps; a KeyError when it does something else."""
        found = self._by_name[name].copy
        if found is None:
            raise KeyError(name)
        return found

    def groups(self) -> list[Groupe]:
        """The groups in use, in a fixed order."""
        return [groupe for groupe in Groupe if any(s.groupe is groupe for s in self._by_name.values())]

    def types(self, groupe: Groupe | None = None) -> frozenset[str]:
        """Fact types listened to, by one group or by all."""
        return frozenset(t for s in self._by_name.values() if groupe in (None, s.groupe) for t in s.types)

    def of(self, groupe: Groupe, type_: str) -> list[Subscription]:
        """The subscriptions of `groupe` that listen to `type_`."""
        return [s for s in self._by_name.values() if s.groupe is groupe and type_ in s.types]


def _name(handler: Callable[..., Any]) -> str:
    return getattr(handler, "__name__", "")


def _types(facts: tuple[type[Fact], ...]) -> frozenset[str]:
    return frozenset(fact.type for fact in facts)
