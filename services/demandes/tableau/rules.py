"""Rules of a board: how its cards are sorted and laid out. Pure."""

from enum import StrEnum


class TriTableau(StrEnum):
    """The order of cards in a column."""

    URGENCE = "urgence"
    ANCIENNETE = "anciennete"
    ECHEANCE = "echeance"
    MONTANT = "montant"


class Couloirs(StrEnum):
    """What the swimlanes of a board part its cards by."""

    RESPONSABLE = "responsable"
    AGENCE = "agence"
