"""What a valid tiers is: identifiers, phone numbers. Pure."""

import re

import phonenumbers
from stdnum.eu import vat
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from services.contacts.errors import CourrielInvalide, SirenInvalide, SiretInvalide, TelephoneInvalide, TvaInvalide

ROLES = ("client", "prospect", "fournisseur", "autre")
COURRIEL = re.compile(r"[^@\s<>\",;:]{1,64}@[^@\s<>\",;:.]+(\.[^@\s<>\",;:.]+)+")


def siren(valeur: str | None) -> str | None:
    """The 9 digits of a SIREN (Luhn checked), or None when empty."""
    compact = "".join((valeur or "").split())
    if compact and not stdnum_siren.is_valid(compact):
        raise SirenInvalide(valeur=valeur)
    return compact or None


def siret(valeur: str | None) -> str | None:
    """The 14 digits of a SIRET (Luhn checked), or None when empty."""
    compact = "".join((valeur or "").split())
    if compact and not stdnum_siret.is_valid(compact):
        raise SiretInvalide(valeur=valeur)
    return compact or None


def tva_intracom(valeur: str | None) -> str | None:
    """A European VAT number with its country prefix, or None when empty."""
    compact = "".join((valeur or "").split()).upper()
    if compact and not vat.is_valid(compact):
        raise TvaInvalide(valeur=valeur)
    return compact or None


def telephone(valeur: str | None) -> str | None:
    """A phone number as E.164 ("+33450510000"), read as French when it has no prefix."""
    if not (valeur or "").strip():
        return None
    try:
        numero = phonenumbers.parse(valeur or "", "FR")
    except phonenumbers.NumberParseException as error:
        raise TelephoneInvalide(valeur=valeur) from error
    if not phonenumbers.is_possible_number(numero):
        raise TelephoneInvalide(valeur=valeur)
    return str(phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164))


def courriel(valeur: str | None) -> str | None:
    """An e-mail address in lower case, or None when empty."""
    propre = (valeur or "").strip().lower()
    if propre and not COURRIEL.fullmatch(propre):
        raise CourrielInvalide(valeur=valeur)
    return propre or None
