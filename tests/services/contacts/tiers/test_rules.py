"""What a valid tiers is."""

import pytest

from services.contacts import errors
from services.contacts.tiers import rules


@pytest.mark.parametrize(
    ("saisi", "attendu"),
    [("04 50 51 00 00", "+33450510000"), ("+41 22 345 67 89", "+41223456789"), ("", None), (None, None)],
)
def test_phones_are_kept_in_one_form(saisi: str | None, attendu: str | None) -> None:
    assert rules.telephone(saisi) == attendu


@pytest.mark.parametrize(
    ("verifier", "valeur", "refus"),
    [
        (rules.siren, "732829321", errors.SirenInvalide),
        (rules.siret, "73282932000075", errors.SiretInvalide),
        (rules.tva_intracom, "FR00732829320", errors.TvaInvalide),
        (rules.telephone, "bonjour", errors.TelephoneInvalide),
        (rules.courriel, "a@b", errors.CourrielInvalide),
        (rules.courriel, "a@b.fr\nBcc: x@y.fr", errors.CourrielInvalide),
    ],
)
def test_wrong_identifiers_are_refused(verifier: object, valeur: str, refus: type[Exception]) -> None:
    assert callable(verifier)
    with pytest.raises(refus):
        verifier(valeur)
