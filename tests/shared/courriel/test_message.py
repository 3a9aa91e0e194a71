"""A mail is checked before it exists, and the same cause gives the same Message-ID."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.courriel.errors import AdresseInvalide, EnteteInterdit, PiecesTropLourdes, SansDestinataire
from shared.courriel.message import POIDS_MAXIMAL, Courriel, Piece, adresse_nue, message_id

CAUSE = UUID("01910000-0000-7000-8000-000000000001")


def un_courriel(**change: Any) -> Courriel:
    valeurs: dict[str, Any] = {
        "de": "Alpes Réseaux <bonjour@alpes.example>",
        "a": ("Zoé Œuvrard <zoe@cabinet.example>",),
        "sujet": "Votre devis DEV-2026-0412",
        "texte": "Bonjour,\n\nVeuillez trouver ci-joint notre devis à 1 234,50 €.\n",
        "message_id": message_id(CAUSE, "alpes.example"),
    }
    return Courriel(**{**valeurs, **change})


def test_identifiant_stable_par_cause_et_destinataire() -> None:
    premier = message_id(CAUSE, "alpes.example", "a@b.fr")
    assert premier == message_id(CAUSE, "alpes.example", "A@b.fr")
    assert premier != message_id(CAUSE, "alpes.example", "c@b.fr")
    assert premier.startswith("<")
    assert premier.endswith("@alpes.example>")


def test_tout_se_relit() -> None:
    courriel = un_courriel(
        html="<p>Bonjour à vous</p>",
        pieces=(Piece("../Devis é.pdf", b"%PDF-1"),),
        copie=("compta@cabinet.example",),
        repondre_a="manon@alpes.example",
        le=datetime(2026, 11, 4, 9, tzinfo=UTC),
    )
    lu = message_from_bytes(courriel.en_mime().as_bytes(), policy=default)
    assert lu["From"] == "Alpes Réseaux <bonjour@alpes.example>"
    assert lu["To"] == "Zoé Œuvrard <zoe@cabinet.example>"
    assert lu["Subject"] == "Votre devis DEV-2026-0412"
    assert lu["Message-ID"] == courriel.message_id
    texte, html = lu.get_body(("plain",)), lu.get_body(("html",))
    assert texte is not None
    assert html is not None
    assert "1 234,50 €" in texte.get_content()
    assert "Bonjour à vous" in html.get_content()
    (piece,) = lu.iter_attachments()
    assert (piece.get_filename(), piece.get_content()) == ("Devis é.pdf", b"%PDF-1")
    assert courriel.destinataires == ("zoe@cabinet.example", "compta@cabinet.example")


@pytest.mark.parametrize(
    "adresse",
    ["", "zoe", "zoe@", "@x.fr", "zoe@x", "zoe@x..fr", ".zoe@x.fr", "zoe..b@x.fr", "zoe @x.fr", "zoé@x.fr",
     "a@b.fr, c@d.fr", "zoe@-x.fr", "zoe@x.fr>", "zoe@[127.0.0.1]", "zoe@" + "x" * 64 + ".fr"],
)  # fmt: skip
def test_adresses_refusees(adresse: str) -> None:
    with pytest.raises(AdresseInvalide):
        un_courriel(a=(adresse,))


@pytest.mark.parametrize(
    ("ecrite", "nue"),
    [
        ("a@b.fr", "a@b.fr"),
        ("Zoé <Zoe.b+c@EXEMPLE.fr>", "Zoe.b+c@exemple.fr"),
        ("x@société.fr", "x@xn--socit-esab.fr"),
        ('"Martin, Zoé" <a@b.fr>', "a@b.fr"),
    ],
)
def test_adresses_acceptees(ecrite: str, nue: str) -> None:
    assert adresse_nue(ecrite) == nue


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("sujet", "x\r\nBcc: tous@x.fr"),
        ("sujet", "x\nBcc: tous@x.fr"),
        ("de", "A <a@b.fr>\r\nBcc: x@y.fr"),
        ("repondre_a", "a@b.fr\n"),
        ("message_id", "<a@b>\nX: y"),
        ("sujet", "a\u2028b"),
        ("a", ("a@b.fr\r\nX: y",)),
    ],
)
def test_injection_d_entete_refusee(champ: str, valeur: object) -> None:
    with pytest.raises(EnteteInterdit):
        un_courriel(**{champ: valeur})


def test_sans_destinataire_ou_trop_lourd() -> None:
    with pytest.raises(SansDestinataire):
        un_courriel(a=())
    with pytest.raises(PiecesTropLourdes, match="15 Mo"):
        un_courriel(pieces=(Piece("a.pdf", bytes(POIDS_MAXIMAL + 1)),))


ACCENTUES = st.lists(
    st.sampled_from(["caméras", "dôme", "à l’étage", "4", "réseau", "n° 12", "Société", "d’électricité", "été", "—"]),
    min_size=1,
    max_size=14,
).map(" ".join)


@given(ACCENTUES, ACCENTUES)
def test_no_space_is_lost_between_accented_words(sujet: str, nom: str) -> None:
    """« 4 caméras dôme » once arrived as « 4 camérasdôme », where the line of the header broke."""
    envoye = un_courriel(sujet=sujet, a=(f"{nom} <a@b.fr>",)).en_mime().as_bytes()
    recu = message_from_bytes(envoye, policy=default)
    assert recu["Subject"] == sujet
    assert [(a.display_name, a.addr_spec) for a in recu["To"].addresses] == [(nom, "a@b.fr")]
    assert all(ligne.isascii() for ligne in envoye.partition(b"\r\n\r\n")[0].splitlines())
