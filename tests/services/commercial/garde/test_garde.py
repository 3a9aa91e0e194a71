"""The margin guard: beyond the limits nothing leaves without an approval, whatever door is used."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from services.commercial.garde import rules
from services.commercial.garde.rules import Faits, Regle, Seuil
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

VENDEUR = ("devis.lire", "devis.modifier", "devis.envoyer", "devis.valider", "couts.voir")
MAIL = {"destinataires": ["cabinet@example.fr"], "sujet": "Devis", "message": "Bonjour,\n\nVoici."}


@pytest.fixture
async def vendeur(database: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    """A salesman: sees costs, approves nothing."""
    return await service_client("commercial", database, *VENDEUR)


async def limiter(client: httpx.AsyncClient, **seuils: str) -> None:
    reponse = await client.put("/seuils-marge", json=seuils)
    assert reponse.status_code == 200, reponse.text


async def envoyer(client: httpx.AsyncClient, id_: str) -> httpx.Response:
    return await client.post(f"/propositions/{id_}/envoyer", json=MAIL)


async def valider(client: httpx.AsyncClient, id_: str) -> httpx.Response:
    return await client.post(f"/propositions/{id_}/valider", json={"signe_par": "Mme Martin"})


async def decider(client: httpx.AsyncClient, id_: str, decision: str) -> httpx.Response:
    return await client.post(f"/propositions/{id_}/approbation/decider", json={"decision": decision})


async def test_a_discount_beyond_the_limit_waits_for_an_approval(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient
) -> None:
    await limiter(client, remise_max="15")
    devis = await b.un_devis(client, [b.une_ligne(remise="25")])
    for refus in (await envoyer(vendeur, devis["id"]), await valider(vendeur, devis["id"])):
        assert (refus.status_code, refus.json()["code"]) == (409, "approbation_requise")
        assert "remise de 25\u00a0% sur « Enregistreur NVR » (maximum 15\u00a0%)" in refus.json()["detail"]
    assert (await decider(vendeur, devis["id"], "accordee")).status_code == 403
    demande = await vendeur.post(f"/propositions/{devis['id']}/approbation", json={"motif": "Concurrence"})
    assert (demande.status_code, demande.json()["etat"]) == (201, "demandee")
    assert (await envoyer(vendeur, devis["id"])).status_code == 409
    (attente,) = (await client.get("/propositions", params={"a_approuver": True})).json()["elements"]
    assert attente["id"] == devis["id"]
    assert (await decider(client, devis["id"], "accordee")).status_code == 200
    assert (await decider(client, devis["id"], "refusee")).json()["code"] == "approbation_deja_decidee"
    assert (await client.get("/propositions", params={"a_approuver": True})).json()["elements"] == []
    assert (await envoyer(vendeur, devis["id"])).status_code == 202


async def test_a_change_after_the_approval_asks_again(client: httpx.AsyncClient, vendeur: httpx.AsyncClient) -> None:
    await limiter(client, marque_min="30")
    devis = await b.un_devis(client, [b.une_ligne(marge="10")])
    url = f"/propositions/{devis['id']}"
    await vendeur.post(f"{url}/approbation", json={})
    await decider(client, devis["id"], "accordee")
    await vendeur.patch(f"{url}/lignes/{devis['lignes'][0]['id']}", json={"marge": "5"})
    refus = await envoyer(vendeur, devis["id"])
    assert "taux de marque de 4,76\u00a0% (minimum 30\u00a0%)" in refus.json()["detail"]
    await vendeur.patch(f"{url}/lignes/{devis['lignes'][0]['id']}", json={"marge": "50"})
    assert (await envoyer(vendeur, devis["id"])).status_code == 202
    inutile = await vendeur.post(f"{url}/approbation", json={})
    assert inutile.json()["code"] == "approbation_inutile"


async def test_a_refused_approval_holds_and_may_be_asked_again(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient
) -> None:
    await limiter(client, remise_max="0")
    devis = await b.un_devis(client, [b.une_ligne(remise="1")])
    url = f"/propositions/{devis['id']}"
    assert (await decider(client, devis["id"], "accordee")).json()["code"] == "approbation_inconnue"
    await vendeur.post(f"{url}/approbation", json={})
    await client.post(f"{url}/approbation/decider", json={"decision": "refusee", "reponse": "Trop bas"})
    assert (await valider(vendeur, devis["id"])).status_code == 409
    vue: dict[str, Any] = (await vendeur.get(f"{url}/garde")).json()
    assert (vue["approbation"]["etat"], vue["approbation"]["reponse"]) == ("refusee", "Trop bas")
    assert (await vendeur.post(f"{url}/approbation", json={"motif": "Dernier mot"})).json()["etat"] == "demandee"


async def test_who_approves_needs_no_approval(client: httpx.AsyncClient) -> None:
    await limiter(client, remise_max="0", marque_min="99")
    devis = await b.un_devis(client, [b.une_ligne(remise="40")])
    assert (await valider(client, devis["id"])).status_code == 200


async def test_without_limits_nothing_is_held(client: httpx.AsyncClient, vendeur: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [b.une_ligne(remise="90", prix_fixe_ht="100")])
    assert (await valider(vendeur, devis["id"])).status_code == 200


async def test_the_refusal_tells_no_margin_to_who_may_not_see_it(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    await limiter(client, marque_min="30")
    devis = await b.un_devis(client, [b.une_ligne(marge="10")])
    aveugle = await service_client("commercial", database, "devis.lire", "devis.envoyer")
    refus = (await envoyer(aveugle, devis["id"])).json()["detail"]
    assert "marge à vérifier" in refus
    assert not any(chiffre in refus for chiffre in ("9,09", "30"))
    assert (await aveugle.get("/seuils-marge")).status_code == 403
    assert (await aveugle.put("/seuils-marge", json={})).status_code == 403


async def test_what_a_salesman_who_sees_costs_asked_tells_no_margin_to_who_may_not(
    client: httpx.AsyncClient, vendeur: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    await limiter(client, marque_min="30")
    devis = await b.un_devis(client, [b.une_ligne(marge="10")])
    await vendeur.post(f"/propositions/{devis['id']}/approbation", json={})
    aveugle = await service_client("commercial", database, "devis.lire")
    vu, du_vendeur = [(await qui.get(f"/propositions/{devis['id']}/garde")).json() for qui in (aveugle, vendeur)]
    assert vu["raisons"] == vu["approbation"]["raisons"] == ["marge à vérifier"]
    assert "9,09" in du_vendeur["raisons"][0]


async def test_limits_set_by_several_at_once_are_one_row(client: httpx.AsyncClient, database: Database) -> None:
    mises = await asyncio.gather(*(client.put("/seuils-marge", json={"remise_max": str(n)}) for n in range(5)))
    assert {mise.status_code for mise in mises} == {200}
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM seuil_marge")) == 1


@pytest.mark.parametrize(
    ("remise", "marque", "nombre"),
    [("15", "20", 0), ("15.01", "20", 1), ("15", "19.99", 1), ("30", "-5", 2), ("0", None, 0)],
)
def test_limits_are_included(remise: str, marque: str | None, nombre: int) -> None:
    faits = Faits(Decimal(remise), "NVR", None if marque is None else Decimal(marque))
    par_droit = rules.depassements(faits, Regle(seuil=Seuil(Decimal(15), Decimal(20))), couts=True)
    assert sum(map(len, par_droit.values())) == nombre
    assert par_droit.keys() <= {rules.MARGE}


def une_regle(remise: str | None, marque: str | None = None, **vise: Any) -> Regle:
    seuil = Seuil(None if remise is None else Decimal(remise), None if marque is None else Decimal(marque))
    return Regle(seuil=seuil, **vise)


MOI, LUI = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("regles", "remise", "marque", "approbateurs"),
    [
        ([une_regle("5")], "5", None, set()),
        ([une_regle("5"), une_regle("10", "20", role="commercial")], "10", "20", set()),
        ([une_regle("5"), une_regle("10", "20", role="a"), une_regle("15", "30", role="b")], "15", "20", set()),
        ([une_regle("5"), une_regle("10", role="a"), une_regle(None, "30", role="b")], None, None, set()),
        ([une_regle("50", role="a"), une_regle("8", personne_id=MOI)], "8", None, set()),
        ([une_regle("5"), une_regle("10", role="a", approbateurs=frozenset({LUI}))], "10", None, {LUI}),
        ([une_regle("9", role="a", approbateurs=frozenset({LUI})), une_regle("10", role="b")], "10", None, set()),
    ],
)
def test_ones_own_limits_win_over_those_of_roles_over_those_of_the_company(
    regles: list[Regle], remise: str | None, marque: str | None, approbateurs: set[UUID]
) -> None:
    retenue = rules.applicable(regles)
    assert retenue is not None
    assert (retenue.seuil, set(retenue.approbateurs)) == (une_regle(remise, marque).seuil, approbateurs)
    assert rules.applicable([]) is None
