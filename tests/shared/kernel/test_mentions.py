"""Whom a note names: an @ that starts a word, whole names, then first names nobody shares."""

from uuid import UUID

import pytest

from shared.kernel.mentions import EXTRAIT_MAX, extrait, mentions

MANON, MARC, MARC_AUSSI, JEAN = (UUID(int=n) for n in range(1, 5))
PERSONNES = {MANON: "Manon Leclerc", MARC: "Marc Favre", MARC_AUSSI: "Marc Gay", JEAN: "Jean-Noël Été"}


@pytest.mark.parametrize(
    ("texte", "cites"),
    [
        ("@Manon Leclerc peux-tu rappeler ?", [MANON]),
        ("@manon, et @MANON LECLERC", [MANON]),
        ("vu avec (@Jean-Noël) hier", [JEAN]),
        ("@jean noel ete", [JEAN]),
        ("@Marc regarde", []),
        ("@Marc Gay, @Manon", [MARC_AUSSI, MANON]),
        ("écrire à compta@manon.fr", []),
        ("@Manonette", []),
        ("rien, pas même un @", []),
    ],
)
def test_mentions(texte: str, cites: list[UUID]) -> None:
    assert list(mentions(texte, PERSONNES)) == cites


def test_un_extrait_tient_sur_une_ligne() -> None:
    assert extrait("a\n  b") == "a b"
    assert len(extrait("mot " * 200)) == EXTRAIT_MAX
