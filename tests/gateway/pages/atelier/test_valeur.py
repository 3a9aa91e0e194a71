"""The value of the stock from the pages."""

from tests.builders.inventory import recu, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


async def test_the_value_and_its_file(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "2")))
    assert "/atelier/stock/valeur" in await navigateur.lire("/atelier/stock")
    page = await navigateur.lire("/atelier/stock/valeur")
    assert "20,80 €" in page
    assert "Annecy · 1 référence" in page
    assert "Rien en stock à cette date" in await navigateur.lire("/atelier/stock/valeur?le=2020-01-01")
    assert "20,80 €" in await navigateur.lire("/atelier/stock/valeur?le=illisible")
    assert "TEL-SIP" in await navigateur.lire("/atelier/stock/valeur.csv")
