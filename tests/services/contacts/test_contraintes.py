"""What the database refuses is told in French, next to its field: never an internal error."""

import asyncio
from typing import Any

import httpx
import pytest

from shared.database.database import Database
from shared.testing.fixtures import ServiceClient, ServiceDatabase

SIRET = "73282932000074"
ADRESSE = {"lignes": ["1 rue A"], "code_postal": "74000", "ville": "Annecy"}
SOCIETE: dict[str, Any] = {
    **{"raison_sociale": "Réseaux du Lac", "forme_juridique": "SAS", "capital": "10 000 €", "siren": "732829320"},
    **{"siret": SIRET, "rcs": "Annecy", "naf": "4321A", "tva_intracom": "FR44732829320", "adresse": ADRESSE},
    **{"telephone": "04 50 51 00 00", "email": "a@b.fr"},
}


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def test_un_e_mail_de_collaborateur_ou_un_nom_d_equipe_deja_pris(client: httpx.AsyncClient) -> None:
    gens = {"nom": "Durand", "prenom": "Zoé", "email": "zoe@exemple.fr"}
    for chemin, corps, champ, valeur in (
        ("/collaborateurs", gens, "email", "zoe@exemple.fr"),
        ("/equipes", {"nom": "Pose"}, "nom", "Pose"),
    ):
        assert (await client.post(chemin, json=corps)).status_code == 201
        refus = await client.post(chemin, json=corps)
        assert (refus.status_code, refus.json()["code"]) == (409, "deja_enregistre"), refus.text
        assert f"« {valeur} »" in refus.json()["detail"]
        assert [e["champ"] for e in refus.json()["erreurs"]] == [champ]


async def test_deux_creations_au_meme_instant_avec_un_siret(client: httpx.AsyncClient) -> None:
    corps = {"nom": "Mairie de Sévrier", "siret": SIRET}
    roles = ("client", "fournisseur", "prospect", "autre")  # numbered apart, they do not wait for each other
    reponses = await asyncio.gather(*(client.post("/tiers", json={**corps, "roles": [role]}) for role in roles))
    assert sorted(r.status_code for r in reponses) == [201, 409, 409, 409]
    assert all(SIRET in r.json()["detail"] for r in reponses if r.status_code == 409)


@pytest.mark.parametrize(
    ("champ", "valeur", "code"),
    [("iban", "FR76 3000 6000 0112 3456 7890 188", "iban_invalide"), ("tva_intracom", "FR00732829320", "tva_invalide")],
)
async def test_l_iban_et_la_tva_de_la_societe_sont_controles(
    client: httpx.AsyncClient, champ: str, valeur: str, code: str
) -> None:
    refus = await client.put("/societe", json=SOCIETE | {champ: valeur})
    assert (refus.status_code, refus.json()["code"]) == (422, code), refus.text
    bonne = await client.put("/societe", json=SOCIETE | {"iban": "fr76 3000 6000 0112 3456 7890 189"})
    assert bonne.status_code == 200, bonne.text
    assert (bonne.json()["iban"], bonne.json()["tva_intracom"]) == ("FR7630006000011234567890189", "FR44732829320")


async def test_l_acompte_de_la_societe_est_un_pourcentage(client: httpx.AsyncClient) -> None:
    refus = await client.put("/societe", json=SOCIETE | {"acompte_pourcent": "130"})
    assert refus.status_code == 422
    assert (await client.put("/societe", json=SOCIETE | {"acompte_pourcent": "30"})).json()["acompte_pourcent"] == "30"


async def test_le_journal_dit_ce_qui_a_change_d_une_agence(client: httpx.AsyncClient) -> None:
    agence = {"code": "ANN", "nom": "Annecy", "adresse": ADRESSE}
    autre = {"code": "GRE", "nom": "Grenoble", "adresse": ADRESSE}
    creee = (await client.put("/societe", json=SOCIETE | {"agences": [agence, autre]})).json()
    changee = SOCIETE | {"agences": [agence | {"nom": "Annecy-le-Vieux"}, autre]}
    assert (await client.put("/societe", json=changee)).status_code == 200
    trace = (await client.get(f"/journal/{creee['id']}")).json()["elements"][0]
    assert set(trace["apres"]) == {"agences"}
    assert [a["nom"] for a in trace["avant"]["agences"]] == ["Annecy"]
    assert [a["nom"] for a in trace["apres"]["agences"]] == ["Annecy-le-Vieux"]
