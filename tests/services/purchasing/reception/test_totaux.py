"""What the list of receptions adds up to, within its filters and the rights of who looks."""

from decimal import Decimal

from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde


async def test_the_totals_follow_the_filters_and_hide_costs(monde: Monde, service_client: ServiceClient) -> None:
    for quantite in (1, 2):
        reception = await monde.receptionner(await monde.commander_produit(monde.switch, quantite))
        await monde.scanner(reception, "SW-24P")
        if quantite == 1:
            await monde.valider(reception)
    liste = (await monde.lire("/receptions"))["elements"]
    tous = await monde.lire("/receptions/totaux")
    assert tous["nombre"] == 2
    assert Decimal(tous["total_ht"]) == sum(Decimal(r["total_ht"]) for r in liste)
    validees = await monde.lire("/receptions/totaux", etat="validee")
    assert (validees["nombre"], Decimal(validees["total_ht"]) > 0) == (1, True)
    assert (await monde.lire("/receptions/totaux", q="introuvable"))["nombre"] == 0
    magasinier = await service_client("purchasing", monde.database, "reception.saisir")
    assert (await magasinier.get("/receptions/totaux")).json() == {"nombre": 2, "total_ht": None}
