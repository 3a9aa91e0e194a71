"""The geometry of the plots: plain numbers for the SVG of the template, no library, nothing inline. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

LARGEUR, HAUTEUR, MARGE_GAUCHE, MARGE_BAS, MARGE_HAUT = 720, 240, 80, 28, 12
HAUTEUR_JAUGES = 190
GRADUATIONS = 4


@dataclass(frozen=True, slots=True)
class Serie:
    """One colour: its class, its name, its value for each label."""

    classe: str
    nom: str
    valeurs: Sequence[float]


def pas_rond(maximum: float, graduations: int = GRADUATIONS) -> float:
    """A step of 1, 2 or 5 times a power of ten that covers `maximum` in about `graduations` steps."""
    if maximum < 0.01:  # less than a cent, or so little that dividing it gives nothing
        return 1.0
    brut = maximum / graduations
    ordre: float = 10 ** floor(log10(brut))
    return next(ordre * facteur for facteur in (1, 2, 5, 10) if ordre * facteur >= brut)


def colonnes(libelles: Sequence[str], series: Sequence[Serie]) -> dict[str, Any]:
    """Vertical bars side by side for each label, with the axis that reads them."""
    maximum = max((valeur for serie in series for valeur in serie.valeurs), default=0.0)
    pas = pas_rond(maximum)
    sommet = max(pas * ceil(maximum / pas), pas)
    bas, haut = HAUTEUR - MARGE_BAS, MARGE_HAUT
    large = (LARGEUR - MARGE_GAUCHE) / max(len(libelles), 1)
    barre = large * 0.8 / max(len(series), 1)

    def y(valeur: float) -> float:
        return round(bas - (bas - haut) * max(valeur, 0) / sommet, 1)

    barres = [
        {
            "classe": serie.classe,
            "nom": serie.nom,
            "libelle": libelle,
            "valeur": valeur,
            "x": round(MARGE_GAUCHE + large * (rang + 0.1) + barre * place, 1),
            "y": y(valeur),
            "l": round(barre, 1),
            "h": round(bas - y(valeur), 1),
        }
        for place, serie in enumerate(series)
        for rang, (libelle, valeur) in enumerate(zip(libelles, serie.valeurs, strict=True))
        if valeur > 0
    ]
    return {
        "largeur": LARGEUR,
        "hauteur": HAUTEUR,
        "gauche": MARGE_GAUCHE,
        "barres": barres,
        "axe": [{"valeur": pas * n, "y": y(pas * n)} for n in range(round(sommet / pas) + 1)],
        "libelles": [
            {"texte": texte, "x": round(MARGE_GAUCHE + large * (n + 0.5), 1)} for n, texte in enumerate(libelles)
        ],
        "legende": [{"classe": serie.classe, "nom": serie.nom} for serie in series],
    }


@dataclass(frozen=True, slots=True)
class Jauge:
    """What is taken of what can be, in one place of the axis, and where it leads."""

    libelle: str
    capacite: float
    pris: float
    href: str


def jauges(mesures: Sequence[Jauge]) -> dict[str, Any]:
    """For each measure, what can be taken as a frame, what is taken inside, and beyond it what is too much."""
    maximum = max((max(m.capacite, m.pris) for m in mesures), default=0.0)
    pas = max(pas_rond(maximum), 1.0)
    sommet = max(pas * ceil(maximum / pas), pas)
    bas, large = HAUTEUR_JAUGES - MARGE_BAS, (LARGEUR - MARGE_GAUCHE) / max(len(mesures), 1)

    def y(valeur: float) -> float:
        return round(bas - (bas - MARGE_HAUT) * valeur / sommet, 1)

    return {
        "largeur": LARGEUR,
        "hauteur": HAUTEUR_JAUGES,
        "gauche": MARGE_GAUCHE,
        "haut": MARGE_HAUT,
        "bas": bas,
        "large": round(large, 1),
        "barre": round(large * 0.6, 1),
        "axe": [{"valeur": pas * n, "y": y(pas * n)} for n in range(round(sommet / pas) + 1)],
        "barres": [
            {
                "mesure": mesure,
                "x": round(MARGE_GAUCHE + large * rang, 1),
                "gauche": round(MARGE_GAUCHE + large * (rang + 0.2), 1),
                "milieu": round(MARGE_GAUCHE + large * (rang + 0.5), 1),
                "cadre": {"y": y(mesure.capacite), "h": round(bas - y(mesure.capacite), 1)},
                "pris": {"y": y(tenu), "h": round(bas - y(tenu), 1)},
                "trop": {"y": y(mesure.pris), "h": round(y(tenu) - y(mesure.pris), 1)},
            }
            for rang, mesure in enumerate(mesures)
            for tenu in (min(mesure.pris, mesure.capacite),)
        ],
    }


def parts(valeurs: Sequence[float]) -> list[float]:
    """The length of each horizontal bar in percent of the longest."""
    maximum = max(valeurs, default=0.0)
    return [round(100 * max(valeur, 0) / maximum, 1) if maximum > 0 else 0.0 for valeur in valeurs]
