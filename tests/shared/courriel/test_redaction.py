"""Bodies: both forms say the same, and data never becomes markup."""

import pytest

from shared.courriel.redaction import Action, rediger


def test_les_deux_formes_disent_la_meme_chose() -> None:
    corps = rediger(
        ["Veuillez trouver ci-joint notre devis.", "Il est valable jusqu’au 4 décembre."],
        societe="Alpes Réseaux",
        salutation="Bonjour Madame Œuvrard,",
        faits=[("Devis", "DEV-2026-0412"), ("Total TTC", "5 542,06 €")],
        action=Action("Consulter et signer", "https://app.alpes.example/p/x"),
        signature=("Manon Leclerc", "04 79 00 00 00"),
        pied="SAS au capital de 50 000 €",
    )
    for attendu in (
        "Bonjour Madame Œuvrard,", "jusqu’au 4 décembre", "DEV-2026-0412", "5 542,06 €",
        "https://app.alpes.example/p/x", "Manon Leclerc", "SAS au capital",
    ):  # fmt: skip
        assert attendu in corps.texte
        assert attendu in corps.html
    assert "\n\n\n" not in corps.texte


def test_sans_options() -> None:
    corps = rediger(["Merci."], societe="Alpes Réseaux")
    assert corps.texte == "Bonjour,\n\nMerci.\n\nCordialement,\nAlpes Réseaux\n"


def test_valeurs_echappees_dans_le_html() -> None:
    corps = rediger(["<script>x</script>"], societe="A & B", faits=[("<i>", '"')])
    assert "<script>" not in corps.html
    assert "A &amp; B" in corps.html
    assert "<script>x</script>" in corps.texte


@pytest.mark.parametrize("adresse", ["javascript:alert(1)", "http://exemple.fr", "//x", "ftp://x"])
def test_adresse_d_action_sure(adresse: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        Action("x", adresse)
