"""The demo company loads, nothing of it stays aside, and each screen of it shows something true at first sight."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from deploy.demo import charger
from deploy.embedded import DEMO_AGE
from deploy.platform import Platform
from deploy.topology import PARTS
from shared.kernel.clock import FrozenClock, SystemClock
from shared.testing.postgres import Databases
from tests.journeys.plateforme import ouvrir_plateforme

# What each newer screen shows: service, and what must not be empty.
ECRANS = (
    ("purchasing", "regle_reappro"),
    ("purchasing", "seuil_commande"),
    ("purchasing", "commande WHERE etat = 'a_approuver'"),
    ("purchasing", "commande WHERE decidee_par IS NOT NULL AND etat = 'passee'"),
    ("commercial", "tarif WHERE origine = 'liste'"),
    ("commercial", "tarif WHERE origine = 'client'"),
    ("commercial", "prix_tarif WHERE quantite_min > 1"),
    ("commercial", "modele_proposition"),
    ("commercial", "affaire WHERE etat = 'opportunite'"),
    ("commercial", "proposition WHERE statut = 'refuse'"),
    ("commercial", "relance WHERE faite_le IS NULL"),
    ("demandes", "absence WHERE du > now()"),
    ("demandes", "intervention WHERE etat = 'terminee'"),
    ("demandes", "intervention WHERE etat = 'planifiee' AND debut > now()"),
    ("purchasing", "negociation WHERE etat = 'ouverte'"),
    ("billing", "affaire_client WHERE etat = 'a_facturer'"),
    ("maintenance", "accord_tarifaire WHERE etat = 'signe'"),
    ("maintenance", "accord_tarifaire WHERE etat = 'refuse'"),
    ("inventory", "inventaire WHERE etat = 'valide'"),
    ("inventory", "transfert WHERE etat = 'envoye'"),
    ("inventory", "transfert WHERE etat = 'ecart'"),
    ("inventory", "retour WHERE etat = 'ouvert'"),
    ("inventory", "retour WHERE etat = 'echange'"),
    ("billing", "avoir_attendu WHERE reste_ht > 0"),
    ("demandes", "abonnement"),
    ("gateway", "notification WHERE genre = 'mention' AND lue_le IS NULL"),
    ("gateway", "notification WHERE genre = 'demande_suivie' AND lue_le IS NULL"),
    ("gateway", "notification WHERE genre = 'commande_a_approuver' AND lue_le IS NULL"),
    ("gateway", "notification WHERE genre = 'commande_decidee' AND lue_le IS NULL"),
)
SANS_NOUVELLE = """
SELECT identifiant FROM compte c
WHERE NOT EXISTS (SELECT FROM notification n WHERE n.compte_id = c.id AND n.lue_le IS NULL)
"""


@pytest.fixture
async def societe(databases: Databases, tmp_path: Path) -> AsyncIterator[Platform]:
    """The eighteen months of the demo company, on fresh databases."""
    horloge = FrozenClock(SystemClock().now() - DEMO_AGE)
    async with ouvrir_plateforme(databases, tmp_path, clock=horloge) as (platform, _):
        await charger(platform)
        await platform.drain()
        yield platform


async def test_la_societe_de_demonstration_a_quelque_chose_a_montrer_partout(societe: Platform) -> None:
    vides = []
    for service, quoi in ECRANS:
        async with societe.database(service).read() as session:
            if not await session.scalar(text(f"SELECT EXISTS (SELECT FROM {quoi})")):
                vides.append(f"{service} : {quoi}")
    assert vides == []
    async with societe.database("gateway").read() as session:
        assert list(await session.scalars(text(SANS_NOUVELLE))) == [], "chacun a quelque chose à lire"
    for part in PARTS:
        async with societe.database(part.name).read() as session:
            assert list(await session.scalars(text("SELECT error FROM parked"))) == [], part.name
