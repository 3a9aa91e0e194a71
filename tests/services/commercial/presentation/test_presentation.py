"""How devis look: written version by version, never a template, and what was signed prints the same bytes for ever."""

import base64
import hashlib
import io

import httpx
import pikepdf
import pytest
from pypdf import PdfReader

from services.commercial.presentation import rules
from shared.database.database import Database
from shared.testing.boite import Boite
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien
from tests.services.commercial.signature.test_sceau import repondre
from tests.shared.documents.lecture import CachetLu, lire_cachet, syntaxe

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10" height="10"/></svg>'


def lu(pdf: bytes) -> str:
    return lu_page(texte(pdf))


def lu_page(page: str) -> str:
    return page.replace("\u202f", " ").replace("\xa0", " ")


def un_pdf(*pages: str, secret: str = "") -> bytes:
    """Somebody's file, one page for each text, under a tree of pages whose resources are inherited; locked by `secret`."""
    police = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    with pikepdf.new() as pdf:
        for dit in pages:
            page = pdf.add_blank_page(page_size=(595, 842)).obj
            page.Contents = pdf.make_stream(f"BT /F1 24 Tf 72 700 Td ({dit}) Tj ET".encode())
            del page["/Resources"]
        pdf.Root.Pages.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=police))
        sortie = io.BytesIO()
        pdf.save(sortie, encryption=pikepdf.Encryption(owner=secret, user=secret) if secret else False)
    return sortie.getvalue()


async def ecrire(client: httpx.AsyncClient, rang: int | None = None, **saisie: object) -> httpx.Response:
    entetes = {} if rang is None else {"If-Match": str(rang)}
    return await client.put("/presentations", json=saisie, headers=entetes)


@pytest.mark.parametrize(
    "texte_tape", ["{{ 7*7 }}", "{% for x in y %}", "{client.__class__}", "{0}", "<script>x</script>"]
)
def test_a_text_knows_its_variables_and_nothing_else(texte_tape: str) -> None:
    assert rules.remplacer(texte_tape, {"client": "Martin"}) == texte_tape
    assert rules.remplacer("Pour {Client}, {inconnu}", {"client": "Martin"}) == "Pour Martin, {inconnu}"


async def test_a_devis_takes_the_presentation_of_its_agency_and_keeps_the_one_it_was_signed_with(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client, [b.une_ligne(remise="10")])
    document = f"/propositions/{devis['id']}/document"
    nu = lu((await client.get(document)).content)
    assert "10 %" in nu
    reponse = await ecrire(
        client,
        0,
        couleur="#884400",
        entete="{{ 7*7 }} <b>Agence</b> de {client}",
        pied="Pied {numero}",
        mentions="Première mention\nGaranti à {client}",
        conditions="Paiement avant le {validite}",
        sans=["remise", "tva"],
        logo=base64.b64encode(SVG).decode(),
    )
    assert (reponse.status_code, reponse.json()["rang"], reponse.json()["a_logo"]) == (200, 1, True)
    habille = lu((await client.get(document)).content)
    for dit in (
        "{{ 7*7 }} <b>Agence</b> de Cabinet",
        f"Pied {devis['numero']}",
        "Première mention",
        "Paiement avant le",
    ):
        assert dit in habille, dit
    assert "10 %" not in habille
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Lefèvre"})
    signe = (await client.get(document)).content
    assert (await ecrire(client, 0, pied="Autre")).json()["code"] == "presentation_changee"
    assert (await ecrire(client, 1, pied="Tout autre pied")).json()["rang"] == 2
    assert hashlib.sha256((await client.get(document)).content).digest() == hashlib.sha256(signe).digest()
    autre = await b.un_devis(client)
    assert "Tout autre pied" in lu((await client.get(f"/propositions/{autre['id']}/document")).content)


async def test_general_conditions_follow_the_devis_in_the_file_that_is_mailed_hashed_and_sealed(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    cgv = un_pdf("Article 1", "Article 2")
    pose = (await client.put("/presentations/cgv", params={"nom": "CGV 2026.pdf"}, content=cgv)).json()
    assert (await ecrire(client, cgv_sha256=pose["sha256"], cgv_nom=pose["nom"])).json()["cgv_nom"] == "CGV 2026.pdf"
    devis = await b.un_devis(client)
    projets = [(await client.get(f"/propositions/{devis['id']}/document")).content for _ in range(2)]
    assert projets[0] == projets[1]
    await b.envoyer(client, database, devis["id"])
    contenu = (await client.get(f"/propositions/{devis['id']}/document")).content
    pages = [lu_page(page.extract_text()) for page in PdfReader(io.BytesIO(contenu)).pages]
    assert [page.strip() for page in pages[-2:]] == ["Article 1", "Article 2"]
    assert pose["sha256"][:16] in " ".join(pages[:-2])
    assert "No syntax or stream encoding errors" in syntaxe(contenu)
    (piece,) = [part for part in boite.recus[-1].walk() if part.get_filename()]
    assert piece.get_payload(decode=True) == contenu
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert envoi["document_sha256"] == hashlib.sha256(contenu).hexdigest()
    lien = dernier_lien(boite)
    assert (await client.get(lien)).json()["cgv_nom"] == "CGV 2026.pdf"
    assert (await client.get(f"{lien}/conditions")).content == cgv
    await client.post(f"{lien}/accepter", json=ACCORD)
    await repondre(database)
    scelle = (await client.get(f"{lien}/document-signe")).content
    assert scelle[: len(contenu)] == contenu
    assert lire_cachet(scelle) == CachetLu("Alpes Réseaux", est_intact=True, couvre_tout=True)
    assert (await client.put("/presentations/cgv", params={"nom": "x.pdf"}, content=b"<html>")).status_code == 422
    for mauvais in (b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", un_pdf("x", secret="x")):
        refus = await client.put("/presentations/cgv", params={"nom": "x.pdf"}, content=mauvais)
        assert (refus.status_code, refus.json()["code"]) == (422, "cgv_refusees"), mauvais[:20]
    assert (await ecrire(client, cgv_sha256="0" * 64, cgv_nom="x")).json()["code"] == "cgv_refusees"


async def test_an_example_is_printed_and_nothing_kept_and_a_hostile_logo_is_refused(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    exemple = await client.post("/presentations/apercu", json={"pied": "Au pied de {client}", "sans": ["numero"]})
    assert exemple.headers["content-type"] == "application/pdf"
    assert "Au pied de Cabinet Exemple" in lu(exemple.content)
    assert (await client.get("/presentations")).json()["rang"] == 0
    piege = base64.b64encode(b'<svg xmlns="x"><script>alert(1)</script></svg>').decode()
    assert (await ecrire(client, logo=piege)).json()["code"] == "logo_refuse"
    vendeur = await service_client("commercial", database, "devis.lire", "devis.modifier")
    assert (await ecrire(vendeur, pied="x")).status_code == 403
