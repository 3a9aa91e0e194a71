"""Prices hidden by section: neither the paper nor the client's page says them, totals and options do."""

from decimal import Decimal

import httpx

from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte
from tests.services.commercial.signature.test_portail import dernier_lien

LIGNES = [
    {"genre": "section", "designation": "Vidéo", "a_prix_masques": True},
    b.une_ligne(designation="Enregistreur", prix_fixe_ht="711.11"),
    b.une_ligne(designation="Caméra", prix_fixe_ht="222.22", remise="10"),
    b.une_ligne(designation="Écran", prix_fixe_ht="333.33", est_option=True, est_retenue=False),
    {"genre": "section", "designation": "Pose"},
    b.une_ligne(designation="Main-d’œuvre", prix_fixe_ht="444.44"),
]


async def test_neither_the_pdf_nor_the_portal_says_hidden_prices(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client, LIGNES)
    assert [ligne["a_prix_masques"] for ligne in devis["lignes"]] == [True, *[False] * 5]
    await b.envoyer(client, database, devis["id"])
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    for absent in ("711,11", "222,22", "200,00", "10 %"):
        assert absent not in lu.replace("\u202f", " ").replace("\xa0", " "), absent
    for attendu in ("Enregistreur", "911,11", "333,33", "444,44"):
        assert attendu in lu, attendu
    page = (await client.get(dernier_lien(boite))).json()["contenu"]
    assert [ligne["total_ht"] for ligne in page["lignes"]] == [
        "911.11", None, None, "333.33", "444.44", "444.44",
    ]  # fmt: skip
    assert [ligne["prix_ht"] for ligne in page["lignes"][1:3]] == [None, None]
    assert Decimal(page["total_ht"]) == Decimal("1355.55")


async def test_only_a_section_hides_and_copies_hide_too(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [b.une_ligne(a_prix_masques=True), *LIGNES])
    copie = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    for vue in (devis, copie):
        assert [ligne["a_prix_masques"] for ligne in vue["lignes"]] == [False, True, *[False] * 5]
    modele = {"proposition_id": devis["id"], "nom": "Vidéo"}
    modele_id = (await client.post("/modeles", json=modele)).json()["id"]
    vide = await b.un_devis(client, [])
    pose = await client.post(f"/propositions/{vide['id']}/appliquer-modele", json={"modele_id": modele_id})
    assert pose.is_success, pose.text
    assert [ligne["a_prix_masques"] for ligne in pose.json()["lignes"]] == [False, True, *[False] * 5]
