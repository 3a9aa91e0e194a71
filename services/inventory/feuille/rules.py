"""The life of a feuille, when a column is green, who is served first. Pure."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from services.inventory.errors import EtatDejaAtteint, TransitionImpossible

ZERO = Decimal(0)


class StatutFeuille(StrEnum):
    """Where the preparation stands. PRETE: every column is green."""

    OUVERTE = "ouverte"
    PRETE = "prete"
    CLOTUREE = "cloturee"
    VALIDEE = "validee"


S = StatutFeuille
TRANSITIONS: dict[StatutFeuille, frozenset[StatutFeuille]] = {
    S.OUVERTE: frozenset({S.PRETE, S.CLOTUREE}),
    S.PRETE: frozenset({S.OUVERTE, S.CLOTUREE, S.VALIDEE}),
    S.CLOTUREE: frozenset({S.VALIDEE}),
    S.VALIDEE: frozenset({S.OUVERTE}),
}
MOTS = {
    S.OUVERTE: "en préparation",
    S.PRETE: "prête",
    S.CLOTUREE: "clôturée",
    S.VALIDEE: "validée",
}
EN_COURS = (S.OUVERTE, S.PRETE, S.CLOTUREE)
COMPLETABLES = (S.OUVERTE, S.PRETE)


def passer(actuel: StatutFeuille, vise: StatutFeuille, *, numero: str) -> StatutFeuille:
    """The new state; EtatDejaAtteint when somebody was faster, TransitionImpossible when the life does not go that way."""
    if vise is actuel:
        raise EtatDejaAtteint(numero=numero, actuel=MOTS[actuel])
    if vise not in TRANSITIONS[actuel]:
        raise TransitionImpossible(numero=numero, actuel=MOTS[actuel], vise=MOTS[vise])
    return vise


def manquant(quantite: Decimal, present: Decimal, reserve: Decimal) -> Decimal:
    """What is neither there nor kept in stock; never negative when more than expected is there."""
    return max(quantite - present - reserve, ZERO)


def colonne_verte(attendus: Iterable[tuple[Decimal, Decimal]], objets_prets: Iterable[bool]) -> bool:
    """Everything expected is present, and every object present is configured, done and labelled.

    `attendus`: (expected, present). A line without hidden product waits for nothing: it is green.
    """
    return all(present >= quantite for quantite, present in attendus) and all(objets_prets)


def est_renoncee(attendus: Iterable[tuple[Decimal, Decimal]], nb_objets: int) -> bool:
    """Whether a line was given up: the devis wanted products for it, nobody does any more, and nothing is there.

    `attendus`: (expected now, expected by the devis).
    """
    voulus = [(quantite, devis) for quantite, devis in attendus if devis > ZERO]
    return not nb_objets and bool(voulus) and all(quantite == ZERO for quantite, _ in voulus)


def rang_de_service(
    priorite: int, livraison_souhaitee: date | None, signee_le: datetime, feuille_id: UUID
) -> tuple[int, date, datetime, UUID]:
    """Who is served first: priority (0 is the highest), then the earliest wished delivery, then the oldest signature.

    Source: zoom-affaire, "Définition". Whoever wishes no date comes after those who do.
    """
    return priorite, livraison_souhaitee or date.max, signee_le, feuille_id
