"""Labels: decoded back from the printed page, at their place to the tenth of a millimetre."""

from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.documents.errors import CaracteresNonImprimables, EtiquettesRefusees
from shared.documents.etiquettes import PLANCHES, Etiquette, Planche, planche, sur_mesure
from shared.documents.renderer import Renderer
from tests.shared.documents.lecture import images, textes


def des_etiquettes(nombre: int) -> list[Etiquette]:
    return [
        Etiquette(f"https://app.alpes.example/o/{rang:08d}", "Caméra dôme 4 Mpx", f"N° {rang:08d}")
        for rang in range(nombre)
    ]


def lus(image: Path) -> dict[str, tuple[int, int]]:
    """Each decoded address and the place of its code, in pixels."""
    with Image.open(image) as ouverte:
        codes = zxingcpp.read_barcodes(ouverte)
    return {code.text: (code.position.top_left.x, code.position.top_left.y) for code in codes}


@pytest.mark.feature("IN-20")
@pytest.mark.parametrize("format", PLANCHES)
@pytest.mark.parametrize("dpi", [96, 150])
async def test_chaque_code_se_relit(renderer: Renderer, tmp_path: Path, format: str, dpi: int) -> None:
    etiquettes = des_etiquettes(PLANCHES[format].places)
    pdf = await renderer.imprimer(planche(etiquettes, format))
    (page,) = images(pdf, tmp_path, dpi)
    assert set(lus(page)) == {etiquette.adresse for etiquette in etiquettes}
    assert "N° 00000000" in textes(pdf)[0]


@pytest.mark.parametrize("taille", [(38, 15), (50, 25), (62, 100), (102, 152)])
async def test_un_rouleau_sur_mesure_se_relit(renderer: Renderer, tmp_path: Path, taille: tuple[int, int]) -> None:
    etiquettes = des_etiquettes(2)
    pages = images(await renderer.imprimer(planche(etiquettes, sur_mesure(*taille))), tmp_path, 203)
    assert [set(lus(page)) for page in pages] == [{e.adresse} for e in etiquettes]


async def test_depart_laisse_les_premieres_places_vides(renderer: Renderer, tmp_path: Path) -> None:
    etiquettes = des_etiquettes(21)
    premiere, seconde = images(await renderer.imprimer(planche(etiquettes, "L7160", depart=5)), tmp_path)
    codes, suite = lus(premiere), lus(seconde)
    assert (len(codes), len(suite)) == (17, 4)
    gauche, haut = PLANCHES["L7160"].position(4)
    attendu = [(mm + marge) * 96 / 25.4 for mm, marge in ((gauche, 1.5), (haut, 4.05))]
    obtenu = codes[etiquettes[0].adresse]
    silence = 30 / 33 * 4 * 96 / 25.4
    assert all(abs(o - a - silence) < 6 for o, a in zip(obtenu, attendu, strict=True))


@given(st.sampled_from(sorted(PLANCHES)))
def test_geometrie_dans_la_page_sans_recouvrement(format: str) -> None:
    papier: Planche = PLANCHES[format]
    places = [papier.position(place) for place in range(papier.places)]
    assert len(set(places)) == papier.places
    assert all(x >= 0 and x + papier.largeur <= papier.page[0] + 0.01 for x, _ in places)
    assert all(y >= 0 and y + papier.hauteur <= papier.page[1] + 0.01 for _, y in places)
    assert papier.qr <= papier.hauteur


@pytest.mark.parametrize(
    ("nombre", "format", "depart", "adresse"),
    [
        (1, "A3", 1, ""),
        (1, "L7160", 0, ""),
        (1, "L7160", 22, ""),
        (0, "L7160", 1, ""),
        (2001, "L7160", 1, ""),
        (1, "L7160", 1, "x" * 121),
    ],
)
def test_planche_impossible_refusee(nombre: int, format: str, depart: int, adresse: str) -> None:
    etiquettes = [Etiquette(adresse, "x")] if adresse else des_etiquettes(nombre)
    with pytest.raises(EtiquettesRefusees):
        planche(etiquettes, format, depart=depart)


def test_titre_echappe_et_controle() -> None:
    assert "&lt;b&gt;" in planche([Etiquette("https://a.example/1", "<b>")]).html
    with pytest.raises(CaracteresNonImprimables):
        planche([Etiquette("https://a.example/1", "漢字")])
