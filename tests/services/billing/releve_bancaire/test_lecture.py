"""Three formats, the same operations; a file that does not add up or cannot be read is refused whole."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.errors import MontantNonAffecte, ReleveIllisible, ReleveIncoherent, ReleveInconnu
from services.billing.releve_bancaire.rules import rapprochement
from services.billing.releve_bancaire.rules.lecture import lire
from services.billing.releve_bancaire.rules.operation import cles
from tests.builders.releves import Operation, un_camt, un_cfonb, un_ofx

CINQ: tuple[Operation, ...] = (
    (date(2026, 3, 3), "1250.00", "VIR SEPA MAIRIE DE COLOMIERS", "FC-2026-00101"),
    (date(2026, 3, 4), "-87.60", "PRLV SEPA ORANGE SA", "PRLV-778"),
    (date(2026, 3, 10), "-12.00", "COMMISSIONS SUR COMPTE", ""),
    (date(2026, 3, 18), "702.29", "VIR INST MARTIN ET FILS", "FC-2026-00123"),
    (date(2026, 3, 20), "-4210.55", "VIR SEPA GROSSISTE PRO", "F88121"),
)


@pytest.mark.parametrize(
    "fichier",
    [un_cfonb(*CINQ), un_cfonb(*CINQ, lignes=False), un_camt(*CINQ), un_ofx(*CINQ)],
    ids=["cfonb", "cfonb-sans-lignes", "camt", "ofx"],
)
def test_each_format_tells_the_same_operations(fichier: bytes) -> None:
    (releve,) = lire(fichier)
    assert [(o.le, o.montant) for o in releve.operations] == [(o[0], Decimal(o[1])) for o in CINQ]
    assert cles(releve.compte, releve.operations) == cles("300060000112345678901", releve.operations)
    cites = [rapprochement.numeros_cites(o.libelle, o.reference) for o in releve.operations]
    assert cites == [("FC-2026-00101",), (), (), ("FC-2026-00123",), ()]


@pytest.mark.parametrize("ecrire", [un_cfonb, un_camt])
def test_a_file_that_does_not_add_up_is_refused_and_says_where(ecrire: Callable[..., bytes]) -> None:
    with pytest.raises(ReleveIncoherent, match="8\u202f074,32\xa0€, la banque annonce 8\u202f074,42\xa0€"):
        lire(ecrire(*CINQ, ecart="0.10"))


def test_an_account_that_opens_at_zero_must_add_up_too() -> None:
    (releve,) = lire(un_camt(*CINQ, ouverture=Decimal(0)))
    assert releve.ouverture == Decimal(0)
    with pytest.raises(ReleveIncoherent):
        lire(un_camt(*CINQ, ouverture=Decimal(0), ecart="0.01"))


@pytest.mark.parametrize(
    ("contenu", "refus"),
    [
        (b"Bonjour", ReleveInconnu),
        (b"\x89PNG\r\n", ReleveInconnu),
        (un_cfonb(*CINQ)[:-130], ReleveIllisible),
        (un_cfonb(*CINQ).replace(b"1250", b"12X0"), ReleveIllisible),
        (un_camt(*CINQ)[:-9], ReleveIllisible),
        (un_camt(*CINQ).replace(b"<Document", b'<!DOCTYPE a [<!ENTITY b "c">]><Document'), ReleveIllisible),
        (un_ofx(*CINQ).replace(b"1250,00", b"mille"), ReleveIllisible),
        (b"OFXHEADER:100\r\n<OFX></OFX>", ReleveIllisible),
    ],
)
def test_what_cannot_be_trusted_is_refused(contenu: bytes, refus: type[Exception]) -> None:
    with pytest.raises(refus):
        lire(contenu)


def test_two_alike_on_one_day_stay_two_operations() -> None:
    jumelles = (CINQ[0], CINQ[0], (date(2026, 3, 4), "1250.00", "VIR SEPA MAIRIE DE COLOMIERS", "FC-2026-00101"))
    (releve,) = lire(un_cfonb(*jumelles))
    assert len(set(cles(releve.compte, releve.operations))) == 3


@pytest.mark.parametrize(
    ("texte", "attendus"),
    [
        ("VIR fc 2026/00012 merci", ("FC-2026-00012",)),
        ("FC2026-00012, FC-2026-00013 et FC-2026-00012", ("FC-2026-00012", "FC-2026-00013")),
        ("AFC-2026-00012 FC-2026-000123", ()),
    ],
)
def test_numbers_are_recognised_however_the_client_wrote_them(texte: str, attendus: tuple[str, ...]) -> None:
    assert rapprochement.numeros_cites(texte) == attendus


class Due:
    """An invoice that owes."""

    def __init__(self, solde_ttc: Decimal) -> None:
        self.solde_ttc = solde_ttc


SOLDES = st.lists(st.decimals("0", "5000", places=2), min_size=1, max_size=6)


@given(soldes=SOLDES, montant=st.decimals("0.01", "9000", places=2))
def test_a_payment_is_shared_to_the_cent_or_refused(soldes: list[Decimal], montant: Decimal) -> None:
    factures = [Due(solde) for solde in soldes]
    try:
        parts = rapprochement.repartir(montant, factures)
    except MontantNonAffecte:
        assert sum(soldes) < montant
        return
    assert sum(part.montant_ttc for part in parts) == montant
    assert all(Decimal(0) < part.montant_ttc <= part.facture.solde_ttc for part in parts)
