"""The client's link: what it shows, what it allows, once, until it expires or is replaced."""

import asyncio
import re
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.commercial.proposition.rules.statuts import Statut
from services.commercial.signature import rules
from services.commercial.signature.rules import EtatLien
from shared.contracts.commercial import DevisRefuse, DevisValide
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.fixtures import Jeton, ServiceClient
from tests.builders import commercial as b

ACCORD = {
    "nom": "Mme Martin",
    "qualite": "Gérante",
    "adresse_ip": "203.0.113.7",
    "navigateur": "Firefox",
    "trace": "M10 100L200 40L590 160",
}


def dernier_lien(boite: Boite) -> str:
    """The address in the last mail."""
    corps = boite.recus[-1].get_body(("plain",))
    assert corps is not None
    trouve = re.search(r"/portail/devis/[\w-]+", corps.get_content())
    assert trouve is not None
    return trouve.group()


async def envoye(client: httpx.AsyncClient, database: Database, boite: Boite) -> tuple[dict[str, str], str]:
    produit = b.un_produit("SECRET-REF", "Produit secret")
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    await b.envoyer(client, database, devis["id"])
    return devis, dernier_lien(boite)


async def test_the_link_shows_the_offer_and_nothing_of_its_cost(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    page = await client.get(lien)
    offre = page.json()
    assert (offre["etat"], offre["numero"], offre["societe"]) == ("ouvert", devis["numero"], "Alpes Réseaux")
    assert offre["contenu"]["lignes"][0]["designation"] == "Enregistreur NVR"
    assert offre["contenu"]["total_ttc"] == "180.00"
    for interdit in ("cout", "marge", "marque", "SECRET", "Produit secret", "produits"):
        assert interdit not in page.text
    assert (await client.get(f"{lien}/document")).content[:5] == b"%PDF-"


async def test_only_the_fingerprint_of_a_link_is_kept(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    _, lien = await envoye(client, database, boite)
    jeton = lien.rpartition("/")[2]
    async with database.read() as session:
        for table in ("lien_signature", "envoi", "outbox", "audit"):
            lignes = (await session.execute(text(f"SELECT t::text FROM {table} t"))).scalars().all()
            assert not any(jeton in ligne for ligne in lignes)


async def test_accepting_validates_with_its_proof_once(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    reponses = await asyncio.gather(*(client.post(f"{lien}/accepter", json=ACCORD) for _ in range(4)))
    assert {r.status_code for r in reponses} == {200}
    assert {(r.json()["etat"], r.json()["signe_par"]) for r in reponses} == {("accepte", "Mme Martin")}
    (fait,) = await b.annonces(database, DevisValide)
    assert (fait.valide_par, str(fait.proposition_id)) == ("Mme Martin", devis["id"])
    envoi = (await client.get(f"/propositions/{devis['id']}/envois")).json()[0]
    async with database.read() as session:
        signature = (await session.execute(text("SELECT * FROM signature"))).mappings().one()
        auteur = await session.scalar(
            text("SELECT par_nom || ' ' || origine FROM audit WHERE objet_id = :id ORDER BY id DESC LIMIT 1"),
            {"id": UUID(devis["id"])},
        )
    assert (signature["mode"], signature["nom"], signature["qualite"]) == ("en_ligne", "Mme Martin", "Gérante")
    assert (signature["adresse_ip"], signature["navigateur"]) == ("203.0.113.7", "Firefox")
    assert signature["document_sha256"] == envoi["document_sha256"]
    assert auteur == "Mme Martin (client) portail"


async def test_refusing_says_why_and_closes_the_link(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    for _ in range(2):
        assert (await client.post(f"{lien}/refuser", json={"motif": "Trop cher"})).json()["etat"] == "refuse"
    (fait,) = await b.annonces(database, DevisRefuse)
    assert (fait.motif, fait.est_refus_client) == ("Trop cher", True)
    tard = await client.post(f"{lien}/accepter", json=ACCORD)
    assert (tard.status_code, tard.json()["code"]) == (409, "deja_repondu")
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "refuse"


async def test_a_new_mail_or_a_change_replaces_the_link(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, ancien = await envoye(client, database, boite)
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"  # type: ignore[index]
    await client.patch(url, json={"quantite": "2"})
    assert (await client.get(ancien)).json()["etat"] == "remplace"
    await b.envoyer(client, database, devis["id"])
    nouveau = dernier_lien(boite)
    page = (await client.get(ancien)).json()
    assert (page["etat"], page["contenu"]) == ("remplace", None)
    assert "remplacée" in page["phrase"]
    for verbe in ("accepter", "refuser"):
        refus = await client.post(f"{ancien}/{verbe}", json=ACCORD)
        assert (refus.status_code, refus.json()["code"]) == (409, "lien_remplace")
    assert (await client.get(nouveau)).json()["etat"] == "ouvert"


async def test_the_link_expires_with_the_offer(
    client: httpx.AsyncClient, database: Database, boite: Boite, clock: FrozenClock, jeton: Jeton
) -> None:
    _, lien = await envoye(client, database, boite)
    clock.advance(timedelta(days=31))
    client.headers.update(jeton())
    page = (await client.get(lien)).json()
    assert (page["etat"], page["contenu"]) == ("expire", None)
    refus = await client.post(f"{lien}/accepter", json=ACCORD)
    assert (refus.status_code, refus.json()["code"]) == (409, "lien_expire")
    assert await b.annonces(database, DevisValide) == []


async def test_the_link_of_a_sister_says_another_was_retained(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis, lien = await envoye(client, database, boite)
    autre = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    await client.post(f"/propositions/{autre['id']}/valider", json={"signe_par": "Mme Martin"})
    assert (await client.get(lien)).json()["etat"] == "clos"
    assert (await client.post(f"{lien}/accepter", json=ACCORD)).json()["code"] == "deja_repondu"


async def test_an_invented_link_opens_nothing(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    faux = "/portail/devis/" + "x" * 43
    assert (await client.get(faux)).json()["code"] == "lien_inconnu"
    assert (await client.post(f"{faux}/accepter", json=ACCORD)).status_code == 404
    personnel = await service_client("commercial", database, "devis.lire", "devis.valider")
    assert (await personnel.get(faux)).status_code == 403


@pytest.mark.parametrize("statut", list(Statut))
@pytest.mark.parametrize("est_remplace", [True, False])
@pytest.mark.parametrize("est_a_jour", [True, False])
@pytest.mark.parametrize("jours", [-1, 0, 1])
def test_a_link_is_open_only_when_everything_holds(
    clock: FrozenClock, statut: Statut, est_remplace: bool, est_a_jour: bool, jours: int
) -> None:
    fin = clock.now().date()
    etat = rules.etat(
        statut,
        valide_jusqu_au=fin,
        aujourd_hui=fin + timedelta(days=jours),
        est_remplace=est_remplace,
        est_a_jour=est_a_jour,
    )
    ouvrable = statut in (Statut.BROUILLON, Statut.ENVOYE) and est_a_jour and not est_remplace and jours <= 0
    assert (etat is EtatLien.OUVERT) is ouvrable


async def test_the_file_of_a_link_closes_with_it(
    client: httpx.AsyncClient, database: Database, boite: Boite, clock: FrozenClock, jeton: Jeton
) -> None:
    devis, ancien = await envoye(client, database, boite)
    ligne = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"  # type: ignore[index]
    await client.patch(ligne, json={"quantite": "2"})
    perime = await client.get(f"{ancien}/document")
    assert (perime.status_code, perime.json()["code"]) == (409, "lien_remplace")
    await b.envoyer(client, database, devis["id"])
    nouveau = dernier_lien(boite)
    assert (await client.get(f"{ancien}/document")).json()["code"] == "lien_remplace"
    assert (await client.get(nouveau)).json()["a_document"]
    assert (await client.get(f"{nouveau}/document")).content[:5] == b"%PDF-"
    clock.advance(timedelta(days=31))
    client.headers.update(jeton())
    assert (await client.get(f"{nouveau}/document")).json()["code"] == "lien_expire"
    assert not (await client.get(nouveau)).json()["a_document"]


async def test_what_was_accepted_stays_readable_by_the_link_that_accepted_it(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client, [b.une_ligne(), b.une_ligne(est_option=True, est_retenue=False)])
    await b.envoyer(client, database, devis["id"])
    ancien = dernier_lien(boite)
    await b.envoyer(client, database, devis["id"])
    lien = dernier_lien(boite)
    vue = (await client.post(f"{lien}/accepter", json=ACCORD | {"choix": [devis["lignes"][1]["id"]]})).json()
    assert (vue["etat"], vue["a_document"]) == ("accepte", True)
    assert (await client.get(f"{lien}/document")).content[:5] == b"%PDF-"
    assert (await client.get(f"{ancien}/document")).json()["code"] == "lien_remplace"
