"""Which expected product an unexpected one most likely replaces."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any


def plus_proche(lignes: Sequence[dict[str, Any]], libelle: str) -> str:
    """The id of the line whose name is the closest to `libelle`; empty when none is expected."""

    def ressemblance(ligne: dict[str, Any]) -> float:
        return SequenceMatcher(None, str(ligne["designation"]).lower(), libelle.lower()).ratio()

    return str(max(lignes, key=ressemblance)["id"]) if lignes else ""
