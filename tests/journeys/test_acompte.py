"""A deposit asked for at the signature, invoiced at once, deducted from the invoice of the work, through the gateway's API."""

from decimal import Decimal
from typing import Any

import pytest

from shared.testing.eventually import eventually
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import PATIENCE, catalogue, courrier, devis, etat, ouvrir
from tests.shared.documents.lecture import textes


@pytest.mark.timeout(200)
async def test_l_acompte_signe_se_facture_puis_se_deduit(equipe: Equipe) -> None:
    demande = await ouvrir(equipe, "Vidéo avec acompte")
    proposition = await devis(equipe, demande, await catalogue(equipe))
    await etat(equipe, demande["id"], "attente_client")
    chemin = f"/commercial/propositions/{proposition['id']}"
    entete = {
        "objet": proposition["objet"],
        "valide_jusqu_au": proposition["valide_jusqu_au"],
        "acompte_pourcent": "30",
    }
    await equipe.manon.changer("PUT", chemin, entete, (await equipe.manon.lire(chemin))["version"])
    await equipe.manon.creer(f"{chemin}/valider", {"signe_par": "Mme Lefèvre"})

    async def affaire(origine: str) -> dict[str, Any]:
        page = await equipe.celine.lire("/billing/affaires-client", demande_id=demande["id"])
        (voulue,) = [a for a in page["elements"] if a["origine"] == origine]
        return dict(voulue)

    async def facturer(origine: str) -> dict[str, Any]:
        prete = await eventually(lambda: affaire(origine), PATIENCE)
        facture = await equipe.celine.creer(f"/billing/affaires-client/{prete['id']}/facturer")
        await equipe.celine.creer(f"/billing/factures/{facture['id']}/envoyer")
        await courrier(equipe, f"{facture['numero']}.pdf")
        return dict(facture)

    acompte = await facturer("acompte")
    assert (acompte["nature"], acompte["total_ht"], acompte["total_ttc"]) == ("acompte", "195.18", "234.22")
    page = await equipe.page("manon", f"/devis/propositions/{proposition['id']}")
    assert acompte["numero"] in page
    lu = await _texte(equipe, acompte)
    assert "Facture d’acompte" in lu
    assert "Acompte de 30 % à la commande" in lu

    (feuille,) = (await equipe.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
    await equipe.karim.creer(f"/inventory/feuilles/{feuille['id']}/cloturer")
    await equipe.karim.creer(f"/inventory/feuilles/{feuille['id']}/valider", {"malgre_ecarts": True})
    await etat(equipe, demande["id"], "a_facturer")
    solde = await facturer("feuille")
    assert Decimal(acompte["total_ttc"]) + Decimal(solde["total_ttc"]) == Decimal("780.72")
    assert f"Acompte facturé : {acompte['numero']}" in await _texte(equipe, solde)
    await etat(equipe, demande["id"], "facture")


async def _texte(equipe: Equipe, facture: dict[str, Any]) -> str:
    pdf = await equipe.celine.fichier(f"/billing/factures/{facture['id']}/document")
    return " ".join(" ".join(textes(pdf)).split())
