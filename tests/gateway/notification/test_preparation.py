"""The office is told that a team ended its intervention, until the feuille is checked."""

import pytest
from sqlalchemy import select

from gateway.compte.models import Compte
from gateway.notification.models import Notification
from gateway.subscriptions import subscriptions
from shared.contracts.inventory import PreparationCloturee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from tests.builders.billing import une_feuille_validee
from tests.gateway.bureau import Bureau


@pytest.fixture
async def base(bureau: Bureau) -> Database:
    """Accounts, and a technician."""
    await bureau.embaucher("celine", "administratif")
    await bureau.embaucher("nicolas", "technicien")
    return bureau.bases["gateway"]


@pytest.mark.feature("IN-27")
async def test_the_office_is_told_that_the_preparation_is_closed_until_it_is_checked(base: Database) -> None:
    validee = une_feuille_validee()
    fait = PreparationCloturee(
        feuille_id=validee.feuille_id, demande_id=validee.demande_id, cloture_le=base.clock.now()
    )
    await recevoir(base, subscriptions, fait, fait.model_copy(update={"demande_id": new_id()}))
    lues = select(Compte.identifiant, Notification.titre, Notification.lien, Notification.lue_le)
    requete = lues.join(Compte, Compte.id == Notification.compte_id).order_by(Notification.id)
    async with base.read() as session:
        dite, _ = list(await session.execute(requete))
    assert (dite.identifiant, dite.lien) == ("celine", f"/demandes/{validee.demande_id}")
    assert dite.titre.startswith("Préparation clôturée")
    await recevoir(base, subscriptions, validee)
    async with base.read() as session:
        assert [ligne.lue_le is not None for ligne in await session.execute(requete)] == [True, False]
