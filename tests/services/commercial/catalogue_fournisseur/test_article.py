"""An article quoted from a supplier's catalogue is a product everybody may buy: the one it already is, or its own."""

from decimal import Decimal
from typing import Any

import httpx

from shared.contracts.commercial import ArticleRetenu
from shared.contracts.contacts import TiersFusionne
from shared.contracts.inventory import ReferenceFournisseur
from shared.database.database import Database
from shared.kernel.ids import new_id
from tests.builders import commercial as b
from tests.services.commercial.catalogue_fournisseur.test_catalogue import COLONNES, CSV, importer, pret

__all__ = ["pret"]
EAN = "3760123456789"


async def quoter(client: httpx.AsyncClient, devis: dict[str, Any], **corps: str) -> dict[str, Any]:
    """The article SW-8P put in a devis; the line it makes."""
    corps = {"fournisseur_id": str(b.FOURNISSEUR), "reference": "SW-8P", "quantite": "2", "marge": "20", **corps}
    reponse = await client.post(f"/propositions/{devis['id']}/depuis-catalogue", json=corps)
    assert reponse.is_success, reponse.text
    return dict(reponse.json()["lignes"][-1])


async def test_an_article_nobody_knew_becomes_one_product_told_with_its_supplier_and_its_price(
    pret: httpx.AsyncClient, database: Database
) -> None:
    await importer(pret, database, CSV.encode())
    lignes = [await quoter(pret, await b.un_devis(pret, [])) for _ in range(2)]
    faits = await b.annonces(database, ArticleRetenu)
    assert len({fait.produit_id for fait in faits}) == 1
    assert (faits[0].fournisseur_id, faits[0].reference) == (b.FOURNISSEUR, "SW-8P")
    assert faits[0].prix_achat_ht == Decimal("1234.5")
    for ligne in lignes:
        (cache,) = ligne["produits"]
        assert (cache["produit_id"], cache["reference"]) == (str(faits[0].produit_id), "SW-8P")
        assert (Decimal(cache["quantite"]), Decimal(cache["cout_ht"])) == (Decimal(2), Decimal("1234.5"))
        assert not ligne["alerte"]
    trouves = (await pret.get("/produits", params={"q": "SW-8P"})).json()
    assert [p["id"] for p in trouves] == [str(faits[0].produit_id)]


async def test_an_article_that_is_a_product_already_is_that_one(pret: httpx.AsyncClient, database: Database) -> None:
    await importer(pret, database, CSV.encode())
    chez = ReferenceFournisseur(fournisseur_id=b.FOURNISSEUR, reference="SW-8P", prix_ht=Decimal(1200))
    ancien = b.un_produit("MAISON-8", "Notre switch", fournisseurs=(chez,))
    await b.recevoir(database, ancien)
    (cache,) = (await quoter(pret, await b.un_devis(pret, [])))["produits"]
    assert (cache["produit_id"], cache["reference"]) == (str(ancien.produit_id), "MAISON-8")
    (fait,) = await b.annonces(database, ArticleRetenu)
    assert fait.produit_id == ancien.produit_id


async def test_what_an_absorbed_supplier_sold_is_known_under_the_one_kept(
    pret: httpx.AsyncClient, database: Database
) -> None:
    await importer(pret, database, CSV.encode())
    absorbe = new_id()
    chez = ReferenceFournisseur(fournisseur_id=absorbe, reference="SW-8P", prix_ht=Decimal(1200))
    ancien = b.un_produit("MAISON-8", "Notre switch", fournisseurs=(chez,))
    await b.recevoir(database, ancien, TiersFusionne(tiers_id=b.FOURNISSEUR, absorbe_id=absorbe, nom="Grossiste"))
    (cache,) = (await quoter(pret, await b.un_devis(pret, [])))["produits"]
    assert cache["produit_id"] == str(ancien.produit_id)


async def test_the_barcode_says_that_two_suppliers_sell_one_product(
    pret: httpx.AsyncClient, database: Database
) -> None:
    await pret.put(f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil", json={"colonnes": COLONNES | {"ean": "EAN"}})
    await importer(pret, database, f"Code article;Libellé;Prix net;Marque;EAN\nSW-8P;Switch;10;X;{EAN}\n".encode())
    ancien = b.un_produit("MAISON-8", "Notre switch", ean=EAN)
    await b.recevoir(database, ancien)
    (cache,) = (await quoter(pret, await b.un_devis(pret, [])))["produits"]
    assert cache["produit_id"] == str(ancien.produit_id)
