"""Which characters paper accepts: a rule, so that no document ever shows an empty box or a reversed text.

Letters and signs that Inter or DejaVu Sans draw are kept. What carries no reading (emoji, pictograms,
controls, direction marks) is dropped. A letter no font of ours draws (Chinese, Arabic…) is refused: dropping
it would print a wrong name.
"""

import re
import unicodedata

from shared.documents.errors import CaracteresNonImprimables

PLAGES = (
    "\t\n\r\u0020-\u007e\u00a0-\u00ac\u00ae-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff"
    "\u0400-\u0525\u1e00-\u1eff\u2000-\u200a\u2010-\u2027\u202f-\u205f\u2070-\u2071\u2074-\u208e\u20a0-\u20bf"
    "\u2100-\u2109\u210b-\u2149\u214d-\u214f\u2150-\u2189\u2190-\u21ff\u2200-\u22ff\u2500-\u25ff\u2713-\u2718"
)
HORS_PLAGE = re.compile(f"[^{PLAGES}]")
SANS_LECTURE = frozenset({"So", "Sk", "Cc", "Cf", "Me", "Mn"})


def imprimable(texte: str) -> str:
    """`texte` composed (NFC) without what cannot be read; CaracteresNonImprimables if a letter has no glyph."""
    compose = unicodedata.normalize("NFC", texte)
    refuses = sorted({c for c in HORS_PLAGE.findall(compose) if unicodedata.category(c) not in SANS_LECTURE})
    if refuses:
        place = compose.index(refuses[0])
        raise CaracteresNonImprimables(
            caracteres=" ".join(refuses[:10]), extrait=_extrait(compose[max(0, place - 40) : place + 40])
        )
    return HORS_PLAGE.sub("", compose)


def _extrait(html: str) -> str:
    """The words around a refused character, without markup."""
    return " ".join(re.sub(r"<[^>]*>|^[^<]*>|<[^>]*$", " ", html).split())
