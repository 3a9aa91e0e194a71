"""What a list searches and what was typed, as words: beginnings of words, no accents, phones by any of their endings. Pure.

PostgreSQL does the rest with `tsvector` prefixes, without any extension (docs/decisions/0021).
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from shared.kernel.text import normaliser_recherche

FIN_DE_TELEPHONE = 4
MOTS_MAX = 8
MOT = re.compile(r"[^\W_]+")
INDICATIF = re.compile(r"^(?:\+|00)33\s?\(?0?\)?\s?")
SEPARATEURS = re.compile(r"[\s.\-+]")


def texte_recherche(*textes: str | None, telephones: Iterable[str | None] = ()) -> str:
    """The words a search may hit.

    A reference counts whole and in parts: "DS-2CD2147" is found by "2cd" and by "ds2cd". A phone counts by every
    ending of four digits or more: a caller often remembers only the last ones.
    """
    mots: dict[str, None] = {}
    for texte in textes:
        for mot in normaliser_recherche(texte or "").split():
            parties = MOT.findall(mot)
            mots.update(dict.fromkeys([*parties, "".join(parties)]))
    for numero in telephones:
        national = re.sub(r"\D", "", numero or "").removeprefix("33")
        if national:
            complet = "0" + national
            mots.update(dict.fromkeys(complet[i:] for i in range(len(complet) - FIN_DE_TELEPHONE + 1)))
    return " ".join(mot for mot in mots if mot)


def ecrire_montant(montant: Decimal) -> str:
    """An amount as people type it in a search, whatever its sign: « 1234,56 »."""
    return f"{abs(montant):.2f}".replace(".", ",")


def requete_recherche(saisie: str | None) -> str | None:
    """The full-text query of what was typed: every word as a beginning, or the digits glued; None when nothing is left."""
    texte = normaliser_recherche(saisie or "")
    mots = [_debut(mot) for mot in texte.split()[:MOTS_MAX] if MOT.search(mot)]
    requete = " & ".join(mots)
    chiffres = SEPARATEURS.sub("", INDICATIF.sub("0", texte))
    if requete and chiffres.isdigit() and len(chiffres) >= FIN_DE_TELEPHONE and chiffres not in requete:
        return f"({requete}) | {chiffres}:*"
    return requete or None


def _debut(mot: str) -> str:
    """A typed word as a beginning; a word with punctuation is found by its parts or glued."""
    parties = MOT.findall(mot)
    if len(parties) == 1:
        return f"{parties[0]}:*"
    return f"(({' & '.join(f'{partie}:*' for partie in parties)}) | {''.join(parties)}:*)"
