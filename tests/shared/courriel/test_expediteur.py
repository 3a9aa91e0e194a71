"""Sending to a real SMTP server: accepted, refused, unreachable, encrypted."""

import socket
from email import message_from_bytes
from pathlib import Path

import pytest

from shared.courriel.errors import MessageRefuse, ServeurIndisponible, TousRefuses
from shared.courriel.expediteur import ExpediteurSmtp, ReglagesSmtp, Tls
from tests.shared.courriel.conftest import Boite
from tests.shared.courriel.test_message import un_courriel

DEUX = ("zoe@cabinet.example", "absent@cabinet.example")


def vers(boite: Boite, tls: Tls = Tls.AUCUN, certificats: str | None = None) -> ExpediteurSmtp:
    return ExpediteurSmtp(ReglagesSmtp(hote="127.0.0.1", port=boite.port, tls=tls, certificats=certificats, delai=5))


async def test_recu_par_le_serveur(boite: Boite) -> None:
    courriel = un_courriel(copie=("compta@cabinet.example",))
    envoi = await vers(boite).envoyer(courriel)
    (recu,) = boite.recus
    assert recu.mail_from == "bonjour@alpes.example"
    assert recu.rcpt_tos == ["zoe@cabinet.example", "compta@cabinet.example"]
    assert message_from_bytes(recu.content)["Message-ID"] == courriel.message_id == envoi.message_id
    assert envoi.acceptes == courriel.destinataires
    assert envoi.refuses == {}


async def test_reprise_reconnaissable(boite: Boite) -> None:
    for _ in range(2):
        await vers(boite).envoyer(un_courriel())
    premier, second = (message_from_bytes(recu.content)["Message-ID"] for recu in boite.recus)
    assert premier == second


async def test_un_destinataire_refuse_les_autres_recus(boite: Boite) -> None:
    boite.refus["absent@cabinet.example"] = "550 Inconnu"
    envoi = await vers(boite).envoyer(un_courriel(a=DEUX))
    assert envoi.acceptes == ("zoe@cabinet.example",)
    assert envoi.refuses == {"absent@cabinet.example": "550 Inconnu"}


async def test_tous_refuses_definitivement(boite: Boite) -> None:
    boite.refus = dict.fromkeys(DEUX, "550 Inconnu")
    with pytest.raises(TousRefuses, match=r"zoe@cabinet\.example \(550 Inconnu\)"):
        await vers(boite).envoyer(un_courriel(a=DEUX))
    assert boite.recus == []


async def test_refus_provisoire_a_reessayer(boite: Boite) -> None:
    boite.refus = {DEUX[0]: "550 Inconnu", DEUX[1]: "450 Plus tard"}
    with pytest.raises(ServeurIndisponible):
        await vers(boite).envoyer(un_courriel(a=DEUX))


@pytest.mark.parametrize(
    ("reponse", "erreur"), [("554 Contenu interdit", MessageRefuse), ("451 Occupe", ServeurIndisponible)]
)
async def test_message_refuse(boite: Boite, reponse: str, erreur: type[Exception]) -> None:
    boite.reponse_donnees = reponse
    with pytest.raises(erreur, match=reponse[:3]):
        await vers(boite).envoyer(un_courriel())


async def test_serveur_absent() -> None:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        absent = Boite(port=libre.getsockname()[1])
        with pytest.raises(ServeurIndisponible):
            await vers(absent).envoyer(un_courriel())


async def test_starttls_verifie_le_certificat(boite_tls: Boite, certificat: Path) -> None:
    await vers(boite_tls, Tls.STARTTLS, str(certificat)).envoyer(un_courriel())
    assert len(boite_tls.recus) == 1
    with pytest.raises(ServeurIndisponible):
        await vers(boite_tls, Tls.STARTTLS).envoyer(un_courriel())
    with pytest.raises((ServeurIndisponible, MessageRefuse)):
        await vers(boite_tls, Tls.AUCUN).envoyer(un_courriel())
    assert len(boite_tls.recus) == 1


async def test_starttls_exige_meme_si_le_serveur_l_ignore(boite: Boite) -> None:
    with pytest.raises(ServeurIndisponible):
        await vers(boite, Tls.STARTTLS).envoyer(un_courriel())
    assert boite.recus == []
