"""What a link still allows. Pure."""

from datetime import date
from enum import StrEnum

from services.commercial.proposition.rules.statuts import MODIFIABLES, Statut

QUESTIONS_MAX = 20


class EtatLien(StrEnum):
    """What the client's page says."""

    OUVERT = "ouvert"
    ACCEPTE = "accepte"
    REFUSE = "refuse"
    EXPIRE = "expire"
    REMPLACE = "remplace"
    CLOS = "clos"


class Lecture(StrEnum):
    """What the holder of a link asked for."""

    PAGE = "page"
    DOCUMENT = "document"


FERMES = {
    Statut.VALIDE: EtatLien.ACCEPTE,
    Statut.REFUSE: EtatLien.REFUSE,
    Statut.EXPIRE: EtatLien.EXPIRE,
    Statut.NON_RETENU: EtatLien.CLOS,
}


def etat(
    statut: Statut,
    *,
    valide_jusqu_au: date,
    aujourd_hui: date,
    est_remplace: bool,
    est_a_jour: bool,
    est_ecartee: bool = False,
) -> EtatLien:
    """`est_a_jour`: the proposition still says what was sent with this link; `est_ecartee`: a sister of it was signed."""
    if statut not in MODIFIABLES:
        return FERMES[statut]
    if est_ecartee:
        return EtatLien.CLOS
    if est_remplace or not est_a_jour:
        return EtatLien.REMPLACE
    return EtatLien.EXPIRE if aujourd_hui > valide_jusqu_au else EtatLien.OUVERT
