"""Serial numbers in the file of a supplier: a list, or a table where one column holds them. Pure."""

import re
from collections.abc import Iterable

from gateway.errors import SeriesSansColonne

TITRE = re.compile(r"((n°|no|num[ée]ros?)\s*)?(de\s+)?s[ée]ries?|serials?(\s*(numbers?|no|n°|#))?|s/?n", re.IGNORECASE)


def numeros(rangees: Iterable[list[str]]) -> list[str]:
    """The column titled as serial numbers; without title, the only one filled; a single row is a list. SeriesSansColonne."""
    remplies = [rangee for rangee in rangees if any(rangee)]
    if not remplies:
        return []
    titres = [rang for rang, cellule in enumerate(remplies[0]) if TITRE.fullmatch(cellule)]
    if titres:
        return [rangee[titres[0]] for rangee in remplies[1:] if len(rangee) > titres[0] and rangee[titres[0]]]
    if len(remplies) > 1 and any(sum(map(bool, rangee)) > 1 for rangee in remplies):
        raise SeriesSansColonne
    return [cellule for rangee in remplies for cellule in rangee if cellule]
