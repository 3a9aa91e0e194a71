"""The client's page of intervention tariffs: read, accepted or refused without an account, once."""

import re

import httpx
import pytest

from services.maintenance.subscriptions import subscriptions
from shared.contracts.maintenance import AccordTarifaireRefuse, AccordTarifaireSigne, EnvoiAccordDemande
from shared.database.database import Database
from shared.testing.boite import Boite
from shared.testing.delivery import annonces, recevoir
from tests.builders.maintenance import CLIENT, NOM
from tests.gateway.pages.parc.conftest import Navigateur


@pytest.fixture
async def lien(navigateur: Navigateur, maintenance: Database, boite: Boite) -> str:
    """Tariffs proposed from the page of staff, and the link the client received."""
    champs = {"tiers_id": str(CLIENT), "taux_horaire_ht": "72", "deplacement_ht": "45", "destinataire": ""}
    await navigateur.envoyer("/parc/accords/nouveau", champs)
    await recevoir(maintenance, subscriptions, *(await annonces(maintenance, EnvoiAccordDemande)))
    trouve = re.search(r"/accord/[\w-]+", str(boite.recus[-1].get_body(("plain",))))
    assert trouve is not None
    return trouve[0]


@pytest.fixture
def client(navigateur: Navigateur) -> httpx.AsyncClient:
    """Somebody without account nor cookie."""
    return httpx.AsyncClient(
        transport=navigateur.http._transport, base_url="https://essai", headers={"accept": "text/html"}
    )


async def test_the_client_reads_then_accepts(lien: str, client: httpx.AsyncClient, maintenance: Database) -> None:
    page = await client.get(lien)
    assert page.status_code == 200
    for attendu in ("Alpes Réseaux", NOM, "72,00", "45,00", "Accepter les tarifs"):
        assert attendu in page.text
    for interdit in ("Se déconnecter", "/parc/accords"):
        assert interdit not in page.text
    sans_accord = await client.post(f"{lien}/accepter", data={"nom": "Dr Martin"})
    assert (sans_accord.status_code, 'value="Dr Martin"' in sans_accord.text) == (422, True)
    sans_nom = await client.post(f"{lien}/accepter", data={"nom": "", "accord": "1"})
    assert (sans_nom.status_code, "Indiquez votre nom" in sans_nom.text) == (422, True)
    accepte = await client.post(f"{lien}/accepter", data={"nom": "Dr Martin", "accord": "1"})
    assert "Tarifs acceptés" in accepte.text
    (fait,) = await annonces(maintenance, AccordTarifaireSigne)
    assert isinstance(fait, AccordTarifaireSigne)
    assert fait.signe_par == "Dr Martin"
    encore = await client.post(f"{lien}/refuser", data={"nom": "Dr Martin"})
    assert encore.status_code == 409


async def test_the_client_refuses(lien: str, client: httpx.AsyncClient, maintenance: Database) -> None:
    refuse = await client.post(f"{lien}/refuser", data={"nom": "Dr Martin", "motif": "Trop cher"})
    assert "Tarifs refusés" in refuse.text
    (fait,) = await annonces(maintenance, AccordTarifaireRefuse)
    assert isinstance(fait, AccordTarifaireRefuse)
    assert fait.motif == "Trop cher"


async def test_a_wrong_link_opens_nothing(client: httpx.AsyncClient) -> None:
    for jeton, statut in (("a" * 32, 404), ("court", 404)):
        page = await client.get(f"/accord/{jeton}")
        assert (page.status_code, "Ce lien ne peut pas être ouvert" in page.text) == (statut, True)
