"""Logos: what prints is accepted, what acts is refused."""

from io import BytesIO

import pytest
from PIL import Image

from shared.documents.errors import LogoRefuse
from shared.documents.logo import data_uri
from shared.documents.papier import Adresse, Societe
from tests.shared.documents.exemples import LOGO


def image(mode: str, format: str) -> bytes:
    sortie = BytesIO()
    Image.new(mode, (8, 8)).save(sortie, format)
    return sortie.getvalue()


def test_formats_acceptes() -> None:
    assert data_uri(LOGO).startswith("data:image/svg+xml;base64,")
    assert data_uri(image("RGB", "PNG")).startswith("data:image/png;")
    assert data_uri(image("RGB", "JPEG")).startswith("data:image/jpeg;")


@pytest.mark.parametrize(
    "contenu",
    [
        b"<svg><script>alert(1)</script></svg>",
        b'<svg><image href="file:///etc/passwd"/></svg>',
        b'<svg><use xlink:href="http://x/y#z"/></svg>',
        b'<svg onload="x()"></svg>',
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>',
        b'<svg><rect style="fill:url(http://x)"/></svg>',
        b"<svg><foreignObject/></svg>",
        b"GIF89a",
        b"",
        b"<svg>" + b" " * 500_001,
        image("CMYK", "JPEG"),
    ],
)
def test_le_reste_est_refuse(contenu: bytes) -> None:
    with pytest.raises(LogoRefuse):
        data_uri(contenu)


def test_liens_internes_acceptes() -> None:
    assert data_uri(b'<svg><use href="#a"/><rect fill="url(#b)"/></svg>')


def test_couleur_de_societe_verifiee() -> None:
    adresse = Adresse(nom="x")
    assert Societe(nom="x", adresse=adresse, couleur="#9B2226").couleur == "#9B2226"
    assert Societe(nom="x", adresse=adresse, couleur="red;background:url(x)").couleur == "#0b6e7a"
