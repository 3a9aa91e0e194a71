"""Rules of a demande: urgency, moves allowed to people, what a search looks at. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.demandes.errors import DejaDansCetEtat, TempsManquant, TransitionImpossible


class Urgence(StrEnum):
    """How fast it must be worked off, least first."""

    BASSE = "basse"
    NORMALE = "normale"
    HAUTE = "haute"
    URGENTE = "urgente"


@dataclass(frozen=True, slots=True)
class Etape:
    """A state of the circuit, as moves need it."""

    code: str
    libelle: str
    est_terminal: bool = False
    exige_temps: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a demande moved by itself: the rule, the fact, and a French sentence."""

    regle_id: UUID
    regle_libelle: str
    fait_type: str
    fait_id: UUID | None
    parce_que: str


def verifier_deplacement(numero: str, de: Etape, vers: Etape, permises: Iterable[Etape], minutes: int) -> None:
    """Refuse a move people may not make: not in the table of transitions, or time missing."""
    if de.code == vers.code:
        raise DejaDansCetEtat(numero=numero, vers=vers.libelle)
    suites = list(permises)
    if vers.code not in {e.code for e in suites}:
        possibles = ", ".join(f"« {e.libelle} »" for e in suites) or "aucune"
        raise TransitionImpossible(numero=numero, de=de.libelle, vers=vers.libelle, possibles=possibles)
    if vers.exige_temps and minutes <= 0:
        raise TempsManquant(numero=numero, vers=vers.libelle)
