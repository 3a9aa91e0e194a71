"""What a depot needs to buy by its rule. Pure: computed again from the same figures, the same result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

RIEN = Decimal(0)


@dataclass(frozen=True, slots=True)
class Regle:
    """A rule and what its depot has available now."""

    regle_id: UUID
    agence_id: UUID
    mini: Decimal
    maxi: Decimal
    disponible: Decimal


@dataclass(frozen=True, slots=True)
class Reappro:
    """What a depot misses: en_commande is on its way, net is still to buy."""

    en_commande: Decimal
    net: Decimal


def reapprovisionner(
    regles: Sequence[Regle], libre: Mapping[UUID | None, Decimal], pris_par_les_projets: Decimal = RIEN
) -> dict[UUID, Reappro]:
    """What each depot needs of one product.

    `libre`: ordered for nobody and not received yet, by agency of delivery (None: not said). Projects take from it
    first (`pris_par_les_projets`), as inventory will do: from the orders without agency, then by agency. What a depot
    has and what is on its way to it are below the minimum: buy up to the maximum, what is on its way deducted.
    """
    reste = {agence_id: libre[agence_id] for agence_id in sorted(libre, key=lambda a: (a is not None, str(a)))}
    for agence_id, quantite in reste.items():
        pris = min(quantite, pris_par_les_projets)
        reste[agence_id], pris_par_les_projets = quantite - pris, pris_par_les_projets - pris
    resultat = {}
    for regle in sorted(regles, key=lambda r: str(r.agence_id)):
        if regle.disponible >= regle.mini:
            resultat[regle.regle_id] = Reappro(RIEN, RIEN)
            continue
        manque = regle.maxi - regle.disponible
        venir = min(reste.get(regle.agence_id, RIEN), manque)
        sans_agence = min(manque - venir, reste.get(None, RIEN))
        if sans_agence:
            reste[None] -= sans_agence
        venir += sans_agence
        suffit = regle.disponible + venir >= regle.mini
        resultat[regle.regle_id] = Reappro(venir, RIEN if suffit else manque - venir)
    return resultat
