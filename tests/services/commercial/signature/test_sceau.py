"""What an answer causes: the signed file is the one that was sent, sealed; staff are told, once."""

import io
import stat
from email.message import EmailMessage

import httpx
import pytest
from pypdf import PdfReader

from shared.contracts.commercial import ReponseClientRecue
from shared.courriel.errors import ServeurIndisponible
from shared.database.database import Database
from shared.settings import Settings
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien, envoye
from tests.shared.documents.lecture import CachetLu, lire_cachet


async def repondre(database: Database) -> None:
    """Let the job of the last answer run, twice as the bus may."""
    fait = (await b.annonces(database, ReponseClientRecue))[-1]
    for _ in range(2):
        await b.recevoir(database, fait)


def piece(courriel: EmailMessage) -> bytes:
    (jointe,) = courriel.iter_attachments()
    return bytes(jointe.get_payload(decode=True))


async def test_the_sealed_file_begins_with_the_one_that_was_sent(
    client: httpx.AsyncClient, database: Database, boite: Boite, test_settings: Settings
) -> None:
    devis, lien = await envoye(client, database, boite)
    assert (await client.get(f"{lien}/document-signe")).status_code == 404
    envoi = (await client.get(f"/propositions/{devis['id']}/envois")).json()[0]
    await client.post(f"{lien}/accepter", json=ACCORD)
    await repondre(database)
    recu = (await client.get(f"{lien}/document")).content
    scelle = (await client.get(f"{lien}/document-signe")).content
    assert scelle[: len(recu)] == recu
    assert lire_cachet(scelle) == CachetLu("Alpes Réseaux", est_intact=True, couvre_tout=True)
    assert scelle == (await client.get(f"/propositions/{devis['id']}/document?forme=signee")).content
    preuve = PdfReader(io.BytesIO(scelle)).pages[-1].extract_text().replace("\xa0", " ").replace("\n", "")
    for attendu in ("Mme Martin", "Gérante", "203.0.113.7", "Firefox", envoi["document_sha256"], "heure de Paris"):
        assert attendu in preuve
    assert b"SECRET-REF" not in scelle
    vue = (await client.get(f"/propositions/{devis['id']}/signature")).json()
    assert vue["document_sha256"] == envoi["document_sha256"] != vue["document_signe_sha256"]
    cle = test_settings.storage_folder / "cachet.pem"
    assert stat.S_IMODE(cle.stat().st_mode) == 0o600


async def test_a_changed_byte_breaks_the_seal(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    _, lien = await envoye(client, database, boite)
    await client.post(f"{lien}/accepter", json=ACCORD)
    await repondre(database)
    scelle = bytearray((await client.get(f"{lien}/document-signe")).content)
    scelle[scelle.index(b"%PDF-1.") + 7] ^= 1
    assert not lire_cachet(bytes(scelle)).est_intact


async def test_staff_and_client_receive_what_was_signed_once(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    await client.post(f"{lien}/accepter", json=ACCORD)
    await repondre(database)
    _envoi, commercial, copie = boite.recus
    assert (commercial["To"], "accepté" in commercial["Subject"]) == ("manon@alpes.example", True)
    assert (copie["To"], "Votre accord" in copie["Subject"]) == ("cabinet@example.fr", True)
    assert piece(commercial) == piece(copie) == (await client.get(f"{lien}/document-signe")).content
    corps = commercial.get_body(("plain",))
    assert corps is not None
    assert f"/devis/propositions/{devis['id']}" in corps.get_content()


async def test_a_mail_server_that_is_down_loses_neither_seal_nor_notice(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    _, lien = await envoye(client, database, boite)
    await client.post(f"{lien}/accepter", json=ACCORD)
    boite.est_fermee = True
    fait = (await b.annonces(database, ReponseClientRecue))[-1]
    with pytest.raises(ServeurIndisponible):
        await b.recevoir(database, fait)
    scelle = (await client.get(f"{lien}/document-signe")).content
    assert lire_cachet(scelle) == CachetLu("Alpes Réseaux", est_intact=True, couvre_tout=True)
    boite.est_fermee = False
    await b.recevoir(database, fait)
    assert [c["To"] for c in boite.recus[1:]] == ["manon@alpes.example", "cabinet@example.fr"]
    assert (await client.get(f"{lien}/document-signe")).content == scelle


async def test_a_question_and_a_refusal_reach_the_salesman(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    question = {"nom": "Mme Martin", "texte": "Le câblage est-il compris ?"}
    vue = await client.post(f"{lien}/questions", json=question)
    assert (vue.status_code, vue.json()["questions"][0]["texte"]) == (201, question["texte"])
    await repondre(database)
    await client.post(f"{lien}/refuser", json={"motif": "Trop cher"})
    await repondre(database)
    for courriel, mots in zip(boite.recus[1:], (question["texte"], "Trop cher"), strict=True):
        corps = courriel.get_body(("plain",))
        assert corps is not None
        assert (courriel["To"], mots in corps.get_content()) == ("manon@alpes.example", True)
    reponses = (await client.get(f"/propositions/{devis['id']}/reponses")).json()
    assert [(r["genre"], r["texte"]) for r in reponses] == [("refus", "Trop cher"), ("question", question["texte"])]
    assert all(r["avise_le"] for r in reponses)
    tard = await client.post(f"{lien}/questions", json=question)
    assert (tard.status_code, tard.json()["code"]) == (409, "deja_repondu")


async def test_questions_of_a_link_are_bounded(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    _, lien = await envoye(client, database, boite)
    question = {"nom": "Mme Martin", "texte": "Encore ?"}
    statuts = [(await client.post(f"{lien}/questions", json=question)).status_code for _ in range(21)]
    assert statuts == [201] * 20 + [409]


@pytest.mark.parametrize(
    ("trace", "nom_vaut", "statut"),
    [
        ("M1 1L2 2M3 3L4 4", False, 200),
        ("", True, 200),
        ("", False, 422),
        ("M1 1", False, 422),
        ('M1 1L2 2"/><script>', False, 422),
        ("M1 1" + "L2 2" * 6000, False, 422),
    ],
)
async def test_only_a_drawing_signs_unless_the_name_does(
    client: httpx.AsyncClient, database: Database, boite: Boite, trace: str, nom_vaut: bool, statut: int
) -> None:
    devis, lien = await envoye(client, database, boite)
    reponse = await client.post(f"{lien}/accepter", json={**ACCORD, "trace": trace, "nom_vaut_signature": nom_vaut})
    assert reponse.status_code == statut, reponse.text
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == (
        "valide" if statut == 200 else "envoye"
    )


async def test_an_answer_to_a_proposition_without_salesman_reaches_the_company(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, _ = await envoye(client, database, boite)
    p = (await client.get(f"/propositions/{devis['id']}")).json()
    tete = {c: p[c] for c in ("objet", "valide_jusqu_au")} | {"commercial_id": None}
    await client.put(f"/propositions/{devis['id']}", json=tete, headers={"If-Match": f'"{p["version"]}"'})
    await b.envoyer(client, database, devis["id"])
    await client.post(f"{dernier_lien(boite)}/refuser", json={"motif": ""})
    await repondre(database)
    assert boite.recus[-1]["To"] == "contact@alpes.example"
