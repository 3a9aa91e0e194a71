"""Files of a facture and of a supplier invoice: kept beside what was issued, which stays as it was to the byte."""

from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise, FichiersAchatModifies, FichiersFactureModifies
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient
from tests.builders.billing import CLIENT, une_feuille_validee, une_reception
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire

__all__ = ["billing", "client"]
Json = dict[str, Any]
PDF: Any = {"content": b"%PDF-1.7 bon signe", "headers": {"content-type": "application/pdf"}}
FOURNISSEUR = new_id()


@pytest.fixture
async def facture(billing: Database, client: httpx.AsyncClient) -> Json:
    """Issued, with its document kept."""
    await recevoir(billing, subscriptions, une_feuille_validee())
    emise: Json = (await client.post(f"/affaires-client/{(await l_affaire(client))['id']}/facturer")).json()
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    return emise


@pytest.fixture
async def achat(billing: Database, client: httpx.AsyncClient) -> Json:
    await recevoir(billing, subscriptions, une_reception("R-1", "500.00", fournisseur_id=FOURNISSEUR))
    (lu,) = (await client.get("/affaires-fournisseur")).json()["elements"]
    recu: Json = lu
    return recu


async def joindre(client: httpx.AsyncClient, base: str, statut: int = 200, **contenu: Any) -> str:
    url = f"{base}/fichiers/{new_id()}"
    pose = await client.put(url, params={"nom": "Bon signé.pdf"}, **{**PDF, **contenu})
    assert pose.status_code == statut, pose.text
    return url


async def rangs(client: httpx.AsyncClient, base: str) -> list[int]:
    return [f["rang"] for f in (await client.get(f"{base}/fichiers")).json()["elements"]]


async def aller_et_retour(client: httpx.AsyncClient, base: str) -> str:
    """Two versions, the second one taken off then put back; four changes."""
    await joindre(client, base)
    url = await joindre(client, base, content=b"%PDF-1.7" + bytes(3 * 1024 * 1024))
    assert await rangs(client, base) == [2]
    assert (await client.delete(url)).status_code == 204
    assert await rangs(client, base) == [1]
    assert (await client.post(f"{url}/remettre")).status_code == 204
    assert await rangs(client, base) == [2]
    return url


async def _emise(billing: Database) -> list[Any]:
    """The whole row and the system version PostgreSQL gives it: any writing shows."""
    async with billing.read() as session:
        return list(await session.execute(text("select xmin::text, f.* from facture f")))


async def test_what_was_issued_is_not_touched(billing: Database, client: httpx.AsyncClient, facture: Json) -> None:
    base = f"/factures/{facture['id']}"
    avant, document = await _emise(billing), (await client.get(f"{base}/document")).content
    await aller_et_retour(client, base)
    assert await _emise(billing) == avant
    assert (await client.get(f"{base}/document")).content == document
    (du_tiers,) = (await client.get("/fichiers-factures", params={"tiers_id": str(CLIENT)})).json()["elements"]
    assert du_tiers["proprietaire_numero"] == facture["numero"]
    assert du_tiers["proprietaire_objet"] == (await client.get(base)).json()["contenu"]["objet"]
    dits = await annonces(billing, FichiersFactureModifies)
    assert [str(getattr(f, "tiers_id", "")) for f in dits] == [str(CLIENT)] * 4
    traces = (await client.get(f"/journal/{facture['id']}")).json()["elements"]
    assert len({t["objet_id"] for t in traces if t["objet_type"] == "fichier_facture"}) == 2


async def test_a_facture_is_under_its_own_rights(
    billing: Database, client: httpx.AsyncClient, facture: Json, service_client: ServiceClient
) -> None:
    base = f"/factures/{facture['id']}"
    url = await joindre(client, base)
    lecteur = await service_client("billing", billing, "facture.lire")
    assert (await lecteur.get(f"{url}/apercu")).content == PDF["content"]
    await joindre(lecteur, base, 403)
    assert (await lecteur.delete(url)).status_code == 403
    acheteur = await service_client("billing", billing, "couts.voir")
    for porte in (url, f"{url}/contenu", f"{base}/fichiers", f"/fichiers-factures?tiers_id={CLIENT}"):
        assert (await acheteur.get(porte)).status_code == 403, porte
    await joindre(client, f"/factures/{new_id()}", 404)


async def test_a_supplier_invoice_keeps_its_files(billing: Database, client: httpx.AsyncClient, achat: Json) -> None:
    await aller_et_retour(client, f"/affaires-fournisseur/{achat['id']}")
    params = {"tiers_id": str(FOURNISSEUR)}
    (du_tiers,) = (await client.get("/fichiers-affaires-fournisseur", params=params)).json()["elements"]
    assert du_tiers["proprietaire_numero"] == achat["numero"]
    dits = await annonces(billing, FichiersAchatModifies)
    assert dits == [FichiersAchatModifies(affaire_fournisseur_id=achat["id"], fournisseur_id=FOURNISSEUR)] * 4
    traces = (await client.get(f"/journal/{achat['id']}")).json()["elements"]
    assert len({t["objet_id"] for t in traces if t["objet_type"] == "fichier_achat"}) == 2


async def test_who_does_not_see_costs_sees_none_of_a_supplier_invoice(
    billing: Database, client: httpx.AsyncClient, achat: Json, service_client: ServiceClient
) -> None:
    base = f"/affaires-fournisseur/{achat['id']}"
    url = await joindre(client, base)
    acheteur = await service_client("billing", billing, "couts.voir")
    assert (await acheteur.get(f"{url}/contenu")).content == PDF["content"]
    await joindre(acheteur, base, 403)
    autre = await service_client("billing", billing, "facture.lire", "facture.modifier")
    liste = f"/fichiers-affaires-fournisseur?tiers_id={FOURNISSEUR}"
    for porte in (url, f"{url}/contenu", f"{url}/apercu", f"{base}/fichiers", liste):
        assert (await autre.get(porte)).status_code == 403, porte
    await joindre(autre, base, 403)
