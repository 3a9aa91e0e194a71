"""Somebody's pages after ours: what shows comes, what acts does not; the same two files, the same bytes."""

import io

import pikepdf
import pytest

from shared.documents import assemblage
from shared.documents.errors import PdfIllisible
from tests.shared.documents.lecture import syntaxe


def un_pdf(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def octets(pdf: pikepdf.Pdf) -> bytes:
    sortie = io.BytesIO()
    pdf.save(sortie)
    return sortie.getvalue()


def une_annexe_active() -> bytes:
    """A page that would run a script, with a field, a link to an address and a link that runs a program."""
    pdf = un_pdf()
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    adresse = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://exemple.fr")
    programme = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="x.exe")
    champ = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="iban", A=script)
    )
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([champ]))
    liens = [pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action) for action in (adresse, programme)]
    page = pdf.pages[0].obj
    page.AA = pikepdf.Dictionary(O=script)
    page.Annots = pikepdf.Array([champ, *liens])
    pdf.Root.OpenAction = script
    return octets(pdf)


def test_pages_follow_and_only_what_shows_comes() -> None:
    assemble = assemblage.joindre(octets(un_pdf(2)), une_annexe_active())
    with pikepdf.open(io.BytesIO(assemble)) as lu:
        assert len(lu.pages) == 3
        page = lu.pages[2].obj
        assert [str(annotation.A.S) for annotation in page.Annots] == ["/URI"]
        assert "/AA" not in page
        assert "/OpenAction" not in lu.Root
    assert b"app.alert" not in assemble
    assert "No syntax or stream encoding errors" in syntaxe(assemble)


def test_the_same_two_files_give_the_same_bytes() -> None:
    pdf, annexe = octets(un_pdf()), une_annexe_active()
    assert assemblage.joindre(pdf, annexe) == assemblage.joindre(pdf, annexe)


@pytest.mark.parametrize("pages", [0, assemblage.PAGES_MAX + 1])
def test_an_empty_or_endless_file_is_refused(pages: int) -> None:
    with pytest.raises(PdfIllisible):
        assemblage.verifier(octets(un_pdf(pages)))
    assert assemblage.verifier(octets(un_pdf(assemblage.PAGES_MAX))) == assemblage.PAGES_MAX
