"""Where a received invoice stands."""

from enum import StrEnum

from services.billing.errors import FactureRecueTraitee


class EtatRecue(StrEnum):
    """RAPPROCHEE: what it says is on an affaire fournisseur. ECARTEE: it is none of ours, and why. REFUSEE: its supplier was
    told so, it is not to be paid and nothing is matched with it.
    """

    A_RAPPROCHER = "a_rapprocher"
    RAPPROCHEE = "rapprochee"
    ECARTEE = "ecartee"
    REFUSEE = "refusee"


E = EtatRecue
TRANSITIONS: dict[EtatRecue, frozenset[EtatRecue]] = {
    E.A_RAPPROCHER: frozenset({E.RAPPROCHEE, E.ECARTEE, E.REFUSEE}),
    E.RAPPROCHEE: frozenset({E.REFUSEE, E.A_RAPPROCHER}),
    E.ECARTEE: frozenset(),
    E.REFUSEE: frozenset(),
}
MOTS = {E.A_RAPPROCHER: "à rapprocher", E.RAPPROCHEE: "rapprochée", E.ECARTEE: "écartée", E.REFUSEE: "refusée"}


def passer(actuel: EtatRecue, vise: EtatRecue, *, numero: str) -> EtatRecue:
    """The new state; FactureRecueTraitee when a received invoice does not go that way."""
    if vise not in TRANSITIONS[actuel]:
        raise FactureRecueTraitee(numero=numero, actuel=MOTS[actuel])
    return vise
