"""What a valid product is. Pure."""

from calendar import monthrange
from datetime import date


def est_unitaire(*, politique_serie: str, a_type: bool, etiquette_requise: bool, a_actions: bool) -> bool:
    """Whether each unit is an object of its own: it has a serial number, something to configure, tick or stick.

    Everything else (cable, screws) is one traceable quantity per reception.
    """
    return politique_serie != "aucune" or a_type or etiquette_requise or a_actions


def fin_de_garantie(livre_le: date, mois: int) -> date | None:
    """The last day of a guarantee of so many months; None without guarantee. From the 31st to a shorter month: its end."""
    if mois == 0:
        return None
    annee, reste = divmod(livre_le.year * 12 + livre_le.month - 1 + mois, 12)
    return date(annee, reste + 1, min(livre_le.day, monthrange(annee, reste + 1)[1]))
