"""A company logo as a data: URI: the only kind of image the printing process accepts to load."""

import re
from base64 import b64encode

from shared.documents.errors import LogoRefuse

POIDS_MAXIMAL = 500_000
TROP_ACTIF = re.compile(rb"<script|<foreignobject|<!entity|javascript:|\son\w+\s*=", re.IGNORECASE)
REFERENCE_EXTERNE = re.compile(
    rb"(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpeg))|url\(\s*[\"']?(?!#)", re.IGNORECASE
)
ENTETES_JPEG = frozenset({0xC0, 0xC1, 0xC2, 0xC3})


def data_uri(contenu: bytes) -> str:
    """`contenu` (SVG, PNG or RGB JPEG) as a data: URI; LogoRefuse otherwise."""
    if len(contenu) > POIDS_MAXIMAL:
        raise LogoRefuse(raison="il dépasse 500 ko")
    return f"data:{_type(contenu)};base64,{b64encode(contenu).decode()}"


def _type(contenu: bytes) -> str:
    if contenu.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if contenu.startswith(b"\xff\xd8\xff"):
        if _composantes_jpeg(contenu) == 4:
            raise LogoRefuse(raison="il est en couleurs d’imprimerie (CMJN), enregistrez-le en RVB")
        return "image/jpeg"
    if b"<svg" in contenu[:2000].lower():
        if TROP_ACTIF.search(contenu) or REFERENCE_EXTERNE.search(contenu):
            raise LogoRefuse(raison="le fichier SVG contient un programme ou appelle un fichier extérieur")
        return "image/svg+xml"
    raise LogoRefuse(raison="seuls les formats SVG, PNG et JPEG sont acceptés")


def _composantes_jpeg(contenu: bytes) -> int:
    """Number of colour components of a JPEG, 0 if it cannot be read."""
    place = 2
    while place + 9 < len(contenu) and contenu[place] == 0xFF:
        if contenu[place + 1] in ENTETES_JPEG:
            return contenu[place + 9]
        place += 2 + int.from_bytes(contenu[place + 2 : place + 4], "big")
    return 0
