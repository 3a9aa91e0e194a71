"""Intervention tariffs: mailed with a link, accepted or refused by the client, once."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.maintenance.accord_tarifaire.rules import empreinte
from services.maintenance.subscriptions import subscriptions
from shared.contracts.demandes import SavRefuse
from shared.contracts.maintenance import (
    AccordTarifaireRefuse,
    AccordTarifaireSigne,
    CouvertureModifiee,
    EnvoiAccordDemande,
)
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient
from tests.builders.maintenance import AUTRE_CLIENT, CLIENT

TARIFS = {"taux_horaire_ht": "72.00", "deplacement_ht": "45.00"}
REPONSE = {"nom": "Dr Martin", "adresse_ip": "192.0.2.7", "appareil": "Firefox"}


async def _proposer(client: httpx.AsyncClient, **valeurs: Any) -> dict[str, Any]:
    reponse = await client.post("/accords", json={"tiers_id": str(CLIENT), **TARIFS, **valeurs})
    assert reponse.status_code == 201, reponse.text
    accord: dict[str, Any] = reponse.json()
    return accord


async def _jeton(maintenance: Database, boite: Boite) -> str:
    """Let the mail leave, and read its link."""
    await recevoir(maintenance, subscriptions, (await annonces(maintenance, EnvoiAccordDemande))[-1])
    lien = re.search(r"/accord/([\w-]+)", str(boite.recus[-1].get_body(("plain",))))
    assert lien is not None
    return lien[1]


async def test_the_tariffs_leave_by_mail_with_an_opaque_link(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite
) -> None:
    accord = await _proposer(client)
    assert (accord["numero"], accord["etat"]) == ("AT-2026-00001", "a_envoyer")
    jeton = await _jeton(maintenance, boite)
    (courriel,) = boite.recus
    assert courriel["To"] == "contact@martin-lefevre.example"
    corps = courriel.get_body(("plain",))
    assert corps is not None
    assert "72,00\u00a0€" in corps.get_content()
    assert "45,00\u00a0€" in corps.get_content()
    envoye = (await client.get(f"/accords/{accord['id']}")).json()
    assert (envoye["etat"], envoye["envois"]) == ("envoye", 1)
    assert jeton not in str(envoye)
    assert empreinte(jeton) not in str(envoye)
    await recevoir(maintenance, subscriptions, (await annonces(maintenance, EnvoiAccordDemande))[0])
    assert len(boite.recus) == 1


async def test_a_client_accepts_once_and_is_covered(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite
) -> None:
    accord = await _proposer(client)
    jeton = await _jeton(maintenance, boite)
    lu = (await client.get(f"/accords/publics/{jeton}")).json()
    assert (lu["societe"], lu["client"], lu["taux_horaire_ht"]) == (
        "Alpes Réseaux",
        "Cabinet dentaire Martin-Lefèvre",
        "72.00",
    )
    assert (await client.post(f"/accords/publics/{jeton}/accepter", json=REPONSE)).status_code == 200
    (signe,) = await annonces(maintenance, AccordTarifaireSigne)
    assert isinstance(signe, AccordTarifaireSigne)
    assert (signe.signe_par, signe.taux_horaire_ht, signe.deplacement_ht) == ("Dr Martin", Decimal(72), Decimal(45))
    couverture = (await annonces(maintenance, CouvertureModifiee))[-1]
    assert isinstance(couverture, CouvertureModifiee)
    assert str(couverture.accord_id) == accord["id"]
    encore = await client.post(f"/accords/publics/{jeton}/refuser", json=REPONSE)
    assert (encore.status_code, encore.json()["code"]) == (409, "accord_deja_repondu")


async def test_a_client_refuses_and_it_is_known(client: httpx.AsyncClient, maintenance: Database, boite: Boite) -> None:
    await _proposer(client)
    jeton = await _jeton(maintenance, boite)
    refus = await client.post(f"/accords/publics/{jeton}/refuser", json={**REPONSE, "motif": "Trop cher"})
    assert (refus.status_code, refus.json()["etat"]) == (200, "refuse")
    (fait,) = await annonces(maintenance, AccordTarifaireRefuse)
    assert isinstance(fait, AccordTarifaireRefuse)
    assert fait.motif == "Trop cher"
    assert await annonces(maintenance, CouvertureModifiee) == []


async def test_new_signed_tariffs_replace_the_old_ones(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite
) -> None:
    for _ in range(2):
        await _proposer(client)
        jeton = await _jeton(maintenance, boite)
        await client.post(f"/accords/publics/{jeton}/accepter", json=REPONSE)
    etats = [a["etat"] for a in (await client.get("/accords", params={"tiers_id": str(CLIENT)})).json()["elements"]]
    assert etats == ["signe", "remplace"]


async def test_an_answer_after_the_term_is_refused_until_the_tariffs_are_sent_again(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite, clock: FrozenClock, service_client: ServiceClient
) -> None:
    accord = await _proposer(client)
    jeton = await _jeton(maintenance, boite)
    clock.advance(timedelta(days=31))
    tard = await service_client("maintenance", maintenance)
    refus = await tard.post(f"/accords/publics/{jeton}/accepter", json=REPONSE)
    assert (refus.status_code, refus.json()["code"]) == (409, "accord_expire")
    assert (await tard.post(f"/accords/{accord['id']}/relancer")).status_code == 202
    assert await _jeton(maintenance, boite) == jeton
    assert (await tard.post(f"/accords/publics/{jeton}/accepter", json=REPONSE)).status_code == 200


async def test_an_unknown_link_says_nothing(client: httpx.AsyncClient) -> None:
    reponse = await client.get("/accords/publics/" + "a" * 32)
    assert (reponse.status_code, reponse.json()["code"]) == (404, "lien_invalide")


async def test_a_refused_address_is_seen_by_staff(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite
) -> None:
    accord = await _proposer(client, destinataire="personne@refuse.example")
    await recevoir(maintenance, subscriptions, *(await annonces(maintenance, EnvoiAccordDemande)))
    echoue = (await client.get(f"/accords/{accord['id']}")).json()
    assert echoue["etat"] == "echoue"
    assert "personne@refuse.example" in echoue["erreur"]


@pytest.mark.parametrize(
    ("corps", "code"),
    [
        ({"tiers_id": str(CLIENT)}, "tarifs_manquants"),
        ({"tiers_id": str(AUTRE_CLIENT), **TARIFS}, "courriel_manquant"),
        ({"tiers_id": "01900000-0000-7000-8000-00000000ffff", **TARIFS}, "tiers_non_identifie"),
    ],
)
async def test_what_is_missing_is_said(client: httpx.AsyncClient, corps: dict[str, Any], code: str) -> None:
    refus = await client.post("/accords", json=corps)
    assert refus.json()["code"] == code


async def test_one_proposal_at_a_time(client: httpx.AsyncClient) -> None:
    await _proposer(client)
    refus = await client.post("/accords", json={"tiers_id": str(CLIENT), **TARIFS})
    assert (refus.status_code, refus.json()["code"]) == (409, "accord_en_cours")


async def test_a_stopped_sav_mails_the_usual_tariffs_once(
    client: httpx.AsyncClient, maintenance: Database, boite: Boite
) -> None:
    stoppe = SavRefuse(tiers_id=CLIENT, motif="ni contrat ni tarifs signés")
    await recevoir(maintenance, subscriptions, stoppe)
    assert await annonces(maintenance, EnvoiAccordDemande) == []
    assert (await client.put("/accords/tarif", json=TARIFS)).status_code == 200
    await recevoir(maintenance, subscriptions, stoppe, stoppe)
    await _jeton(maintenance, boite)
    assert len(boite.recus) == 1
    (accord,) = (await client.get("/accords")).json()["elements"]
    assert (accord["taux_horaire_ht"], accord["etat"]) == ("72.00", "envoye")
