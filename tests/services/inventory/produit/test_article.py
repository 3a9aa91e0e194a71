"""What is quoted from a supplier's catalogue is a product: new, or bought from one more supplier."""

from decimal import Decimal
from typing import Any

import httpx

from shared.contracts.commercial import ArticleRetenu
from shared.contracts.inventory import ProduitModifie
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier
from tests.services.inventory.produit.test_routes import corps


def un_article(**champs: Any) -> ArticleRetenu:
    valeurs = {
        "produit_id": new_id(),
        "fournisseur_id": new_id(),
        "reference": "SW-8P",
        "designation": "Switch 8 ports",
    }
    return ArticleRetenu(**(valeurs | {"prix_achat_ht": Decimal("98.5"), "ean": "3760123456789"} | champs))


async def test_an_unknown_article_becomes_a_product_under_a_free_reference(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    assert (await client.post("/produits", json=corps("SW-8P"))).status_code == 201
    article = un_article()
    for _ in range(2):
        await atelier.recevoir(article)
    fiche = (await client.get(f"/produits/{article.produit_id}")).json()
    assert (fiche["reference"], fiche["designation"], fiche["ean"]) == ("SW-8P-2", "Switch 8 ports", article.ean)
    faits = [f for f in await atelier.publies(ProduitModifie) if f.produit_id == article.produit_id]
    assert len(faits) == 1, "told again, nothing new is said"
    (chez,) = faits[0].fournisseurs
    assert (chez.fournisseur_id, chez.reference, chez.prix_ht) == (article.fournisseur_id, "SW-8P", Decimal("98.5"))
    assert faits[0].prix_achat_ht == Decimal("98.5")


async def test_a_known_product_gains_a_supplier_then_its_new_price(atelier: Atelier, client: httpx.AsyncClient) -> None:
    premier = {"fournisseur_id": str(new_id()), "reference": "AUTRE", "prix_ht": "90"}
    cree = (await client.post("/produits", json=corps("COP-8", fournisseurs=[premier]))).json()
    article = un_article(produit_id=cree["id"])
    await atelier.recevoir(article)
    await atelier.recevoir(article.model_copy(update={"prix_achat_ht": Decimal(80)}))
    fait = (await atelier.publies(ProduitModifie))[-1]
    assert [(f.reference, f.prix_ht) for f in fait.fournisseurs] == [("AUTRE", Decimal(90)), ("SW-8P", Decimal(80))]
    assert fait.reference == "COP-8"
