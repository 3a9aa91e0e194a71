"""Life and totals of an order."""

from datetime import date
from decimal import Decimal

import pytest

from services.purchasing.commande.rules import TRANSITIONS, EtatCommande, est_en_retard, passer, total_ht
from services.purchasing.errors import CommandeTransition


def test_every_transition_outside_the_table_raises() -> None:
    for actuel in EtatCommande:
        for vise in EtatCommande:
            if vise in TRANSITIONS.get(actuel, set()):
                assert passer(actuel, vise, "CF-2026-00001") is vise
            else:
                with pytest.raises(CommandeTransition):
                    passer(actuel, vise, "CF-2026-00001")


def test_totals_round_each_line_and_add_the_fees() -> None:
    lignes = [(Decimal(3), Decimal("0.3333")), (Decimal("1.5"), Decimal("10"))]
    assert total_ht(lignes, Decimal(25)) == Decimal("41.00")


def test_an_order_is_late_the_day_after_its_date_and_never_once_closed() -> None:
    prevue = date(2026, 3, 17)
    assert not est_en_retard(prevue, EtatCommande.PASSEE, date(2026, 3, 17))
    assert est_en_retard(prevue, EtatCommande.RECUE_PARTIELLE, date(2026, 3, 18))
    assert not est_en_retard(prevue, EtatCommande.CLOTUREE, date(2026, 3, 18))
    assert not est_en_retard(None, EtatCommande.PASSEE, date(2026, 3, 18))
