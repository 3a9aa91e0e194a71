"""The client's invoice says which serial numbers were delivered, line by line."""

from datetime import date
from typing import Any

import httpx

from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise
from shared.contracts.inventory import FeuilleValidee, ObjetInstalle
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.texte import simple
from tests.builders.billing import une_feuille_validee, une_ligne
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire, rouvrir
from tests.services.commercial.envoi.test_envoi import texte

Json = dict[str, Any]

__all__ = ["billing", "client"]


def livree(*series: str | None) -> FeuilleValidee:
    """Two lines; the objects of the first one, whose product the client never reads about, have these serials."""
    ligne, pose = une_ligne(), une_ligne(position=1, designation="Pose", nature="service")
    objets = tuple(
        ObjetInstalle(
            historique_id=new_id(),
            ligne_id=ligne.ligne_id,
            produit_id=new_id(),
            reference="CACHE-1",
            designation="Produit caché",
            numero_serie=serie,
        )
        for serie in series
    )
    return une_feuille_validee(ligne, pose, objets=objets)


async def facturer(client: httpx.AsyncClient, affaire: Json) -> Json:
    """The invoice of an affaire client."""
    reponse = await client.post(f"/affaires-client/{affaire['id']}/facturer")
    assert reponse.status_code in (200, 201), reponse.text
    facture: Json = reponse.json()
    return facture


async def imprimee(billing: Database, client: httpx.AsyncClient, facture: Json) -> str:
    """The text of its PDF."""
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    return simple(texte((await client.get(f"/factures/{facture['id']}/document")).content))


async def test_the_invoice_prints_the_serial_numbers_of_each_line(billing: Database, client: httpx.AsyncClient) -> None:
    await recevoir(billing, subscriptions, livree("SN-0001", None, "SN-0002"))
    affaire = await l_affaire(client)
    assert [ligne["series"] for ligne in affaire["lignes"]] == [["SN-0001", "SN-0002"], []]
    facture = await facturer(client, affaire)
    texte = await imprimee(billing, client, facture)
    assert "N° de série : SN-0001, SN-0002" in texte
    assert texte.count("N° de série") == 1
    assert "CACHE-1" not in texte
    assert "Produit caché" not in texte
    avoir = await client.post(f"/factures/{facture['id']}/avoir", json={"motif": "Retour"})
    assert "SN-0002" in await imprimee(billing, client, avoir.json())


async def test_accounts_correct_the_lines_and_choose_not_to_print_them(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, livree("SN-0001"))
    affaire = await l_affaire(client)
    lignes = [{**ligne, "designation": f"{ligne['designation']} (corrigée)"} for ligne in affaire["lignes"]]
    corps = {"objet": "Vidéosurveillance", "imprime_series": False, "lignes": lignes}
    entete = {"If-Match": str(affaire["version"])}
    vue = await client.put(f"/affaires-client/{affaire['id']}", json=corps, headers=entete)
    assert vue.json()["lignes"][0]["series"] == ["SN-0001"], "corrected, the line still says what was delivered"
    assert "SN-0001" not in await imprimee(billing, client, await facturer(client, affaire))


async def test_a_corrected_feuille_corrects_the_serial_numbers(billing: Database, client: httpx.AsyncClient) -> None:
    fait = livree("SN-0001")
    await recevoir(billing, subscriptions, fait, rouvrir(fait))
    autre = fait.objets[0].model_copy(update={"numero_serie": "SN-0009"})
    await recevoir(billing, subscriptions, fait.model_copy(update={"objets": (autre,)}))
    assert (await l_affaire(client))["lignes"][0]["series"] == ["SN-0009"]


def garantie(fait: FeuilleValidee, *fins: date | None) -> FeuilleValidee:
    """The same, its objects guaranteed until these days."""
    objets = [o.model_copy(update={"garantie_jusqu_au": fin}) for o, fin in zip(fait.objets, fins, strict=True)]
    return fait.model_copy(update={"objets": tuple(objets)})


async def test_the_invoice_says_until_when_each_line_is_guaranteed(
    billing: Database, client: httpx.AsyncClient
) -> None:
    longue, courte = date(2029, 3, 31), date(2027, 3, 31)
    await recevoir(billing, subscriptions, garantie(livree("SN-0001", None), longue, longue))
    affaire = await l_affaire(client)
    assert [ligne["garantie"] for ligne in affaire["lignes"]] == ["Garantie jusqu’au 31/03/2029", ""]
    texte = await imprimee(billing, client, await facturer(client, affaire))
    assert texte.count("Garantie jusqu’au 31/03/2029") == 1
    assert "Produit caché" not in texte

    await recevoir(billing, subscriptions, garantie(livree("SN-1", "SN-2", "SN-3"), longue, courte, longue))
    (autre,) = [a for a in await les_affaires(client) if a["id"] != affaire["id"]]
    dit = "Garantie jusqu’au 31/03/2027 (n° SN-2), jusqu’au 31/03/2029 (n° SN-1, SN-3)"
    assert autre["lignes"][0]["garantie"] == dit
    corps = {"objet": "Sans", "imprime_series": False, "lignes": autre["lignes"]}
    await client.put(f"/affaires-client/{autre['id']}", json=corps, headers={"If-Match": str(autre["version"])})
    assert "31/03/2027" not in await imprimee(billing, client, await facturer(client, autre))


async def les_affaires(client: httpx.AsyncClient) -> list[Json]:
    """Every affaire client, whole."""
    ids = [a["id"] for a in (await client.get("/affaires-client")).json()["elements"]]
    return [(await client.get(f"/affaires-client/{id_}")).json() for id_ in ids]
