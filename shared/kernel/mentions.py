"""Colleagues named with @ in what somebody writes, on a demande or on a contact. Pure."""

from collections.abc import Iterable, Mapping
from itertools import pairwise
from uuid import UUID

from shared.kernel.search import MOT
from shared.kernel.text import normaliser_recherche

EXTRAIT_MAX = 300


def mentions(texte: str, personnes: Mapping[UUID, str]) -> tuple[UUID, ...]:
    """The people a text names: "@Manon Leclerc", "@manon leclerc" or "@Manon" when only one is called so.

    A name is only looked for after an @ that starts a word, so that a mail address names nobody.
    """
    cites: dict[UUID, None] = {}
    for suite in _apres_arobase(texte):
        entiers = [p for p, nom in personnes.items() if _commence(suite, _mots(nom))]
        prenoms = [p for p, nom in personnes.items() if _commence(suite, _mots(nom).partition(" ")[0])]
        nommes = entiers or (prenoms if len(prenoms) == 1 else [])
        cites.update(dict.fromkeys(nommes))
    return tuple(cites)


def extrait(texte: str) -> str:
    """The beginning of a note, on one line."""
    plat = " ".join(texte.split())
    return plat if len(plat) <= EXTRAIT_MAX else plat[: EXTRAIT_MAX - 1] + "…"


def _apres_arobase(texte: str) -> Iterable[str]:
    morceaux = texte.split("@")
    for avant, apres in pairwise(morceaux):
        if not avant or not avant[-1].isalnum():
            yield _mots(apres[:80])


def _commence(suite: str, nom: str) -> bool:
    return bool(nom) and (suite == nom or suite.startswith(nom + " "))


def _mots(texte: str) -> str:
    return " ".join(MOT.findall(normaliser_recherche(texte)))
