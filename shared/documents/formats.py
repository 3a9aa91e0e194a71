"""How amounts, quantities, dates and registration numbers read on paper in France. Pure functions.

U+202F separates thousands, U+00A0 stands before a unit or a symbol, the comma is decimal and a negative
number carries a true minus sign (U+2212).
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from shared.kernel.clock import PARIS

FINE = "\u202f"
INSECABLE = "\u00a0"
MOINS = "\u2212"
SYMBOLES = {"EUR": "€"}
MOIS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def nombre(valeur: Decimal | int, *, minimum: int = 0, maximum: int = 2) -> str:
    """`valeur` rounded half-up to `maximum` decimals, useless zeros dropped down to `minimum`: 1 234,5."""
    arrondie = Decimal(valeur).quantize(Decimal(1).scaleb(-maximum), ROUND_HALF_UP)
    entiers, _, decimales = f"{abs(arrondie):f}".partition(".")
    decimales = decimales[:minimum] + decimales[minimum:].rstrip("0")
    signe = MOINS if arrondie < 0 else ""
    return signe + f"{int(entiers):,}".replace(",", FINE) + (f",{decimales}" if decimales else "")


def montant(valeur: Decimal) -> str:
    """An amount without its currency, always two decimals: 1 234,50."""
    return nombre(valeur, minimum=2, maximum=2)


def euros(valeur: Decimal, devise: str = "EUR") -> str:
    """An amount with its currency: 1 234,50 €, or 1 234,50 CHF."""
    return f"{montant(valeur)}{INSECABLE}{SYMBOLES.get(devise, devise)}"


def prix(valeur: Decimal) -> str:
    """A unit price: two decimals, up to four when they matter (0,0345)."""
    return nombre(valeur, minimum=2, maximum=4)


def quantite(valeur: Decimal | int, unite: str = "") -> str:
    """A quantity, up to three decimals, with its unit if any: 12,5 m."""
    chiffres = nombre(valeur, maximum=3)
    return f"{chiffres}{INSECABLE}{unite}" if unite else chiffres


def pourcentage(valeur: Decimal | int) -> str:
    """A rate given in percent: 5,5 %."""
    return f"{nombre(valeur, maximum=2)}{INSECABLE}%"


def jour(valeur: date | datetime) -> date:
    """The day of `valeur`; an instant is read in Paris."""
    return valeur.astimezone(PARIS).date() if isinstance(valeur, datetime) else valeur


def date_courte(valeur: date | datetime) -> str:
    """04/11/2026."""
    le = jour(valeur)
    return f"{le.day:02}/{le.month:02}/{le.year:04}"


def date_longue(valeur: date | datetime) -> str:
    """4 novembre 2026, and 1er for the first day; never cut at the end of a line."""
    le = jour(valeur)
    quantieme = "1er" if le.day == 1 else str(le.day)
    return f"{quantieme}{INSECABLE}{MOIS[le.month - 1]}{INSECABLE}{le.year}"


def date_complete(valeur: date | datetime) -> str:
    """mercredi 4 novembre 2026."""
    return f"{JOURS[jour(valeur).weekday()]} {date_longue(valeur)}"


def heure(instant: datetime) -> str:
    """14 h 05, as read in Paris."""
    locale = instant.astimezone(PARIS)
    return f"{locale.hour}{INSECABLE}h{INSECABLE}{locale.minute:02}"


def periode(debut: date, fin: date) -> str:
    """du 1er novembre 2026 au 31 octobre 2027."""
    return f"du {date_longue(debut)} au {date_longue(fin)}"


def groupes(texte: str, *tailles: int, separateur: str = INSECABLE) -> str:
    """The characters of `texte` without blanks, cut in groups; the last size repeats."""
    reste, morceaux, rang = "".join(texte.split()), [], 0
    while reste:
        taille = tailles[min(rang, len(tailles) - 1)]
        morceaux.append(reste[:taille])
        reste, rang = reste[taille:], rang + 1
    return separateur.join(morceaux)


def siren(texte: str) -> str:
    """A SIREN or a SIRET: 732 829 320 00074."""
    return groupes(texte, 3, 3, 3, 5)


def iban(texte: str) -> str:
    """FR14 2004 1010 0505 0001 3M02 606."""
    return groupes(texte.upper(), 4)


def telephone(texte: str) -> str:
    """A French number in pairs (01 44 55 66 77); anything else is left as written."""
    chiffres = "".join(texte.split()).replace(".", "")
    if chiffres.startswith("+33"):
        chiffres = "0" + chiffres[3:]
    if len(chiffres) == 10 and chiffres.isascii() and chiffres.isdigit():
        return groupes(chiffres, 2)
    return texte


FILTRES = {
    "nombre": nombre,
    "montant": montant,
    "euros": euros,
    "prix": prix,
    "quantite": quantite,
    "pourcentage": pourcentage,
    "date_courte": date_courte,
    "date_longue": date_longue,
    "date_complete": date_complete,
    "heure": heure,
    "siren": siren,
    "iban": iban,
    "telephone": telephone,
}
