"""Reading a PDF back, with the tools people use: poppler for text and pixels."""

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


def textes(pdf: bytes) -> list[str]:
    """The text of each page."""
    sortie = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return sortie.decode().split("\f")[:-1]


def images(pdf: bytes, dossier: Path, dpi: int = 96) -> list[Path]:
    """The pages as PNG files."""
    source = dossier / "page.pdf"
    source.write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(source), str(dossier / "page")], check=True)
    return sorted(dossier.glob("page-*.png"))


def syntaxe(pdf: bytes) -> str:
    """What qpdf says of the structure."""
    with NamedTemporaryFile(suffix=".pdf") as fichier:
        fichier.write(pdf)
        fichier.flush()
        return subprocess.run(["qpdf", "--check", fichier.name], capture_output=True, text=True, check=True).stdout


def plat(texte: str) -> str:
    """`texte` with ordinary single spaces."""
    return " ".join(texte.split())


@dataclass(frozen=True, slots=True)
class CachetLu:
    """A seal as a reader of PDF checks it."""

    societe: str
    est_intact: bool
    couvre_tout: bool


def lire_cachet(pdf: bytes) -> CachetLu:
    """The only seal of a PDF, its own certificate being trusted; checked in a thread, outside any running loop."""
    with ThreadPoolExecutor(1) as fil:
        return fil.submit(_lire_cachet, pdf).result()


def _lire_cachet(pdf: bytes) -> CachetLu:
    (cachet,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    etat = validate_pdf_signature(cachet, ValidationContext(trust_roots=[cachet.signer_cert]))
    societe = str(cachet.signer_cert.subject.native["organization_name"])
    return CachetLu(societe, etat.intact and etat.valid, etat.coverage is SignatureCoverageLevel.ENTIRE_FILE)
