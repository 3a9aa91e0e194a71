"""Rounding and VAT, on any amounts."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from shared.kernel.money import acompte, arrondi, repartir, total_ligne_ht, totaux

MONTANTS = st.decimals(-1_000_000, 1_000_000, places=2, allow_nan=False)
TAUX = st.sampled_from([Decimal("0"), Decimal("2.1"), Decimal("5.5"), Decimal("10"), Decimal("20"), Decimal("20.00")])


POIDS = st.decimals(0, 10_000, places=3)


@given(MONTANTS, st.lists(POIDS, min_size=1, max_size=40))
def test_shares_sum_exactly_and_stay_within_a_cent_of_the_exact_one(montant: Decimal, poids: list[Decimal]) -> None:
    parts = repartir(montant, poids)
    assert sum(parts) == montant
    total = sum(poids)
    for part, un in zip(parts, poids, strict=True):
        exacte = montant * un / total if total else montant / len(poids)
        assert part == arrondi(part)
        assert abs(part - exacte) < Decimal("0.01")


@given(MONTANTS.filter(lambda m: m >= 0), st.lists(POIDS, min_size=2, max_size=12))
def test_what_weighs_more_never_gets_less(montant: Decimal, poids: list[Decimal]) -> None:
    couples = sorted(zip(poids, repartir(montant, poids), strict=True))
    for (un, part), (suivant, part_suivante) in pairwise(couples):
        if un < suivant:
            assert part <= part_suivante


def test_what_weighs_nothing_is_shared_equally() -> None:
    assert repartir(Decimal("1.00"), [Decimal(0)] * 3) == [Decimal("0.34"), Decimal("0.33"), Decimal("0.33")]
    assert repartir(Decimal("-1.00"), [Decimal(1)] * 3) == [Decimal("-0.34"), Decimal("-0.33"), Decimal("-0.33")]
    assert repartir(Decimal("5"), []) == []


def test_half_a_cent_goes_away_from_zero() -> None:
    assert (arrondi(Decimal("0.005")), arrondi(Decimal("-0.005"))) == (Decimal("0.01"), Decimal("-0.01"))
    assert arrondi(Decimal("2.675")) == Decimal("2.68")


@given(st.lists(st.tuples(MONTANTS, TAUX), max_size=40))
def test_a_document_adds_up(lignes: list[tuple[Decimal, Decimal]]) -> None:
    t = totaux(lignes)
    assert t.total_ht == sum((ht for ht, _ in lignes), Decimal(0))
    assert t.total_ttc == t.total_ht + t.total_tva
    assert t.total_tva == sum((g.montant_tva for g in t.groupes), Decimal(0))
    assert len({g.taux for g in t.groupes}) == len(t.groupes)
    for groupe in t.groupes:
        assert abs(groupe.montant_tva - groupe.base_ht * groupe.taux / 100) <= Decimal("0.005")


@given(st.lists(st.tuples(MONTANTS, TAUX), max_size=20), st.randoms())
def test_the_order_of_lines_changes_nothing(lignes: list[tuple[Decimal, Decimal]], hasard: object) -> None:
    melange = list(lignes)
    hasard.shuffle(melange)  # type: ignore[attr-defined]
    assert totaux(melange) == totaux(lignes)


@given(MONTANTS, st.decimals(0, 1000, places=3), st.decimals(0, 100, places=2))
def test_a_discount_never_raises_a_price(prix: Decimal, quantite: Decimal, remise: Decimal) -> None:
    net, brut = total_ligne_ht(quantite, prix, remise), total_ligne_ht(quantite, prix)
    assert abs(net) <= abs(brut)
    assert total_ligne_ht(quantite, prix, Decimal(100)) == 0


@given(MONTANTS, st.sampled_from([Decimal("10"), Decimal("20")]), st.decimals(0, 100, places=2))
def test_a_deposit_and_the_rest_bill_what_was_signed(ht: Decimal, taux: Decimal, pourcent: Decimal) -> None:
    """VAT is rounded on each of the two invoices: together they bill that of the devis, and the deposit stays near."""
    devis = totaux([(ht, taux)])
    demande = acompte(devis, pourcent)
    solde = totaux([(ht, taux), (-demande.total_ht, taux)])
    assert demande.total_ttc + solde.total_ttc == devis.total_ttc
    assert abs(demande.total_ht - arrondi(ht * pourcent / 100)) <= Decimal("0.05")


def test_a_deposit_of_nothing_or_of_everything() -> None:
    devis = totaux([(Decimal("99.99"), Decimal("20")), (Decimal("0.01"), Decimal("5.5"))])
    assert acompte(devis, Decimal(0)).total_ttc == 0
    assert acompte(devis, Decimal(100)) == devis
