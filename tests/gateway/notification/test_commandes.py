"""An order above the threshold: whoever may approve it is told, then who asked for it; nobody reads an amount there."""

from uuid import UUID

import pytest
from sqlalchemy import select

from gateway.compte.models import Compte
from gateway.notification.models import Notification
from gateway.notification.use_cases import regler
from gateway.subscriptions import subscriptions
from shared.contracts.base import Envelope, Fact
from shared.contracts.gateway import NotificationCreee
from shared.contracts.purchasing import CommandeDecidee, CommandeSoumise
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, enveloppe, recevoir
from tests.gateway.bureau import Bureau

ATTEND = "Commande CF-2026-00031 attend votre accord"


@pytest.fixture
async def base(bureau: Bureau) -> Database:
    """A buyer, two people who may approve, and one who reads orders without approving them."""
    await bureau.embaucher("thomas", "achats", email="thomas@exemple.fr")
    await bureau.embaucher("helene", "direction", email="helene@exemple.fr")
    await bureau.embaucher("admin", "administrateur")
    await bureau.embaucher("sonia", "magasin")
    return bureau.bases["gateway"]


async def _compte(base: Database, identifiant: str) -> UUID:
    async with base.read() as session:
        return (await session.scalars(select(Compte.id).where(Compte.identifiant == identifiant))).one()


async def _dites(base: Database) -> list[tuple[str, str, str]]:
    async with base.read() as session:
        requete = select(Compte.identifiant, Notification.titre, Notification.detail)
        requete = requete.join(Compte, Compte.id == Notification.compte_id).order_by(Notification.id)
        return sorted((ligne[0], ligne[1], ligne[2]) for ligne in await session.execute(requete))


def _par(fait: Fact, nom: str, compte_id: UUID) -> Envelope:
    return enveloppe(fait).model_copy(update={"acteur_nom": nom, "acteur_id": compte_id})


def _soumise(demandeur_id: UUID) -> CommandeSoumise:
    return CommandeSoumise(
        commande_id=new_id(), numero="CF-2026-00031", fournisseur_nom="Elektra", demandeur_id=demandeur_id
    )


def _decidee(demandeur_id: UUID, motif: str = "") -> CommandeDecidee:
    return CommandeDecidee(
        commande_id=new_id(),
        numero="CF-2026-00031",
        est_accordee=not motif,
        motif_refus=motif,
        decidee_par="Hélène Morel",
        demandeur_id=demandeur_id,
    )


async def test_qui_peut_approuver_est_prevenu(base: Database) -> None:
    thomas = await _compte(base, "thomas")
    fait = _par(_soumise(thomas), "Thomas Berger", thomas)
    await recevoir(base, subscriptions, fait, fait)
    detail = "Elektra · Thomas Berger"
    assert await _dites(base) == [("admin", ATTEND, detail), ("helene", ATTEND, detail)]
    dites = [f for f in await annonces(base, NotificationCreee) if isinstance(f, NotificationCreee)]
    helene = await _compte(base, "helene")
    assert {f.destinataire_id: f.par_courriel for f in dites}[helene], "par courriel, sauf autre choix"


async def test_qui_ne_veut_pas_le_savoir_n_est_pas_prevenu(base: Database) -> None:
    async with base.transaction(Actor.systeme("Essai")) as tx:
        await regler(tx, await _compte(base, "helene"), {"notif.commande_a_approuver": "jamais"})
        await regler(tx, await _compte(base, "thomas"), {"notif.commande_decidee": "ecran"})
    thomas = await _compte(base, "thomas")
    await recevoir(base, subscriptions, _par(_soumise(thomas), "Thomas", thomas), _decidee(thomas))
    assert [qui for qui, _, _ in await _dites(base)] == ["admin", "thomas"]
    dites = [f for f in await annonces(base, NotificationCreee) if isinstance(f, NotificationCreee)]
    assert [f.par_courriel for f in dites if f.genre == "commande_decidee"] == [False]


async def test_une_commande_decidee_n_attend_plus_personne(base: Database) -> None:
    thomas = await _compte(base, "thomas")
    soumise, autre = _soumise(thomas), _soumise(thomas)
    decidee = _decidee(thomas).model_copy(update={"commande_id": soumise.commande_id})
    await recevoir(base, subscriptions, soumise, autre, decidee)
    async with base.read() as session:
        non_lues = select(Notification.genre, Notification.lien).where(Notification.lue_le.is_(None))
        restent = sorted({(ligne[0], ligne[1]) for ligne in await session.execute(non_lues)})
    assert restent == [
        ("commande_a_approuver", f"/achats/commandes/{autre.commande_id}"),
        ("commande_decidee", f"/achats/commandes/{soumise.commande_id}"),
    ]


@pytest.mark.parametrize(
    ("motif", "titre"),
    [
        ("", "Commande CF-2026-00031 approuvée par Hélène Morel"),
        ("Attendre la remise", "Commande CF-2026-00031 refusée par Hélène Morel"),
    ],
)
async def test_l_acheteur_sait_ce_qui_est_decide(base: Database, motif: str, titre: str) -> None:
    helene = await _compte(base, "helene")
    await recevoir(
        base, subscriptions, _par(_decidee(await _compte(base, "thomas"), motif), "Hélène", helene), _decidee(new_id())
    )
    assert await _dites(base) == [("thomas", titre, motif)]
