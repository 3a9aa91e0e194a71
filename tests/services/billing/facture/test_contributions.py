"""DEEE and copie privée come with the line of the feuille, stay when accounts correct it, and are on the facture apart."""

from decimal import Decimal

import httpx

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise
from shared.database.database import Database
from shared.testing.delivery import annonces, recevoir
from tests.builders.billing import une_feuille_validee, une_ligne
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire
from tests.services.commercial.envoi.test_envoi import texte

__all__ = ["billing", "client"]


async def test_the_facture_shows_the_contributions_of_a_line_whatever_accounts_correct(
    billing: Database, client: httpx.AsyncClient
) -> None:
    ecran = une_ligne(
        designation="Écran 27 pouces",
        quantite=Decimal(2),
        prix_ht=Decimal(100),
        remise=Decimal(10),
        total_ht=Decimal("188.32"),
        deee_ht=Decimal("4.16"),
    )
    await recevoir(billing, subscriptions, une_feuille_validee(ecran))
    affaire = await l_affaire(client)
    assert affaire["total_ht"] == "188.32"
    lignes = [{**affaire["lignes"][0], "quantite": "3"}]
    corrigee = await client.put(f"/affaires-client/{affaire['id']}", json={"objet": affaire["objet"], "lignes": lignes})
    assert corrigee.json()["total_ht"] == "282.48"  # 270 + 12,48
    facture = (await client.post(f"/affaires-client/{affaire['id']}/facturer")).json()
    assert (facture["total_ht"], facture["total_ttc"]) == ("282.48", "338.98")
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    lu = texte((await client.get(f"/factures/{facture['id']}/document")).content)
    lu = lu.replace("\u202f", " ").replace("\xa0", " ")
    for dit in ("270,00", "Éco-participation DEEE", "4,16", "12,48", "282,48 €", "dont éco-participation DEEE 12,48 €"):
        assert dit in lu, dit
