"""What is read of an electronic invoice, whatever its syntax; what is hostile or false is said, and opens nothing."""

import zlib
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from services.billing.errors import AvoirRecuNegatif, FactureRecueDevise, FactureRecueIllisible
from services.billing.facture.documents import structuree
from services.billing.facture_recue.documents import piece
from services.billing.facture_recue.rules import arbre, lecture, sommes
from tests.services.billing.facture.test_structuree import plusieurs, une_facture
from tests.services.billing.facture_recue.recues import SIREN, TVA, UBL, un_avoir, un_avoir_ubl, une_cii

DTD = '<?xml version="1.0"?><!DOCTYPE a [{}]><a>&e;</a>'
RIRES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def test_an_invoice_made_by_our_own_generator_is_read_back_to_the_cent() -> None:
    facture = une_facture(*plusieurs())
    xml = structuree.xml(facture)
    assert xml is not None
    lue = lecture.lire(xml)
    assert (lue.syntaxe, lue.numero, lue.date_facture, lue.echeance) == (
        "CII",
        "FC-2026-00002",
        *[facture.emise_le] * 2,
    )
    assert (lue.total_ht, lue.total_tva, lue.total_ttc) == (facture.total_ht, facture.total_tva, facture.total_ttc)
    assert (lue.vendeur.siren, lue.vendeur.tva) == ("732829320", "FR44732829320")
    assert len(lue.lignes) == len(facture.contenu["lignes"])
    assert sommes.ecarts(lue) == []


def test_a_hand_written_cii_says_who_what_and_which_order() -> None:
    lue = lecture.lire(une_cii(("SWITCH", "10", "100"), ("CAB", "3", "4.50"), port="25.00"))
    assert (lue.numero, lue.date_facture, lue.echeance) == ("F-778", date(2026, 3, 10), date(2026, 4, 24))
    assert (lue.commande, lue.vendeur.nom, lue.vendeur.identifiants) == ("CF-2026-00012", "Elecdis", [SIREN, TVA])
    assert (lue.vendeur.lignes, lue.vendeur.code_postal, lue.vendeur.ville) == (
        ("4 rue des Alliés",),
        "38000",
        "Grenoble",
    )
    assert [(li.references, li.quantite, li.prix_ht) for li in lue.lignes] == [
        (("SWITCH",), Decimal(10), Decimal(100)),
        (("CAB",), Decimal(3), Decimal("4.5")),
    ]
    assert (lue.charges_ht, lue.total_ht, lue.total_ttc) == (Decimal(25), Decimal("1038.50"), Decimal("1246.20"))
    assert sommes.ecarts(lue) == []


def test_a_hand_written_ubl_says_the_same_and_its_siren_is_the_end_of_its_vat_number() -> None:
    lue = lecture.lire(UBL.encode())
    assert (lue.syntaxe, lue.numero, lue.echeance) == ("UBL", "2026-0815", date(2026, 4, 24))
    assert (lue.vendeur.identifiants, lue.acheteur.identifiants) == ([SIREN, TVA], ["732829320"])
    (ligne,) = lue.lignes
    assert (ligne.designation, ligne.references, ligne.quantite) == ("Câble", ("CAB",), Decimal(10))
    assert (ligne.prix_ht, ligne.total_ht) == (Decimal(12), Decimal(125)), "the charge of a line is not its price"
    assert (lue.total_ht, lue.total_tva, sommes.ecarts(lue)) == (Decimal(125), Decimal(25), [])


def test_what_does_not_add_up_is_said_amount_by_amount() -> None:
    faux = lecture.lire(une_cii(lignes_ht="990.00", tva_montant="210.00"))
    assert sommes.ecarts(faux) == [
        "Total des lignes HT : 990,00\u00a0€ sur la facture, 1\u202f000,00\u00a0€ calculés",
        "Total HT : 1\u202f000,00\u00a0€ sur la facture, 990,00\u00a0€ calculés",
        "TVA à 20 % : 210,00\u00a0€ sur la facture, 200,00\u00a0€ calculés",
        "Total TTC : 1\u202f200,00\u00a0€ sur la facture, 1\u202f210,00\u00a0€ calculés",
    ]


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(DTD.format('<!ENTITY e0 "ah">' + RIRES + '<!ENTITY e "&e11;">'), id="billion laughs"),
        pytest.param(DTD.format('<!ENTITY e SYSTEM "file:///etc/passwd">'), id="external entity"),
        pytest.param(DTD.format('<!ENTITY e SYSTEM "http://127.0.0.1:9/x">'), id="entity of the network"),
        pytest.param('<?xml version="1.0"?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/x"><a/>', id="external DTD"),
        pytest.param("<a>" * 5000 + "</a>" * 5000, id="too deep"),
        pytest.param("<a", id="not XML"),
        pytest.param("<Rapport><ID>1</ID></Rapport>", id="another document"),
        pytest.param("%PDF-1.7 facture du grossiste", id="no PDF"),
        pytest.param(une_cii(numero="").decode(), id="no number"),
        pytest.param(une_cii(ht="1e9").decode(), id="exponent"),
        pytest.param(une_cii(ttc="1200.005").decode(), id="three decimals"),
        pytest.param(une_cii(lignes="").decode(), id="no line"),
        pytest.param(une_cii().decode().replace("20260310", "20260231"), id="no such day"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_in_words(xml: str) -> None:
    with pytest.raises(FactureRecueIllisible):
        lecture.lire(piece.xml(xml.encode()))


def test_an_entity_hidden_in_utf_16_is_refused_too() -> None:
    hostile = DTD.format('<!ENTITY e SYSTEM "file:///etc/passwd">').replace("?>", ' encoding="UTF-16"?>', 1)
    with pytest.raises(FactureRecueIllisible, match="DOCTYPE"):
        lecture.lire(hostile.encode("utf-16"))


@pytest.mark.parametrize("entites", ['<!ENTITY e "F-1">', '<!ENTITY e0 "ah">' + RIRES + '<!ENTITY e "&e11;">', ""])
def test_an_invoice_that_is_right_but_for_its_doctype_is_refused(entites: str) -> None:
    entete = f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [{entites}]>'
    xml = une_cii(commande="&e;" if entites else "").decode()
    with pytest.raises(FactureRecueIllisible, match=r"DOCTYPE|bien formé"):
        lecture.lire(xml.replace('<?xml version="1.0" encoding="UTF-8"?>', entete).encode())


def test_an_external_file_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("F-SECRET")
    entete = f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    xml = une_cii(numero="&e;").decode().replace('<?xml version="1.0" encoding="UTF-8"?>', entete)
    with pytest.raises(FactureRecueIllisible, match="DOCTYPE") as refus:
        lecture.lire(xml.encode())
    assert "SECRET" not in str(refus.value)


def test_a_credit_note_says_which_invoice_it_corrects_in_both_syntaxes() -> None:
    cii, ubl = lecture.lire(un_avoir(("SWITCH", "2", "100"))), lecture.lire(un_avoir_ubl("F-778"))
    assert (cii.est_avoir, cii.corrige, cii.total_ht) == (True, "F-778", Decimal(200))
    assert (ubl.est_avoir, ubl.corrige, ubl.total_ht) == (True, "F-778", Decimal(125))
    assert (sommes.ecarts(cii), sommes.ecarts(ubl)) == ([], [])
    assert lecture.lire(une_cii()).est_avoir is False


@pytest.mark.parametrize("prix", ["-100", "0"])
def test_a_credit_note_that_credits_nothing_or_adds_a_debt_is_refused(prix: str) -> None:
    with pytest.raises(AvoirRecuNegatif, match="un avoir crédite un montant positif"):
        lecture.lire(un_avoir(("SWITCH", "1", prix)))


def test_other_currencies_are_sent_where_they_belong() -> None:
    with pytest.raises(FactureRecueDevise):
        lecture.lire(une_cii(devise="CHF").replace(b'currencyID="EUR"', b'currencyID="CHF"'))


def _pdf(nom: str, contenu: bytes) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    if nom:
        pdf.attachments[nom] = contenu
    sortie = BytesIO()
    pdf.save(sortie)
    return sortie.getvalue()


def test_the_xml_of_a_pdf_is_taken_out_and_a_plain_pdf_says_it_holds_none() -> None:
    assert lecture.lire(piece.xml(_pdf("factur-x.xml", une_cii()))).numero == "F-778"
    with pytest.raises(FactureRecueIllisible):
        piece.xml(_pdf("", b""))


def test_a_stream_that_swells_is_cut_and_refused() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["factur-x.xml"] = b"x"
    flux = pdf.attachments["factur-x.xml"].get_file().obj
    flux.write(zlib.compress(b" " * 50_000_000), filter=pikepdf.Name.FlateDecode)
    sortie = BytesIO()
    pdf.save(sortie, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert len(sortie.getvalue()) < 200_000
    xml = piece.xml(sortie.getvalue())
    assert len(xml) == arbre.MAXIMUM + 1
    with pytest.raises(FactureRecueIllisible):
        lecture.lire(xml)
