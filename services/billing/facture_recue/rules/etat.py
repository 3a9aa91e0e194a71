"""Where a received invoice stands."""

from enum import StrEnum

from services.billing.errors import FactureRecueTraitee


class EtatRecue(StrEnum):
    """RAPPROCHEE: what it says is on an affaire fournisseur. ECARTEE: it is none of ours, and why."""

    A_RAPPROCHER = "a_rapprocher"
    RAPPROCHEE = "rapprochee"
    ECARTEE = "ecartee"


E = EtatRecue
TRANSITIONS: dict[EtatRecue, frozenset[EtatRecue]] = {
    E.A_RAPPROCHER: frozenset({E.RAPPROCHEE, E.ECARTEE}),
    E.RAPPROCHEE: frozenset(),
    E.ECARTEE: frozenset(),
}
MOTS = {E.A_RAPPROCHER: "à rapprocher", E.RAPPROCHEE: "rapprochée", E.ECARTEE: "écartée"}


def passer(actuel: EtatRecue, vise: EtatRecue, *, numero: str) -> EtatRecue:
    """The new state; FactureRecueTraitee when a received invoice does not go that way."""
    if vise not in TRANSITIONS[actuel]:
        raise FactureRecueTraitee(numero=numero, actuel=MOTS[actuel])
    return vise
