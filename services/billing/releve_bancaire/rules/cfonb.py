"""CFONB 120, the statement of French banks (CFONB, « relevé de compte sur support informatique », 2004).

Records of 120 characters, with or without line breaks: 01 opening balance, 04 operation, 05 more text, 07 closing
balance. The last digit of an amount carries its sign: { A-I positive, } J-R negative.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from services.billing.errors import ReleveIllisible
from services.billing.releve_bancaire.rules.operation import OperationLue, ReleveLu, propre

TAILLE = 120
SIGNES = {signe: (rang % 10, 1 if rang < 10 else -1) for rang, signe in enumerate("{ABCDEFGHI}JKLMNOPQR")}
SIECLE = 2000


@dataclass(slots=True)
class _EnCours:
    """The account being read."""

    compte: str
    ouverture: Decimal
    operations: list[OperationLue] = field(default_factory=list)

    def clore(self, ligne: str, numero: int) -> ReleveLu:
        """The statement, once its closing balance is read."""
        ou = f"ligne {numero}"
        return ReleveLu("cfonb", self.compte, tuple(self.operations), self.ouverture, _montant(ligne), ou)


def est_cfonb(texte: str) -> bool:
    """Whether the file starts as one."""
    return texte[:2] == "01" and texte[2:7].isdigit() and len(texte) >= TAILLE


def lire(texte: str) -> Iterator[ReleveLu]:
    """One statement per account; ReleveIllisible names the line."""
    courant: _EnCours | None = None
    for numero, ligne in enumerate(_lignes(texte), 1):
        try:
            if ligne[:2] == "01":
                courant = _EnCours(ligne[2:7] + ligne[11:16] + ligne[21:32].strip(), _montant(ligne))
            elif courant is not None and ligne[:2] == "07":
                yield courant.clore(ligne, numero)
                courant = None
            else:
                _suivre(courant, ligne)
        except (ValueError, KeyError, IndexError) as error:
            raise ReleveIllisible(ou=f"ligne {numero}") from error
    if courant is not None:
        raise ReleveIllisible(ou="le solde de clôture manque")


def _suivre(courant: _EnCours | None, ligne: str) -> None:
    """An operation, or more text on the last one."""
    if courant is None or ligne[:2] not in ("04", "05"):
        raise ValueError(ligne[:2])
    if ligne[:2] == "05":
        courant.operations[-1] = _completer(courant.operations[-1], ligne[48:118])
        return
    courant.operations.append(OperationLue(_jour(ligne), _montant(ligne), propre(ligne[48:79]), ligne[104:120].strip()))


def _lignes(texte: str) -> Iterator[str]:
    morceaux = texte.splitlines()
    if len(morceaux) == 1 and len(texte) > TAILLE:
        morceaux = [texte[i : i + TAILLE] for i in range(0, len(texte), TAILLE)]
    return (morceau.ljust(TAILLE) for morceau in morceaux if morceau.strip("\x1a \0"))


def _montant(ligne: str) -> Decimal:
    """Blank decimals count as two: seen in files of LCL."""
    decimales = int(ligne[19]) if ligne[19].strip() else 2
    chiffre, signe = SIGNES[ligne[103]]
    return signe * Decimal(int(ligne[90:103] + str(chiffre))).scaleb(-decimales)


def _jour(ligne: str) -> date:
    return date(SIECLE + int(ligne[38:40]), int(ligne[36:38]), int(ligne[34:36]))


def _completer(operation: OperationLue, texte: str) -> OperationLue:
    libelle = propre(operation.libelle, texte)
    return OperationLue(operation.le, operation.montant, libelle, operation.reference)
