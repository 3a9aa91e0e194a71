"""The XML inside a Factur-X PDF, taken out without trusting the file."""

import zlib
from io import BytesIO

import pikepdf

from services.billing.errors import FactureRecueIllisible
from services.billing.facture_recue.rules.arbre import MAXIMUM

# Factur-X 1.x, then ZUGFeRD 2.0 and XRechnung in a PDF, which hold the same CII.
NOMS = ("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml")
ENTETE_PDF = b"%PDF-"


def xml(fichier: bytes) -> bytes:
    """The XML: that of a PDF, or the file itself. FactureRecueIllisible."""
    return _du_pdf(fichier) if fichier.startswith(ENTETE_PDF) else fichier


def _du_pdf(pdf: bytes) -> bytes:
    try:
        with pikepdf.open(BytesIO(pdf)) as ouvert:
            if ouvert.is_encrypted:
                raise FactureRecueIllisible(ou="ce PDF est protégé par un mot de passe")
            joints = {nom.lower(): nom for nom in ouvert.attachments}
            for attendu in NOMS:
                if attendu in joints:
                    return _contenu(ouvert.attachments[joints[attendu]].get_file().obj)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise FactureRecueIllisible(ou="ce PDF est abîmé") from error
    raise FactureRecueIllisible(
        ou="ce PDF ne contient pas de facture électronique : c’est une simple image de la facture"
    )


def _contenu(flux: pikepdf.Object) -> bytes:
    """What the stream holds, inflated no further than an invoice may be: a small stream may swell without end."""
    brut, filtre = flux.read_raw_bytes(), flux.get("/Filter")
    filtres = [str(f) for f in filtre] if isinstance(filtre, pikepdf.Array) else [str(filtre)] if filtre else []
    if filtres == ["/FlateDecode"] and "/DecodeParms" not in flux:
        try:
            return zlib.decompressobj().decompress(brut, MAXIMUM + 1)
        except zlib.error as error:
            raise FactureRecueIllisible(ou="la pièce jointe de ce PDF est abîmée") from error
    if filtres:
        raise FactureRecueIllisible(ou="la pièce jointe de ce PDF est rangée d’une façon inattendue")
    return brut
