"""From a template and plain values to the HTML and style sheets the worker prints. No PDF here.

A service keeps its templates beside its `documents.py`: `devis.html` extends `papier.html`, and a file
`devis.css` beside it, if there is one, is added to `papier.css`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from shared.documents import confidentiel, formats, texte_riche
from shared.documents.caracteres import imprimable
from shared.documents.typographie import Typographie, saisi

SOCLE = Path(__file__).parent / "gabarits"


@dataclass(frozen=True, slots=True)
class Page:
    """What the worker needs: the page and its style sheets, in order."""

    html: str
    styles: tuple[str, ...]


@cache
def environnement(dossier: Path) -> Environment:
    """Templates of a service first, then the shared ones; values are escaped, a missing value is an error."""
    env = Environment(
        loader=FileSystemLoader([dossier, SOCLE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Typographie],
        finalize=saisi,
    )
    env.filters.update(formats.FILTRES, riche=texte_riche.en_html)
    return env


@cache
def _styles(dossier: Path, template: str) -> tuple[str, ...]:
    propre = (dossier / template).with_suffix(".css")
    feuilles = [SOCLE / "papier.css", *([propre] if propre.exists() else [])]
    return tuple(feuille.read_text(encoding="utf-8") for feuille in feuilles)


def composer(template: str, donnees: Mapping[str, object], dossier: Path) -> Page:
    """The page of `template`; CaracteresNonImprimables, or DonneeConfidentielle when costs were passed."""
    confidentiel.verifier(donnees)
    html = environnement(dossier).get_template(template).render(donnees)
    return Page(imprimable(html), _styles(dossier, template))
