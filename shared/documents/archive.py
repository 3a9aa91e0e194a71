"""PDF/A-3b holding the structured invoice (Factur-X): the same page, readable by people and by machines.

Two things WeasyPrint's documented way gets wrong are set right here, at no cost: metadata in a single
`rdf:RDF` (a strict reader never sees the second), and the embedded file listed once in `/AF`.
"""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from weasyprint import Attachment

NOM = "factur-x.xml"
VARIANTE = "pdf/a-3b"
FX = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#"
CHAMPS = (
    ("DocumentFileName", "The name of the embedded XML document"),
    ("DocumentType", "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER"),
    ("Version", "The actual version of the standard applying to the embedded XML document"),
    ("ConformanceLevel", "The conformance level of the embedded XML document"),
)
VALEURS = {"DocumentFileName": NOM, "DocumentType": "INVOICE", "Version": "1.0", "ConformanceLevel": "EN 16931"}
PDFA = "http://www.aiim.org/pdfa/ns"


def options(document: Any, xml: str) -> dict[str, Any]:
    """What to give `document.write_pdf` so that it embeds `xml` and says so in its metadata."""
    origine = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *valeurs: completer(origine(*valeurs))
    le = _jour(document.metadata.created)
    piece = Attachment(
        file_obj=BytesIO(xml.encode()),
        name=NOM,
        description="Facture électronique Factur-X",
        created=le,
        modified=le,
        relationship="Data",
    )
    return {"pdf_variant": VARIANTE, "attachments": [piece], "finisher": une_seule_liste}


def completer(rdf: bytes) -> bytes:
    """Add the Factur-X description and its schema inside the only `rdf:RDF`."""
    proprietes = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{nom}</pdfaProperty:name>'
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{description}</pdfaProperty:description></rdf:li>"
        for nom, description in CHAMPS
    )
    schema = (
        f'<rdf:Description rdf:about="" xmlns:pdfaExtension="{PDFA}/extension/" xmlns:pdfaSchema="{PDFA}/schema#" '
        f'xmlns:pdfaProperty="{PDFA}/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{FX}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{proprietes}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"
    )
    valeurs = "".join(f"<fx:{nom}>{valeur}</fx:{nom}>" for nom, valeur in VALEURS.items())
    description = f'<rdf:Description rdf:about="" xmlns:fx="{FX}">{valeurs}</rdf:Description>'
    return rdf.replace(b"</rdf:RDF>", (schema + description).encode() + b"</rdf:RDF>")


def une_seule_liste(_document: Any, pdf: Any) -> None:
    """Keep each embedded file once in `/AF`."""
    pdf.catalog["AF"][:] = list(dict.fromkeys(pdf.catalog["AF"]))


def _jour(ecrit: str | None) -> datetime:
    """The date of the document, so that the same one always gives the same bytes."""
    lu = re.match(r"\d{4}-\d{2}-\d{2}", ecrit or "")
    return datetime.fromisoformat(f"{lu[0]}T00:00:00+00:00") if lu else datetime(2000, 1, 1, tzinfo=UTC)
