"""Files of tiers: read whatever the spreadsheet wrote, tried without trace, applied once, refused line by line."""

import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from services.contacts.echange import rules
from services.contacts.subscriptions import subscriptions
from shared.contracts.contacts import ImportDemande, TiersCree, TiersModifie
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from shared.testing.fixtures import ServiceClient, ServiceDatabase

Json = dict[str, Any]
CP1252 = (
    "Raison sociale;Type;Tél;Mail;Rue;CP;Commune;Plafond;Secteur public;SIRET;Inconnue\r\n"
    'Société Générale d’Électricité;Client;04 50 51 00 00;a@b.fr;"12 rue du Lac";74000;Annecy;"1 000,00";non;;x\r\n'
    "Mairie de Sévrier;client, prospect;;;;74320;Sévrier;10\u00a0000 €;oui;73282932000074;\r\n"
    ";Client;;;;;;;;;\r\n"
    "Garage;roi;;pas un mail;;;;abc;;12;\r\n"
    "Fromagerie;Fournisseur;0;;;;;;peut-être;;\r\n"
).encode("cp1252")


@pytest.fixture
async def contacts(service_database: ServiceDatabase) -> Database:
    return await service_database("contacts")


@pytest.fixture
async def client(contacts: Database, service_client: ServiceClient) -> httpx.AsyncClient:
    return await service_client("contacts", contacts)


async def _envoyer(client: httpx.AsyncClient, contenu: bytes, nom: str = "clients.csv") -> Json:
    reponse = await client.put(f"/imports/{new_id()}", params={"nom": nom}, content=contenu)
    assert reponse.status_code == 200, reponse.text
    return dict(reponse.json())


async def _lancer(client: httpx.AsyncClient, contacts: Database, lu: Json, **choix: Any) -> Json:
    corps = {"colonnes": lu["colonnes"], "cle": lu["cle"], "est_essai": False} | choix
    reponse = await client.post(f"/imports/{lu['id']}/lancer", json=corps)
    assert reponse.status_code == 202, reponse.text
    await recevoir(contacts, subscriptions, (await annonces(contacts, ImportDemande))[-1])
    return dict((await client.get(f"/imports/{lu['id']}")).json())


async def test_a_windows_file_is_tried_then_applied_with_its_errors_by_line(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    lu = await _envoyer(client, CP1252)
    assert list(lu["colonnes"].values())[:4] == ["nom", "roles", "telephone", "email"]
    assert (lu["lignes"], lu["apercu"][0][0]) == (5, "Société Générale d’Électricité")
    essai = await _lancer(client, contacts, lu, est_essai=True)
    assert (essai["etat"], essai["creations"], essai["traitees"]) == ("essaye", 2, 5)
    fautes = {(e["ligne"], e["colonne"]) for e in essai["erreurs"]}
    assert {(4, "Nom"), (5, "Type"), (5, "Plafond d’encours HT"), (6, "Client public")} <= fautes
    assert any("« peut-être »" in e["message"] for e in essai["erreurs"])
    assert (await client.get("/tiers")).json()["elements"] == []
    assert await annonces(contacts, TiersCree) == []
    fait = await _lancer(client, contacts, lu)
    assert (fait["etat"], fait["creations"], fait["nb_erreurs"]) == ("applique", 2, essai["nb_erreurs"])
    tous = {t["nom"]: t["id"] for t in (await client.get("/tiers")).json()["elements"]}
    societe = (await client.get(f"/tiers/{tous['Société Générale d’Électricité']}")).json()
    assert (societe["plafond_encours_ht"], societe["telephone"]) == ("1000.00", "+33450510000")
    assert societe["adresses"][0]["lignes"] == ["12 rue du Lac"]
    mairie = (await client.get(f"/tiers/{tous['Mairie de Sévrier']}")).json()
    assert (mairie["est_public"], mairie["plafond_encours_ht"], mairie["siren"]) == (True, "10000.00", "732829320")
    assert len(await annonces(contacts, TiersCree)) == 2


async def test_a_key_updates_what_the_cells_say_and_keeps_the_rest(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    corps = {"nom": "Garage", "email": "a@b.fr", "notes": "Fidèle", "interlocuteurs": [{"nom": "Favre"}]}
    adresses = [{"code": "SIEGE", "lignes": ["1 rue A"], "ville": "Annecy"}, {"code": "B", "ville": "Lyon"}]
    avant = (await client.post("/tiers", json={**corps, "roles": ["client"], "adresses": adresses})).json()
    fichier = f"Code;Nom;Ville;E-mail\n{avant['code']};Garage des Alpes;Seynod;\n;Nouveau;;\n".encode()
    lu = await _envoyer(client, fichier)
    assert lu["cle"] == "code"
    fait = await _lancer(client, contacts, lu)
    assert (fait["creations"], fait["modifications"], fait["erreurs"]) == (1, 1, [])
    apres = (await client.get(f"/tiers/{avant['id']}")).json()
    assert (apres["nom"], apres["email"], apres["notes"]) == ("Garage des Alpes", "a@b.fr", "Fidèle")
    assert [(a["code"], a["ville"], a["lignes"]) for a in apres["adresses"]] == [
        ("SIEGE", "Seynod", ["1 rue A"]),
        ("B", "Lyon", []),
    ]
    assert apres["interlocuteurs"] == avant["interlocuteurs"]
    assert len(await annonces(contacts, TiersModifie)) == 1
    refus = await client.post(f"/imports/{lu['id']}/lancer", json={"colonnes": lu["colonnes"], "cle": "code"})
    assert (refus.status_code, refus.json()["code"]) == (409, "import_deja_applique")


async def test_what_is_exported_comes_back_unchanged(client: httpx.AsyncClient, contacts: Database) -> None:
    for n, nom in enumerate(("=CMD()", "Éléonore; fils", 'Dit "Zoé"')):
        corps = {"nom": nom, "roles": ["client", "fournisseur"], "telephone": "04 50 51 00 00", "notes": f"n{n}\nsuite"}
        await client.post("/tiers", json={**corps, "plafond_encours_ht": "1234.50", "adresses": [{"ville": "Annecy"}]})
    tous = (await client.get("/tiers")).json()["elements"]
    fiches = {t["id"]: (await client.get(f"/tiers/{t['id']}")).json() for t in tous}
    for forme in ("csv", "xlsx"):
        reponse = await client.get("/export-tiers", params={"forme": forme})
        assert f"contacts.{forme}" in reponse.headers["content-disposition"]
        lu = await _envoyer(client, reponse.content, f"contacts.{forme}")
        fait = await _lancer(client, contacts, lu)
        assert (fait["creations"], fait["modifications"], fait["erreurs"]) == (0, 3, []), forme
        for id_, avant in fiches.items():
            apres = (await client.get(f"/tiers/{id_}")).json()
            differents = {c for c in avant if avant[c] != apres[c]} - {"version", "modifie_le"}
            assert not differents, (forme, differents)


async def test_the_export_says_only_what_is_filtered_and_no_formula(client: httpx.AsyncClient) -> None:
    await client.post("/tiers", json={"nom": "=HYPERLINK(1)", "roles": ["client"]})
    await client.post("/tiers", json={"nom": "Elecdis", "roles": ["fournisseur"]})
    texte = (await client.get("/export-tiers", params={"role": "client"})).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in texte
    assert "Elecdis" not in texte
    contenu = (await client.get("/export-tiers", params={"forme": "xlsx"})).content
    feuille = load_workbook(io.BytesIO(contenu)).worksheets[0]
    cellules = {c.value: c.data_type for rangee in feuille.iter_rows() for c in rangee}
    assert cellules["=HYPERLINK(1)"] == "s"


@pytest.mark.parametrize("contenu", [b"\x00\x01\x02\x03" * 10, b"PK\x03\x04 pas un classeur", b"\n;;\n"])
async def test_what_is_not_a_table_is_refused(client: httpx.AsyncClient, contenu: bytes) -> None:
    reponse = await client.put(f"/imports/{new_id()}", params={"nom": "a.csv"}, content=contenu)
    assert reponse.status_code == 422, reponse.text


async def test_rights_and_missing_columns(
    client: httpx.AsyncClient, contacts: Database, service_client: ServiceClient
) -> None:
    lu = await _envoyer(client, b"Truc;Mail\na;b@c.fr\n")
    for choix in ({"colonnes": lu["colonnes"]}, {"colonnes": {"0": "nom"}, "cle": "siret"}):
        refus = await client.post(f"/imports/{lu['id']}/lancer", json=choix)
        assert (refus.status_code, refus.json()["code"]) == (422, "colonne_manquante")
    accueil = await service_client("contacts", contacts, "tiers.lire", "tiers.modifier")
    assert (await accueil.put(f"/imports/{new_id()}", params={"nom": "a.csv"}, content=CP1252)).status_code == 403


@pytest.mark.parametrize(
    ("saisi", "lu"),
    [
        ("1 000,00", "1000.00"),
        ("1\u202f234,5 €", "1234.5"),
        ("1.000,00", "1000.00"),
        ("1,000.00", "1000.00"),
        ("x", "x"),
    ],
)
def test_an_amount_of_a_cell_is_read_or_left_as_typed(saisi: str, lu: str) -> None:
    assert rules.completer({}, {"plafond_encours_ht": saisi})["plafond_encours_ht"] == lu


async def test_a_key_held_twice_or_by_nobody_or_repeated_in_the_file_is_refused_with_its_line(
    client: httpx.AsyncClient, contacts: Database
) -> None:
    for nom in ("Un", "Deux"):
        await client.post("/tiers", json={"nom": nom, "email": "partage@b.fr"})
    fichier = b"Nom;Mail\nX;partage@b.fr\nY;y@b.fr\nZ;Y@b.fr\n"
    lu = await _envoyer(client, fichier)
    for cle, refusees in (("email", [2, 4]), ("", [4])):
        essai = await _lancer(client, contacts, lu, cle=cle, est_essai=True)
        assert [e["ligne"] for e in essai["erreurs"]] == refusees, cle
    fait = await _lancer(client, contacts, lu, cle="email")
    assert (fait["creations"], fait["modifications"]) == (1, 0)
    assert "Plusieurs contacts" in fait["erreurs"][0]["message"]
    assert "ligne 3" in fait["erreurs"][1]["message"]
    for _ in range(2):
        inconnu = await _lancer(client, contacts, await _envoyer(client, b"Code;Nom\nERP-12;Nouveau\n"))
        assert (inconnu["creations"], [e["ligne"] for e in inconnu["erreurs"]]) == (0, [2])
        assert "ERP-12" in inconnu["erreurs"][0]["message"]


@pytest.mark.parametrize(
    ("entete", "valeur"), [("SIREN", "123456789"), ("SIRET", "1"), ("TVA", "FR00"), ("E-mail", "nom"), ("Tél", "12")]
)
async def test_a_refused_value_names_its_column(
    client: httpx.AsyncClient, contacts: Database, entete: str, valeur: str
) -> None:
    lu = await _envoyer(client, f"Nom;{entete}\nMairie;{valeur}\n".encode())
    (faute,) = (await _lancer(client, contacts, lu, est_essai=True))["erreurs"]
    assert (faute["ligne"], faute["colonne"][:3].lower()) == (2, entete[:3].lower())
    assert f"« {valeur} »" in faute["message"].replace("\u00a0", " ")
