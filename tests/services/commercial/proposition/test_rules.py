"""Prices, margins and totals, whatever the figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.errors import MargeImpossible, MontantTropGrand, TauxTvaInconnu
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Genre, Ligne, ProduitCache
from shared.kernel.ids import new_id
from shared.kernel.money import CENT, arrondi, total_ligne_ht, totaux

D = Decimal
couts = st.decimals(0, 100_000, places=4)
marges = st.decimals(-99, 900, places=2)
marques = st.decimals(-900, 99, places=2)
quantites = st.decimals(0, 9_999, places=3)
remises = st.decimals(0, 100, places=2)
taux = st.sampled_from([D(0), D("5.5"), D(10), D(20)])


@st.composite
def des_lignes(draw: st.DrawFn) -> list[Ligne]:
    def une() -> Ligne:
        return Ligne(
            id=new_id(),
            genre=draw(st.sampled_from(Genre)),
            designation=draw(st.text(max_size=5)),
            quantite=draw(quantites),
            cout_ht=draw(couts),
            marge=draw(marges),
            prix_fixe_ht=draw(st.none() | couts),
            remise=draw(remises),
            taux_tva=draw(taux),
        )

    return [une() for _ in range(draw(st.integers(0, 8)))]


@given(marges)
def test_marge_and_marque_say_the_same_thing(marge: Decimal) -> None:
    assert abs(chiffrage.marge_de_marque(chiffrage.marque_de_marge(marge)) - marge) < D("0.000001")


@given(marques)
def test_marque_and_marge_say_the_same_thing(marque: Decimal) -> None:
    assert abs(chiffrage.marque_de_marge(chiffrage.marge_de_marque(marque)) - marque) < D("0.000001")


@given(couts, marges)
def test_the_same_price_under_both_conventions(cout: Decimal, marge: Decimal) -> None:
    calcule = chiffrage.prix_calcule(cout, marge, "marge")
    assert abs(calcule - chiffrage.prix_calcule(cout, chiffrage.marque_de_marge(marge), "marque")) <= CENT


@given(st.decimals(100, 100_000, places=4), marges)
def test_the_margin_typed_is_the_margin_shown(cout: Decimal, marge: Decimal) -> None:
    affichee = chiffrage.taux_marge(chiffrage.prix_calcule(cout, marge, "marge"), cout)
    assert affichee is not None
    assert abs(affichee - marge) <= D("0.02")


@given(couts, marges, couts)
def test_a_fixed_price_wins_whatever_the_cost(cout: Decimal, marge: Decimal, fixe: Decimal) -> None:
    ligne = Ligne(id=new_id(), designation="x", cout_ht=cout, marge=marge, prix_fixe_ht=fixe)
    assert chiffrage.prix_ht(ligne, "marge") == chiffrage.prix_ht(ligne, "marque") == fixe


@given(des_lignes())
def test_totals_are_the_kernel_s_sum_of_the_lines(lignes: list[Ligne]) -> None:
    chiffres = chiffrage.chiffrer(lignes, "marge")
    prix = [(ligne, chiffrage.prix_ht(ligne, "marge")) for ligne in lignes if ligne.genre is Genre.LIGNE]
    vendues = [ligne for ligne, p in prix if p is not None]
    attendus = totaux((total_ligne_ht(li.quantite, p, li.remise), li.taux_tva) for li, p in prix if p is not None)
    assert chiffres.nb_a_fixer == len(prix) - len(vendues)
    assert chiffres.totaux == attendus
    assert chiffres.cout_ht == sum((arrondi(ligne.quantite * ligne.cout_ht) for ligne in vendues), D("0.00"))
    assert chiffres.totaux.total_ttc == chiffres.totaux.total_ht + chiffres.totaux.total_tva


@given(des_lignes())
def test_subtotals_are_a_part_of_the_total(lignes: list[Ligne]) -> None:
    sections = chiffrage.sous_totaux(lignes, "marge")
    premiere = next((i for i, ligne in enumerate(lignes) if ligne.genre is Genre.SECTION), len(lignes))
    avant = sum((chiffrage.chiffrer_ligne(ligne, "marge").total_ht for ligne in lignes[:premiere]), D(0))
    assert avant + sum(sections.values(), D(0)) == chiffrage.chiffrer(lignes, "marge").totaux.total_ht


@pytest.mark.parametrize(
    ("cout", "marge", "quantite", "remise", "total"),
    [
        ("684.50", "38", "1", "0", "944.61"),
        ("112", "45", "4", "5", "617.12"),
        ("0.86", "110", "180", "0", "325.80"),
        ("379", "32", "1", "10", "450.25"),
    ],
)
def test_the_design_s_own_figures(cout: str, marge: str, quantite: str, remise: str, total: str) -> None:
    ligne = Ligne(id=new_id(), designation="x", cout_ht=D(cout), marge=D(marge), quantite=D(quantite), remise=D(remise))
    assert chiffrage.chiffrer_ligne(ligne, "marge").total_ht == D(total)


def test_hidden_products_dearer_than_the_line_raise_the_flag() -> None:
    cache = ProduitCache(id=new_id(), produit_id=new_id(), reference="R", designation="d", quantite=D(3), cout_ht=D(40))
    ligne = Ligne(id=new_id(), designation="x", cout_ht=D(100), produits=(cache,))
    chiffres = chiffrage.chiffrer_ligne(ligne, "marge")
    assert (chiffres.cout_cache_ht, chiffres.alerte) == (D(120), True)


@given(cache=st.decimals("0.01", 99999, places=2), quantite=st.decimals("0.001", 999, places=3))
def test_the_covering_cost_lowers_the_flag_and_is_the_least_that_does(cache: D, quantite: D) -> None:
    produit = ProduitCache(
        id=new_id(), produit_id=new_id(), reference="R", designation="d", quantite=D(1), cout_ht=cache
    )
    cout = chiffrage.cout_couvrant(cache, quantite)
    ligne = Ligne(id=new_id(), designation="x", cout_ht=cout, quantite=quantite, produits=(produit,))
    assert not chiffrage.chiffrer_ligne(ligne, "marge").alerte
    assert (cout - CENT) * quantite < cache


def test_needs_add_up_over_lines() -> None:
    produit = new_id()

    def ligne(quantite: str) -> Ligne:
        cache = ProduitCache(id=new_id(), produit_id=produit, reference="R", designation="d", quantite=D(quantite))
        return Ligne(id=new_id(), designation="x", produits=(cache,))

    assert chiffrage.besoins([ligne("1.5"), ligne("2")]) == {produit: D("3.5")}


def test_a_marque_of_one_hundred_percent_has_no_price() -> None:
    with pytest.raises(MargeImpossible):
        chiffrage.prix_calcule(D(10), D(100), "marque")


def test_a_vat_rate_that_does_not_exist_is_refused() -> None:
    assert chiffrage.verifier_taux(D("5.50")) == D("5.5")
    with pytest.raises(TauxTvaInconnu, match="19 %"):
        chiffrage.verifier_taux(D(19))


def test_a_total_too_large_to_store_is_refused() -> None:
    ligne = Ligne(id=new_id(), designation="x", quantite=D("999999.999"), prix_fixe_ht=D("9999999.9999"))
    with pytest.raises(MontantTropGrand):
        chiffrage.chiffrer([ligne], "marge")


@pytest.mark.parametrize(("rang", "lettre"), [(1, "A"), (3, "C"), (26, "Z"), (27, "AA"), (53, "BA")])
def test_letters(rang: int, lettre: str) -> None:
    assert chiffrage.lettre(rang) == lettre
