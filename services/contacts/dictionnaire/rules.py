"""Words one typing error apart: found by what remains of each when a letter is left out. Pure.

Two words differ by one letter added, left out, replaced or swapped with its neighbour exactly when they share a word, or a
word less one letter; the few others that share one are weeded out by `distance` (docs/decisions/0027).
"""

import re

from shared.kernel.search import MOT, MOTS_MAX
from shared.kernel.text import normaliser_recherche

LETTRES_MIN, LETTRES_MAX = 4, 30
APPRIS = re.compile(
    rf"[a-z]{{{LETTRES_MIN},{LETTRES_MAX}}}"
)  # codes and numbers are not corrected: they would be others'
PROCHES_MAX = 12


def mots_appris(texte: str) -> set[str]:
    """The words of a searched text that may be mistyped."""
    return {mot for mot in texte.split() if APPRIS.fullmatch(mot)}


def cles(mot: str) -> set[str]:
    """The word, and what remains of it when each letter in turn is left out."""
    return {mot, *(mot[:i] + mot[i + 1 :] for i in range(len(mot)))}


def saisis(saisie: str) -> list[str]:
    """What was typed, as words."""
    return MOT.findall(normaliser_recherche(saisie))[:MOTS_MAX]


def est_proche(mot: str, autre: str) -> bool:
    """Whether one typing error separates them."""
    return mot != autre and distance(mot, autre) <= 1


def distance(a: str, b: str) -> int:
    """Letters to add, leave out, replace or swap with the next one to go from `a` to `b`."""
    avant_derniere: list[int] = []
    derniere = list(range(len(b) + 1))
    for i, lettre in enumerate(a, 1):
        ligne = [i]
        for j, autre in enumerate(b, 1):
            cout = min(derniere[j] + 1, ligne[j - 1] + 1, derniere[j - 1] + (lettre != autre))
            if i > 1 and j > 1 and lettre == b[j - 2] and a[i - 2] == autre:
                cout = min(cout, avant_derniere[j - 2] + 1)
            ligne.append(cout)
        avant_derniere, derniere = derniere, ligne
    return derniere[-1]


def requete(mots: list[str], proches: dict[str, list[str]]) -> str | None:
    """The full-text query where each word may be one of its neighbours; None when no word has any."""
    if not any(proches.get(mot) for mot in mots):
        return None
    parties = []
    for mot in mots:
        voisins = " | ".join(f"{voisin}:*" for voisin in proches.get(mot, ())[:PROCHES_MAX])
        parties.append(f"({mot}:* | {voisins})" if voisins else f"{mot}:*")
    return " & ".join(parties)
