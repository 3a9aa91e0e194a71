"""The natures of stock: what goods kept somewhere are good for. Pure."""

from enum import StrEnum


class Nature(StrEnum):
    """What a place holds; goods outside any place are of the main nature of the company."""

    NEUF = "neuf"
    OCCASION = "occasion"
    DEMONSTRATION = "demonstration"
    PRET = "pret"
    VEHICULE = "vehicule"
    REPARATION = "reparation"
    QUARANTAINE = "quarantaine"


PRINCIPALE = Nature.NEUF
LIBELLES = {
    Nature.NEUF: "Neuf",
    Nature.OCCASION: "Occasion",
    Nature.DEMONSTRATION: "Démonstration",
    Nature.PRET: "Prêt",
    Nature.VEHICULE: "Véhicule",
    Nature.REPARATION: "Réparation",
    Nature.QUARANTAINE: "Quarantaine",
}
# What may leave for a client: the rest is lent, broken or doubtful.
LIVRABLES = frozenset({Nature.NEUF, Nature.OCCASION, Nature.DEMONSTRATION, Nature.VEHICULE})
