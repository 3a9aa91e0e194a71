"""How codes are compared: what a scanner sends and what people type must meet. Pure."""

from functools import lru_cache

from shared.kernel.text import sans_accents

EAN_COURT, EAN_LONG = 12, 13
AZERTY = str.maketrans("à&é\"'(-è_ç", "0123456789")


@lru_cache(maxsize=4096)  # each code scanned is compared with those of every line of its reception, scan after scan
def cle(code: str) -> str:
    """The form under which a code is stored and looked up: upper case, no accent, no blank."""
    return "".join(sans_accents(code).upper().split())


def cle_ean(ean: str | None) -> str | None:
    """The key of a barcode: digits only, a 12-digit UPC becomes the EAN-13 it is; None without digits."""
    chiffres = "".join(c for c in ean or "" if c.isdigit())
    return (chiffres.zfill(EAN_LONG) if len(chiffres) == EAN_COURT else chiffres) or None


def numero_serie(saisi: str) -> str:
    """A serial number as it is stored and compared: upper case, no blank."""
    return "".join(saisi.upper().split())


def variantes(code: str) -> list[str]:
    """The keys a code read may stand for, the most literal first.

    A scanner set to QWERTY types "é(-" on an AZERTY keyboard where the label says digits: the code is then also
    read as digits (odoo/documentation PR #7983).
    """
    lues = [cle(code)]
    chiffres = "".join(code.split()).lower().translate(AZERTY)
    if chiffres.isdigit():
        lues.append(chiffres)
    longues = [lue.zfill(EAN_LONG) for lue in lues if lue.isdigit() and len(lue) == EAN_COURT]
    return list(dict.fromkeys(v for v in [*lues, *longues] if v))
