"""What a client writes back reaches somebody: who is in charge, or a new demande when theirs is closed."""

from typing import Any

import pytest

from services.demandes.courrier import use_cases
from services.demandes.courrier.rules import Recu
from shared.contracts.contacts import TiersModifie
from shared.contracts.demandes import DemandeCreee, NoteAjoutee
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.builders.demandes import Monde

CLIENT = "zoe@martin.fr"


@pytest.fixture
async def client_connu(monde: Monde) -> Monde:
    """The client has a mail address."""
    fiche = b.un_tiers(id=monde.tiers_id).fiche.model_copy(update={"email": CLIENT})
    await monde.recevoir(TiersModifie(tiers_id=monde.tiers_id, fiche=fiche))
    return monde


async def _recevoir(monde: Monde, sujet: str) -> None:
    recu = Recu(str(new_id()), (), CLIENT, "Zoé Martin", sujet, "Toujours en panne depuis hier.")
    async with monde.database.transaction(Actor.systeme("Zoé Martin")) as tx:
        assert await use_cases.recevoir(tx, recu, [], type_code="interne")


async def _demandes(monde: Monde) -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = (await monde.http.get("/demandes")).json()["elements"]
    return lues


async def test_une_reponse_dit_qu_elle_vient_du_client(client_connu: Monde) -> None:
    demande = await client_connu.ouvrir("interne", responsable_id=str(client_connu.sophie))
    await _recevoir(client_connu, f"Re: {demande['numero']}")
    (note,) = await b.faits(client_connu.database, NoteAjoutee)
    assert (str(note.demande_id), note.est_du_client) == (demande["id"], True)
    await client_connu.http.post(f"/demandes/{demande['id']}/notes", json={"texte": "Je rappelle"})
    assert [n.est_du_client for n in await b.faits(client_connu.database, NoteAjoutee)] == [True, False]


async def test_une_reponse_a_une_demande_close_ouvre_une_fille_confiee_au_meme(client_connu: Monde) -> None:
    monde = client_connu
    demande = await monde.ouvrir("interne", responsable_id=str(monde.sophie))
    await monde.passer(demande, "termine")
    await _recevoir(monde, f"Re: {demande['numero']}")
    assert len(await _demandes(monde)) == 2
    fille = (await b.faits(monde.database, DemandeCreee))[-1]
    assert (str(fille.parent_id), fille.responsable_id) == (demande["id"], monde.sophie)
    assert "Toujours en panne" in fille.description
    assert await monde.etat(demande) == "termine", "la demande close reste close"
    await monde.passer({"id": str(fille.demande_id)}, "termine")
    await _recevoir(monde, f"Re: {fille.numero}")
    seconde = (await b.faits(monde.database, DemandeCreee))[-1]
    assert str(seconde.parent_id) == demande["id"], "une fille n’a pas de fille : sa mère en a une de plus"
