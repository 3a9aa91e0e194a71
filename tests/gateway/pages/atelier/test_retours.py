"""A return to a supplier from the pages, from the object to its replacement."""

from gateway.pages.atelier import presentation
from services.inventory.historique.rules import EtatHistorique
from tests.builders.inventory import recu, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


async def test_from_the_object_to_its_replacement(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    (objet,) = (await navigateur.api.get("/historiques")).json()["elements"]
    assert "/atelier/retours/nouveau?historique_id=" in await navigateur.lire(f"/atelier/objets/{objet['id']}")
    assert "Aucun retour en attente" in await navigateur.lire("/atelier/retours")
    refus = await navigateur.envoyer("/atelier/retours/nouveau", 422, historique_id=objet["id"], attente="echange")
    assert "Précisez l’objet et le motif" in refus.text
    await navigateur.envoyer(
        "/atelier/retours/nouveau", historique_id=objet["id"], attente="echange", motif="Écran noir", numero_rma="R1"
    )
    assert "Grossiste Savoie" in await navigateur.lire("/atelier/retours")
    (retour,) = (await navigateur.api.get("/retours")).json()["elements"]
    ici = f"/atelier/retours/{retour['id']}"
    assert "Entrer le remplaçant" in await navigateur.lire(ici)
    await navigateur.envoyer(f"{ici}/remplacer", depot_id=str(a.depots["ANN"]), numero_serie="SN2")
    page = await navigateur.lire(ici)
    assert "Échangé" in page
    assert "Vie du remplaçant" in page
    assert "Remplacé par" in await navigateur.lire(f"/atelier/objets/{objet['id']}")


async def test_every_state_of_an_object_has_its_word_and_icon(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    await navigateur.envoyer("/atelier/retours/nouveau", code="SN1", attente="avoir", motif="Écran noir")
    assert set(presentation.ETATS_OBJET) == set(presentation.PICTOGRAMMES_OBJET) == {e.value for e in EtatHistorique}
    page = await navigateur.lire("/atelier/objets")
    for mot, _ in presentation.ETATS_OBJET.values():
        assert mot in page, mot
