"""File names sent by browsers and mail, made harmless and readable. Pure."""

import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import quote

from shared.fichiers.types import AFFICHABLES

LONGUEUR_MAXIMALE = 120
DANGEREUX = re.compile(r'[<>:"/\\|?*]')
# What a computer runs when somebody opens it, whatever is written inside: a text too.
EXECUTABLES = frozenset(
    [
        "app",
        "bat",
        "cmd",
        "com",
        "command",
        "cpl",
        "desktop",
        "exe",
        "hta",
        "jar",
        "js",
        "jse",
        "lnk",
        "mjs",
        "msi",
        "msp",
        "pif",
        "ps1",
        "psm1",
        "reg",
        "scf",
        "scr",
        "sh",
        "url",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
    ]
)
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


def est_executable(nom: str) -> bool:
    """Whether opening a file of that name would run it: "facture.pdf.bat"."""
    return PurePosixPath(nom.rstrip(" .")).suffix.lower().removeprefix(".") in EXECUTABLES


def a_montrer(nom: str) -> dict[str, str]:
    """The headers that show a file in the browser under its name, accents included (RFC 6266)."""
    return {"Content-Disposition": f"inline; filename*=UTF-8''{quote(nom)}", "X-Content-Type-Options": "nosniff"}


def a_enregistrer(nom: str) -> dict[str, str]:
    """The headers of a file to save: never shown by the browser in our name."""
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(nom)}", "X-Content-Type-Options": "nosniff"}


def a_servir(nom: str, type: str) -> dict[str, str]:
    """Those of a file by its kind: shown when every browser shows it without running anything, saved otherwise."""
    return a_montrer(nom) if type in AFFICHABLES else a_enregistrer(nom)


def _raccourcir(nom: str) -> str:
    suffixe = PurePosixPath(nom).suffix[:12]
    return nom if len(nom) <= LONGUEUR_MAXIMALE else nom[: LONGUEUR_MAXIMALE - len(suffixe)].rstrip(" .") + suffixe
