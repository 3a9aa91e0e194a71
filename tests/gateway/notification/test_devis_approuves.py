"""A devis beyond the limits, or that could not leave: whoever must act is told, and nobody reads a margin there."""

from uuid import UUID

import pytest
from sqlalchemy import select

from gateway.compte import roles
from gateway.compte.schemas import SaisieRole
from gateway.notification.models import Notification
from gateway.subscriptions import subscriptions
from shared.contracts.commercial import (
    ApprobationDevisDecidee,
    ApprobationDevisDemandee,
    DevisNonRemis,
    EnvoiDevisEchoue,
)
from shared.database.database import Database
from shared.kernel.actor import Actor
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


async def test_qui_a_envoye_sait_que_le_devis_est_revenu(base: Database) -> None:
    manon = await _compte(base, "manon")
    retour = DevisNonRemis(
        proposition_id=new_id(), demande_id=new_id(), envoi_id=new_id(), numero=DEVIS, destinataire="a@b.fr",
        raison="550 : inconnu", demandeur_id=manon,
    )  # fmt: skip
    await recevoir(base, subscriptions, _par(retour, "Commercial", new_id()))
    assert await _dites(base) == [("manon", f"Devis {DEVIS} non remis à a@b.fr", "550 : inconnu")]


async def test_l_encours_d_un_client_attend_qui_peut_l_accorder(base: Database, bureau: Bureau) -> None:
    async with base.transaction(Actor.systeme("Essai")) as tx:
        for nom, permis in (
            ("Crédit", ["devis.lire", "encours.approuver"]),
            ("Marges", ["devis.lire", "marge.approuver"]),
        ):
            await roles.creer(tx, SaisieRole(libelle=nom, droits=permis))
    await bureau.embaucher("celine", "credit")
    await bureau.embaucher("paul", "marges")
    manon = await _compte(base, "manon")
    credit = _demandee(manon).model_copy(update={"droits": ("encours.approuver",)})
    await recevoir(base, subscriptions, _par(credit, "Manon Leclerc", manon))
    assert sorted(qui for qui, _, _ in await _dites(base)) == ["celine", "helene"]
    les_deux = _demandee(manon).model_copy(update={"droits": ("marge.approuver", "encours.approuver")})
    await recevoir(base, subscriptions, _par(les_deux, "Manon Leclerc", manon))
    assert sorted(qui for qui, _, _ in await _dites(base)) == ["celine", "helene", "helene"]
