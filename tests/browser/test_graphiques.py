"""The letters of the plots are read at 11 px or more, from a phone to a large screen, and do not lie over each other."""

from itertools import pairwise

import pytest

from tests.browser.conftest import Asseoir

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
LETTRES = """() => [...document.querySelectorAll('.gr-texte')].filter((t) => t.getClientRects().length).map((t) => {
  const svg = t.ownerSVGElement, boite = t.getBoundingClientRect();
  const taille = parseFloat(getComputedStyle(t).fontSize) * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return {taille, gauche: boite.left, droite: boite.right, haut: Math.round(boite.top), milieu: t.matches('.gr-milieu')};
})"""


@pytest.mark.parametrize("largeur", [360, 390, 720, 1024, 1440])
def test_les_graphiques_se_lisent(asseoir: Asseoir, largeur: int) -> None:
    page = asseoir("helene", largeur=largeur)
    for url in ("/planning/charge", "/devis/pilotage"):
        page.goto(url)
        page.locator(".gr svg").first.wait_for()
        lettres = page.evaluate(LETTRES)
        assert lettres
        assert min(lettre["taille"] for lettre in lettres) >= 11, url
        bas = sorted((lettre["gauche"], lettre["droite"]) for lettre in lettres if lettre["milieu"])
        assert all(avant[1] <= apres[0] for avant, apres in pairwise(bas)), url
        assert min(lettre["gauche"] for lettre in lettres) >= 0, url
