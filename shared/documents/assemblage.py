"""One PDF out of two: pages printed here, then those of a file somebody gave, in one file that has one fingerprint."""

from io import BytesIO

import pikepdf

from shared.documents.errors import PdfIllisible

PAGES_MAX = 60
ACTIONS = ("/AA", "/B")  # what a page does when it is opened, and threads that lead elsewhere in its own file


def verifier(pdf: bytes) -> int:
    """How many pages it has; PdfIllisible when it is no PDF that can be opened, is locked, empty or too long."""
    with _ouvrir(pdf) as lu:
        return len(lu.pages)


def joindre(pdf: bytes, annexe: bytes) -> bytes:
    """`pdf` followed by the pages of `annexe`; the same two always give the same bytes. PdfIllisible.

    Only what shows comes with them: no form, no script, no file. The first document keeps its title and its outline.
    """
    with pikepdf.open(BytesIO(pdf)) as assemble, _ouvrir(annexe) as jointe:
        for page in jointe.pages:
            _epurer(page.obj)
        assemble.pages.extend(jointe.pages)
        sortie = BytesIO()
        assemble.save(sortie, deterministic_id=True)
        return sortie.getvalue()


def _ouvrir(pdf: bytes) -> pikepdf.Pdf:
    try:
        lu = pikepdf.open(BytesIO(pdf))
        pages = len(lu.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError) as error:
        raise PdfIllisible(maximum=PAGES_MAX) from error
    if lu.is_encrypted or not 0 < pages <= PAGES_MAX:
        lu.close()
        raise PdfIllisible(maximum=PAGES_MAX)
    return lu


def _epurer(page: pikepdf.Dictionary) -> None:
    """Keeps links to addresses; fields, scripts and attached files stay behind."""
    for cle in ACTIONS:
        if cle in page:
            del page[cle]
    if "/Annots" not in page:
        return
    gardees = [annotation for annotation in page["/Annots"] if _est_un_lien(annotation)]
    if gardees:
        page["/Annots"] = pikepdf.Array(gardees)
    else:
        del page["/Annots"]


def _est_un_lien(annotation: pikepdf.Object) -> bool:
    action = annotation.get("/A")
    return annotation.get("/Subtype") == "/Link" and action is not None and action.get("/S") == "/URI"
