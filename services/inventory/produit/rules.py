"""What a valid product is. Pure."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Self

VENDEURS = ("devis.lire", "facture.lire", "tarif.modifier", "produit.modifier")


@dataclass(frozen=True, slots=True)
class PrixVus:
    """Which prices of a product somebody sees: what it costs, what it is sold for (who sells, bills or prices it)."""

    couts: bool
    ventes: bool

    @classmethod
    def par(cls, a_le_droit: Callable[[str], bool]) -> Self:
        """From the rights of whoever reads."""
        return cls(a_le_droit("couts.voir"), any(map(a_le_droit, VENDEURS)))

    def tus(self) -> dict[str, None]:
        """The prices left out."""
        vus = {"prix_achat_ht": self.couts, "prix_vente_ht": self.ventes}
        return {nom: None for nom, vu in vus.items() if not vu}


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
