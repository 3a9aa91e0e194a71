"""Reminders: due once, by mail or by a call, for devis that still wait for an answer."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from services.commercial.periodique import taches_periodiques
from services.commercial.relance import rules
from services.commercial.relance.rules import Etape, GenreRelance
from shared.contracts.commercial import RelanceDevisDemandee
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.fixtures import Jeton, ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.signature.test_portail import dernier_lien

COURRIEL = {
    "jours": 7,
    "genre": "courriel",
    "sujet": "Votre devis {numero}",
    "message": "Bonjour,\n\nAvez-vous pu étudier « {objet} » ? Il est valable jusqu’au {validité}.",
}
APPEL = {"jours": 15, "genre": "appel"}
Avancer = Callable[[int], Any]


@pytest.fixture
async def avancer(client: httpx.AsyncClient, database: Database, clock: FrozenClock, jeton: Jeton) -> Avancer:
    """`await avancer(days)`: time passes, the periodic tasks run twice, the mails they ask for leave."""

    async def passe(jours: int) -> None:
        clock.advance(timedelta(days=jours))
        client.headers.update(jeton())
        deja = len(await b.annonces(database, RelanceDevisDemandee))
        for _ in range(2):
            await taches_periodiques(database)
        for fait in (await b.annonces(database, RelanceDevisDemandee))[deja:]:
            await b.recevoir(database, fait)

    return passe


async def preparer(client: httpx.AsyncClient, database: Database, *etapes: dict[str, Any]) -> dict[str, Any]:
    assert (await client.put("/schema-relance", json={"etapes": list(etapes)})).status_code == 204
    devis = await b.un_devis(client)
    await b.envoyer(client, database, devis["id"])
    return devis


async def relances(client: httpx.AsyncClient, **filtre: Any) -> list[dict[str, Any]]:
    vues: list[dict[str, Any]] = (await client.get("/relances", params=filtre)).json()["elements"]
    return vues


async def test_a_mail_then_a_call_each_once(
    client: httpx.AsyncClient, database: Database, boite: Boite, avancer: Avancer
) -> None:
    devis = await preparer(client, database, APPEL, COURRIEL)
    await avancer(6)
    assert len(boite.recus) == 1
    await avancer(1)
    _, rappel = boite.recus
    corps = rappel.get_body(("plain",))
    assert corps is not None
    texte = " ".join(corps.get_content().split())
    assert rappel["Subject"] == f"Votre devis {devis['numero']}"
    assert "Avez-vous pu étudier « Rénovation vidéo et Wi-Fi » ?" in texte.replace("\xa0", " ")
    assert "{" not in texte, "each variable is written, accented or not"
    (piece,) = rappel.iter_attachments()
    (premiere,) = boite.recus[0].iter_attachments()
    assert piece.get_payload(decode=True) == premiere.get_payload(decode=True)
    assert (await client.get(dernier_lien(boite))).json()["etat"] == "ouvert"
    await avancer(1)
    assert len(boite.recus) == 2
    await avancer(7)
    (appel,) = await relances(client, a_faire=True)
    assert (appel["genre"], appel["numero"], appel["faite_le"]) == ("appel", devis["numero"], None)
    assert (await client.post(f"/relances/{appel['id']}/faite", json={"note": "Réponse lundi"})).status_code == 204
    tard = await client.post(f"/relances/{appel['id']}/faite", json={})
    assert (tard.status_code, tard.json()["code"]) == (409, "relance_deja_faite")
    assert await relances(client, a_faire=True) == []
    toutes = await relances(client, proposition_id=devis["id"])
    assert [(r["genre"], r["note"]) for r in toutes] == [("courriel", "cabinet@example.fr"), ("appel", "Réponse lundi")]


async def test_who_answered_is_left_alone(
    client: httpx.AsyncClient, database: Database, boite: Boite, avancer: Avancer
) -> None:
    devis = await preparer(client, database, COURRIEL)
    await client.post(f"/propositions/{devis['id']}/refuser", json={"cause": "prix", "motif": "Trop cher"})
    await avancer(8)
    assert len(boite.recus) == 1


async def test_a_text_that_changed_reminds_nobody_until_it_is_sent_again(
    client: httpx.AsyncClient, database: Database, boite: Boite, avancer: Avancer
) -> None:
    devis = await preparer(client, database, COURRIEL)
    await client.patch(f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}", json={"quantite": "3"})
    await avancer(8)
    assert len(boite.recus) == 1
    await b.envoyer(client, database, devis["id"])
    await avancer(7)
    assert len(boite.recus) == 3


async def test_an_answer_between_the_order_and_the_mail_stops_it(
    client: httpx.AsyncClient, database: Database, boite: Boite, clock: FrozenClock, jeton: Jeton
) -> None:
    devis = await preparer(client, database, COURRIEL)
    clock.advance(timedelta(days=7))
    client.headers.update(jeton())
    await taches_periodiques(database)
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Martin"})
    (fait,) = await b.annonces(database, RelanceDevisDemandee)
    await b.recevoir(database, fait)
    assert len(boite.recus) == 1
    (relance,) = await relances(client, proposition_id=devis["id"])
    assert "rien n’a été envoyé" in relance["erreur"]


async def test_who_asked_something_is_called_not_mailed(
    client: httpx.AsyncClient, database: Database, boite: Boite, avancer: Avancer
) -> None:
    devis = await preparer(client, database, COURRIEL)
    question = {"nom": "Mme Martin", "texte": "La pose est-elle comprise ?"}
    assert (await client.post(f"{dernier_lien(boite)}/questions", json=question)).status_code == 201
    partis = len(boite.recus)
    await avancer(8)
    assert [r["genre"] for r in await relances(client, a_faire=True)] == ["appel"]
    assert len(boite.recus) == partis
    await b.envoyer(client, database, devis["id"])
    await avancer(8)
    assert [r["genre"] for r in await relances(client, proposition_id=devis["id"])] == ["appel", "courriel"], (
        "once the answer is in what was sent again, mails remind as before"
    )


async def test_an_offer_that_expires_is_lost_without_answer(
    client: httpx.AsyncClient, database: Database, boite: Boite, avancer: Avancer
) -> None:
    devis = await preparer(client, database, COURRIEL)
    await avancer(31)
    vue = (await client.get(f"/propositions/{devis['id']}")).json()
    assert (vue["statut"], vue["cause_perte"], vue["motif"]) == ("expire", "sans_reponse", "Validité dépassée.")
    assert len(boite.recus) == 1
    rouverte = (await client.post(f"/propositions/{devis['id']}/rouvrir")).json()
    assert (rouverte["statut"], rouverte["cause_perte"]) == ("brouillon", None)


async def test_the_scheme_is_set_by_who_runs_the_company(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    vendeur = await service_client("commercial", database, "devis.lire", "devis.modifier")
    assert (await vendeur.put("/schema-relance", json={"etapes": []})).status_code == 403
    vide = {**COURRIEL, "message": ""}
    assert (await client.put("/schema-relance", json={"etapes": [vide]})).status_code == 422
    await client.put("/schema-relance", json={"etapes": [APPEL, COURRIEL]})
    schema = (await vendeur.get("/schema-relance")).json()["etapes"]
    assert [(e["jours"], e["genre"]) for e in schema] == [(7, "courriel"), (15, "appel")]


@pytest.mark.parametrize(
    ("jours", "faites", "attendu"), [(6, 0, None), (7, 0, 1), (7, 1, None), (20, 0, 2), (20, 1, 2), (20, 2, None)]
)
def test_the_last_step_that_came_is_due_once(jours: int, faites: int, attendu: int | None) -> None:
    etapes = [Etape(1, 7, GenreRelance.COURRIEL), Etape(2, 15, GenreRelance.APPEL)]
    le = date(2026, 3, 2)
    etape = rules.due(etapes, envoye_le=le, aujourd_hui=le + timedelta(days=jours), faites=faites)
    assert (etape.rang if etape else None) == attendu


async def test_a_scheme_replaced_by_several_at_once_is_whole(client: httpx.AsyncClient) -> None:
    schemas = [{"etapes": [{"jours": jours + n, "genre": "appel"} for jours in (1, 50)]} for n in range(5)]
    mis = await asyncio.gather(*(client.put("/schema-relance", json=schema) for schema in schemas))
    assert {reponse.status_code for reponse in mis} == {204}
    garde = (await client.get("/schema-relance")).json()["etapes"]
    assert [etape["jours"] for etape in garde] in [[etape["jours"] for etape in s["etapes"]] for s in schemas]
