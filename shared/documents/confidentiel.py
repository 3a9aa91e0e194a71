"""A last guard before paper: costs, margins and hidden products never enter the data of a document."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

INTERDIT = re.compile(r"^(cout|marge|taux_marge|taux_marque|prix_achat|prix_revient|pa_|dpa)|(^|_)cache(e|s|es)?(_|$)")


class DonneeConfidentielle(Exception):
    """A programming error, not a refusal: a template was about to receive `champ`."""

    def __init__(self, champ: str) -> None:
        super().__init__(f"« {champ} » ne doit jamais atteindre un document")


def verifier(valeur: object) -> None:
    """Walk mappings, sequences and dataclasses; DonneeConfidentielle at the first forbidden name."""
    for nom, contenu in _contenus(valeur):
        if nom and INTERDIT.search(nom):
            raise DonneeConfidentielle(nom)
        verifier(contenu)


def _contenus(valeur: object) -> list[tuple[str, object]]:
    if isinstance(valeur, Mapping):
        return [(str(cle), contenu) for cle, contenu in valeur.items()]
    if isinstance(valeur, list | tuple):
        return [("", contenu) for contenu in valeur]
    if is_dataclass(valeur) and not isinstance(valeur, type):
        return [(champ.name, getattr(valeur, champ.name)) for champ in fields(valeur)]
    return []
