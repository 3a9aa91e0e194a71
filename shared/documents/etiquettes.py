"""Sheets of QR labels, in millimetres: what is stuck on an object and scanned for years.

The code holds an HTTPS address so that the phone's own camera opens it. Error correction M at least, quiet
zone of 4 modules. Sheet geometries are Avery's, centred on A4; a sheet already begun is resumed with `depart`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from shared.documents.caracteres import imprimable
from shared.documents.errors import EtiquettesRefusees
from shared.documents.gabarit import SOCLE, Page, environnement

ADRESSE_MAXIMALE = 120
ETIQUETTES_MAXIMALES = 2000


@dataclass(frozen=True, slots=True)
class Etiquette:
    """One label: the address encoded, and what people read beside it."""

    adresse: str
    titre: str
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Planche:
    """A label paper, in millimetres. `qr` is the side of the code, quiet zone included."""

    libelle: str
    colonnes: int
    rangees: int
    largeur: float
    hauteur: float
    qr: float
    texte_pt: float
    page: tuple[float, float] = (210, 297)
    gouttiere: float = 2.5

    @property
    def places(self) -> int:
        """How many labels a page holds."""
        return self.colonnes * self.rangees

    def position(self, place: int) -> tuple[float, float]:
        """Left and top of the `place`-th label of a page, from 0, row by row."""
        rangee, colonne = divmod(place, self.colonnes)
        pas = self.largeur + self.gouttiere
        gauche = (self.page[0] - self.colonnes * pas + self.gouttiere) / 2
        haut = (self.page[1] - self.rangees * self.hauteur) / 2
        return round(gauche + colonne * pas, 3), round(haut + rangee * self.hauteur, 3)


PLANCHES: Mapping[str, Planche] = {
    "L7160": Planche("A4, 21 étiquettes 63,5 × 38,1 mm (L7160)", 3, 7, 63.5, 38.1, qr=30, texte_pt=8),
    "L7159": Planche("A4, 24 étiquettes 63,5 × 33,9 mm (L7159)", 3, 8, 63.5, 33.9, qr=28, texte_pt=8),
    "L7651": Planche("A4, 65 étiquettes 38,1 × 21,2 mm (L7651)", 5, 13, 38.1, 21.2, qr=18, texte_pt=5.5),
    "rouleau-62": Planche("Rouleau 62 mm", 1, 1, 62, 29, qr=26, texte_pt=8, page=(62, 29), gouttiere=0),
}


def sur_mesure(largeur: float, hauteur: float) -> Planche:
    """A roll of any size, in millimetres, one label a page: the code takes the height, half of the width at most."""
    qr = round(min(hauteur - 2, largeur / 2), 1)
    texte_pt = round(min(max(qr / 3.3, 5), 9), 1)
    return Planche("Rouleau sur mesure", 1, 1, largeur, hauteur, qr, texte_pt, page=(largeur, hauteur), gouttiere=0)


def planche(etiquettes: Sequence[Etiquette], format: str | Planche = "L7160", *, depart: int = 1) -> Page:
    """The pages of labels, ready for `Renderer.imprimer`; the first goes to place `depart`, from 1.

    Raises EtiquettesRefusees (format, start, number, address) or CaracteresNonImprimables.
    """
    papier = PLANCHES.get(format) if isinstance(format, str) else format
    if papier is None:
        raise EtiquettesRefusees(raison=f"le format « {format} » n’est pas connu")
    if not 1 <= depart <= papier.places:
        raise EtiquettesRefusees(raison=f"la première étiquette doit être entre 1 et {papier.places}")
    if not 1 <= len(etiquettes) <= ETIQUETTES_MAXIMALES:
        raise EtiquettesRefusees(raison=f"il faut de 1 à {ETIQUETTES_MAXIMALES} étiquettes")
    pages: dict[int, list[tuple[float, float, Etiquette, Markup]]] = {}
    for rang, etiquette in enumerate(etiquettes, start=depart - 1):
        page, place = divmod(rang, papier.places)
        pages.setdefault(page, []).append((*papier.position(place), etiquette, code_qr(etiquette.adresse)))
    html = environnement(SOCLE).get_template("etiquettes.html").render(pages=list(pages.values()), papier=papier)
    return Page(imprimable(html), ())


def code_qr(adresse: str) -> Markup:
    """The QR code of `adresse` as inline SVG that fills its box."""
    if not adresse or len(adresse) > ADRESSE_MAXIMALE:
        raise EtiquettesRefusees(raison=f"l’adresse à encoder doit avoir de 1 à {ADRESSE_MAXIMALE} caractères")
    code = segno.make(adresse, error="m", micro=False)
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None))  # noqa: S704 - drawn by segno
