"""What is added to a sale after it was signed: bought, prepared and invoiced with it, through the gateway's API."""

from decimal import Decimal
from typing import Any

import pytest

from shared.testing.eventually import eventually
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import PATIENCE, catalogue, courrier, devis, etat, ouvrir


@pytest.mark.timeout(200)
async def test_un_avenant_signe_complete_la_meme_vente_jusqu_a_la_facture(equipe: Equipe) -> None:
    produits = await catalogue(equipe)
    demande = await ouvrir(equipe, "Vidéo puis un étage de plus")
    proposition = await devis(equipe, demande, produits)
    await etat(equipe, demande["id"], "attente_client")
    await equipe.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})

    async def besoins(cable: str) -> None:
        groupes = (await equipe.thomas.lire("/purchasing/besoins", demande_id=demande["id"]))["elements"]
        (voulu,) = [g for g in groupes if g["produit_id"] == produits["cable"]["id"]]
        assert Decimal(sum(Decimal(besoin["net"]) for besoin in voulu["besoins"])) == Decimal(cable)

    await eventually(lambda: besoins("180"), PATIENCE)
    avenant = await equipe.manon.creer(f"/commercial/propositions/{proposition['id']}/avenant")
    assert avenant["numero"] == f"{proposition['numero']}-A1"
    cache = {"produit_id": produits["cable"]["id"], "quantite": "20"}
    lignes: list[dict[str, Any]] = [
        {"designation": "Câblage de l’étage", "quantite": "20", "unite": "m", "prix_fixe_ht": "2", "produits": [cache]},
        {"designation": "Reprise de l’ancien câblage", "prix_fixe_ht": "-15", "produits": [cache]},
    ]
    chemin = f"/commercial/propositions/{avenant['id']}"
    await equipe.manon.changer("PUT", f"{chemin}/lignes", {"lignes": lignes}, avenant["version"])
    corps = {"destinataires": ["cabinet@exemple.fr"], "sujet": "Votre avenant", "message": "Voici l’avenant."}
    await equipe.manon.creer(f"{chemin}/envoyer", corps)
    await courrier(equipe, f"{avenant['numero']}.pdf")
    await equipe.manon.creer(f"{chemin}/valider", {"signe_par": "Mme Lefèvre"})
    await eventually(lambda: besoins("200"), PATIENCE)

    (entete,) = (await equipe.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
    feuille = await equipe.karim.lire(f"/inventory/feuilles/{entete['id']}")
    assert [len(c["attendus"]) for c in feuille["colonnes"]] == [1, 1, 1, 0]
    await equipe.karim.creer(f"/inventory/feuilles/{entete['id']}/cloturer")
    await equipe.karim.creer(f"/inventory/feuilles/{entete['id']}/valider", {"malgre_ecarts": True})

    async def affaire() -> dict[str, Any]:
        (prete,) = (await equipe.celine.lire("/billing/affaires-client", demande_id=demande["id"]))["elements"]
        return dict(prete)

    prete = await eventually(affaire, PATIENCE)
    assert prete["total_ht"] == "675.60"  # 650,60 signed first, 40 added, 15 taken away
    facture = await equipe.celine.creer(f"/billing/affaires-client/{prete['id']}/facturer")
    assert Decimal(facture["total_ht"]) == Decimal("675.60")
    relu = await equipe.manon.lire(f"/commercial/propositions/{proposition['id']}")
    assert (relu["statut"], relu["totaux"]["total_ht"]) == ("valide", "650.60")
