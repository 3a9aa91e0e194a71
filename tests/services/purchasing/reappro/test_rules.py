"""What a depot needs by its rule: netted against what is on its way, never more than its maximum."""

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.purchasing.reappro.rules import Reappro, Regle, reapprovisionner

ANNECY, LYON = UUID(int=1), UUID(int=2)
quantites = st.integers(0, 60).map(Decimal)


def regle(agence_id: UUID, mini: int, maxi: int, disponible: int) -> Regle:
    return Regle(agence_id, agence_id, Decimal(mini), Decimal(maxi), Decimal(disponible))


def test_below_the_minimum_it_buys_up_to_the_maximum() -> None:
    assert reapprovisionner([regle(ANNECY, 5, 20, 5)], {})[ANNECY] == Reappro(Decimal(0), Decimal(0))
    assert reapprovisionner([regle(ANNECY, 5, 20, 4)], {})[ANNECY] == Reappro(Decimal(0), Decimal(16))


def test_what_is_on_its_way_to_that_depot_counts() -> None:
    regles = [regle(ANNECY, 5, 20, 2), regle(LYON, 5, 10, 0)]
    calcul = reapprovisionner(regles, {LYON: Decimal(6)})
    assert calcul == {ANNECY: Reappro(Decimal(0), Decimal(18)), LYON: Reappro(Decimal(6), Decimal(0))}
    assert reapprovisionner(regles, {None: Decimal(2)})[ANNECY] == Reappro(Decimal(2), Decimal(16))


def test_projects_take_first() -> None:
    regles = [regle(ANNECY, 5, 20, 2)]
    assert reapprovisionner(regles, {ANNECY: Decimal(18)}, Decimal(18))[ANNECY] == Reappro(Decimal(0), Decimal(18))


@given(mini=st.integers(1, 30), plus=st.integers(0, 30), disponible=st.integers(0, 70), libre=quantites, ailleurs=quantites,
       pris=quantites)  # fmt: skip
def test_buying_what_is_asked_ends_it(
    mini: int, plus: int, disponible: int, libre: Decimal, ailleurs: Decimal, pris: Decimal
) -> None:
    """Asking again once it is ordered asks for nothing: the rule never buys twice."""
    pris = min(pris, libre + ailleurs)  # projects only take what is ordered
    une = regle(ANNECY, mini, mini + plus, disponible)
    avant = reapprovisionner([une], {ANNECY: libre, None: ailleurs}, pris)[ANNECY]
    assert disponible + avant.en_commande + avant.net <= max(mini + plus, disponible)
    commande = {ANNECY: libre + avant.net, None: ailleurs}
    assert reapprovisionner([une], commande, pris)[ANNECY].net == 0
