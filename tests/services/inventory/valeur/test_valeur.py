"""The value of the stock at a date: what each object really cost, place by place, the same whenever it is asked."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.inventory.valeur.queries import fin_du_jour
from shared.kernel.clock import FrozenClock, jour_paris
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception

Json = dict[str, Any]


async def valeur(client: httpx.AsyncClient, le: date, **params: Any) -> Json:
    reponse = await client.get("/stock/valeur", params={"le": le.isoformat(), **params})
    assert reponse.status_code == 200, reponse.text
    lu: Json = reponse.json()
    return lu


def par_lieu(vue: Json) -> dict[str, str]:
    return {lieu["lieu"]: lieu["valeur_ht"] for lieu in vue["lieux"]}


def demain(atelier: Atelier) -> None:
    """A day later for the service; the tokens of the test stay valid."""
    atelier.database.clock = FrozenClock(atelier.database.clock.now() + timedelta(days=1))


@pytest.fixture
async def annee(atelier: Atelier, client: httpx.AsyncClient) -> Atelier:
    """Three days: phones bought at 10.40 then 12.00, a cable sold in part, a phone sent to Lyon."""
    lyon, annecy = atelier.lyon.agence_id, atelier.annecy.agence_id
    await atelier.recevoir(
        une_reception(annecy, recu(atelier.telephone, "2"), recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5")))
    )
    demain(atelier)
    await atelier.recevoir(
        une_reception(lyon, recu(atelier.telephone, "1", cout_unitaire_ht=Decimal("12.0001")), numero="R2")
    )
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "4"))))
    (feuille,) = (await client.get("/feuilles")).json()["elements"]
    assert (await client.post(f"/feuilles/{feuille['id']}/prelever-reserve")).status_code == 200
    demain(atelier)
    envoi = {"de_depot_id": str(atelier.depots["ANN"]), "vers_depot_id": str(atelier.depots["LYO"]),
             "lignes": [{"produit_id": str(atelier.telephone.id), "quantite": "1"}]}  # fmt: skip
    assert (await client.post("/transferts", json=envoi)).status_code == 201
    assert (await client.post(f"/feuilles/{feuille['id']}/valider", json={"malgre_ecarts": True})).status_code == 200
    return atelier


async def test_each_day_keeps_its_value(annee: Atelier, client: httpx.AsyncClient) -> None:
    jour = jour_paris(annee.database.clock.now())
    avant, hier, veille = jour - timedelta(days=3), jour - timedelta(days=1), jour - timedelta(days=2)
    assert (await valeur(client, avant))["total_ht"] == "0.00"
    assert par_lieu(await valeur(client, veille)) == {"Annecy": "45.80"}  # 2 x 10.40 + 10 x 2.50
    lu = await valeur(client, hier)
    assert par_lieu(lu) == {"Annecy": "35.80", "Lyon": "12.00", "En préparation": "10.00"}
    assert lu["total_ht"] == "57.80"
    assert par_lieu(await valeur(client, jour)) == {"Annecy": "25.40", "Lyon": "12.00", "En transit": "10.40"}
    assert par_lieu(await valeur(client, veille)) == {"Annecy": "45.80"}  # the past does not move
    une = await valeur(client, hier, depot_id=str(annee.depots["LYO"]))
    assert [(x["reference"], x["quantite"], x["valeur_ht"]) for x in une["lignes"]] == [("TEL-SIP", "1.000", "12.00")]


async def test_pages_and_the_file_say_the_same(annee: Atelier, client: httpx.AsyncClient) -> None:
    jour = jour_paris(annee.database.clock.now()) - timedelta(days=1)
    tout = (await valeur(client, jour))["lignes"]
    premiere = await valeur(client, jour, limite=2)
    seconde = await valeur(client, jour, limite=2, curseur=premiere["curseur_suivant"])
    assert premiere["lignes"] + seconde["lignes"] == tout
    assert seconde["curseur_suivant"] is None
    reponse = await client.get("/stock/valeur.csv", params={"le": jour.isoformat()})
    assert f'stock-{jour.isoformat()}.csv"' in reponse.headers["content-disposition"]
    rangees = [r.split(";") for r in reponse.content.decode("utf-8-sig").splitlines()]
    assert rangees[0][0] == "Lieu"
    assert rangees[1] == ["Annecy", "CAB-CAT6", "Câble catégorie 6", "neuf", "6,000", "m", "15,00"]
    somme = sum((Decimal(r[-1].replace(",", ".")) for r in rangees[1:]), Decimal(0))
    assert f"{somme:.2f}" == (await valeur(client, jour))["total_ht"]


async def test_the_list_of_stock_says_the_same_value(annee: Atelier, client: httpx.AsyncClient) -> None:
    lu = await valeur(client, jour_paris(annee.database.clock.now()))
    dans_les_depots: dict[str, Decimal] = {}
    for ligne in (x for x in lu["lignes"] if x["genre"] == "depot"):
        deja = dans_les_depots.get(ligne["reference"], Decimal(0))
        dans_les_depots[ligne["reference"]] = deja + Decimal(ligne["valeur_ht"])
    stock = (await client.get("/stock", params={"presents": "true"})).json()["elements"]
    assert {p["reference"]: Decimal(p["valeur_ht"]) for p in stock} == dans_les_depots


async def test_it_is_hidden_from_who_may_not_see_costs(annee: Atelier, service_client: ServiceClient) -> None:
    for droits in (("stock.lire",), ("couts.voir",)):
        client = await service_client("inventory", annee.database, *droits)
        for chemin in ("/stock/valeur", "/stock/valeur.csv"):
            assert (await client.get(chemin)).status_code == 403


def test_a_day_ends_at_midnight_in_france() -> None:
    assert fin_du_jour(date(2026, 7, 1)).isoformat() == "2026-07-02T00:00:00+02:00"
    assert fin_du_jour(date(2026, 12, 31)).isoformat() == "2027-01-01T00:00:00+01:00"


async def test_a_day_out_of_any_calendar_is_a_wrong_value(client: httpx.AsyncClient) -> None:
    for chemin in ("/stock/valeur", "/stock/valeur.csv"):
        reponse = await client.get(chemin, params={"le": "9999-12-31"})
        assert (reponse.status_code, reponse.json()["code"]) == (422, "saisie_invalide")
        assert (await client.get(chemin, params={"le": "0001-01-01"})).status_code == 200
