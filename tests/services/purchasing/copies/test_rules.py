"""How a code read meets a code known."""

from services.purchasing.copies.rules import cle, cle_ean, variantes


def test_codes_are_compared_without_case_accent_or_blank() -> None:
    assert cle(" elk-sw 24 é") == "ELK-SW24E"
    assert cle_ean("3 760012 345674") == "3760012345674"
    assert cle_ean("760012345674") == "0760012345674"
    assert cle_ean("sans") is None


def test_a_scanner_set_to_another_keyboard_is_understood() -> None:
    assert "3760012345674" in variantes("\"è-àà&é\"'(-è'")
    assert variantes("760012345674") == ["760012345674", "0760012345674"]
    assert variantes("SW-24P") == ["SW-24P"]
