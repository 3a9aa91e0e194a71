"""How receptions become objects, and what an object still needs."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inventory.errors import QuantiteRefusee, SeriesIncoherentes
from services.inventory.historique.rules import EtatPreparation, couts_unitaires, preparer, unites
from services.inventory.type_produit.rules import Action, Champ
from shared.kernel.money import arrondi

IP = Champ("ip", "Adresse IP", requis=True)
NOTE = Champ("note", "Note")
FIRMWARE = Action("firmware", "Firmware mis à jour")


@given(st.decimals(min_value=Decimal("0.001"), max_value=500, places=3), st.booleans())
def test_nothing_received_is_lost(quantite: Decimal, est_unitaire: bool) -> None:
    objets = unites(quantite, [], est_unitaire=est_unitaire)
    assert sum(o.quantite for o in objets) == quantite
    assert all(o.quantite > 0 for o in objets)
    if est_unitaire:
        assert all(o.quantite <= 1 for o in objets)
    else:
        assert len(objets) == 1


@given(
    st.decimals(min_value=0, max_value=100_000, places=2),
    st.decimals(min_value=Decimal("0.001"), max_value=500, places=3),
    st.booleans(),
)
def test_what_was_received_costs_its_invoice_to_the_cent(total: Decimal, quantite: Decimal, est_unitaire: bool) -> None:
    quantites = [u.quantite for u in unites(quantite, [], est_unitaire=est_unitaire)]
    couts = couts_unitaires(total, quantites)
    assert sum((arrondi(c * q) for c, q in zip(couts, quantites, strict=True)), Decimal(0)) == total
    for cout, part in zip(couts, quantites, strict=True):
        assert abs(cout * part - total * part / quantite) <= Decimal("0.0101")


def test_serials_name_the_first_units() -> None:
    objets = unites(Decimal(3), ["A", " B "], est_unitaire=True)
    assert [o.numero_serie for o in objets] == ["A", "B", None]
    with pytest.raises(SeriesIncoherentes):
        unites(Decimal(1), ["A", "B"], est_unitaire=True)
    with pytest.raises(QuantiteRefusee):
        unites(Decimal(100000), [], est_unitaire=True)


@pytest.mark.parametrize(
    ("remplis", "faites", "etiquette", "etat", "avancement"),
    [
        ([], [], False, EtatPreparation.A_CONFIGURER, (0, 3)),
        (["ip"], [], False, EtatPreparation.A_FAIRE, (1, 3)),
        (["ip", "note"], ["firmware"], False, EtatPreparation.A_FAIRE, (2, 3)),
        (["ip"], ["firmware"], True, EtatPreparation.PRET, (3, 3)),
    ],
)
def test_the_colour_of_an_object(
    remplis: list[str], faites: list[str], etiquette: bool, etat: EtatPreparation, avancement: tuple[int, int]
) -> None:
    preparation = preparer([IP, NOTE], remplis, [FIRMWARE], faites, etiquette_requise=True, a_etiquette=etiquette)
    assert preparation.etat is etat
    assert (preparation.faites, preparation.total) == avancement


def test_an_object_that_asks_nothing_is_ready() -> None:
    preparation = preparer([], [], [], [], etiquette_requise=False, a_etiquette=False)
    assert (preparation.etat, preparation.total) == (EtatPreparation.PRET, 0)
