"""One GS1 code says the product, its serial number, its lot and how many: one reading is enough."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.purchasing.reception.rules import CodeGs1, lire_gs1
from shared.contracts.inventory import ProduitModifie
from tests.builders.purchasing import Monde, recevoir, un_produit

EAN = "3760012345670"
GTIN = f"0{EAN}"
FNC1 = "\x1d"


@pytest.mark.parametrize(
    ("code", "lu"),
    [
        (f"01{GTIN}21SN-001", CodeGs1(EAN, serie="SN-001")),
        (f"]C101{GTIN}21SN-001", CodeGs1(EAN, serie="SN-001")),
        (f"]d2{FNC1}01{GTIN}10LOT7{FNC1}21SN-001{FNC1}3012", CodeGs1(EAN, "SN-001", "LOT7", Decimal(12))),
        (f"(01){GTIN}(21)SN-001(10)LOT7", CodeGs1(EAN, "SN-001", "LOT7")),
        (f"02{GTIN}3712", CodeGs1(EAN, quantite=Decimal(12))),
        (f"01{GTIN}17270131", CodeGs1(EAN)),
        (f"https://id.gs1.org/01/{GTIN}/10/LOT7/21/SN-001?17=270131", CodeGs1(EAN, "SN-001", "LOT7")),
        ("0113760012345677", CodeGs1("13760012345677")),
    ],
)
def test_a_gs1_code_is_read_with_or_without_separators(code: str, lu: CodeGs1) -> None:
    assert lire_gs1(code) == lu


@pytest.mark.parametrize(
    "code", [EAN, "SN-01-2233", "2101234", "010376001234567921SN", "", "https://exemple.fr/e/AM7K2P"]
)
def test_what_names_no_gtin_is_read_as_before(code: str) -> None:
    assert lire_gs1(code) is None


@given(st.one_of(st.from_regex(r"37[0-9]{11}", fullmatch=True), st.text("0123456789()\x1d/ABZ- ", max_size=40)))
@example("3711003344556")  # 37, a count of 8 digits at most, then 11, a date: cut short
@example("343)0))B")
@example("4330(12(5014 77802A-(\x1d2B232\x1dB35() 94")
def test_whatever_is_scanned_is_answered(code: str) -> None:
    lu = lire_gs1(code)
    assert lu is None or lu.gtin.isdecimal()


async def une_camera(monde: Monde) -> ProduitModifie:
    """A camera whose serial number is wanted."""
    camera = un_produit(
        "CAM-4K", "Caméra 4K", chez={monde.fournisseur.tiers_id: ("ELK-CAM", "90")}, ean=EAN,
        politique_serie="obligatoire",
    )  # fmt: skip
    await recevoir(monde.database, camera)
    return camera


@pytest.mark.feature("PU-20", "PU-21")
async def test_one_reading_counts_the_unit_with_its_serial_number(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(await une_camera(monde), 2))
    lue = await monde.scanner(reception, f"01{GTIN}10LOT7{FNC1}21sn-001")
    assert (lue["resultat"], lue["motif"], lue["numero_serie"]) == ("attendu", "serie", "SN-001")
    assert lue["detail"].startswith("N° de série SN-001, lot LOT7. 1 sur 2 reçus")
    encore = await monde.scanner(reception, f"(01){GTIN}(21)SN-001")
    assert (encore["resultat"], encore["motif"]) == ("en_trop", "serie_en_double")
    deuxieme = await monde.scanner(reception, f"]C101{GTIN}21SN-002")
    assert deuxieme["detail"].startswith("N° de série SN-002. 2 sur 2 reçus")
    trop = await monde.scanner(reception, f"]C101{GTIN}21SN-003")
    assert (trop["resultat"], trop["motif"]) == ("en_trop", "surplus")
    ligne = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"][0]
    assert (ligne["quantite"], ligne["nb_series"]) == ("2.000", 2)


async def test_a_carton_says_how_many_it_holds(monde: Monde) -> None:
    cable = un_produit("CAB", "Câble", chez={monde.fournisseur.tiers_id: ("ELK-CAB", "9")}, ean=EAN)
    await recevoir(monde.database, cable)
    reception = await monde.receptionner(await monde.commander_produit(cable, 24))
    assert (await monde.scanner(reception, f"02{GTIN}3712"))["quantite"] == "12.000"
    annulee = await monde.scanner(reception, f"02{GTIN}3712")
    reste = await monde.lire(f"/receptions/{reception['id']}")
    assert reste["lignes"][0]["quantite"] == "24.000"
    await monde.poster(f"/receptions/{reception['id']}/scans/{annulee['id']}/annuler", {}, 200)
    assert (await monde.lire(f"/receptions/{reception['id']}"))["lignes"][0]["quantite"] == "12.000"
    inconnu = await monde.scanner(reception, "0113760012345677")
    assert (inconnu["resultat"], inconnu["motif"]) == ("inconnu", "code_inconnu")
