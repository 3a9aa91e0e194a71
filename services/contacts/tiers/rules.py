"""What a valid tiers is: identifiers, phone numbers. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

import phonenumbers
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.eu import vat
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret

from services.contacts.errors import (
    BicInvalide,
    CourrielInvalide,
    IbanInvalide,
    SirenInvalide,
    SiretInvalide,
    TelephoneInvalide,
    TvaInvalide,
)
from shared.contracts.contacts import Adresse, PersonneTiers
from shared.kernel.money import ZERO

RAPPELS = {
    "adresse": "Adresse",
    "interlocuteur": "Interlocuteur",
    "telephone": "Téléphone",
    "horaires": "Horaires",
    "acces": "Accès",
    "notes": "Notes du client",
}
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


def iban(valeur: str | None) -> str:
    """An IBAN in capitals without spaces (its check digits hold), or "" when empty."""
    compact = "".join((valeur or "").split()).upper()
    if compact and not stdnum_iban.is_valid(compact):
        raise IbanInvalide(valeur=valeur)
    return compact


def bic(valeur: str | None) -> str:
    """A BIC in capitals without spaces (8 or 11 characters, well formed), or "" when empty."""
    compact = "".join((valeur or "").split()).upper()
    if compact and not stdnum_bic.is_valid(compact):
        raise BicInvalide(valeur=valeur)
    return compact


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


def telephone_probable(saisi: str) -> str:
    """The number being typed as E.164, or "" while it is not one."""
    try:
        return telephone(saisi) or ""
    except TelephoneInvalide:
        return ""


def courriel(valeur: str | None) -> str | None:
    """An e-mail address in lower case, or None when empty."""
    propre = (valeur or "").strip().lower()
    if propre and not COURRIEL.fullmatch(propre):
        raise CourrielInvalide(valeur=valeur)
    return propre or None


@dataclass(frozen=True, slots=True)
class FaitsDuSite:
    """All that can be recalled of a site: its own data and those of its tiers."""

    adresse: Adresse | None
    interlocuteur: PersonneTiers | None
    telephone: str | None
    horaires: str
    acces: str
    notes: str


def rappels(voulus: Collection[str], faits: FaitsDuSite) -> tuple[tuple[str, str], ...]:
    """The (label, value) pairs shown under the code of a site: those its settings name and that say something."""
    adresse, personne = faits.adresse, faits.interlocuteur
    valeurs = {
        "adresse": ", ".join(filter(None, (*adresse.lignes, f"{adresse.code_postal} {adresse.ville}".strip())))
        if adresse
        else "",
        "interlocuteur": " · ".join(filter(None, (personne.nom, personne.fonction))) if personne else "",
        "telephone": telephone_lisible(faits.telephone or (personne.telephone if personne else None)),
        "horaires": faits.horaires,
        "acces": faits.acces,
        "notes": faits.notes,
    }
    return tuple((libelle, valeurs[cle]) for cle, libelle in RAPPELS.items() if cle in voulus and valeurs[cle])


def telephone_lisible(numero: str | None) -> str:
    """ "+33450510000" as people write it: "04 50 51 00 00"."""
    if not numero:
        return ""
    lu = phonenumbers.parse(numero, "FR")
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if lu.country_code == 33
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return str(phonenumbers.format_number(lu, style))


def depassement(encours_ht: Decimal, plafond_ht: Decimal | None) -> Decimal:
    """By how much the limit of a client is exceeded; nothing without limit."""
    return max(encours_ht - plafond_ht, ZERO) if plafond_ht is not None else ZERO
