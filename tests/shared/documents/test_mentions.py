"""The right legal sentences on the right day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.mentions import (
    CGI_AU,
    CIBS_DU,
    MENTIONS,
    CodeFiscal,
    MentionInconnue,
    Nature,
    Regime,
    code_cite,
    mentions_avoir,
    mentions_devis,
    mentions_facture,
    texte,
)

CADRES = ("autoliquidation", "franchise", "intracommunautaire", "export")
COMPLET = Regime(nature=Nature.MIXTE, option_debits=True, code=CodeFiscal.CIBS)


def test_facture_professionnelle_ordinaire() -> None:
    assert mentions_facture(date(2026, 11, 4), COMPLET) == (
        "Nature de l’opération : livraison de biens et prestation de services.",
        "Option pour le paiement de la taxe d’après les débits.",
        "En cas de retard de paiement, des pénalités sont exigibles sans rappel, au taux de refinancement de la Banque centrale européenne majoré de 10 points.",
        "Indemnité forfaitaire pour frais de recouvrement en cas de retard : 40 €.",
        "Pas d’escompte pour paiement anticipé.",
    )


def test_particulier_sans_indemnite() -> None:
    phrases = " ".join(mentions_facture(date(2026, 11, 4), Regime(client_professionnel=False)))
    assert "40 €" not in phrases
    assert "escompte" in phrases


@pytest.mark.parametrize(
    ("le", "voulu", "cite"),
    [
        (date(2026, 8, 31), CodeFiscal.CIBS, "CGI"),
        (date(2026, 9, 1), CodeFiscal.CGI, "CGI"),
        (date(2026, 9, 1), CodeFiscal.CIBS, "code des impositions"),
        (date(2027, 12, 31), CodeFiscal.CGI, "CGI"),
        (date(2028, 1, 1), CodeFiscal.CGI, "code des impositions"),
    ],
)
def test_cgi_puis_cibs(le: date, voulu: CodeFiscal, cite: str) -> None:
    regime = Regime(cadres=frozenset({"franchise"}), code=voulu)
    phrase = next(p for p in mentions_facture(le, regime) if p.startswith("TVA non applicable"))
    assert cite in phrase


def test_autoliquidation_est_ecrite() -> None:
    for code in CodeFiscal:
        assert texte("autoliquidation", CIBS_DU, Regime(code=code)).startswith("Autoliquidation")


def test_nature_seulement_depuis_la_reforme() -> None:
    assert not any("Nature" in p for p in mentions_facture(date(2026, 8, 31), COMPLET))


@given(
    st.dates(date(2024, 1, 1), date(2040, 1, 1)),
    st.sampled_from(CodeFiscal),
    st.sets(st.sampled_from(CADRES)),
    st.sampled_from([None, *Nature]),
)
def test_chaque_jour_trouve_ses_phrases(le: date, code: CodeFiscal, cadres: set[str], nature: Nature | None) -> None:
    regime = Regime(nature=nature, code=code, cadres=frozenset(cadres), option_debits=True)
    phrases = mentions_facture(le, regime)
    assert len(phrases) == len(set(phrases)) >= len(cadres) + 3
    assert not any("{" in phrase or "CGI" in phrase for phrase in phrases if le > CGI_AU)


def test_aucun_jour_n_a_deux_textes_pour_un_code() -> None:
    for jour in (CIBS_DU - timedelta(days=1), CIBS_DU, CGI_AU, CGI_AU + timedelta(days=1)):
        for voulu in CodeFiscal:
            valables = [m.code for m in MENTIONS if m.vaut(jour) and m.cite in (None, code_cite(jour, voulu))]
            assert len(valables) == len(set(valables))


def test_avoir_cite_la_facture_et_tait_le_retard() -> None:
    phrases = mentions_avoir(date(2026, 11, 4), COMPLET, facture="FC-2026-1180", facture_le="30/11/2026")
    assert phrases[0] == "Avoir sur la facture FC-2026-1180 du 30/11/2026."
    assert not any("retard" in phrase for phrase in phrases)


def test_devis_particulier_hors_etablissement() -> None:
    regime = Regime(client_professionnel=False, taux_reduit=True)
    phrases = mentions_devis(date(2026, 11, 4), regime, validite="4 décembre 2026", hors_etablissement=True)
    assert phrases[0] == "Offre valable jusqu’au 4 décembre 2026."
    assert "Devis gratuit." in phrases
    assert any("certifie" in phrase for phrase in phrases)
    assert any("rétractation de quatorze jours" in phrase for phrase in phrases)


def test_texte_de_la_societe_prime_meme_avec_des_accolades() -> None:
    regime = Regime(penalites="au taux de 12 %", textes={"PMD": "Retard : {penalites} {libre"})
    assert "Retard : au taux de 12 % {libre" in mentions_facture(date(2026, 11, 4), regime)


def test_code_inconnu_est_une_erreur() -> None:
    with pytest.raises(MentionInconnue):
        texte("nature_biens", date(2020, 1, 1), COMPLET)
