"""Kinds of tiers: three the product acts upon, those of the company, closed ones that stay on who has them."""

from typing import Any

import httpx
import pytest

from services.contacts.genre import rules
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.statements import sent


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _ajouter(client: httpx.AsyncClient, libelle: str, statut: int = 201, **champs: object) -> dict[str, object]:
    reponse = await client.post("/genres-tiers", json={"libelle": libelle, **champs})
    assert reponse.status_code == statut, reponse.text
    lu: dict[str, object] = reponse.json()
    return lu


async def _tiers(client: httpx.AsyncClient, *roles: str, statut: int = 201) -> dict[str, Any]:
    reponse = await client.post("/tiers", json={"nom": "Pose et Cie", "roles": list(roles)})
    assert reponse.status_code == statut, reponse.text
    lu: dict[str, Any] = reponse.json()
    return lu


async def test_un_genre_s_ajoute_se_nomme_et_se_trouve(client: httpx.AsyncClient) -> None:
    connus = (await client.get("/genres-tiers")).json()
    assert [(g["code"], g["est_fixe"]) for g in connus] == [
        ("client", True),
        ("prospect", True),
        ("fournisseur", True),
        ("autre", False),
    ]
    cree = await _ajouter(client, "Bureau d’études", ton="succes")
    assert cree["code"] == "bureau-d-etudes"
    tiers = await _tiers(client, "client", "bureau-d-etudes")
    (trouve,) = (await client.get("/tiers?role=bureau-d-etudes")).json()["elements"]
    assert trouve["id"] == tiers["id"]
    assert trouve["roles"] == ["client", "bureau-d-etudes"]
    assert (await _ajouter(client, "bureau d’Études", 409))["code"] == "genre_pris"


async def test_un_genre_inconnu_est_refuse_et_un_genre_ferme_reste_a_qui_l_a(client: httpx.AsyncClient) -> None:
    refus = await _tiers(client, "client", "sous-traitant", statut=422)
    assert refus["code"] == "type_de_contact_inconnu"
    assert [e["champ"] for e in refus["erreurs"]] == ["roles.1"]
    genre = await _ajouter(client, "Sous-traitant")
    tiers = await _tiers(client, "sous-traitant")
    ferme = await client.put(
        f"/genres-tiers/{genre['id']}", json={"libelle": "Poseur", "est_actif": False}, headers={"If-Match": "1"}
    )
    assert ferme.status_code == 200, ferme.text
    assert (await _tiers(client, "sous-traitant", statut=409))["code"] == "genre_ferme"
    garde = await client.put(f"/tiers/{tiers['id']}", json={"nom": "Pose SARL", "roles": ["sous-traitant", "client"]})
    assert garde.status_code == 200, garde.text


async def test_ce_que_le_produit_utilise_se_renomme_sans_se_fermer(client: httpx.AsyncClient) -> None:
    fournisseur = next(g for g in (await client.get("/genres-tiers")).json() if g["code"] == "fournisseur")
    chemin = f"/genres-tiers/{fournisseur['id']}"
    refus = await client.put(chemin, json={"libelle": "Fournisseur", "est_actif": False})
    assert (refus.status_code, refus.json()["code"]) == (409, "genre_fixe")
    renomme = await client.put(chemin, json={"libelle": "Distributeur", "ton": "violet"})
    assert (renomme.json()["code"], renomme.json()["libelle"]) == ("fournisseur", "Distributeur")


async def test_seul_qui_tient_la_societe_les_change(contacts: Database, service_client: ServiceClient) -> None:
    accueil = await service_client("contacts", contacts, "tiers.lire", "tiers.modifier")
    assert (await accueil.get("/genres-tiers")).status_code == 200
    assert (await accueil.post("/genres-tiers", json={"libelle": "Presse"})).status_code == 403


async def test_un_contact_ordinaire_ne_coute_aucune_lecture_de_plus(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    with sent(contacts) as statements:
        await _tiers(client, "client", "fournisseur")
    assert not [s for s in statements if "genre_tiers" in s]


@pytest.mark.parametrize(
    ("libelle", "pris", "code"),
    [
        ("Sous-traitant", (), "sous-traitant"),
        ("Œuvre d’Été", (), "oeuvre-d-ete"),
        ("Presse", ("presse",), "presse-2"),
        ("—", (), "genre"),
    ],
)
def test_le_code_vient_du_premier_nom(libelle: str, pris: tuple[str, ...], code: str) -> None:
    assert rules.code_libre(libelle, set(pris)) == code
