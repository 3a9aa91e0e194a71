"""Mails of strangers, read without trusting them."""

import time
from email.message import EmailMessage

import pytest

from services.demandes.courrier.rules import ADRESSE_MAX, PIECES_MAX, SUJET_MAX, TEXTE_MAX, lire

PIECE = (
    b"From: a@b.fr\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: application/pdf\n"
    b"Content-Disposition: attachment; %s\n\n%%PDF\n\n--x--"
)
NOUS = "Amanela <ne-pas-repondre@alpes.example>"


def un_message(texte: str = "Bonjour", **entetes: str) -> EmailMessage:
    """A mail of Zoé, headers added or replaced; `_` in a name is a dash."""
    message = EmailMessage()
    base = {"From": "Zoé Été <Zoe@Mairie.FR>", "To": "accueil@alpes.example", "Subject": "Caméra en panne"}
    for nom, valeur in {
        **base,
        "Message-ID": "<a1@mairie.fr>",
        **{k.replace("_", "-"): v for k, v in entetes.items()},
    }.items():
        if valeur:
            message[nom] = valeur
    message.set_content(texte)
    return message


def test_un_message_simple() -> None:
    recu = lire(un_message("Bonjour,\n\n\n\nelle clignote.\n").as_bytes(), nous=NOUS)
    assert (recu.message_id, recu.de, recu.nom, recu.sujet) == (
        "a1@mairie.fr",
        "zoe@mairie.fr",
        "Zoé Été",
        "Caméra en panne",
    )
    assert (recu.texte, recu.ecarte, recu.references, recu.pieces) == ("Bonjour,\n\nelle clignote.", "", (), ())


@pytest.mark.parametrize(
    ("entetes", "motif"),
    [
        ({"Auto_Submitted": "auto-replied"}, "réponse automatique"),
        ({"Auto_Submitted": "no"}, ""),
        ({"X_Autoreply": "yes"}, "réponse automatique"),
        ({"Precedence": "bulk"}, "envoi en nombre ou réponse automatique"),
        ({"List_Id": "<infos.exemple.fr>"}, "liste de diffusion"),
        ({"Return_Path": "<>"}, "avis de distribution"),
        ({"From": "MAILER-DAEMON@mairie.fr"}, "adresse automatique"),
        ({"From": NOUS}, "envoyé par nous"),
        ({"From": ""}, "expéditeur illisible"),
    ],
)
def test_ce_qu_une_machine_envoie_est_ecarte(entetes: dict[str, str], motif: str) -> None:
    assert lire(un_message(**entetes).as_bytes(), nous=NOUS).ecarte == motif


def test_une_reponse_perd_ce_qu_elle_cite() -> None:
    texte = "C’est réparé, merci.\n\nLe lun. 16 mars 2026 à 10:12, Alpes a écrit :\n> Bonjour\n> Quand ?\n"
    recu = lire(un_message(texte, References="<x@a> <y@b>", In_Reply_To="<y@b>").as_bytes(), nous=NOUS)
    assert recu.texte == "C’est réparé, merci."
    assert recu.references == ("x@a", "y@b")


def test_le_html_devient_du_texte() -> None:
    message = EmailMessage()
    message["From"] = "zoe@mairie.fr"
    message.set_content(
        "<html><head><style>p{}</style></head><body><p>Bonjour&nbsp;,</p><script>alert(1)</script><div>la <b>caméra</b></div></body></html>",
        subtype="html",
    )
    recu = lire(message.as_bytes(), nous=NOUS)
    assert recu.texte.split() == ["Bonjour", ",", "la", "caméra"]
    assert recu.message_id.startswith("sans-identifiant-")


def test_les_mesures_sont_bornees() -> None:
    message = un_message("x" * 20_000, Subject="s" * 900)
    for rang in range(PIECES_MAX + 5):
        message.add_attachment(b"a", maintype="text", subtype="plain", filename=f"{rang}.txt")
    recu = lire(message.as_bytes(), nous=NOUS)
    assert (len(recu.texte), len(recu.sujet), len(recu.pieces)) == (TEXTE_MAX, SUJET_MAX, PIECES_MAX)


@pytest.mark.parametrize(
    "brut",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: =?x-inconnu?Q?=E9?= <a@b.fr>\nSubject: =?utf-8?B?!!?=\nContent-Type: text/plain; charset=klingon\n\n\xe9t\xe9",
        b"Message-ID: <a\nReferences: "
        + b"<a@b> " * 500
        + b"\nFrom: a@b.fr\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"From: " + b"(" * 2000 + b"\n\nx",
        b"From: a@b.fr\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
        b"From: a@b.fr\nContent-Type: text/plain; charset=utf-7\n\n+2AA- moiti\xe9",
        b"From: \x00"
        + b"a" * 900
        + b"@b.fr\nSubject: =?utf-7?q?+2AA-?= =?utf-8?q?a=00b?=\nMessage-ID: <a\x00\xe9@b>\n\nx",
        PIECE % b'filename="caf\xe9\x00.pdf"',
        PIECE % b"filename*=utf-16'fr'%00%d8",
    ],
)
def test_rien_de_ce_qu_un_inconnu_envoie_ne_casse_la_lecture(brut: bytes) -> None:
    recu = lire(brut, nous=NOUS)
    assert (len(recu.references) <= 30, len(recu.de) <= ADRESSE_MAX) == (True, True)
    gardes = (recu.message_id, recu.de, recu.nom, recu.sujet, recu.texte, *recu.references)
    for garde in (*gardes, *(t for piece in recu.pieces for t in (piece.nom, piece.type))):
        garde.encode()  # the database takes no half of a pair
        assert "\x00" not in garde


def test_un_entete_sans_fin_se_lit_vite() -> None:
    debut = time.process_time()
    lire(b"From: a@b.fr\nContent-Type: text/plain" + b"; a=b" * 50_000 + b"\n\nx", nous=NOUS)
    assert time.process_time() - debut < 15
