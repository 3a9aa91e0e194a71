"""What staff read: French amounts, dates and names, from the text of JSON."""

from datetime import timedelta

import pytest

from gateway.pages.coque import formats
from shared.kernel.clock import SystemClock


@pytest.mark.parametrize(
    ("valeur", "ecrit"),
    [
        ("1234.5", "1\u202f234,50\u00a0€"),
        (0, "0,00\u00a0€"),
        ("-66", "\u221266,00\u00a0€"),
        ("1234567.891", "1\u202f234\u202f567,89\u00a0€"),
        (None, "–"),
        ("", "–"),
    ],
)
def test_un_montant_s_ecrit_a_la_francaise(valeur: str | int | None, ecrit: str) -> None:
    assert formats.euros(valeur) == ecrit


def test_les_nombres_gardent_leurs_decimales_utiles() -> None:
    assert formats.nombre("180.000") == "180"
    assert formats.nombre("1234.5") == "1\u202f234,5"
    assert formats.prix("0.8612") == "0,8612"
    assert formats.prix("38") == "38,00"
    assert formats.pourcent("31.8") == "31,8\u00a0%"
    assert formats.keuros("349210") == "349\u00a0k€"
    assert formats.keuros("9500") == "9\u202f500\u00a0€"


def test_un_instant_se_lit_a_l_heure_de_paris() -> None:
    assert formats.date_table("2026-11-22T23:30:00+00:00") == "23/11/2026"
    assert formats.heure("2026-11-22T23:30:00+00:00") == "00:30"
    assert formats.date_longue("2026-11-23") == "lun. 23 nov. 2026"
    assert formats.date_carte("2026-11-23") == "23 nov."
    assert formats.mois("2026-11") == "novembre 2026"
    assert formats.heure("2026-11-23") == "–"


def test_l_anciennete_compte_les_jours() -> None:
    avant = SystemClock().now() - timedelta(days=3)
    assert formats.anciennete(avant) == "3\u00a0j"
    assert formats.quand(SystemClock().now()).startswith("Aujourd’hui, ")
    assert formats.en_retard((formats.aujourd_hui() - timedelta(days=1)).isoformat())
    assert not formats.en_retard(formats.aujourd_hui())


@pytest.mark.parametrize(
    ("brut", "ecrit"),
    [
        ("+33450510000", "04\u00a050\u00a051\u00a000\u00a000"),
        ("04.50.51.00.00", "04\u00a050\u00a051\u00a000\u00a000"),
        ("+41 22 700 00 00", "+41 22 700 00 00"),
        (None, "–"),
    ],
)
def test_un_telephone_se_lit_par_deux(brut: str | None, ecrit: str) -> None:
    assert formats.telephone(brut) == ecrit


def test_le_pluriel_commence_a_deux() -> None:
    assert [formats.pluriel(n, "ligne") for n in (0, 1, 2)] == ["0\u00a0ligne", "1\u00a0ligne", "2\u00a0lignes"]
    assert formats.pluriel(1284, "fiche client") == "1\u202f284\u00a0fiches clients"
    assert formats.pluriel(2, "avoir", "avoirs émis") == "2\u00a0avoirs émis"


def test_les_initiales_prennent_le_premier_et_le_dernier_mot() -> None:
    assert formats.initiales("Manon Leclerc") == "ML"
    assert formats.initiales("Karim Aït Ouali") == "KO"
    assert formats.initiales("Accueil") == "AC"
    assert formats.initiales(None) == "?"


def test_la_raison_s_elide_devant_une_voyelle() -> None:
    raisons = ("il reste 1 produit", "étude ouverte", "le devis est signé")
    assert [formats.parce_que(r)[:11] for r in raisons] == ["parce qu’il", "parce qu’ét", "parce que l"]
