"""A photo as a data: URI that a PDF can hold: turned upright, small enough to print, without what the phone wrote in it."""

import io
from base64 import b64encode

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.documents.errors import PhotoIllisible

COTE = 1400  # pixels: 85 mm printed at 300 dots per inch, with room
PIXELS_AU_PLUS = 100_000_000
QUALITE = 80


def data_uri(contenu: bytes) -> str:
    """`contenu` (JPEG, PNG, WebP) as a JPEG of at most 1400 pixels a side; PhotoIllisible."""
    try:
        with Image.open(io.BytesIO(contenu)) as lue:
            if lue.width * lue.height > PIXELS_AU_PLUS:
                raise PhotoIllisible
            droite = ImageOps.exif_transpose(lue).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as erreur:
        raise PhotoIllisible from erreur
    droite.thumbnail((COTE, COTE))
    sortie = io.BytesIO()
    droite.save(sortie, "JPEG", quality=QUALITE, optimize=True)
    return f"data:image/jpeg;base64,{b64encode(sortie.getvalue()).decode()}"
