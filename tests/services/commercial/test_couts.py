"""Costs and margins from every GET of commercial: numbers like no others are looked for, who may see them finds them.

A route whose parameter is not known here fails the test: a new one is read like the rest.
"""

import io
import re
from decimal import Decimal
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from gateway.compte.droits import DROITS
from shared.contracts.contacts import FicheTiers, TiersModifie
from shared.database.database import Database
from shared.testing.boite import Boite
from shared.testing.fixtures import ServiceClient
from shared.testing.texte import simple
from tests.builders import commercial as b
from tests.services.commercial.catalogue_fournisseur.test_catalogue import COLONNES, importer
from tests.services.commercial.signature.test_portail import dernier_lien

# a unit, three of it, its margin in percent and in euros, its taux de marque; a line nobody priced; a hidden product and
# six of it; what a supplier asks; the limits of the company
COUTS = (
    *("731.19", "2193.57", "37.31", "818.43", "27.17", "417.53", "1252.59", "263.47", "1580.82", "388.71"),
    *("19.47", "14.83"),
)
TAIT = re.compile(r"^(cout|marge|taux_mar|prix_achat|convention_marge$)")
TOUS = sorted({droit for droit in DROITS if droit != "couts.voir"})


async def _monde(client: httpx.AsyncClient, database: Database, boite: Boite) -> dict[str, str]:
    """A devis sent, the same being written again, a model, a shelf, a tariff, a catalogue: the parameters of every route."""
    produit = b.un_produit(prix_achat_ht=Decimal("263.47"), prix_vente_ht=None)
    await b.recevoir(database, produit)
    produit_id = str(produit.produit_id)
    affaire = (await client.post("/affaires", json={"code": "AFF1", "libelle": "Lycée"})).json()
    cache = {"produit_id": produit_id, "quantite": "6"}
    pricee = b.une_ligne(cout_ht="731.19", marge="37.31", quantite="3", produits=[cache])
    await client.put("/seuils-marge", json={"marque_min": "19.47", "remise_max": "14.83"})
    devis = await b.un_devis(client, [pricee])
    await b.envoyer(client, database, devis["id"])
    copie = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    sans_prix = b.une_ligne(designation="Baie", cout_ht="417.53", marge="0", quantite="3")
    lignes = {"lignes": [pricee, sans_prix]}
    contenu = (await client.put(f"/propositions/{copie['id']}/lignes", json=lignes)).json()
    corps = {"produit_id": produit_id, "quantite": "3"}
    assert (await client.post(f"/propositions/{copie['id']}/depuis-produit", json=corps)).is_success
    modele = (await client.post("/modeles", json={"proposition_id": copie["id"], "nom": "Vidéo"})).json()
    assert (await client.post("/rayons", json={"nom": "Vidéo", "produits": [{"produit_id": produit_id}]})).is_success
    tarif = (await client.post("/tarifs", json={"libelle": "Grille", "origine": "liste"})).json()
    profil = f"/catalogues-fournisseur/{b.FOURNISSEUR}/profil"
    await b.recevoir(
        database,
        TiersModifie(tiers_id=b.FOURNISSEUR, fiche=FicheTiers(code="F1", nom="Grossiste", roles=("fournisseur",))),
    )
    assert (await client.put(profil, json={"colonnes": COLONNES})).is_success
    importe = await importer(client, database, "Code article;Libellé;Prix net;Marque\nSW-8P;Switch;388,71;X\n".encode())
    return {
        "proposition_id": copie["id"],
        "etude_id": copie["etude_id"],
        "proprietaire_id": copie["etude_id"],
        "affaire_id": affaire["id"],
        "ligne_id": contenu["lignes"][0]["id"],
        "modele_id": modele["id"],
        "tarif_id": tarif["id"],
        "fournisseur_id": str(b.FOURNISSEUR),
        "import_id": importe["id"],
        "tiers_id": str(b.TIERS),
        "objet_id": copie["id"],
        "jeton": dernier_lien(boite).rpartition("/")[2],
        "produit_id": produit_id,
        "q": "SW-8P",
        "terme": "Martin",
        "fichier_id": produit_id,
    }


def _texte(reponse: httpx.Response) -> str:
    if "pdf" in reponse.headers.get("content-type", ""):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages)
    return reponse.text


async def _lire(client: httpx.AsyncClient, connus: dict[str, str]) -> dict[str, list[str]]:
    """The costs found, by route, in the answer of every GET."""
    trouves: dict[str, list[str]] = {}
    for chemin, verbes in (await client.get("/openapi.json")).json()["paths"].items():
        if "get" not in verbes:
            continue
        demandes = [p for p in verbes["get"].get("parameters", ()) if p["in"] == "query" and p.get("required")]
        manquants = set(re.findall(r"\{(\w+)\}", chemin)) | {p["name"] for p in demandes}
        assert manquants <= connus.keys(), f"{chemin} : dites ici ce que valent {manquants - connus.keys()}"
        reponse = await client.get(chemin.format_map(connus), params={p["name"]: connus[p["name"]] for p in demandes})
        assert reponse.status_code < 500, chemin
        lu = re.sub(r"(?<=\d) (?=\d{3}\b)", "", simple(_texte(reponse)).replace(",", "."))
        if vus := [cout for cout in COUTS if re.search(rf"(?<![\d.]){re.escape(cout)}", lu)]:
            trouves[chemin] = vus
    return trouves


async def test_no_get_tells_a_cost_to_who_may_not_see_it(
    client: httpx.AsyncClient, database: Database, boite: Boite, service_client: ServiceClient
) -> None:
    connus = await _monde(client, database, boite)
    vus = await _lire(client, connus)
    assert {cout for couts in vus.values() for cout in couts} == set(COUTS), "the search is not blind"
    aveugle = await service_client("commercial", database, *TOUS)
    assert await _lire(aveugle, connus) == {}


def _refs(schema: Any) -> set[str]:
    """The names of the schemas an answer is made of."""
    return set(re.findall(r"#/components/schemas/(\w+)", str(schema)))


@pytest.mark.parametrize("verbe", ["get", "post", "put", "patch", "delete"])
async def test_what_an_answer_says_of_a_cost_may_be_hidden(client: httpx.AsyncClient, verbe: str) -> None:
    """A number of a cost that no answer can leave out would be told to everybody."""
    openapi = (await client.get("/openapi.json")).json()
    schemas = openapi["components"]["schemas"]
    a_lire, lus = [v for p in openapi["paths"].values() for v in [p.get(verbe, {}).get("responses")] if v], set[str]()
    while a_lire:
        for nom in _refs(a_lire.pop()) - lus:
            lus.add(nom)
            a_lire.append(schemas[nom])
    toujours_dits = [
        f"{nom}.{champ}"
        for nom in sorted(lus)
        for champ, forme in schemas[nom].get("properties", {}).items()
        if TAIT.match(champ) and "null" not in str(forme) and forme.get("type") != "boolean"
    ]
    assert toujours_dits == [nom for nom in toujours_dits if nom in PUBLICS]


# how margins are typed is no margin
PUBLICS = {"VueProposition.convention_marge"}
