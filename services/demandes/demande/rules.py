"""Rules of a demande: urgency, moves allowed to people, what a search looks at. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from services.demandes.errors import DejaDansCetEtat, TempsManquant, TransitionImpossible
from shared.kernel.search import MOT
from shared.kernel.text import normaliser_recherche

EXTRAIT_MAX = 300


class Urgence(StrEnum):
    """How fast it must be worked off, least first."""

    BASSE = "basse"
    NORMALE = "normale"
    HAUTE = "haute"
    URGENTE = "urgente"


@dataclass(frozen=True, slots=True)
class Etape:
    """A state of the circuit, as moves need it."""

    code: str
    libelle: str
    est_terminal: bool = False
    exige_temps: bool = False


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a demande moved by itself: the rule, the fact, and a French sentence."""

    regle_id: UUID
    regle_libelle: str
    fait_type: str
    fait_id: UUID | None
    parce_que: str


def verifier_deplacement(numero: str, de: Etape, vers: Etape, permises: Iterable[Etape], minutes: int) -> None:
    """Refuse a move people may not make: not in the table of transitions, or time missing."""
    if de.code == vers.code:
        raise DejaDansCetEtat(numero=numero, vers=vers.libelle)
    suites = list(permises)
    if vers.code not in {e.code for e in suites}:
        possibles = ", ".join(f"« {e.libelle} »" for e in suites) or "aucune"
        raise TransitionImpossible(numero=numero, de=de.libelle, vers=vers.libelle, possibles=possibles)
    if vers.exige_temps and minutes <= 0:
        raise TempsManquant(numero=numero, vers=vers.libelle)


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
