"""Bold, italic and lists in a text that people type: `**gras**`, `_italique_`, and lines that begin with « • ».

The marks are typed by gestures of the editor and stay readable where nothing draws them. A text without marks gives
exactly itself: what was written before is printed as it was. Whatever comes out went through nh3.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

import nh3
from markupsafe import Markup, escape

BALISES = {"strong", "em", "ul", "li"}
PUCE = "• "
GRAS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
ITALIQUE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")


def en_html(texte: str) -> Markup:
    """The text with its marks drawn; line breaks stay, for a style that keeps them."""
    html = _mots(str(escape(texte)))
    return Markup(nh3.clean(html, tags=BALISES, attributes={}) if html != str(escape(texte)) else html)  # noqa: S704 - cleaned


def en_clair(texte: str) -> str:
    """The text without its marks, for what draws none."""
    return ITALIQUE.sub(r"\1", GRAS.sub(r"\1", texte))


def _mots(texte: str) -> str:
    return _listes(ITALIQUE.sub(r"<em>\1</em>", GRAS.sub(r"<strong>\1</strong>", texte)))


def _listes(texte: str) -> str:
    """Runs of lines that begin with a bullet become lists; the other lines stay, and their breaks."""
    morceaux: list[str] = []
    for est_liste, groupe in groupby(texte.split("\n"), key=lambda ligne: ligne.startswith(PUCE)):
        lignes = list(groupe)
        morceaux.append("".join(_liste(lignes)) if est_liste else "\n".join(lignes))
    # a list breaks the line by itself: no line break beside it
    return "".join(
        morceau if rang == 0 or morceau.startswith("<ul>") or morceaux[rang - 1].startswith("<ul>") else f"\n{morceau}"
        for rang, morceau in enumerate(morceaux)
    )


def _liste(lignes: Iterable[str]) -> Iterator[str]:
    yield "<ul>"
    for ligne in lignes:
        yield f"<li>{ligne.removeprefix(PUCE)}</li>"
    yield "</ul>"
