"""Product types over HTTP."""

import httpx
import pytest

from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, une_saisie_type


@pytest.mark.feature("IN-02")
async def test_a_type_is_defined_with_its_own_fields(atelier: Atelier, client: httpx.AsyncClient) -> None:
    champs = [{"cle": "poste", "libelle": "Numéro de poste", "type": "nombre", "requis": True}]
    saisie = une_saisie_type(code="telephone", libelle="Téléphone", champs=champs, etiquette_requise=False)
    cree = await client.post("/types-produit", json=saisie.model_dump(mode="json"))
    assert cree.status_code == 201
    types = (await client.get("/types-produit")).json()
    assert [(t["libelle"], t["nombre_produits"]) for t in types] == [("Copieur", 1), ("Téléphone", 0)]
    assert types[1]["champs"][0]["libelle"] == "Numéro de poste"


async def test_changing_and_refusing(atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton) -> None:
    corps = une_saisie_type(libelle="Copieur multifonction").model_dump(mode="json")
    connu = (await client.get("/types-produit")).json()[0]
    url = f"/types-produit/{connu['id']}"
    fiche = (await client.put(url, json=corps, headers={"If-Match": str(connu["version"])})).json()
    assert fiche["libelle"] == "Copieur multifonction"
    assert (await client.put(url, json=corps, headers={"If-Match": "1"})).status_code == 409
    assert (await client.post("/types-produit", json=corps)).json()["code"] == "code_type_deja_pris"
    double = {**corps, "code": "autre", "champs": [corps["champs"][0], corps["champs"][0]]}
    assert (await client.post("/types-produit", json=double)).json()["code"] == "formulaire_incorrect"
    assert (await client.put(url, json=corps, headers=jeton("produit.lire"))).status_code == 403
