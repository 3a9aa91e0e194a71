"""The variables of a model: replaced by the words of the devis it is laid down in, printed as such."""

import httpx
import pytest

from services.commercial.presentation import rules
from shared.contracts.contacts import SiteTiers
from shared.database.database import Database
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("Chez {client}", "Chez Lycée {site}"),
        ("{Validité} {VALIDITE}", "demain demain"),
        ("{inconnu} {} {1} {{client}}", "{inconnu} {} {1} {Lycée {site}}"),
    ],
)
def test_what_is_no_variable_stays(ecrit: str, attendu: str) -> None:
    assert rules.remplacer(ecrit, {"client": "Lycée {site}", "validite": "demain"}) == attendu


async def test_a_model_takes_the_words_of_each_devis(client: httpx.AsyncClient, database: Database) -> None:
    await b.recevoir(database, b.un_tiers(sites=(SiteTiers(code="NORD", libelle="Bâtiment Nord"),)))
    lignes = [
        {"genre": "section", "designation": "{client}, {site}"},
        b.une_ligne(designation="Pose le {date}", description="Suivi par {commercial}\nOffre {numéro} : {objet}"),
        {"genre": "commentaire", "designation": "Prix tenus jusqu’au {validité}, {autre}"},
    ]
    source = await b.un_devis(client, lignes)
    modele = (await client.post("/modeles", json={"proposition_id": source["id"], "nom": "Pose"})).json()
    corps = {"tiers_id": str(b.TIERS), "libelle": "Chantier", "site_code": "NORD"}
    affaire = (await client.post("/affaires", json=corps)).json()
    demande = {"demande_id": str(b.DEMANDE), "affaire_id": affaire["id"], "commercial_id": str(b.COMMERCIAL)}
    vise = (await client.post("/etudes", json=demande)).json()["propositions"][0]
    url = f"/propositions/{vise['id']}"
    pose = (await client.post(f"{url}/appliquer-modele", json={"modele_id": modele["id"]})).json()
    dites = [(ligne["designation"], ligne["description"]) for ligne in pose["lignes"]]
    assert [(a.replace("\xa0", " "), d) for a, d in dites] == [
        ("Cabinet dentaire Martin-Lefèvre, Bâtiment Nord", ""),
        ("Pose le 17 mars 2026", f"Suivi par Manon Leclerc\nOffre {vise['numero']} : Rénovation vidéo et Wi-Fi"),
        ("Prix tenus jusqu’au 16 avril 2026, {autre}", ""),
    ]
    lu = texte((await client.get(f"{url}/document")).content)
    assert "Bâtiment Nord" in lu
    assert "{client}" not in lu
    sans_affaire = await b.un_devis(client, [])
    adresse = f"/propositions/{sans_affaire['id']}/appliquer-modele"
    autre = (await client.post(adresse, json={"modele_id": modele["id"]})).json()
    assert autre["lignes"][0]["designation"] == "Cabinet dentaire Martin-Lefèvre, Annecy"
