"""Suppliers' catalogues: read as they come, tried before they count, updated by their key, found at once."""

import asyncio
import io
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from openpyxl import Workbook
from sqlalchemy import text

from shared.contracts.commercial import ImportCatalogueDemande
from shared.contracts.contacts import TiersFusionne
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

COLONNES = {"reference": "Code article", "designation": "Libellé", "prix_achat_ht": "Prix net", "marque": "Marque"}
CSV = """Code article;Libellé;Prix net;Marque
SW-8P;Switch 8 ports PoE;"1 234,50";Ubiquiti
CAM-4;Caméra dôme 4 Mpx;98,5;Hikvision
VIDE;Sans prix;;Hikvision
FAUX;Prix illisible;sur demande;Hikvision
CAM-4;Doublon;1;Hikvision
"""
TYPES = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


async def importer(
    client: httpx.AsyncClient, database: Database, contenu: bytes, genre: str = "csv", **params: Any
) -> dict[str, Any]:
    """Give the file and let the job read it; how it went."""
    depot = await client.put(
        f"/catalogues-fournisseur/{b.FOURNISSEUR}/fichier",
        params={"nom": f"tarif.{genre}", **params},
        content=contenu,
        headers={"content-type": TYPES[genre]},
    )
    assert depot.status_code == 202, depot.text
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    return dict((await client.get(f"/imports-catalogue/{depot.json()['id']}")).json())


@pytest.fixture
async def pret(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """The columns of the supplier are known."""
    profil = await client.put(f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil", json={"colonnes": COLONNES})
    assert profil.status_code == 204, profil.text
    return client


async def test_columns_said_by_several_at_once_are_kept(client: httpx.AsyncClient) -> None:
    url = f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil"
    dits = await asyncio.gather(*(client.put(url, json={"colonnes": COLONNES}) for _ in range(5)))
    assert {dit.status_code for dit in dits} == {204}
    assert (await client.get(url)).json()["colonnes"] == COLONNES


def comptes(vue: dict[str, Any]) -> tuple[int, ...]:
    return tuple(vue[f"nb_{nom}"] for nom in ("lignes", "nouvelles", "modifiees", "erreurs"))


async def lignes(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(text("SELECT count(*) FROM reference_fournisseur")) or 0


async def test_a_trial_tells_everything_and_writes_nothing(pret: httpx.AsyncClient, database: Database) -> None:
    essai = await importer(pret, database, CSV.encode("cp1252"), essai=True)
    assert (essai["etat"], comptes(essai)) == ("fini", (5, 2, 0, 3))
    assert essai["erreurs"] == [
        {"ligne": 4, "message": "« Prix d’achat HT » est vide"},
        {"ligne": 5, "message": "« sur demande » n’est pas un nombre (Prix d’achat HT)"},
        {"ligne": 6, "message": "référence CAM-4 déjà lue plus haut"},
    ]
    assert await lignes(database) == 0


async def test_the_next_import_updates_by_key(pret: httpx.AsyncClient, database: Database) -> None:
    assert comptes(await importer(pret, database, CSV.encode()))[1:3] == (2, 0)
    assert comptes(await importer(pret, database, CSV.encode()))[1:3] == (0, 0)
    autre = CSV.replace("98,5", "99.90").replace("VIDE;Sans prix;;", "VIDE;Avec prix;12;")
    assert comptes(await importer(pret, database, autre.encode(), essai=True))[1:3] == (1, 1)
    assert comptes(await importer(pret, database, autre.encode()))[1:3] == (1, 1)
    (camera,) = (await pret.get("/references-fournisseur", params={"q": "CAM-4"})).json()
    assert (Decimal(camera["prix_achat_ht"]), camera["designation"]) == (Decimal("99.90"), "Caméra dôme 4 Mpx")
    assert await lignes(database) == 3


async def test_a_workbook_is_read_as_well(pret: httpx.AsyncClient, database: Database) -> None:
    classeur, fichier = Workbook(), io.BytesIO()
    classeur.active.append(["Marque", "Prix net", "Libellé", "Code article"])
    classeur.active.append(["Yealink", 87.25, "Téléphone T54W", "T54W"])
    classeur.save(fichier)
    assert comptes(await importer(pret, database, fichier.getvalue(), "xlsx")) == (1, 1, 0, 0)
    (poste,) = (await pret.get("/references-fournisseur", params={"q": "télé"})).json()
    assert (poste["reference"], Decimal(poste["prix_achat_ht"]), poste["marque"]) == (
        "T54W",
        Decimal("87.25"),
        "Yealink",
    )


async def test_a_file_without_its_columns_is_refused_in_french(pret: httpx.AsyncClient, database: Database) -> None:
    vue = await importer(pret, database, b"Ref;Nom\nA;B\n")
    assert (vue["etat"], "« Code article »" in vue["erreur"]) == ("echec", True)
    inconnu = await pret.put(f"/catalogues-fournisseur/{UUID(int=7)}/fichier?nom=a.csv", content=b"a;b\n")
    assert (inconnu.status_code, inconnu.json()["code"]) == (409, "catalogue_sans_profil")
    faux = await pret.put(f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil", json={"colonnes": {"reference": "A"}})
    assert faux.status_code == 422


async def test_an_article_becomes_a_line_at_its_cost(
    pret: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    await importer(pret, database, CSV.encode())
    devis = await b.un_devis(pret, [])
    corps = {"fournisseur_id": str(b.FOURNISSEUR), "reference": "SW-8P", "quantite": "2", "marge": "20"}
    contenu = (await pret.post(f"/propositions/{devis['id']}/depuis-catalogue", json=corps)).json()
    (ligne,) = contenu["lignes"]
    assert (ligne["designation"], ligne["cout_ht"], ligne["total_ht"]) == ("Switch 8 ports PoE", "1234.5000", "2962.80")
    inconnue = await pret.post(f"/propositions/{devis['id']}/depuis-catalogue", json={**corps, "reference": "X"})
    assert (inconnue.status_code, inconnue.json()["code"]) == (404, "reference_inconnue")
    aveugle = await service_client("commercial", database, "devis.lire")
    (vue,) = (await aveugle.get("/references-fournisseur", params={"q": "switch poe"})).json()
    assert vue["prix_achat_ht"] is None


async def test_who_may_not_see_costs_cannot_read_one_through_a_margin(
    pret: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    await importer(pret, database, CSV.encode())
    devis = await b.un_devis(pret, [])
    aveugle = await service_client("commercial", database, "devis.lire", "devis.modifier")
    corps = {"fournisseur_id": str(b.FOURNISSEUR), "reference": "SW-8P", "marge": "0"}
    (ligne,) = (await aveugle.post(f"/propositions/{devis['id']}/depuis-catalogue", json=corps)).json()["lignes"]
    assert (ligne["cout_ht"], ligne["prix_ht"]) == (None, "1604.85")


async def test_a_trial_compares_prices_as_they_are_stored(pret: httpx.AsyncClient, database: Database) -> None:
    """Spreadsheets compute prices of fifteen decimals: read again, they changed nothing."""
    calcule = b"Code article;Libell\xc3\xa9;Prix net;Marque\nA;Prise;0.30000000000000004;Legrand\n"
    await importer(pret, database, calcule)
    vus = [await importer(pret, database, calcule, essai=essai) for essai in (True, False)]
    assert [(*comptes(vu)[1:3], vu["nb_hausses"]) for vu in vus] == [(0, 0, 0), (0, 0, 0)]


async def test_the_catalogues_of_two_files_of_one_supplier_become_one(
    pret: httpx.AsyncClient, database: Database
) -> None:
    await importer(pret, database, CSV.encode())
    double = UUID(int=0xF9)
    await pret.put(f"/catalogues-fournisseur/{double}/profil", json={"colonnes": COLONNES})
    autre = CSV.replace("98,5", "77") + "SEULE;Baie 42U;500;Legrand\n"
    url = f"/catalogues-fournisseur/{double}/fichier?nom=t.csv"
    await pret.put(url, content=autre.encode(), headers={"content-type": "text/csv"})
    await b.recevoir(database, (await b.annonces(database, ImportCatalogueDemande))[-1])
    fusion = TiersFusionne(tiers_id=b.FOURNISSEUR, absorbe_id=double, nom="Grossiste")
    await b.recevoir(database, fusion, fusion)
    for reference, prix in (("CAM-4", "98.5"), ("SEULE", "500")):
        trouvees = (await pret.get("/references-fournisseur", params={"q": reference})).json()
        assert [(t["fournisseur_id"], Decimal(t["prix_achat_ht"])) for t in trouvees] == [
            (str(b.FOURNISSEUR), Decimal(prix))
        ]
    assert (await pret.get(f"/catalogues-fournisseur/{double}/profil")).json()["colonnes"] == {}


async def test_a_broken_workbook_ends_refused_in_french(pret: httpx.AsyncClient, database: Database) -> None:
    for contenu in (b"PK\x03\x04" + b"?" * 3000, CSV.encode() + b'"' + b"x" * 200_000 + b"\n"):
        vue = await importer(pret, database, contenu, "xlsx" if contenu.startswith(b"PK") else "csv")
        assert (vue["etat"], "n’est pas un tableau lisible" in vue["erreur"]) == ("echec", True)
        assert vue["fini_le"] is not None


async def test_a_catalogue_may_be_larger_than_other_files(pret: httpx.AsyncClient, database: Database) -> None:
    reste = "x" * 4_900
    gros = "Code article;Libellé;Prix net;Marque;Texte\n" + "".join(
        f"R{n};Prise;1;Legrand;{reste}\n" for n in range(7_000)
    )
    assert len(gros) > 31 * 1024 * 1024
    assert comptes(await importer(pret, database, gros.encode())) == (7_000, 7_000, 0, 0)


async def test_a_reference_gone_from_the_file_is_no_longer_offered_until_it_comes_back(
    pret: httpx.AsyncClient, database: Database
) -> None:
    await importer(pret, database, CSV.encode("cp1252"))
    devis = await b.un_devis(pret)
    sans = CSV.replace("CAM-4;Caméra dôme 4 Mpx;98,5;Hikvision\n", "").replace("CAM-4;Doublon;1;Hikvision\n", "")

    async def offertes() -> list[str]:
        trouvees = (await pret.get("/references-fournisseur", params={"q": "camera"})).json()
        exactes = (await pret.get("/references-fournisseur", params={"q": "CAM-4"})).json()
        assert [r["reference"] for r in exactes] == [r["reference"] for r in trouvees]
        return [r["reference"] for r in trouvees]

    essai = await importer(pret, database, sans.encode("cp1252"), essai=True)
    assert (essai["nb_absentes"], await offertes()) == (1, ["CAM-4"])
    fini = await importer(pret, database, sans.encode("cp1252"))
    assert (fini["nb_absentes"], await offertes()) == (1, [])
    corps = {"fournisseur_id": str(b.FOURNISSEUR), "reference": "CAM-4"}
    refus = await pret.post(f"/propositions/{devis['id']}/depuis-catalogue", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (404, "reference_inconnue")
    illisible = CSV.replace("98,5", "sur demande").replace("CAM-4;Doublon;1;Hikvision\n", "")
    revenue = await importer(pret, database, illisible.encode("cp1252"))
    assert (revenue["nb_absentes"], await offertes()) == (0, ["CAM-4"]), "named, though its new price is unreadable"
    vide = await importer(pret, database, CSV.splitlines(keepends=True)[0].encode("cp1252"))
    assert (vide["nb_absentes"], await offertes()) == (0, ["CAM-4"]), "a file cut short says nothing"
