"""What every statement format comes down to, and how an operation is recognised from one file to the next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.billing.errors import ReleveIncoherent
from shared.documents.formats import euros
from shared.kernel.money import ZERO

LIBELLE_MAX = 300


@dataclass(frozen=True, slots=True)
class OperationLue:
    """A line of a statement: `montant` in euros, negative when it leaves the account."""

    le: date
    montant: Decimal
    libelle: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReleveLu:
    """One account in one file. `ou` says where the closing balance is written, for whoever must look at it."""

    format: str
    compte: str
    operations: tuple[OperationLue, ...]
    ouverture: Decimal | None = None
    cloture: Decimal | None = None
    ou: str = ""

    def controler(self) -> None:
        """Opening balance and operations must give the closing balance, when the file tells both."""
        if self.ouverture is None or self.cloture is None:
            return
        calcule = self.ouverture + sum((o.montant for o in self.operations), ZERO)
        if calcule != self.cloture:
            raise ReleveIncoherent(calcule=euros(calcule), annonce=euros(self.cloture), ou=self.ou)


def compte_de_l_iban(iban: str) -> str:
    """A French IBAN as the other formats write the account: bank, branch, number. Another country's stays whole."""
    compact = iban.replace(" ", "").upper()
    return compact[4:-2] if compact.startswith("FR") else compact


def cles(compte: str, operations: Iterable[OperationLue]) -> list[str]:
    """What an operation is recognised by, whatever the format: account, day, amount, rank among its likes that day."""
    vues: Counter[tuple[date, Decimal]] = Counter()
    trouvees = []
    for operation in operations:
        semblable = (operation.le, operation.montant)
        vues[semblable] += 1
        trouvees.append(f"{compte}|{operation.le.isoformat()}|{operation.montant:.2f}|{vues[semblable]}")
    return trouvees


def propre(*textes: str) -> str:
    """What staff read of an operation: each text once, single spaces, bounded."""
    mots = dict.fromkeys(" ".join(texte.split()) for texte in textes)
    return " · ".join(texte for texte in mots if texte)[:LIBELLE_MAX]
