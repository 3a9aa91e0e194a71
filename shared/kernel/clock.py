"""The only place that reads the time: everything else receives a clock or a fixed instant."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Clock(Protocol):
    """Gives the present instant, aware and in UTC."""

    def now(self) -> datetime: ...


class SystemClock:
    """The time of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FrozenClock:
    """A clock that moves only when told: tests and the demo company live by it."""

    def __init__(self, instant: datetime) -> None:
        self.set(instant)

    def now(self) -> datetime:
        return self._instant

    def set(self, instant: datetime) -> None:
        """Move to `instant`, which must carry a zone."""
        if instant.tzinfo is None:
            raise ValueError("an instant without zone is not a moment")
        self._instant = instant.astimezone(UTC)

    def advance(self, step: timedelta) -> datetime:
        """Move forward by `step` and return the new instant."""
        self._instant += step
        return self._instant


def jour_paris(instant: datetime) -> date:
    """The calendar day people in France read for `instant`."""
    return instant.astimezone(PARIS).date()
