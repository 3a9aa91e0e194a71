"""What an affaire client says in words. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date


def garantie(fins: Mapping[date, Sequence[str]]) -> str:
    """Until when what a line delivered is guaranteed: the last day, or each with the serial numbers it concerns.

    Never the name of what was delivered: it may be a hidden product.
    """
    if len(fins) == 1:
        return f"Garantie jusqu’au {next(iter(fins)):%d/%m/%Y}"
    dites = (
        f"jusqu’au {fin:%d/%m/%Y}" + (f" (n° {', '.join(fins[fin])})" if fins[fin] else "") for fin in sorted(fins)
    )
    return f"Garantie {', '.join(dites)}"
