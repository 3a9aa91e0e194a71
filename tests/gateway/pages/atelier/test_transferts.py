"""A transfer from the pages: sent, received with a difference, settled."""

from typing import Any

from tests.builders.inventory import recu, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


async def test_sent_received_with_a_difference_settled(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "2", ("SN1", "SN2"))))
    assert "Aucun transfert" in await navigateur.lire("/atelier/transferts")
    champs: dict[str, Any] = {"de_depot_id": str(a.depots["ANN"]), "vers_depot_id": str(a.depots["LYO"])}
    refus = await navigateur.envoyer("/atelier/transferts/nouveau", 422, **champs, motif="Dotation", codes="")
    assert "ce qui part" in refus.text
    await navigateur.envoyer("/atelier/transferts/nouveau", **champs, motif="Dotation", codes="SN1\nSN2")
    (transfert,) = (await navigateur.api.get("/transferts")).json()["elements"]
    ici = f"/atelier/transferts/{transfert['id']}"
    lignes = (await navigateur.api.get(f"/transferts/{transfert['id']}")).json()["lignes"]
    assert "SN2" in await navigateur.lire(ici)
    recues: dict[str, Any] = {f"recue_{lignes[0]['id']}": "1", f"recue_{lignes[1]['id']}": "0"}
    await navigateur.envoyer(f"{ici}/recevoir", **recues)
    page = await navigateur.lire(ici)
    assert "Écart à régler" in page
    assert "Régler l’écart" in page
    await navigateur.envoyer(f"{ici}/lignes/{lignes[1]['id']}/regler", issue="perdu", motif="Carton ouvert")
    page = await navigateur.lire(ici)
    assert "Carton ouvert" in page
    assert "Régler l’écart" not in page
