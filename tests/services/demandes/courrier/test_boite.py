"""The mailbox of the company read from a real IMAP server: demandes, answers, files, robots, each once."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from sqlalchemy import text

from services.demandes.courrier.jobs import relever
from services.demandes.courrier.rules import PAR_HEURE_MAX
from shared.contracts.demandes import CourrielNonRemis
from shared.courriel.releve import MARQUE
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.means import lend
from shared.settings import Settings
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders import demandes as b
from tests.builders.demandes import Monde
from tests.services.demandes.courrier.dovecot import MOT_DE_PASSE, Dovecot, programme, servir
from tests.services.demandes.courrier.test_rules import un_message

Json = dict[str, Any]
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    """A real server for the module."""
    if programme() is None:
        pytest.skip("dovecot is missing: apt-get install dovecot-imapd")
    with tempfile.TemporaryDirectory(prefix="amanela-imap-") as dossier, servir(Path(dossier)) as serveur:
        yield serveur


@dataclass(slots=True)
class Bureau:
    """The world of demandes, with a mailbox."""

    monde: Monde
    serveur: Dovecot

    async def recevoir(self, *messages: bytes) -> int:
        """Messages arrive, then the mailbox is read; how many were new."""
        for message in messages:
            self.serveur.deposer(message)
        return await relever(self.monde.database)

    async def courriers(self, etat: str) -> list[Json]:
        """Mails of a state, the latest first."""
        return list((await self.monde.http.get("/courriers", params={"etat": etat})).json()["elements"])

    async def demandes(self) -> list[Json]:
        """Demandes, the latest first."""
        params = {"tri": "-anciennete"}
        return list((await self.monde.http.get("/demandes", params=params)).json()["elements"])


@pytest.fixture
async def bureau(
    monde: Monde, dovecot: Dovecot, test_settings: Settings, renderer: Renderer, service_client: ServiceClient
) -> Bureau:
    """A client known by its address."""
    connu = b.un_tiers("Mairie de Sévrier", id=monde.tiers_id)
    fiche = connu.fiche.model_copy(update={"email": "Zoe@mairie.fr"})
    await monde.recevoir(b.enveloppe(connu.model_copy(update={"fiche": fiche}), seq=10_000))
    boite = replace(dovecot, utilisateur=f"boite-{new_id().hex[-10:]}")
    reglages = test_settings.model_copy(
        update={
            "imap_host": "127.0.0.1",
            "imap_port": boite.port,
            "imap_tls": "aucun",
            "imap_user": boite.utilisateur,
            "imap_password": type(test_settings.imap_password)(MOT_DE_PASSE),
            "mail_from": "Amanela <ne-pas-repondre@alpes.example>",
        }
    )
    lend(monde.database, reglages, renderer=renderer)
    return Bureau(monde, boite)


async def test_un_client_connu_ouvre_une_demande_une_seule_fois(bureau: Bureau) -> None:
    message = un_message("Elle clignote depuis hier.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="../../plan été.pdf")
    message.add_attachment(b"MZ\x90\x00", maintype="application", subtype="x-msdownload", filename="virus.exe")
    assert await bureau.recevoir(message.as_bytes()) == 1
    (demande,) = await bureau.demandes()
    assert (demande["objet"], demande["tiers_nom"], demande["type_code"]) == (
        "Caméra en panne",
        "Mairie de Sévrier",
        "commercial",
    )
    (courrier,) = (await bureau.monde.http.get(f"/demandes/{demande['id']}/courriers")).json()
    gardee, refusee = courrier["pieces"]
    assert (gardee["nom"], gardee["type"], refusee["nom"]) == ("plan été.pdf", "application/pdf", "virus.exe")
    assert refusee["refus"]
    lue = await bureau.monde.http.get(f"/courriers/{courrier['id']}/pieces/{gardee['id']}")
    assert lue.content == PDF
    assert lue.headers["content-disposition"].startswith("attachment")
    assert (await bureau.monde.http.get(f"/courriers/{courrier['id']}/pieces/{refusee['id']}")).status_code == 404
    # read again, marked in the mailbox, and even sent twice: still one
    assert await bureau.recevoir() == 0
    assert bureau.serveur.compter(f"KEYWORD {MARQUE}") == 1
    assert bureau.serveur.compter("SEEN") == 0, "la lecture par une personne n’est pas touchée"
    assert await bureau.recevoir(message.as_bytes()) == 0
    assert len(await bureau.demandes()) == 1


async def test_une_reponse_rejoint_sa_demande_par_ses_references_puis_par_son_numero(bureau: Bureau) -> None:
    await bureau.recevoir(un_message("Premier").as_bytes())
    (demande,) = await bureau.demandes()
    suite = un_message(
        "Suite\n> Premier", Message_ID="<a2@x>", References="<inconnu@y> <a1@mairie.fr>", From="autre@ailleurs.fr"
    )
    nommee = un_message("Encore", Message_ID="<a3@x>", Subject=f"RE: {demande['numero']} quand ?")
    usurpee = un_message("Pas moi", Message_ID="<a4@x>", Subject=f"RE: {demande['numero']}", From="intrus@ailleurs.fr")
    assert await bureau.recevoir(suite.as_bytes(), nommee.as_bytes(), usurpee.as_bytes()) == 3
    assert len(await bureau.demandes()) == 1
    histoire = (await bureau.monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    notes = [m["texte"] for m in histoire if m["genre"] == "note"]
    assert sorted(n.split("\n\n")[1] for n in notes) == ["Encore", "Suite"]
    (attend,) = await bureau.courriers("a_rattacher")
    assert attend["de"] == "intrus@ailleurs.fr", "un numéro dans l’objet ne suffit pas à un inconnu"


async def test_un_client_ne_rejoint_pas_la_demande_d_un_autre_en_la_nommant(bureau: Bureau) -> None:
    await bureau.recevoir(un_message("Premier").as_bytes())
    (demande,) = await bureau.demandes()
    autre = b.un_tiers("Garage Morel")
    fiche = autre.fiche.model_copy(update={"email": "morel@garage.fr"})
    await bureau.monde.recevoir(b.enveloppe(autre.model_copy(update={"fiche": fiche}), seq=10_001))
    nomme = un_message("Et moi ?", Message_ID="<m1@x>", Subject=f"Re: {demande['numero']}", From="morel@garage.fr")
    await bureau.recevoir(nomme.as_bytes())
    assert {d["tiers_nom"] for d in await bureau.demandes()} == {"Mairie de Sévrier", "Garage Morel"}
    histoire = (await bureau.monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    assert not [m for m in histoire if m["genre"] == "note"]


async def test_un_inconnu_attend_qu_on_dise_qui_il_est(bureau: Bureau) -> None:
    await bureau.recevoir(
        un_message("Je déménage", From="neuf@exemple.fr", Message_ID="<n1@x>").as_bytes(),
        un_message("Pub", From="pub@exemple.fr", Message_ID="<n2@x>").as_bytes(),
    )
    assert await bureau.demandes() == []
    pub, neuf = await bureau.courriers("a_rattacher")
    http = bureau.monde.http
    assert (await http.post(f"/courriers/{neuf['id']}/rattacher", json={})).status_code == 422
    reponse = await http.post(f"/courriers/{neuf['id']}/rattacher", json={"tiers_id": str(bureau.monde.tiers_id)})
    assert reponse.status_code == 200, reponse.text
    (demande,) = await bureau.demandes()
    assert reponse.json()["demande_id"] == demande["id"]
    encore = await http.post(f"/courriers/{neuf['id']}/rattacher", json={"tiers_id": str(bureau.monde.tiers_id)})
    assert encore.json()["code"] == "courrier_deja_traite"
    assert (await http.post(f"/courriers/{pub['id']}/ecarter")).status_code == 204
    assert await bureau.courriers("a_rattacher") == []


async def test_les_robots_et_les_boucles_n_ouvrent_rien(bureau: Bureau) -> None:
    robots = [
        un_message("Absent", Auto_Submitted="auto-replied", Message_ID="<r1@x>"),
        un_message("Nous", From="ne-pas-repondre@alpes.example", Message_ID="<r2@x>"),
    ]
    await bureau.recevoir(*(m.as_bytes() for m in robots))
    assert await bureau.demandes() == []
    assert {c["motif"] for c in await bureau.courriers("ecarte")} == {"réponse automatique", "envoyé par nous"}
    boucle = [un_message(f"{rang}", Message_ID=f"<b{rang}@x>").as_bytes() for rang in range(PAR_HEURE_MAX + 3)]
    await bureau.recevoir(*boucle)
    await bureau.recevoir()  # twenty messages are read at a time
    assert len(await bureau.demandes()) <= PAR_HEURE_MAX
    assert any(c["motif"].startswith("trop de messages") for c in await bureau.courriers("ecarte"))


async def test_un_message_qu_on_ne_sait_pas_traiter_ne_retient_pas_les_suivants(bureau: Bureau) -> None:
    illisible = b"From: a@b.fr\r\nMessage-ID: <i1@x>\r\nContent-Type: " + b"(" * 3000 + b"\r\n\r\nx"
    casse = un_message("+2AA-", Message_ID="<i2@x>", From="autre@ailleurs.fr").as_bytes()
    await bureau.recevoir(illisible, casse.replace(b'charset="utf-8"', b"charset=utf-7"))
    # the type of demande that mails open is no longer used
    means = bureau.monde.database.means
    lend(
        bureau.monde.database,
        means.settings.model_copy(update={"imap_demand_type": "disparu"}),
        renderer=means.renderer,
    )
    await bureau.recevoir(un_message("Du client", Message_ID="<i3@x>").as_bytes())
    attendent = {c["de"]: c["motif"] for c in await bureau.courriers("a_rattacher")}
    assert "disparu" in attendent.pop("zoe@mairie.fr")
    assert attendent == {"autre@ailleurs.fr": ""}
    assert bureau.serveur.compter(f"UNKEYWORD {MARQUE}") == 0
    # the database refuses every demande
    lend(bureau.monde.database, means.settings, renderer=means.renderer)
    async with bureau.monde.database.transaction(Actor.systeme("Essai")) as tx:
        await tx.execute(text("ALTER TABLE demande ADD CONSTRAINT plein CHECK (numero = '')"))
    await bureau.recevoir(un_message("Encore", Message_ID="<i4@x>").as_bytes())
    assert bureau.serveur.compter(f"UNKEYWORD {MARQUE}") == 0
    dernier = (await bureau.courriers("a_rattacher"))[0]
    assert (dernier["texte"], dernier["motif"]) == ("Encore", "il n’a pas pu être traité tout seul")


async def test_une_boite_inaccessible_ne_casse_rien(bureau: Bureau) -> None:
    means = bureau.monde.database.means
    for change in ({"imap_port": 1}, {"imap_folder": "Absent"}):
        lend(bureau.monde.database, means.settings.model_copy(update=change), renderer=means.renderer)
        assert await relever(bureau.monde.database) == 0


def un_retour(courriel_id: UUID, action: str = "failed", *, entier: bool = True) -> bytes:
    """What Postfix sends back; the message that left is joined whole, or its headers alone."""
    parti = f"From: devis@alpes.example\r\nTo: zoe@mairie.fr\r\nMessage-ID: <{courriel_id}@alpes.example>\r\nSubject: Devis\r\n\r\n"
    return (
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.exemple.fr (Mail Delivery System)\r\nTo: devis@alpes.example\r\n"
        f"Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{new_id()}@mx.exemple.fr>\r\nAuto-Submitted: auto-replied\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="R"\r\n\r\n'
        "--R\r\nContent-Type: text/plain\r\n\r\nI'm sorry to have to inform you...\r\n"
        "--R\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.exemple.fr\r\n\r\n"
        f"Final-Recipient: rfc822; Zoe@mairie.fr\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <zoe@mairie.fr>: User unknown\r\n\r\n"
        f"--R\r\nContent-Type: {'message/rfc822' if entier else 'text/rfc822-headers'}\r\n\r\n{parti}\r\n--R--\r\n"
    ).encode()


@pytest.mark.parametrize("entier", [True, False])
async def test_un_message_qui_revient_est_dit_une_fois_et_n_ouvre_rien(bureau: Bureau, entier: bool) -> None:
    courriel_id = uuid5(new_id(), "devis")
    retour = un_retour(courriel_id, entier=entier)
    assert await bureau.recevoir(retour) == 1
    assert await bureau.recevoir(retour) == 0
    faits = await annonces(bureau.monde.database, CourrielNonRemis)
    assert faits == [
        CourrielNonRemis(
            courriel_id=courriel_id,
            destinataire="zoe@mairie.fr",
            raison="550 5.1.1 <zoe@mairie.fr>: User unknown",
        )
    ]
    assert await bureau.demandes() == []
    (ecarte,) = await bureau.courriers("ecarte")
    assert ecarte["motif"] == "réponse automatique"


async def test_un_retard_ou_le_retour_d_un_message_etranger_ne_disent_rien(bureau: Bureau) -> None:
    etranger = un_retour(new_id()).replace(b"<", b"<x", 99)
    assert await bureau.recevoir(un_retour(new_id(), "delayed"), etranger) == 2
    assert await annonces(bureau.monde.database, CourrielNonRemis) == []
