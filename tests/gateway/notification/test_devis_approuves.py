"""A devis beyond the limits, or that could not leave: whoever must act is told, and nobody reads a margin there."""

from uuid import UUID

import pytest
from sqlalchemy import select

from gateway.notification.models import Notification
from gateway.subscriptions import subscriptions
from shared.contracts.commercial import ApprobationDevisDecidee, ApprobationDevisDemandee, EnvoiDevisEchoue
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from tests.gateway.bureau import Bureau
from tests.gateway.notification.test_commandes import _compte, _dites, _par

DEVIS = "DEV-2026-00042"


@pytest.fixture
async def base(bureau: Bureau) -> Database:
    """A salesman, a direction that approves, a buyer who does not."""
    await bureau.embaucher("manon", "commercial", email="manon@exemple.fr")
    await bureau.embaucher("helene", "direction", email="helene@exemple.fr")
    await bureau.embaucher("thomas", "achats")
    return bureau.bases["gateway"]


def _demandee(demandeur_id: UUID) -> ApprobationDevisDemandee:
    return ApprobationDevisDemandee(
        proposition_id=new_id(), demande_id=new_id(), numero=DEVIS, tiers_nom="Lycée Fauré", motif="Concurrence",
        demandeur_id=demandeur_id,
    )  # fmt: skip


@pytest.mark.parametrize(("accordee", "mot"), [(True, "approuvé"), (False, "refusé")])
async def test_la_direction_est_prevenue_puis_le_commercial(base: Database, accordee: bool, mot: str) -> None:
    manon, helene = await _compte(base, "manon"), await _compte(base, "helene")
    demandee = _demandee(manon)
    await recevoir(base, subscriptions, _par(demandee, "Manon Leclerc", manon))
    attend = ("helene", f"Devis {DEVIS} attend votre accord", "Lycée Fauré · Manon Leclerc · Concurrence")
    assert await _dites(base) == [attend]
    decidee = ApprobationDevisDecidee(
        proposition_id=demandee.proposition_id, demande_id=demandee.demande_id, numero=DEVIS, est_accordee=accordee,
        reponse="Vu", decidee_par="Hélène Morel", demandeur_id=manon,
    )  # fmt: skip
    await recevoir(base, subscriptions, _par(decidee, "Hélène Morel", helene))
    assert await _dites(base) == [attend, ("manon", f"Devis {DEVIS} {mot} par Hélène Morel", "Vu")]
    async with base.read() as session:
        lues = select(Notification.genre).where(Notification.lue_le.is_not(None))
        assert list(await session.scalars(lues)) == ["devis_a_approuver"]


async def test_qui_envoyait_sait_que_rien_n_est_parti(base: Database) -> None:
    manon = await _compte(base, "manon")
    echec = EnvoiDevisEchoue(
        proposition_id=new_id(), demande_id=new_id(), envoi_id=new_id(), numero=DEVIS, raison="Adresse refusée.",
        demandeur_id=manon,
    )  # fmt: skip
    await recevoir(base, subscriptions, _par(echec, "Commercial", new_id()))
    assert await _dites(base) == [("manon", f"Devis {DEVIS} n’est pas parti", "Adresse refusée.")]
