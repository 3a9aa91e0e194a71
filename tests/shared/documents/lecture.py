"""Reading a PDF back, with the tools people use: poppler for text and pixels."""

import subprocess
from pathlib import Path
from tempfile import NamedTemporaryFile


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
