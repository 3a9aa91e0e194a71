"""How far somebody reaches among the records of a kind: their own, those of their agencies, all. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Etendue(StrEnum):
    """From the narrowest to the widest."""

    SIENS = "siens"
    AGENCE = "agence"
    TOUT = "tout"


LARGEUR = {etendue: rang for rang, etendue in enumerate(Etendue)}


@dataclass(frozen=True, slots=True)
class Qui:
    """Whose records are reached: those of `personne`, and those of `agences` when there are some."""

    personne: UUID | None
    agences: tuple[UUID, ...] = ()
