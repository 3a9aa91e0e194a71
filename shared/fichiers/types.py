"""What a file really is, read from its first bytes, and which kinds the company accepts."""

from collections.abc import Mapping

OCTETS_LUS = 4096

PDF, PNG, JPEG, GIF, WEBP, HEIC = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/heic",
)
ZIP, XML, TEXTE, CSV, OLE = "application/zip", "application/xml", "text/plain", "text/csv", "application/x-ole-storage"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
EML, MP4 = "message/rfc822", "video/mp4"

LIBELLES: Mapping[str, str] = {
    PDF: "PDF",
    PNG: "PNG",
    JPEG: "JPEG",
    WEBP: "WebP",
    HEIC: "HEIC",
    TEXTE: "texte",
    CSV: "CSV",
    XML: "XML",
    DOCX: "Word",
    XLSX: "Excel",
    ODT: "OpenDocument texte",
    ODS: "OpenDocument tableur",
    MP4: "vidéo MP4",
    EML: "courriel",
}
ACCEPTES = frozenset(LIBELLES)
PHOTOS = frozenset({JPEG, PNG, WEBP})
AFFICHABLES = frozenset({PDF, PNG, JPEG, WEBP})  # what every browser shows by itself without running anything

SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", PNG),
    (0, b"\xff\xd8\xff", JPEG),
    (0, b"GIF8", GIF),
    (8, b"WEBP", WEBP),
    (4, b"ftypheic", HEIC),
    (4, b"ftypheix", HEIC),
    (4, b"ftypmif1", HEIC),
    (4, b"ftyp", MP4),
    (0, b"PK\x03\x04", ZIP),
    (0, b"\xd0\xcf\x11\xe0", OLE),
)
CONTENANTS: Mapping[str, frozenset[str]] = {ZIP: frozenset({DOCX, XLSX, ODT, ODS}), TEXTE: frozenset({CSV, EML})}
SYNONYMES: Mapping[str, str] = {"image/jpg": JPEG, "text/xml": XML, "application/x-pdf": PDF, "image/heif": HEIC}


def reconnaitre(debut: bytes) -> str:
    """The type of a file from its first bytes; "application/octet-stream" when nothing is recognised."""
    for place, signature, genre in SIGNATURES:
        if debut[place : place + len(signature)] == signature:
            return genre
    return _texte(debut)


def _texte(debut: bytes) -> str:
    if b"\x00" in debut:
        return "application/octet-stream"
    ouverture = debut.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if ouverture.startswith((b"<!doctype html", b"<html", b"<script")):
        return "text/html"
    if b"<svg" in ouverture:
        return "image/svg+xml"
    return XML if ouverture.startswith(b"<?xml") else TEXTE


def retenir(declare: str, reconnu: str) -> str | None:
    """The type to keep, or None when what is declared and what is read disagree."""
    declare = declare.partition(";")[0].strip().lower()
    declare = SYNONYMES.get(declare, declare)
    if declare in ("", "application/octet-stream", reconnu):
        return reconnu
    return declare if declare in CONTENANTS.get(reconnu, ()) else None


def nommer(types: frozenset[str]) -> str:
    """These types as people name them: "JPEG, PDF"."""
    return ", ".join(sorted(LIBELLES.get(t, t) for t in types))
