"""Numbers as people and spreadsheets write them, French, English or Swiss; and as sentences say them. Pure."""

import re
from decimal import Decimal, InvalidOperation

PARASITES = re.compile(r"[\s\u00a0\u202f\u2009'’€$%]|EUR|HT")
MOINS = re.compile(r"^[\u2212\u2013]")
CHIFFRES_MAX = 30  # "1e999999999" takes eleven characters, and gigabytes once written out
GROUPES = re.compile(r"^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+$")


def ecrire_quantite(quantite: Decimal) -> str:
    """A quantity inside a sentence: 2 and not 2.000, a comma for decimals."""
    return f"{quantite.normalize():f}".replace(".", ",")


def ecrire_euros(montant: Decimal) -> str:
    """An amount inside a sentence: 1 500,00 €."""
    return f"{montant:,.2f} €".replace(",", "\u202f").replace(".", ",").replace(" €", "\u00a0€")


def lire_nombre(texte: str) -> Decimal | None:
    """The number written: 1 234,50 or 1,234.50 or 1'234.50; None when empty, ValueError when it is no number.

    With both signs the last one is decimal; one sign repeated between groups of three separates thousands; a sign
    alone is decimal.
    """
    propre = MOINS.sub("-", PARASITES.sub("", texte))
    if not propre:
        return None
    if GROUPES.match(propre):
        propre = propre.replace(",", "").replace(".", "")
    elif "," in propre and "." in propre:
        decimale = max(",", ".", key=propre.rfind)
        propre = propre.replace("." if decimale == "," else ",", "")
    propre = propre.replace(",", ".")
    try:
        lu = Decimal(propre)
    except InvalidOperation:
        raise ValueError(texte) from None
    if not lu.is_finite() or abs(lu.adjusted()) > CHIFFRES_MAX:
        raise ValueError(texte)
    return lu
