"""Reorder rules from the pages."""

from typing import Any

from tests.builders.purchasing import recevoir, un_stock
from tests.gateway.pages.achats.test_pages import Bureau, bureau

__all__ = ["bureau"]


async def test_a_rule_is_set_and_its_need_is_listed(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    await recevoir(monde.database, un_stock(monde.borne, monde.annecy.agence_id, "Annecy", 3))
    assert "Aucune règle" in await thomas.lire("/achats/reappro")
    champs: dict[str, Any] = {
        "produit_id": str(monde.borne.produit_id),
        "agence_id": str(monde.annecy.agence_id),
        "mini": "5",
    }
    refus = await thomas.envoyer("/achats/reappro/regle", 422, **champs, maxi="")
    assert "Au moins le minimum." in refus.text
    await thomas.envoyer("/achats/reappro/regle", **champs, maxi="20")
    page = await thomas.lire("/achats/reappro")
    assert "Borne Wi-Fi 6E" in page
    besoins = await thomas.lire("/achats?filtre=a_acheter")
    assert "réappro Annecy" in besoins
    assert "3 disponibles, mini 5, maxi 20" in besoins
    assert 'value="17' in besoins
