"""The credits that suppliers promised after returns, on the pages of accounts."""

from decimal import Decimal

from services.billing.subscriptions import subscriptions as billing
from shared.testing.delivery import recevoir
from tests.gateway.bureau import Bureau
from tests.services.billing.avoir_fournisseur.test_avoir_fournisseur import un_retour


async def test_accounts_see_what_is_awaited_and_record_what_comes(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await recevoir(bureau.bases["billing"], billing, un_retour(), un_retour(numero="RF-2", avoir_ht=Decimal(30)))
    assert "avoirs attendus 150,00 €" in await celine.lire("/administratif/fournisseurs")
    liste = await celine.lire("/administratif/fournisseurs/avoirs")
    assert "2 avoirs attendus · reste 150,00 € HT" in liste
    lien = liste[: liste.index("RF-2026-00001")].rsplit('href="', 1)[1].split('"')[0]
    fiche = await celine.lire(lien)
    assert "Téléphone, n° T1" in fiche
    assert 'value="AV-77"' in fiche
    await celine.envoyer(f"{lien}/recevoir", statut=422, numero="AV-77", date_avoir="2026-03-16", montant_ht="1000")
    assert "n’a encore envoyé aucun avoir" in await celine.lire(lien), "au-delà de ce qui est attendu"
    await celine.envoyer(f"{lien}/recevoir", numero="AV-77", date_avoir="2026-03-16", montant_ht="70,50")
    fiche = await celine.lire(lien)
    assert "−70,50 €" in fiche
    assert "reste 49,50 € HT" in fiche
    await celine.envoyer(f"{lien}/recevoir", numero="AV-78", date_avoir="2026-03-16", montant_ht="49,50")
    assert "1 avoir attendu · reste 30,00 € HT" in await celine.lire("/administratif/fournisseurs/avoirs")
    tous = await celine.lire("/administratif/fournisseurs/avoirs?attendus=")
    assert "RF-2026-00001" in tous
    assert "Reçu" in tous


async def test_who_may_not_see_costs_does_not_read_them(bureau: Bureau) -> None:
    accueil = await bureau.asseoir("claire", "accueil")
    await accueil.lire("/administratif/fournisseurs/avoirs", statut=403)
