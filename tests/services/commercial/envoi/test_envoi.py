"""The devis printed, kept and mailed by the job: once, without a hidden product, with what it needs to be answered."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from shared.contracts.commercial import BesoinsPressentis, DevisEnvoye, EnvoiDevisDemande
from shared.courriel.errors import ServeurIndisponible
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

SAISIE = {"destinataires": ["cabinet@example.fr"], "sujet": "Votre devis", "message": "Bonjour,\n\nVoici notre offre."}
SECRETS = ("SECRET-REF", "Produit secret", "Note secrète", "123,45", "684,50")


def texte(pdf: bytes) -> str:
    """The words of a PDF, blanks made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


async def un_devis_complet(client: httpx.AsyncClient, database: Database) -> dict[str, Any]:
    produit = b.un_produit("SECRET-REF", "Produit secret", prix_achat_ht=Decimal("123.45"))
    await b.recevoir(database, produit)
    cache = {"produit_id": str(produit.produit_id), "note": "Note secrète", "quantite": "2"}
    return await b.un_devis(
        client,
        [
            {"genre": "section", "designation": "Vidéosurveillance"},
            b.une_ligne(
                designation="Enregistreur NVR 16 voies", description="Continu 30 jours\n- accès mobile",
                cout_ht="684.50", marge="38", produits=[cache],
            ),
            b.une_ligne(designation="Pose", cout_ht="40", marge="50", quantite="6", unite="h", taux_tva="10"),
            {"genre": "commentaire", "designation": "Hors gros œuvre."},
        ],
    )  # fmt: skip


@pytest.mark.feature("CO-10")
async def test_the_mail_carries_the_pdf_and_no_hidden_product(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await un_devis_complet(client, database)
    envoi = await b.envoyer(client, database, devis["id"])
    assert (envoi["etat"], envoi["destinataires"], envoi["erreur"]) == ("envoye", ["cabinet@example.fr"], "")
    (message,) = boite.recus
    assert (message["To"], message["Subject"]) == ("cabinet@example.fr", "Votre devis")
    assert message["Reply-To"] == "manon@alpes.example"
    (piece,) = message.iter_attachments()
    assert piece.get_filename() == f"Devis {devis['numero']}.pdf"
    pdf = piece.get_content()
    corps = " ".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text")
    lien = corps[corps.index("/portail/devis/") :].split()[0].split('"')[0]
    page = await client.get(lien)
    document = await client.get(f"/propositions/{devis['id']}/document")
    assert document.content == pdf
    for cherche in SECRETS:
        for endroit in (texte(pdf), corps, page.text, pdf.decode("latin-1")):
            assert cherche not in endroit
    (fait,) = await b.annonces(database, DevisEnvoye)
    assert (fait.numero, fait.destinataires) == (devis["numero"], ("cabinet@example.fr",))
    assert fait.document_sha256 == envoi["document_sha256"]
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "envoye"


@pytest.mark.feature("CO-17", "CO-03")
async def test_the_pdf_says_all_a_devis_must(client: httpx.AsyncClient, database: Database) -> None:
    devis = await un_devis_complet(client, database)
    tete = {"objet": "Rénovation vidéo", "valide_jusqu_au": "2026-04-16", "acompte_pourcent": "30",
            "conditions": "Garantie deux ans.", "commercial_id": str(b.COMMERCIAL)}  # fmt: skip
    await client.put(f"/propositions/{devis['id']}", json=tete)
    reponse = await client.get(f"/propositions/{devis['id']}/document")
    assert reponse.headers["content-type"] == "application/pdf"
    lu = texte(reponse.content).replace("\u202f", " ").replace("\xa0", " ")
    for attendu in (
        "Alpes Réseaux", "SAS au capital de 120 000 €", devis["numero"], "17 mars 2026", "16 avril 2026",
        "Cabinet dentaire Martin-Lefèvre", "12 rue du Lac", "74000 Annecy", "Vidéosurveillance",
        "Enregistreur NVR 16 voies", "Continu 30 jours - accès mobile", "944,61", "Hors gros œuvre.",
        "1 304,61 €", "TVA 10 %", "TVA 20 %", "1 529,53 €", "Acompte à la commande (30 %)", "458,87 €",
        "Garantie deux ans.", "Bon pour accord", "Manon Leclerc", "PROJET",
    ):  # fmt: skip
        assert attendu in lu, attendu


async def test_the_job_called_twice_sends_once(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    devis = await un_devis_complet(client, database)
    await b.envoyer(client, database, devis["id"])
    await b.recevoir(database, *await b.annonces(database, EnvoiDevisDemande))
    assert len(boite.recus) == 1
    assert len(await b.annonces(database, DevisEnvoye)) == 1


async def test_a_silent_server_is_tried_again_with_the_same_message_id(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await un_devis_complet(client, database)
    boite.est_fermee = True
    await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)
    (fait,) = await b.annonces(database, EnvoiDevisDemande)
    with pytest.raises(ServeurIndisponible):
        await b.recevoir(database, fait)
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert (envoi["etat"], "sera retenté" in envoi["erreur"]) == ("demande", True)
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "brouillon"
    boite.est_fermee = False
    await b.recevoir(database, fait)
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert (envoi["etat"], envoi["erreur"]) == ("envoye", "")


async def test_a_refused_address_is_told_and_can_be_corrected(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await un_devis_complet(client, database)
    faux = SAISIE | {"destinataires": ["personne@refuse.example"]}
    await client.post(f"/propositions/{devis['id']}/envoyer", json=faux)
    await b.recevoir(database, *await b.annonces(database, EnvoiDevisDemande))
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert (envoi["etat"], "unknown user" in envoi["erreur"]) == ("echec", True)
    deux = SAISIE | {"destinataires": ["personne@refuse.example", "cabinet@example.fr"]}
    await client.post(f"/propositions/{devis['id']}/envoyer", json=deux)
    await b.recevoir(database, (await b.annonces(database, EnvoiDevisDemande))[-1])
    envoi = (await client.get(f"/propositions/{devis['id']}/envois")).json()[0]
    assert (envoi["etat"], len(envoi["refus"]), len(boite.recus)) == ("envoye", 1, 1)
    (fait,) = await b.annonces(database, DevisEnvoye)
    assert fait.destinataires == ("cabinet@example.fr",)


@pytest.mark.parametrize("adresse", ["pas une adresse", "a@b.fr\nBcc: c@d.fr", "a@b.fr, c@d.fr"])
async def test_a_bad_address_is_refused_at_once(client: httpx.AsyncClient, adresse: str) -> None:
    devis = await b.un_devis(client)
    refus = await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE | {"destinataires": [adresse]})
    assert refus.status_code == 422


async def test_an_expired_offer_must_be_prolonged_before_it_is_sent(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    await client.put(f"/propositions/{devis['id']}", json={"objet": "x", "valide_jusqu_au": "2026-03-16"})
    refus = await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)
    assert (refus.status_code, refus.json()["code"]) == (409, "validite_depassee")
    assert "16/03/2026" in refus.json()["detail"]


async def test_a_proposition_closed_meanwhile_is_not_sent(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client)
    await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Martin"})
    await b.recevoir(database, *await b.annonces(database, EnvoiDevisDemande))
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert (envoi["etat"], boite.recus) == ("echec", [])


async def test_unsigned_needs_are_told_when_sent_changed_and_closed(
    client: httpx.AsyncClient, database: Database
) -> None:
    devis = await un_devis_complet(client, database)
    await b.envoyer(client, database, devis["id"])
    ligne = devis["lignes"][1]
    url = f"/propositions/{devis['id']}/lignes/{ligne['id']}"
    await client.patch(url, json={"quantite": "2"})
    await client.patch(f"{url}/produits/{ligne['produits'][0]['id']}", json={"quantite": "5"})
    await client.post(f"/propositions/{devis['id']}/refuser", json={"motif": "Trop cher"})
    faits = await b.annonces(database, BesoinsPressentis)
    assert [[p.quantite for p in f.produits] for f in faits] == [[2], [4], [5], []]


async def test_what_was_sent_stays_readable_after_a_change(client: httpx.AsyncClient, database: Database) -> None:
    devis = await un_devis_complet(client, database)
    await b.envoyer(client, database, devis["id"])
    url = f"/propositions/{devis['id']}"
    envoye = (await client.get(f"{url}/document")).content
    await client.patch(f"{url}/lignes/{devis['lignes'][1]['id']}", json={"designation": "Autre matériel"})
    vue = (await client.get(url)).json()
    assert (vue["statut"], vue["est_modifiee_depuis_envoi"]) == ("envoye", True)
    assert "Autre matériel" in texte((await client.get(f"{url}/document")).content)
    assert (await client.get(f"{url}/document", params={"forme": "envoyee"})).content == envoye


async def test_nothing_was_sent_yet(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    refus = await client.get(f"/propositions/{devis['id']}/document", params={"forme": "envoyee"})
    assert (refus.status_code, refus.json()["code"]) == (404, "document_absent")


async def test_without_a_company_there_is_no_document(client: httpx.AsyncClient, database: Database) -> None:
    from sqlalchemy import text

    devis = await b.un_devis(client)
    async with database.engine.begin() as connexion:
        await connexion.execute(text("DELETE FROM copie_societe"))
    refus = await client.get(f"/propositions/{devis['id']}/document")
    assert (refus.status_code, refus.json()["code"]) == (409, "societe_non_renseignee")


async def test_the_dialog_starts_from_a_ready_message(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    projet = (await client.get(f"/propositions/{devis['id']}/projet-envoi")).json()
    assert projet["destinataires"] == ["cabinet@example.fr"]
    assert devis["numero"] in projet["sujet"]
    assert "16 avril 2026".replace(" ", "\xa0") in projet["message"]


async def test_sending_needs_its_own_right(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient, clock: FrozenClock
) -> None:
    clock.advance(timedelta(seconds=1))
    devis = await b.un_devis(client)
    redacteur = await service_client("commercial", database, "devis.lire", "devis.modifier")
    assert (await redacteur.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)).status_code == 403


async def test_a_product_without_selling_price_is_marked_and_holds_the_sending(
    client: httpx.AsyncClient, database: Database
) -> None:
    produit = b.un_produit(prix_vente_ht=None, prix_achat_ht=Decimal(398))
    await b.recevoir(database, produit)
    devis = await b.un_devis(client)
    corps = {"produit_id": str(produit.produit_id), "quantite": "1"}
    contenu = (await client.post(f"/propositions/{devis['id']}/depuis-produit", json=corps)).json()
    assert [ligne["a_fixer"] for ligne in contenu["lignes"]] == [False, True]
    refus = await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)
    assert (refus.status_code, refus.json()["code"]) == (409, "prix_a_fixer")
    assert "« NVR 16 voies 4K »" in refus.json()["detail"]
    ligne = f"/propositions/{devis['id']}/lignes/{contenu['lignes'][1]['id']}"
    await client.patch(ligne, json={"prix_fixe_ht": "398"})
    assert (await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)).status_code == 202
