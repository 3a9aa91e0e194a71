"""Facts reach the streams of those who may know, whatever the type the driver gives to identifiers."""

from datetime import UTC, datetime

import orjson
from asyncpg.pgproto import pgproto

from gateway.live.hub import Hub
from shared.contracts.base import Envelope
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id


async def test_un_fait_lu_en_base_atteint_seulement_ceux_qui_ont_le_droit() -> None:
    hub = Hub()
    lecteur = hub.ouvrir(Actor("Claire", permissions=frozenset({"demande.lire"})))
    autre = hub.ouvrir(Actor("Sonia", permissions=frozenset({"stock.lire"})))
    cle = pgproto.UUID(str(new_id()))
    enveloppe = Envelope(
        id=pgproto.UUID(str(new_id())),
        seq=1,
        type="demandes.etat_change.v1",
        key=cle,
        correlation_id=cle,
        acteur_nom="Camille",
        occurred_at=datetime(2026, 3, 17, tzinfo=UTC),
        payload={"vers": "attente_client"},
    )
    await hub.recevoir(enveloppe)
    recu = orjson.loads(lecteur.file.get_nowait())
    assert (recu["cle"], recu["detail"]["vers"]) == (str(cle), "attente_client")
    assert autre.file.empty()


async def test_une_notification_n_atteint_que_son_destinataire() -> None:
    hub = Hub()
    lui = hub.ouvrir(Actor("Manon", id=new_id()))
    administrateur = hub.ouvrir(Actor("Admin", id=new_id(), permissions=frozenset({"*"})))
    enveloppe = Envelope(
        id=new_id(),
        seq=1,
        type="gateway.notification_creee.v1",
        key=new_id(),
        acteur_nom="Camille",
        occurred_at=datetime(2026, 3, 17, tzinfo=UTC),
        payload={"destinataire_id": str(lui.actor.id), "genre": "mention"},
    )
    await hub.recevoir(enveloppe)
    assert orjson.loads(lui.file.get_nowait())["type"] == enveloppe.type
    assert administrateur.file.empty()
