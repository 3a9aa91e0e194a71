"""Etudes and their propositions side by side."""

import httpx
import pytest

from shared.contracts.commercial import EtudeCreee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b


@pytest.mark.feature("CO-01")
async def test_an_etude_takes_its_client_from_the_demande(client: httpx.AsyncClient, database: Database) -> None:
    etude = await b.une_etude(client)
    assert etude["numero"] == "ET-2026-00001"
    assert (etude["tiers_nom"], etude["demande_numero"]) == ("Cabinet dentaire Martin-Lefèvre", "D-2214")
    assert (etude["objet"], etude["commercial_nom"]) == ("Rénovation vidéo et Wi-Fi", "Manon Leclerc")
    assert [(p["lettre"], p["statut"]) for p in etude["propositions"]] == [("A", "brouillon")]
    (fait,) = await b.annonces(database, EtudeCreee)
    assert (str(fait.etude_id), fait.demande_id, fait.numero) == (etude["id"], b.DEMANDE, "ET-2026-00001")
    trouvees = (await client.get("/etudes", params={"demande_id": str(b.DEMANDE)})).json()["elements"]
    assert [e["id"] for e in trouvees] == [etude["id"]]


@pytest.mark.feature("CO-02")
async def test_three_propositions_and_a_copy_side_by_side(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    for libelle in ("Solution cloud", "Location"):
        reponse = await client.post(f"/etudes/{devis['etude_id']}/propositions", json={"libelle": libelle})
        assert reponse.status_code == 201
    copie = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={"libelle": "Copie"})).json()
    assert (copie["statut"], copie["lettre"], copie["version_de_id"]) == ("brouillon", "D", None)
    assert copie["lignes"][0]["designation"] == devis["lignes"][0]["designation"]
    assert copie["lignes"][0]["id"] != devis["lignes"][0]["id"]
    assert copie["lignes"][0]["produits"][0]["reference"] == produit.reference
    etude = (await client.get(f"/etudes/{devis['etude_id']}")).json()
    assert [(p["lettre"], p["libelle"], p["total_ht"]) for p in etude["propositions"]] == [
        ("A", "", "150.00"),
        ("B", "Solution cloud", "0.00"),
        ("C", "Location", "0.00"),
        ("D", "Copie", "150.00"),
    ]
    assert len({p["numero"] for p in etude["propositions"]}) == 4


async def test_a_demande_not_known_yet_is_refused(client: httpx.AsyncClient) -> None:
    reponse = await client.post("/etudes", json={"demande_id": str(new_id())})
    assert (reponse.status_code, reponse.json()["code"]) == (404, "demande_inconnue")


async def test_an_affaire_of_the_demande_follows_unless_it_is_a_model(
    client: httpx.AsyncClient, database: Database
) -> None:
    modele = (await client.post("/affaires", json={"libelle": "Modèle", "etat": "modele"})).json()
    demande = b.une_demande(demande_id=new_id(), numero="D-2", affaire_id=modele["id"])
    await b.recevoir(database, demande)
    refus = await client.post("/etudes", json={"demande_id": str(demande.demande_id)})
    assert (refus.status_code, refus.json()["code"]) == (409, "affaire_modele")
    affaire = (await client.post("/affaires", json={"libelle": "Vraie"})).json()
    autre = {"demande_id": str(demande.demande_id), "affaire_id": affaire["id"]}
    assert (await client.post("/etudes", json=autre)).json()["affaire_id"] == affaire["id"]


async def test_the_list_says_how_each_etude_stands(client: httpx.AsyncClient) -> None:
    gagne, perdu = await b.un_devis(client), await b.un_devis(client)
    await b.une_etude(client)
    await client.post(f"/propositions/{gagne['id']}/valider", json={"signe_par": "Mme Martin"})
    await client.post(f"/propositions/{perdu['id']}/ne-pas-retenir", json={})
    etats = {e["numero"]: e["etat"] for e in (await client.get("/etudes")).json()["elements"]}
    assert etats == {"ET-2026-00001": "gagnee", "ET-2026-00002": "perdue", "ET-2026-00003": "en_cours"}
    for etat, numero in (("gagnee", 1), ("perdue", 2), ("en_cours", 3)):
        trouvees = (await client.get("/etudes", params={"etat": etat})).json()["elements"]
        assert [e["numero"] for e in trouvees] == [f"ET-2026-0000{numero}"]
    cherchees = (await client.get("/etudes", params={"q": "martin lefevre renov"})).json()["elements"]
    assert len(cherchees) == 3


async def test_rights_and_versions(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    etude = await b.une_etude(client)
    lecteur = await service_client("commercial", database, "devis.lire")
    assert (await lecteur.post("/etudes", json={"demande_id": str(b.DEMANDE)})).status_code == 403
    retouche, version = {"objet": "Nouveau", "notes": "Appeler"}, {"If-Match": str(etude["version"])}
    assert (await client.put(f"/etudes/{etude['id']}", json=retouche, headers=version)).json()["objet"] == "Nouveau"
    assert (await client.put(f"/etudes/{etude['id']}", json=retouche, headers=version)).status_code == 409


async def test_an_etude_is_worth_what_is_signed_else_the_dearest_still_open(client: httpx.AsyncClient) -> None:
    async def totaux(**filtres: str) -> tuple[int, str]:
        lus = (await client.get("/etudes/totaux", params=filtres)).json()
        return lus["nombre"], lus["total_ht"]

    premier = await b.un_devis(client)  # 150
    chemin = f"/etudes/{premier['etude_id']}/propositions"
    cher = (await client.post(chemin, json={"libelle": "Location"})).json()
    await client.put(f"/propositions/{cher['id']}/lignes", json={"lignes": [b.une_ligne(quantite="4")]})
    second = await b.un_devis(client)
    (une, autre) = (await client.get("/etudes")).json()["elements"]
    assert (une["montant_ht"], autre["montant_ht"]) == ("150.00", "600.00")
    assert await totaux() == (2, "750.00")
    signe = await client.post(f"/propositions/{premier['id']}/valider", json={"signe_par": "Mme Martin"})
    assert signe.status_code == 200, signe.text
    assert await totaux(etat="gagnee") == (1, "150.00")
    assert await totaux(etat="en_cours") == (1, "150.00")
    clos = await client.post(f"/propositions/{second['id']}/ne-pas-retenir", json={"motif": "Trop cher"})
    assert clos.status_code < 300, clos.text
    assert await totaux(etat="perdue") == (1, "0")
    assert await totaux(q="introuvable") == (0, "0")
