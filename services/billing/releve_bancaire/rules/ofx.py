"""OFX as banks really write it: SGML 1.x with unclosed tags and decimal commas, or XML 2.x."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from html import unescape

from services.billing.errors import ReleveIllisible
from services.billing.releve_bancaire.rules.operation import OperationLue, ReleveLu, propre

RELEVE = re.compile(r"<(?:CC)?STMTRS>(.*?)</(?:CC)?STMTRS>", re.DOTALL)
OPERATION = re.compile(r"<STMTTRN>(.*?)(?:</STMTTRN>|(?=<STMTTRN>)|</BANKTRANLIST>)", re.DOTALL)
BALISE = re.compile(r"<([A-Z0-9.]+)>([^<\r\n]*)")


def est_ofx(texte: str) -> bool:
    """Whether the file starts as one."""
    return "OFXHEADER" in texte[:500] or "<OFX>" in texte[:2000]


def lire(texte: str) -> Iterator[ReleveLu]:
    """One statement per account. OFX tells no opening balance: there is nothing to check the operations against."""
    for trouve in RELEVE.finditer(texte):
        releve = trouve[1]
        entete = _valeurs(releve.partition("<BANKTRANLIST>")[0])
        compte = entete.get("BANKID", "") + entete.get("BRANCHID", "") + entete.get("ACCTID", "")
        operations = tuple(_operation(rang, lu[1]) for rang, lu in enumerate(OPERATION.finditer(releve), 1))
        yield ReleveLu("ofx", compte, operations)


def _operation(rang: int, bloc: str) -> OperationLue:
    valeurs = _valeurs(bloc)
    try:
        brut = valeurs["DTPOSTED"]
        le = date(int(brut[:4]), int(brut[4:6]), int(brut[6:8]))
        montant = Decimal(valeurs["TRNAMT"].replace(",", ".").replace(" ", ""))
    except (KeyError, ValueError, InvalidOperation) as error:
        raise ReleveIllisible(ou=f"opération {rang}") from error
    return OperationLue(
        le, montant, propre(valeurs.get("NAME", ""), valeurs.get("MEMO", "")), valeurs.get("CHECKNUM", "")
    )


def _valeurs(bloc: str) -> dict[str, str]:
    """Each tag and its text; a tag closed or not reads the same."""
    return {nom: unescape(valeur).strip() for nom, valeur in BALISE.findall(bloc)}
