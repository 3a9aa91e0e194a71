"""An invoice follows the VAT regime its devis was signed under, whatever that of its client is."""

from typing import Any

import httpx

from services.billing.subscriptions import subscriptions
from shared.database.database import Database
from shared.testing.delivery import recevoir
from tests.builders.billing import un_client
from tests.services.billing.acompte.test_acompte import affaires, billing, client, facturer, sa_feuille, un_devis_signe

__all__ = ["billing", "client"]
SOUS_TRAITANCE = (("800.00", "0", "service"),)
DUE = "Autoliquidation : TVA due par le preneur, article 283-2 nonies du CGI."
Json = dict[str, Any]


async def _factures(base: Database, client: httpx.AsyncClient, *, regime: str, lignes: Any) -> list[Json]:
    """The deposit of 30 % and the invoice of the work, as printed."""
    devis = un_devis_signe(lignes=lignes, regime_tva=regime)
    await recevoir(base, subscriptions, devis)
    (demande,) = await affaires(client)
    acompte = await facturer(client, demande)
    await recevoir(base, subscriptions, sa_feuille(devis))
    (travail,) = await affaires(client)
    faites = [acompte, await facturer(client, travail)]
    return [(await client.get(f"/factures/{f['id']}")).json()["contenu"] for f in faites]


async def test_the_deposit_and_the_work_say_the_regime_of_the_devis(
    billing: Database, client: httpx.AsyncClient
) -> None:
    for contenu in await _factures(billing, client, regime="autoliquidation", lignes=SOUS_TRAITANCE):
        assert DUE in contenu["mentions"]
        assert contenu["client"]["regime_tva"] == "autoliquidation"
        assert [g["montant_tva"] for g in contenu["groupes"]] == ["0.00"]


async def test_an_ordinary_sale_to_a_client_usually_without_vat_says_nothing(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, un_client(regime_tva="autoliquidation"))
    for contenu in await _factures(billing, client, regime="france", lignes=(("800.00", "20", "bien"),)):
        assert not any("Autoliquidation" in phrase for phrase in contenu["mentions"])


async def test_a_devis_signed_before_regimes_were_told_follows_its_client(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, un_client(regime_tva="autoliquidation"))
    for contenu in await _factures(billing, client, regime="", lignes=SOUS_TRAITANCE):
        assert DUE in contenu["mentions"]
