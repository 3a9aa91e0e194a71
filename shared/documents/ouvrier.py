"""The process that turns HTML into PDF: warm, deaf to the network and to files, one document at a time.

Started by `renderer` as `python -m shared.documents.ouvrier`. It reads length-prefixed JSON on its input and
answers a length-prefixed byte string: "P" and the PDF, or "E" and the reason. It dies when its input closes.
"""

import gc
import json
import logging
import os
import resource
import struct
import sys
from functools import cache
from typing import IO, Any

import pydyf  # type: ignore[import-untyped]
import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from shared.documents import archive

LECTURE_SEULE = 1
MEMOIRE_MAXIMALE = 2 * 1024**3
LONGUEUR = struct.Struct(">I")


class Interdit(URLFetcher):  # type: ignore[misc]
    """Loads what is inside the document (data: URIs) and nothing else, whatever the template data ask."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)


POLICES = FontConfiguration()
CHARGEUR = Interdit()


@cache
def style(texte: str) -> weasyprint.CSS:
    """A style sheet parsed once per process."""
    return weasyprint.CSS(string=texte, font_config=POLICES, url_fetcher=CHARGEUR)


def rendre(requete: dict[str, Any]) -> bytes:
    """The PDF of one request: `html`, `styles`, `identifiant` (hexadecimal), `formulaire`, `facturx` (XML)."""
    options: dict[str, Any] = {"pdf_identifier": bytes.fromhex(requete["identifiant"])}
    if requete["formulaire"]:
        options |= {"pdf_forms": True, "finisher": finir_formulaire}
    html = weasyprint.HTML(string=requete["html"], url_fetcher=CHARGEUR)
    styles = [style(texte) for texte in requete["styles"]]
    document = html.render(font_config=POLICES, stylesheets=styles, **options)
    if requete["facturx"]:
        options |= archive.options(document, requete["facturx"])
    pdf: bytes = document.write_pdf(**options)
    return pdf


def finir_formulaire(_document: Any, pdf: Any) -> None:
    """Fonts every reader needs to redraw a filled field; fields named `ro_…` become read-only."""
    formulaire = pdf.catalog.get("AcroForm")
    if formulaire is None:
        return
    polices = _suivre(pdf, _suivre(pdf, formulaire["DR"]).setdefault("Font", pydyf.Dictionary()))
    for nom, base in (("Helv", "Helvetica"), ("ZaDb", "ZapfDingbats")):
        police = pydyf.Dictionary({"Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{base}"})
        if base == "Helvetica":
            police["Encoding"] = "/WinAnsiEncoding"
        pdf.add_object(police)
        polices[nom] = police.reference
    for champ in pdf.objects:
        if isinstance(champ, dict) and getattr(champ.get("T"), "string", "").startswith("ro_"):
            champ["Ff"] = int(champ.get("Ff", 0)) | LECTURE_SEULE


def _suivre(pdf: Any, valeur: Any) -> Any:
    """The object behind a reference (b"12 0 R"), or the value itself."""
    return pdf.objects[int(valeur.split()[0])] if isinstance(valeur, bytes) else valeur


def repondre(sortie: IO[bytes], statut: bytes, contenu: bytes) -> None:
    """Send one answer."""
    sortie.write(LONGUEUR.pack(len(contenu) + 1) + statut + contenu)
    sortie.flush()


def servir(entree: IO[bytes], sortie: IO[bytes]) -> None:
    """Answer requests until the input closes; garbage is collected between documents, never during one."""
    gc.collect()
    gc.freeze()
    gc.disable()
    while entete := entree.read(LONGUEUR.size):
        requete = json.loads(entree.read(LONGUEUR.unpack(entete)[0]))
        try:
            reponse = (b"P", rendre(requete))
        except (Exception, RecursionError, MemoryError) as erreur:
            reponse = (b"E", f"{type(erreur).__name__} : {erreur}"[:300].encode())
        repondre(sortie, *reponse)
        gc.collect()


def main() -> None:
    """Keep the answer channel for answers: anything printed by a library goes to the error output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMOIRE_MAXIMALE, MEMOIRE_MAXIMALE))
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    sortie = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    servir(sys.stdin.buffer, sortie)


if __name__ == "__main__":
    main()
