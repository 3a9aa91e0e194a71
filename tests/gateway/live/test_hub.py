"""Facts reach the streams of those who may know, whatever the type the driver gives to identifiers."""

from datetime import UTC, datetime

import orjson
import pytest
from asyncpg.pgproto import pgproto

from gateway.live.hub import FIN, Annonce, Hub
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
    recu = orjson.loads(lecteur.file.get_nowait().corps)
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
    assert orjson.loads(lui.file.get_nowait().corps)["type"] == enveloppe.type
    assert administrateur.file.empty()


async def test_un_arret_clot_les_flux_meme_pleins() -> None:
    hub = Hub()
    flux, plein = hub.ouvrir(Actor("Claire")), hub.ouvrir(Actor("Manon"))
    flux.offrir(Annonce(b"un"))
    while not plein.file.full():
        plein.offrir(Annonce(b"trop"))
    hub.clore()
    assert (flux.file.get_nowait(), flux.file.get_nowait()) == (Annonce(b"un"), FIN)
    assert [plein.file.get_nowait() for _ in range(plein.file.qsize())][-1] == FIN


async def test_qui_n_atteint_pas_tout_ne_recoit_un_fait_qu_une_fois_sa_demande_verifiee() -> None:
    hub = Hub()
    droits = frozenset({"demande.lire", "devis.lire"})
    elle = hub.ouvrir(Actor("Manon", permissions=droits, etendues=frozenset({("devis", "siens")})))
    cle = new_id()
    for genre in ("demandes.etat_change.v1", "commercial.devis_valide.v1"):
        fait = {"id": new_id(), "seq": 1, "type": genre, "key": cle, "correlation_id": cle, "acteur_nom": "Julien"}
        await hub.recevoir(Envelope(**fait, occurred_at=datetime(2026, 3, 17, tzinfo=UTC), payload={}))
    libre, reduite = elle.file.get_nowait(), elle.file.get_nowait()
    assert not libre.si_atteinte
    assert (reduite.si_atteinte, reduite.demande_id) == (True, cle)


@pytest.mark.parametrize(
    "payload", [{"tiers_id": "t"}, {"fournisseur_id": "t"}, {"numero": "1", "fiche": {"tiers_id": "t"}}]
)
async def test_un_fait_dit_le_contact_dont_la_page_est_a_relire(payload: dict[str, object]) -> None:
    hub = Hub()
    flux = hub.ouvrir(Actor("Claire", permissions=frozenset({"devis.lire"})))
    enveloppe = Envelope(
        id=new_id(),
        seq=1,
        type="commercial.affaire_modifiee.v1",
        key=new_id(),
        acteur_nom="Camille",
        occurred_at=datetime(2026, 3, 17, tzinfo=UTC),
        payload=payload,
    )
    await hub.recevoir(enveloppe)
    recu = orjson.loads(flux.file.get_nowait().corps)
    assert (recu["tiers_id"], recu["detail"]) == ("t", {}), "le reste ne sort pas de son service"
