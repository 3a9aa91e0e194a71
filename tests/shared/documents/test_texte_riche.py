"""What people type in bold, in italic or in lists, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from shared.documents.texte_riche import en_clair, en_html


@pytest.mark.parametrize(
    ("texte", "html"),
    [
        ("Garantie **5 ans** sur site", "Garantie <strong>5 ans</strong> sur site"),
        ("_hors_ câblage", "<em>hors</em> câblage"),
        ("**a _b_ c**", "<strong>a <em>b</em> c</strong>"),
        ("Compris :\n• pose\n• **réglage**\nHors taxes", "Compris :<ul><li>pose</li><li><strong>réglage</strong></li></ul>Hors taxes"),
        ("<b>x</b> **<script>y</script>**", "&lt;b&gt;x&lt;/b&gt; <strong>&lt;script&gt;y&lt;/script&gt;</strong>"),
    ],
)  # fmt: skip
def test_marks_are_drawn(texte: str, html: str) -> None:
    assert en_html(texte) == html


@pytest.mark.parametrize(
    "texte", ["3 * 4 * 5", "2**3", "REF_A_B", "- à la ligne\n- encore", "a ** b ** c", "DS-7616_NXI_K2", "l’offre\n\nA < B & C"]
)  # fmt: skip
def test_a_text_written_before_is_printed_as_it_was(texte: str) -> None:
    assert en_html(texte) == str(escape(texte))
    assert en_clair(texte) == texte


@given(st.text(alphabet="ab <>&\"'*_•\n/=:onclick", max_size=60))
def test_only_four_tags_ever_come_out(texte: str) -> None:
    html = str(en_html(texte))
    assert set(re.findall(r"<(/?[a-z]*[^>]*)>", html)) <= {"strong", "/strong", "em", "/em", "ul", "/ul", "li", "/li"}


def test_marks_leave_a_plain_text() -> None:
    assert en_clair("**5 ans** _sur_ site\n• pose") == "5 ans sur site\n• pose"
