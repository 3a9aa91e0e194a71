"""Which step of the scheme is due. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ETAPES_MAX = 6


class GenreRelance(StrEnum):
    """How a client is reminded."""

    COURRIEL = "courriel"
    APPEL = "appel"


@dataclass(frozen=True, slots=True)
class Etape:
    """A step: `jours` after the sending."""

    rang: int
    jours: int
    genre: GenreRelance


def due(etapes: Sequence[Etape], *, envoye_le: date, aujourd_hui: date, faites: int) -> Etape | None:
    """The last step whose day came, once: steps missed while nobody looked are not made up for."""
    venues = [e for e in etapes if envoye_le + timedelta(days=e.jours) <= aujourd_hui]
    derniere = max(venues, key=lambda e: e.rang, default=None)
    return derniere if derniere is not None and derniere.rang > faites else None
