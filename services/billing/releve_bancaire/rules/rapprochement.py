"""Which invoices an operation pays: those whose number it cites, for an amount they can take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from services.billing.errors import MontantNonAffecte, OperationDejaTraitee
from shared.documents.formats import euros
from shared.kernel.money import ZERO

NUMERO = re.compile(r"\bFC[\W_]{0,3}(\d{4})[\W_]{0,3}(\d{5})(?!\d)", re.IGNORECASE)
MODES = (
    ("prelevement", r"\bPREL|\bPRLV"),
    ("cheque", r"\bCHQ|\bCHEQUE|\bREMISE"),
    ("carte", r"\bCARTE|\bCB\b|\bTPE\b"),
)


class EtatOperation(StrEnum):
    """Where an operation stands."""

    A_RAPPROCHER = "a_rapprocher"
    RAPPROCHEE = "rapprochee"
    ECARTEE = "ecartee"


TRANSITIONS = {
    EtatOperation.A_RAPPROCHER: {EtatOperation.RAPPROCHEE, EtatOperation.ECARTEE},
    EtatOperation.ECARTEE: {EtatOperation.A_RAPPROCHER},
    EtatOperation.RAPPROCHEE: set(),
}


def passer(actuel: EtatOperation, vise: EtatOperation) -> EtatOperation:
    """The state aimed at, when the operation may go there."""
    if vise not in TRANSITIONS[actuel]:
        raise OperationDejaTraitee
    return vise


class Due(Protocol):
    """An invoice, for what it still takes."""

    @property
    def solde_ttc(self) -> Decimal: ...


D = TypeVar("D", bound=Due)


@dataclass(frozen=True, slots=True)
class Part(Generic[D]):
    """What an invoice gets of an operation."""

    facture: D
    montant_ttc: Decimal


def numeros_cites(*textes: str) -> tuple[str, ...]:
    """The invoice numbers somebody wrote in a transfer, in our own writing: "fc 2026/00012" is FC-2026-00012."""
    trouves = [f"FC-{annee}-{rang}" for texte in textes for annee, rang in NUMERO.findall(texte)]
    return tuple(dict.fromkeys(trouves))


def repartir(montant: Decimal, factures: Sequence[D]) -> list[Part[D]]:
    """`montant` over the invoices in order, each up to what it still owes; refuses to leave anything over."""
    parts, reste = [], montant
    for facture in factures:
        if reste > ZERO and facture.solde_ttc > ZERO:
            part = min(reste, facture.solde_ttc)
            parts.append(Part(facture, part))
            reste -= part
    if reste != ZERO or not parts:
        raise MontantNonAffecte(reste=euros(reste))
    return parts


def est_certain(montant: Decimal, factures: Sequence[Due]) -> bool:
    """Whether an operation that cites these invoices can be matched alone: one of them, or all of them exactly."""
    if not factures or montant <= ZERO:
        return False
    soldes = [facture.solde_ttc for facture in factures]
    return sum(soldes, ZERO) == montant or (len(soldes) == 1 and ZERO < montant <= soldes[0])


def mode(libelle: str) -> str:
    """How the money came, as the bank words it."""
    return next((mode for mode, motif in MODES if re.search(motif, libelle.upper())), "virement")
