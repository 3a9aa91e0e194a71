"""No sign of French typography is left alone at the start of a line, and nothing else changes."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from gateway.pages.coque.gabarits import PAGES
from shared.documents.gabarit import composer
from shared.documents.typographie import Typographie, francais


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("Payée ?", "Payée\u202f?"),
        ("Échéance : demain ; après, relance !", "Échéance\u00a0: demain\u202f; après, relance\u202f!"),
        ("Type « vente »", "Type «\u00a0vente\u00a0»"),
        ("Type « ", "Type «\u00a0"),
        (" » est pris", "\u00a0» est pris"),
        (" : ", "\u00a0: "),
        ("a != b, /x?y=1, 12:30, &nbsp;", "a != b, /x?y=1, 12:30, &nbsp;"),
        ("sm:grid :root", "sm:grid :root"),
        ("Remise de 5 % sur 1 200 €", "Remise de 5\u00a0% sur 1 200\u00a0€"),
        ("a % b, SN:123, devis@exemple.fr", "a % b, SN:123, devis@exemple.fr"),
    ],
)
def test_les_espaces_sont_insecables(texte: str, attendu: str) -> None:
    assert francais(texte) == attendu
    assert francais(attendu) == attendu
    assert isinstance(francais(Markup(texte)), Markup)


def test_les_gabarits_sont_corriges_et_les_valeurs_laissees() -> None:
    env = Environment(extensions=[Typographie], undefined=StrictUndefined, autoescape=True)
    page = env.from_string('<p>Nom : {{ nom }} ?</p>{{ "Sûr ?" }}<input value="{{ nom }}">').render(nom="a : b ?")
    assert page == '<p>Nom\u00a0: a : b ?\u202f?</p>Sûr\u202f?<input value="a : b ?">'


def test_aucun_gabarit_n_y_perd_une_adresse_ni_un_attribut() -> None:
    """What a machine reads holds no plain space before these signs, so nothing of it changes."""
    machines = re.compile(r'(?:href|src|action|class|id|name|type|data-url[a-z-]*|hx-(?!vals)[a-z-]+)="([^"]*)"')
    changes = [
        f"{gabarit.name}: {valeur}"
        for gabarit in PAGES.rglob("*.html")
        for valeur in machines.findall(gabarit.read_text(encoding="utf-8"))
        if "{{" not in valeur and francais(valeur) != valeur
    ]
    assert changes == []


def test_ce_que_l_on_a_tape_s_imprime_avec_ces_espaces(tmp_path: Path) -> None:
    (tmp_path / "essai.html").write_text('<p>{{ texte }}</p><p>{{ riche|riche }}</p><a href="{{ url }}">{{ n }}</a>')
    donnees = {
        "texte": "Attention : 2 caméras « dôme » ; fixées ?",
        "riche": "**Pose** : 5 % de remise",
        "url": "https://exemple.fr/?q=a:b;c",
        "n": 3,
    }
    assert composer("essai.html", donnees, tmp_path).html == (
        "<p>Attention\u00a0: 2 caméras «\u00a0dôme\u00a0»\u202f; fixées\u202f?</p>"
        "<p><strong>Pose</strong>\u00a0: 5\u00a0% de remise</p>"
        '<a href="https://exemple.fr/?q=a:b;c">3</a>'
    )
