"""What remains to buy: the sums hold whatever the order."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.purchasing.besoin.rules import Manque, couvrir, decouper, identifiant, rang_de_service

quantites = st.integers(0, 50).map(Decimal)
DEBUT = datetime(2026, 1, 5, tzinfo=UTC)


@st.composite
def manques(draw: st.DrawFn) -> list[Manque]:
    n = draw(st.integers(0, 6))
    return [
        Manque(
            UUID(int=rang + 1),
            rang_de_service(
                draw(st.integers(1, 9)),
                draw(st.none() | st.dates(DEBUT.date(), DEBUT.date() + timedelta(days=3))),
                DEBUT + timedelta(days=draw(st.integers(0, 3))),
                UUID(int=rang + 1),
            ),
            draw(quantites),
        )
        for rang in range(n)
    ]


@given(liste=manques(), data=st.data(), libre=quantites, stock=quantites)
def test_the_company_buys_exactly_what_it_misses(
    liste: list[Manque], data: st.DataObject, libre: Decimal, stock: Decimal
) -> None:
    parts = {m.besoin_id: data.draw(quantites) for m in liste if data.draw(st.booleans())}
    couverts = couvrir(liste, parts, libre, {"": stock})
    manquant = sum((m.manquant for m in liste), Decimal(0))
    commande = sum(parts.values(), Decimal(0)) + libre
    assert sum((c.net for c in couverts.values()), Decimal(0)) == max(Decimal(0), manquant - commande - stock)
    for m in liste:
        couvert = couverts[m.besoin_id]
        assert couvert.net >= 0
        assert couvert.en_commande >= 0
        assert couvert.stock + couvert.en_commande + couvert.net == m.manquant
        assert couvert.en_commande >= min(m.manquant, parts.get(m.besoin_id, Decimal(0)))


@given(liste=manques(), data=st.data(), libre=quantites)
def test_the_order_of_the_needs_changes_nothing(liste: list[Manque], data: st.DataObject, libre: Decimal) -> None:
    parts = {m.besoin_id: data.draw(quantites) for m in liste}
    melange = data.draw(st.permutations(liste))
    assert couvrir(liste, parts, libre) == couvrir(melange, parts, libre)


@given(parts=st.lists(quantites, max_size=8), total=quantites)
def test_shares_are_served_in_their_order(parts: list[Decimal], total: Decimal) -> None:
    servies = decouper(parts, total)
    assert sum(servies, Decimal(0)) == min(total, sum(parts, Decimal(0)))
    assert all(0 <= servie <= part for servie, part in zip(servies, parts, strict=True))


def test_a_need_is_covered_by_its_own_order_before_a_more_urgent_one() -> None:
    urgent = Manque(UUID(int=1), rang_de_service(1, None, DEBUT, UUID(int=1)), Decimal(2))
    mien = Manque(UUID(int=2), rang_de_service(9, None, DEBUT, UUID(int=2)), Decimal(2))
    couverts = couvrir([urgent, mien], {mien.besoin_id: Decimal(3)})
    assert (couverts[mien.besoin_id].net, couverts[urgent.besoin_id].net) == (Decimal(0), Decimal(1))


def test_a_need_keeps_its_id() -> None:
    assert identifiant(UUID(int=1), UUID(int=2)) == identifiant(UUID(int=1), UUID(int=2))
    assert identifiant(UUID(int=1), UUID(int=2)) != identifiant(UUID(int=2), UUID(int=1))
