"""Landed cost to the cent, serial ranges, life of a reception."""

from decimal import Decimal
from uuid import UUID

import pytest

from services.purchasing.errors import PlageInvalide, ReceptionTransition
from services.purchasing.reception.rules import (
    TRANSITIONS,
    Attendant,
    EtatReception,
    Recu,
    cout_unitaire,
    groupe,
    passer,
    plage,
    pluriel,
    servir,
)


def test_a_unit_cost_holds_its_share() -> None:
    assert cout_unitaire(Decimal("200.00"), Decimal("25.00"), Decimal(2)) == Decimal("112.5000")


def test_a_range_of_serial_numbers() -> None:
    assert plage("sn-098", "SN-101") == ["SN-098", "SN-099", "SN-100", "SN-101"]
    assert plage("A1B9", "A1B9") == ["A1B9"]
    for debut, fin in (
        ("SN-2", "SN-1"),
        ("AA-1", "AB-2"),
        ("SN-9", "SN-10"),
        ("SN", "SN"),
        ("S00001", "S99999"),
        ("", ""),
    ):
        with pytest.raises(PlageInvalide):
            plage(debut, fin)


def test_every_transition_outside_the_table_raises() -> None:
    for actuel in EtatReception:
        for vise in EtatReception:
            if vise in TRANSITIONS.get(actuel, set()):
                assert passer(actuel, vise, "REC-2026-00001") is vise
            else:
                with pytest.raises(ReceptionTransition):
                    passer(actuel, vise, "REC-2026-00001")


def test_quantities_read_like_french() -> None:
    assert pluriel(Decimal("1.000"), "attendu", "attendus") == "1 attendu"
    assert pluriel(Decimal("2.500"), "mètre", "mètres") == "2,5 mètres"


def test_what_replaces_goes_to_its_own_needs_then_to_those_of_the_replaced() -> None:
    x, y = UUID(int=1), UUID(int=2)
    besoins = [
        Attendant((1,), UUID(int=11), x, Decimal(2)),
        Attendant((2,), UUID(int=12), y, Decimal(1)),
        Attendant((3,), UUID(int=13), x, Decimal(1)),
    ]
    recus = [Recu(UUID(int=21), (x,), Decimal(1)), Recu(UUID(int=22), (y, x), Decimal(3)), Recu(x, (x,), Decimal(2))]
    partage = servir(groupe(recus, x), besoins)
    assert partage.parts == {UUID(int=11): 2, UUID(int=12): 1, UUID(int=13): 1}
    assert [partage.dernier[recu.ligne_id] for recu in recus] == [UUID(int=11), UUID(int=13), None]


def test_a_product_alone_is_weighed_alone() -> None:
    x, y = UUID(int=1), UUID(int=2)
    recus = [Recu(UUID(int=21), (x,), Decimal(1)), Recu(UUID(int=22), (y,), Decimal(3))]
    assert groupe(recus, x) == recus[:1]
