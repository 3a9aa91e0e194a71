"""Rules of a board: how its cards are sorted and laid out. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from services.demandes.demande.rules import Urgence


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


@dataclass(frozen=True, slots=True)
class Profil:
    """What columns look at in a demande, beside its state."""

    urgence: Urgence
    sous_contrat: bool
    agence_id: UUID | None
    est_confiee: bool


@dataclass(frozen=True, slots=True)
class FiltreColonne:
    """What a column keeps of the demandes in its states; what is None or empty keeps them all."""

    urgences: tuple[Urgence, ...] = ()
    sous_contrat: bool | None = None
    agence_id: UUID | None = None
    est_confiee: bool | None = None

    def garde(self, profil: Profil) -> bool:
        """Whether that demande shows in the column."""
        return (
            (not self.urgences or profil.urgence in self.urgences)
            and self.sous_contrat in (None, profil.sous_contrat)
            and self.agence_id in (None, profil.agence_id)
            and self.est_confiee in (None, profil.est_confiee)
        )
