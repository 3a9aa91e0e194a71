"""How amounts, dates and names are written on screen. Values come from JSON, so text is accepted everywhere."""

from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from shared.documents.formats import iban as iban_imprime
from shared.documents.texte_riche import en_html
from shared.documents.typographie import saisi
from shared.kernel.clock import SystemClock
from shared.kernel.text import sans_accents

PARIS = ZoneInfo("Europe/Paris")
VIDE = "–"
INSECABLE = "\u00a0"
MOINS = "\u2212"

Nombre = Decimal | int | float | str | None
Moment = datetime | date | str | None


def _decimal(valeur: Nombre) -> Decimal | None:
    if valeur is None or valeur == "":
        return None
    try:
        return Decimal(str(valeur))
    except InvalidOperation:
        return None


@lru_cache(maxsize=8192)
def _ecrire(valeur: Decimal, motif: str) -> str:
    return format_decimal(valeur, format=motif, locale="fr").replace("-", MOINS)


def nombre(valeur: Nombre, decimales: int | None = None) -> str:
    """1234.5 -> "1 234,5" ; a fixed number of decimals on demand."""
    lu = _decimal(valeur)
    if lu is None:
        return VIDE
    motif = "#,##0.###" if decimales is None else "#,##0" + ("." + "0" * decimales if decimales else "")
    return _ecrire(lu, motif)


def euros(valeur: Nombre, decimales: int = 2) -> str:
    """1234.56 -> "1 234,56 €" (U+202F then U+00A0)."""
    lu = _decimal(valeur)
    return VIDE if lu is None else nombre(lu, decimales) + INSECABLE + "€"


def prix(valeur: Nombre) -> str:
    """A unit price as typed: two decimals at least, four at most."""
    lu = _decimal(valeur)
    return VIDE if lu is None else _ecrire(lu, "#,##0.00##")


def keuros(valeur: Nombre) -> str:
    """Sums on column heads: 349 210 -> "349 k€"; below ten thousand the amount itself."""
    lu = _decimal(valeur)
    if lu is None:
        return VIDE
    return euros(lu, 0) if abs(lu) < 10_000 else nombre(lu / 1000, 0) + INSECABLE + "k€"


def pourcent(valeur: Nombre, decimales: int | None = None) -> str:
    """31.8 -> "31,8 %": the value is already a percentage."""
    lu = _decimal(valeur)
    return VIDE if lu is None else nombre(lu, decimales) + INSECABLE + "%"


def moment(valeur: Moment) -> datetime | date | None:
    """Reads a date or an instant, from text too; instants come back in Paris time."""
    lu: datetime | date | None
    if isinstance(valeur, str):
        if not valeur:
            return None
        lu = date.fromisoformat(valeur) if len(valeur) == 10 else datetime.fromisoformat(valeur)
    else:
        lu = valeur
    if isinstance(lu, datetime):
        return (lu if lu.tzinfo else lu.replace(tzinfo=UTC)).astimezone(PARIS)
    return lu


def jour(valeur: Moment) -> date | None:
    """The day in Paris of a date or an instant."""
    lu = moment(valeur)
    return lu.date() if isinstance(lu, datetime) else lu


@lru_cache(maxsize=4096)
def _jour_ecrit(valeur: date, motif: str) -> str:
    return format_date(valeur, motif, locale="fr")


def _en(motif: str, valeur: Moment) -> str:
    lu = jour(valeur)
    return VIDE if lu is None else _jour_ecrit(lu, motif)


def date_table(valeur: Moment) -> str:
    """23/11/2026"""
    return _en("dd/MM/yyyy", valeur)


def date_longue(valeur: Moment) -> str:
    """lun. 23 nov. 2026"""
    return _en("EEE d MMM yyyy", valeur)


def date_carte(valeur: Moment) -> str:
    """23 nov."""
    return _en("d MMM", valeur)


def mois(periode: str) -> str:
    """ "2026-11" as novembre 2026"""
    return _en("MMMM yyyy", f"{periode}-01")


def jour_semaine(valeur: Moment) -> str:
    """lun. 23 nov."""
    return _en("EEE d MMM", valeur)


def heure(valeur: Moment) -> str:
    """14:32"""
    lu = moment(valeur)
    return f"{lu:%H:%M}" if isinstance(lu, datetime) else VIDE


def date_heure(valeur: Moment) -> str:
    """23/11/2026 14:32"""
    return VIDE if moment(valeur) is None else f"{date_table(valeur)} {heure(valeur)}"


def aujourd_hui() -> date:
    """Today in Paris."""
    return SystemClock().now().astimezone(PARIS).date()


def jours_depuis(valeur: Moment | int) -> int | None:
    """Days elapsed since a moment; negative in the future."""
    if isinstance(valeur, int):
        return valeur
    lu = jour(valeur)
    return None if lu is None else (aujourd_hui() - lu).days


def anciennete(valeur: Moment | int) -> str:
    """Three days ago -> "3 j"."""
    ecoules = jours_depuis(valeur)
    return VIDE if ecoules is None else f"{ecoules}{INSECABLE}j"


def quand(valeur: Moment) -> str:
    """For timelines: "Aujourd’hui, 09:12", "Hier, 16:40", else "ven. 20 nov., 16:40" or with its year."""
    ecoules = jours_depuis(valeur)
    if ecoules is None:
        return VIDE
    noms = {0: "Aujourd’hui", 1: "Hier"}
    nom = noms.get(ecoules) or (jour_semaine(valeur) if ecoules < 300 else date_longue(valeur))
    return f"{nom}, {heure(valeur)}" if isinstance(moment(valeur), datetime) else nom


def en_retard(valeur: Moment) -> bool:
    """Whether a due date is past."""
    ecoules = jours_depuis(valeur)
    return ecoules is not None and ecoules > 0


def telephone(valeur: str | None) -> str:
    """+33450510000 -> "04 50 51 00 00"; foreign numbers keep their prefix."""
    if not valeur:
        return VIDE
    chiffres = "".join(c for c in valeur if c.isdigit() or c == "+")
    if chiffres.startswith("+33"):
        chiffres = "0" + chiffres[3:]
    if not (len(chiffres) == 10 and chiffres.isdigit()):
        return valeur
    return INSECABLE.join(chiffres[i : i + 2] for i in range(0, 10, 2))


def initiales(nom: str | None) -> str:
    """Manon Leclerc -> "ML"."""
    mots = [mot for mot in (nom or "").replace("-", " ").split() if mot[0].isalnum()]
    lettres = mots[0][:2] if len(mots) == 1 else "".join(mot[0] for mot in (*mots[:1], *mots[-1:]))
    return lettres.upper() or "?"


def pluriel(n: int | str, singulier: str, forme_plurielle: str | None = None) -> str:
    """(2, "ligne") -> "2 lignes": zero and one stay singular, every word takes an s unless told."""
    compte = int(n)
    if abs(compte) < 2:
        return f"{nombre(compte)}{INSECABLE}{singulier}"
    ecrit = forme_plurielle or " ".join(mot if mot[-1] in "sxz" else mot + "s" for mot in singulier.split())
    return f"{nombre(compte)}{INSECABLE}{ecrit}"


def octets(taille: int) -> str:
    """1234567 as "1,2 Mo"; a number of bytes."""
    for unite, seuil in (("Mo", 1024 * 1024), ("Ko", 1024)):
        if taille >= seuil:
            return f"{nombre(round(taille / seuil, 1))}\u00a0{unite}"
    return f"{taille}\u00a0octets"


def iban(valeur: str | None) -> str:
    """FR76 3000 6000…, that a phone may break between two groups."""
    return " ".join(iban_imprime(valeur).split()) if valeur else ""


def parce_que(raison: str) -> str:
    """ "il reste…" as "parce qu’il reste…"."""
    return f"parce qu’{raison}" if sans_accents(raison[:1]).lower() in "aeiouy" else f"parce que {raison}"


FILTRES = {
    f.__name__: f
    for f in (
        nombre, euros, keuros, prix, pourcent, date_table, date_longue, date_carte, mois, jour_semaine, heure,
        date_heure, anciennete, quand, en_retard, jours_depuis, telephone, initiales, pluriel, octets,
        iban, parce_que,
    )
} | {"riche": en_html, "francais": saisi}  # fmt: skip
