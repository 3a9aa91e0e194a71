"""A return to a supplier from the pages, from the object to its replacement."""

from typing import Any
from uuid import UUID

from gateway.pages.atelier import presentation
from services.inventory.historique.rules import EtatHistorique
from shared.contracts.maintenance import EquipementAjoute, FicheEquipement
from shared.kernel.ids import new_id
from shared.testing.texte import simple
from tests.builders.inventory import attend, recu, un_devis_valide, une_ligne, une_reception
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


async def test_an_exchange_is_typed_at_the_clients(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(un_devis_valide(une_ligne(attend(a.telephone))))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN2",)), numero="REC-2026-00008"))
    feuille = await navigateur.feuille()
    assert (await navigateur.api.post(f"/feuilles/{feuille['id']}/valider")).status_code == 200
    tous = (await navigateur.api.get("/historiques")).json()["elements"]
    ancien = next(o for o in tous if o["numero_serie"] == "SN1")
    ici = f"/atelier/objets/{ancien['id']}"
    assert f'href="{ici}/echange"' in await navigateur.lire(ici)
    champs: dict[str, Any] = {
        "code": "SN2",
        "devenir": "stock",
        "depot_id": str(a.depots["ANN"]),
        "motif": "Ne sonne plus",
    }
    assert "Scannez ou saisissez" in await navigateur.lire(f"{ici}/echange", X_Fenetre="dialogue")
    refus = await navigateur.envoyer(f"{ici}/echange", 422, **{**champs, "code": "NON"})
    assert "« NON »" in simple(refus.text)
    assert "Ne sonne plus" in refus.text, "what was typed stays"
    await navigateur.envoyer(f"{ici}/echange", **champs)
    page = await navigateur.lire(ici)
    assert "Remplacé par" in page
    assert "Quarantaine" in page
    assert f'href="{ici}/echange"' not in page
    encore = await navigateur.envoyer(f"{ici}/echange", 422, **champs)
    assert "en stock" in encore.text


async def test_what_came_instead_is_not_said_to_be_in_the_parc_of_the_old_one(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(un_devis_valide(une_ligne(attend(a.telephone))))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    feuille = await navigateur.feuille()
    assert (await navigateur.api.post(f"/feuilles/{feuille['id']}/valider")).status_code == 200
    (ancien,) = (await navigateur.api.get("/historiques")).json()["elements"]
    lieu = {"tiers_id": ancien["tiers_id"] or new_id(), "tiers_nom": "Mairie d’Annecy", "lieu": "", "groupe": ""}
    fiche = FicheEquipement(**lieu, designation="Téléphone", historique_id=UUID(ancien["id"]))
    await a.recevoir(EquipementAjoute(equipement_id=new_id(), fiche=fiche))
    assert "Parc client</dt>" in await navigateur.lire(f"/atelier/objets/{ancien['id']}")
    corps = {"code": "SN1", "attente": "echange", "motif": "Écran noir"}
    retour = (await navigateur.api.post("/retours", json=corps)).json()
    neuf = {"depot_id": str(a.depots["ANN"]), "numero_serie": "SN2"}
    assert (await navigateur.api.post(f"/retours/{retour['id']}/remplacer", json=neuf)).status_code == 200
    tous = (await navigateur.api.get("/historiques")).json()["elements"]
    (remplacant,) = [o for o in tous if o["numero_serie"] == "SN2"]
    page = await navigateur.lire(f"/atelier/objets/{remplacant['id']}")
    assert "(objet remplacé)" in page, "the life of the old one is told with that of the new one"
    assert "Parc client</dt>" not in page
