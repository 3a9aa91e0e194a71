"""File names sent by browsers and mail, made harmless and readable. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

LONGUEUR_MAXIMALE = 120
DANGEREUX = re.compile(r'[<>:"/\\|?*]')
RESERVES_WINDOWS = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def nom_propre(nom: str) -> str:
    """`nom` without folder, control, direction mark or reserved character; "document" when nothing is left.

    Accents stay, the extension stays, 120 characters at most.
    """
    compose = unicodedata.normalize("NFC", nom)
    visible = "".join(c for c in compose if unicodedata.category(c)[0] != "C")
    feuille = re.split(r"[/\\]", visible)[-1]
    sobre = re.sub(r"\s+", " ", DANGEREUX.sub("-", feuille)).strip(" .")
    if RESERVES_WINDOWS.match(sobre):
        sobre = f"_{sobre}"
    return _raccourcir(sobre) or "document"


def a_montrer(nom: str) -> dict[str, str]:
    """The header that shows a file in the browser under its name, accents included (RFC 6266)."""
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(nom)}"}


def _raccourcir(nom: str) -> str:
    suffixe = PurePosixPath(nom).suffix[:12]
    return nom if len(nom) <= LONGUEUR_MAXIMALE else nom[: LONGUEUR_MAXIMALE - len(suffixe)].rstrip(" .") + suffixe
