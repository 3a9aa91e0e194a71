"""Rules of a board: how its cards are sorted. Pure."""

from enum import StrEnum


class TriTableau(StrEnum):
    """The order of cards in a column."""

    URGENCE = "urgence"
    ANCIENNETE = "anciennete"
    ECHEANCE = "echeance"
    MONTANT = "montant"
