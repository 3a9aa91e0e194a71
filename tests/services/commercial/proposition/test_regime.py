"""The VAT regime of a devis: its rates, the sentence its paper carries, what those who invoice are told."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import Adresse
from shared.database.database import Database
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte

TETE = ("objet", "valide_jusqu_au", "acompte_pourcent")
LIGNES = (
    b.une_ligne(designation="Caméra", prix_fixe_ht="100", taux_tva="20"),
    b.une_ligne(designation="Pose", prix_fixe_ht="50", taux_tva="10", nature="service"),
)


async def _sous(client: httpx.AsyncClient, devis: dict[str, Any], regime: str | None) -> dict[str, Any]:
    p = (await client.get(f"/propositions/{devis['id']}")).json()
    corps = {champ: p[champ] for champ in TETE} | ({"regime_tva": regime} if regime else {})
    reponse = await client.put(f"/propositions/{devis['id']}", json=corps, headers={"If-Match": f'"{p["version"]}"'})
    assert reponse.status_code == 200, reponse.text
    return dict((await client.get(f"/propositions/{devis['id']}")).json())


async def _papier(client: httpx.AsyncClient, devis: dict[str, Any]) -> str:
    return texte((await client.get(f"/propositions/{devis['id']}/document")).content)


def _taux(p: dict[str, Any]) -> list[Decimal]:
    return [Decimal(ligne["taux_tva"]) for ligne in p["lignes"]]


async def test_another_regime_changes_every_rate_and_the_totals_then_gives_the_usual_rate_back(
    client: httpx.AsyncClient,
) -> None:
    devis = await b.un_devis(client, LIGNES)
    sans = await _sous(client, devis, "autoliquidation")
    assert (_taux(sans), sans["totaux"]["total_ttc"]) == ([Decimal(0), Decimal(0)], "150.00")
    assert (await _sous(client, devis, None))["regime_tva"] == "autoliquidation", "what is not said stays"
    avec = await _sous(client, devis, "france")
    assert (_taux(avec), avec["totaux"]["total_ttc"]) == ([Decimal(20), Decimal(20)], "180.00")


@pytest.mark.parametrize(
    ("regime", "dits", "tus"),
    [
        ("autoliquidation", ["Autoliquidation : TVA due par le preneur, article 283-2 nonies"], ["262 ter", "259-1"]),
        ("intracom", ["262 ter I", "articles 44 et 196 de la directive"], ["283-2 nonies", "259-1"]),
        ("export", ["article 262 I du CGI", "article 259-1 du CGI"], ["262 ter", "Autoliquidation"]),
        ("france", ["certifie que les travaux"], ["Autoliquidation", "262", "259-1"]),
    ],
)
async def test_the_paper_says_why_goods_and_services_bear_no_vat(
    client: httpx.AsyncClient, regime: str, dits: list[str], tus: list[str]
) -> None:
    devis = await b.un_devis(client, LIGNES)
    await _sous(client, devis, regime)
    lu = await _papier(client, devis)
    assert [mot for mot in dits if mot not in lu] == []
    assert [mot for mot in tus if mot in lu] == []


async def test_the_regime_follows_new_versions_avenants_and_whoever_invoices(
    client: httpx.AsyncClient, database: Database
) -> None:
    devis = await b.un_devis(client, LIGNES)
    await _sous(client, devis, "autoliquidation")
    copie = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    assert (copie["regime_tva"], copie["totaux"]["total_ttc"]) == ("autoliquidation", "150.00")
    assert (await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Martin"})).is_success
    avenant = (await client.post(f"/propositions/{devis['id']}/avenant")).json()
    assert avenant["regime_tva"] == "autoliquidation"
    (signe,) = await b.annonces(database, DevisValide)
    assert (signe.regime_tva, signe.total_tva) == ("autoliquidation", 0)


async def test_a_company_of_the_union_is_no_consumer(client: httpx.AsyncClient, database: Database) -> None:
    """It has a VAT number and no SIREN: nobody tells it that it may withdraw."""
    ailleurs = Adresse(lignes=("1 Hauptstraße",), code_postal="10115", ville="Berlin", pays="DE")
    etranger = {"siren": None, "tva_intracom": "DE136695976", "adresse": ailleurs, "regime_tva": "intracom"}
    await b.recevoir(database, b.un_tiers(**etranger))
    devis = await b.un_devis(client, LIGNES)
    lieu = await client.put(f"/etudes/{devis['etude_id']}/lieu", json={"est_hors_etablissement": True})
    assert lieu.is_success
    lu = await _papier(client, devis)
    assert "DE136695976" in lu
    assert "rétractation" not in lu
