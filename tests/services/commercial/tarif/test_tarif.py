"""One rule says the price of a product: what a picker shows is what the line takes, whatever was agreed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.tarif import rules
from services.commercial.tarif.rules import Offre, Origine
from shared.database.database import Database
from shared.fichiers import tableur
from shared.kernel.clock import FrozenClock, jour_paris
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

JOUR = date(2026, 3, 17)
AUTRE = UUID(int=0xA2)


def une_offre(origine: Origine, prix: str, *, tarif: int = 1, des: str = "1", **champs: Any) -> Offre:
    valeurs: dict[str, Any] = {
        "prix_ht": Decimal(prix),
        "tarif_id": UUID(int=tarif),
        "libelle": f"{origine}-{prix}",
    } | champs
    return Offre(origine=origine, quantite_min=Decimal(des), **valeurs)


MARCHE, CLIENT, LISTE = Origine.MARCHE, Origine.CLIENT, Origine.LISTE


@pytest.mark.parametrize(
    ("offres", "quantite", "prix", "origine"),
    [
        ([], 1, "100", "catalogue"),
        ([une_offre(LISTE, "90")], 1, "90", "liste"),
        ([une_offre(LISTE, "90"), une_offre(LISTE, "70", des="10")], 9, "90", "liste"),
        ([une_offre(LISTE, "90"), une_offre(LISTE, "70", des="10")], 10, "70", "liste"),
        ([une_offre(LISTE, "60"), une_offre(CLIENT, "95", tarif=2)], 1, "95", "client"),
        ([une_offre(CLIENT, "60"), une_offre(MARCHE, "95", tarif=2)], 1, "95", "marche"),
        ([une_offre(MARCHE, "60", des="5"), une_offre(CLIENT, "80", tarif=2)], 4, "80", "client"),
        ([une_offre(LISTE, "80"), une_offre(LISTE, "85", tarif=2)], 1, "80", "liste"),
        ([une_offre(CLIENT, "80", fin=JOUR - timedelta(days=1))], 1, "100", "catalogue"),
        ([une_offre(CLIENT, "80", debut=JOUR, fin=JOUR)], 1, "80", "client"),
        ([une_offre(CLIENT, "80", debut=JOUR + timedelta(days=1))], 1, "100", "catalogue"),
        ([une_offre(CLIENT, "0", prix_ht=None, remise=Decimal("12.5"))], 1, "87.50", "client"),
    ],
)
def test_the_priority_is_written_once(offres: list[Offre], quantite: int, prix: str, origine: str) -> None:
    retenu = rules.retenir(offres, Decimal(quantite), JOUR, Decimal(100))
    assert (retenu.prix_ht, retenu.origine) == (Decimal(prix), origine)


def test_a_percentage_of_no_price_gives_way() -> None:
    offres = [une_offre(MARCHE, "0", prix_ht=None, remise=Decimal(10)), une_offre(LISTE, "70", tarif=2)]
    assert rules.retenir(offres, Decimal(1), JOUR, None).prix_ht == 70
    assert rules.retenir(offres[:1], Decimal(1), JOUR, None).prix_ht is None


OFFRES = st.lists(
    st.builds(
        Offre,
        origine=st.sampled_from(rules.RANGS),
        tarif_id=st.sampled_from([UUID(int=n) for n in range(1, 5)]),
        libelle=st.just("t"),
        quantite_min=st.decimals(1, 50, places=0),
        prix_ht=st.decimals(1, 500, places=2),
        debut=st.none() | st.dates(JOUR - timedelta(days=2), JOUR + timedelta(days=2)),
        fin=st.none() | st.dates(JOUR - timedelta(days=2), JOUR + timedelta(days=2)),
    ),
    max_size=12,
)


@given(OFFRES, st.decimals(1, 60, places=0), st.randoms(use_true_random=False))
def test_the_price_depends_on_what_was_agreed_only(offres: list[Offre], quantite: Decimal, hasard: Any) -> None:
    """Not on the order rows are read in; a valid higher rank always wins; the price is one that was agreed."""
    des_tarifs = [replace(o, origine=rules.RANGS[o.tarif_id.int % 3]) for o in offres]  # a tarif has one rank
    uniques = list({(o.tarif_id, o.quantite_min): o for o in des_tarifs}.values())
    melees = hasard.sample(uniques, len(uniques))
    retenu = rules.retenir(uniques, quantite, JOUR, Decimal(100))
    assert rules.retenir(melees, quantite, JOUR, Decimal(100)) == retenu
    valables = [o for o in uniques if o.vaut(JOUR, quantite)]
    attendue = next((rang for rang in rules.RANGS if any(o.origine is rang for o in valables)), Origine.CATALOGUE)
    assert retenu.origine is attendue
    assert retenu.prix_ht in {o.prix_ht for o in valables if o.origine is attendue} | {Decimal(100)}


async def un_tarif(client: httpx.AsyncClient, origine: str, prix: Sequence[dict[str, Any]], **champs: Any) -> str:
    cree = await client.post("/tarifs", json={"origine": origine, "libelle": f"Tarif {origine}", **champs})
    assert cree.status_code == 201, cree.text
    for ligne in prix:
        fixe = await client.put(f"/tarifs/{cree.json()['id']}/prix", json=ligne)
        assert fixe.status_code == 204, fixe.text
    return str(cree.json()["id"])


@pytest.fixture
async def produit(database: Database) -> str:
    fait = b.un_produit(prix_vente_ht=Decimal(600), fournisseurs=())
    await b.recevoir(database, fait)
    return str(fait.produit_id)


async def test_the_line_takes_the_price_the_picker_showed(
    client: httpx.AsyncClient, produit: str, clock: FrozenClock
) -> None:
    hier = str(jour_paris(clock.now()) - timedelta(days=1))
    seuil = [{"produit_id": produit, "prix_ht": "550"}, {"produit_id": produit, "quantite_min": "10", "remise": "15"}]
    await un_tarif(client, "liste", seuil)
    await un_tarif(
        client, "client", [{"produit_id": produit, "quantite_min": "5", "prix_ht": "500"}], tiers_id=str(b.TIERS)
    )
    await un_tarif(client, "marche", [{"produit_id": produit, "prix_ht": "1"}], tiers_id=str(b.TIERS), fin=hier)
    devis = await b.un_devis(client, [])
    vus = {}
    for quantite in ("1", "4.999", "5", "12"):
        demande = {"produit_id": produit, "quantite": quantite}
        montre = (await client.get(f"/propositions/{devis['id']}/prix", params=demande)).json()
        contenu = (await client.post(f"/propositions/{devis['id']}/depuis-produit", json=demande)).json()
        ligne = contenu["lignes"][-1]
        assert (Decimal(ligne["prix_ht"]), Decimal(ligne["quantite"])) == (
            Decimal(montre["prix_ht"]),
            Decimal(quantite),
        )
        assert [cache["produit_id"] for cache in ligne["produits"]] == [produit]
        vus[quantite] = (Decimal(montre["prix_ht"]), montre["origine"])
    assert vus == {
        "1": (Decimal(550), "liste"),
        "4.999": (Decimal(550), "liste"),
        "5": (Decimal(500), "client"),
        "12": (Decimal(500), "client"),
    }
    rayon = {"produits": [{"produit_id": produit, "quantite": quantite} for quantite in ("5", "1")]}
    par_rayon = (await client.post(f"/propositions/{devis['id']}/ajouter-rayon", json=rayon)).json()["lignes"][-2:]
    assert [Decimal(ligne["prix_ht"]) for ligne in par_rayon] == [500, 550], "each quantity its own price"


async def test_the_price_of_another_client_is_never_shown(
    client: httpx.AsyncClient, database: Database, produit: str
) -> None:
    await b.recevoir(database, b.un_tiers(tiers_id=AUTRE, code="C2", nom="Autre client"))
    for origine in ("client", "marche"):
        await un_tarif(client, origine, [{"produit_id": produit, "prix_ht": "1"}], tiers_id=str(AUTRE))
    devis = await b.un_devis(client, [])
    montre = (await client.get(f"/propositions/{devis['id']}/prix", params={"produit_id": produit})).json()
    assert (Decimal(montre["prix_ht"]), montre["origine"]) == (Decimal(600), "catalogue")


async def test_a_spreadsheet_is_tried_then_merged_by_key(
    client: httpx.AsyncClient, database: Database, produit: str
) -> None:
    tarif = await un_tarif(client, "liste", [{"produit_id": produit, "prix_ht": "599"}])
    reference = "DS-7616NXI-K2"
    rangees = [
        ["Référence", "Quantité minimale", "Prix HT", "Remise %"],
        ["", "", "", ""],
        [reference, "", "1 234,50", ""],
        [reference, "10", "", "12,5 %"],
        ["INCONNUE", "", "1", ""],
        [reference, "20", "5", "5"],
        [reference, "30", "cher", ""],
    ]
    for essai, nom, contenu in (
        ("true", "prix.csv", tableur.ecrire_csv(rangees)),
        ("false", "prix.xlsx", tableur.ecrire_xlsx(rangees, "Prix")),
    ):
        lu = await client.put(f"/tarifs/{tarif}/fichier?nom={nom}&essai={essai}", content=contenu)
        assert lu.status_code == 200, lu.text
        assert (lu.json()["nb_lignes"], lu.json()["nb_prix"]) == (5, 2)
        assert [e.partition(" : ")[0] for e in lu.json()["erreurs"]] == ["Ligne 5", "Ligne 6", "Ligne 7"]
        prix = (await client.get(f"/tarifs/{tarif}/prix")).json()["elements"]
        assert len(prix) == (1 if essai == "true" else 2)
    assert [(Decimal(p["quantite_min"]), Decimal(p["prix_net_ht"])) for p in prix] == [
        (Decimal(1), Decimal("1234.50")),
        (Decimal(10), Decimal("525.00")),
    ]
    sans = await client.put(f"/tarifs/{tarif}/fichier?nom=x.csv", content=b"Nom;Prix\na;1\n")
    assert (sans.status_code, sans.json()["code"]) == (422, "colonnes_tarif")


async def test_what_makes_no_sense_is_refused_and_rights_are_kept(
    client: httpx.AsyncClient, database: Database, produit: str, service_client: ServiceClient
) -> None:
    for corps in (
        {"origine": "client", "libelle": "x"},
        {"origine": "liste", "libelle": "x", "tiers_id": str(b.TIERS)},
        {"origine": "catalogue", "libelle": "x"},
        {"origine": "liste", "libelle": "x", "debut": "2026-02-02", "fin": "2026-02-01"},
    ):
        assert (await client.post("/tarifs", json=corps)).json()["code"] == "tarif_incorrect"
    tarif = await un_tarif(client, "liste", [])
    deux = await client.put(f"/tarifs/{tarif}/prix", json={"produit_id": produit, "prix_ht": "1", "remise": "1"})
    assert deux.json()["code"] == "prix_incorrect"
    lecteur = await service_client("commercial", database, "devis.lire", "devis.modifier")
    assert (await lecteur.get("/tarifs")).status_code == 200
    assert (await lecteur.put(f"/tarifs/{tarif}/prix", json={"produit_id": produit, "prix_ht": "1"})).status_code == 403
    lu = (await client.get(f"/tarifs/{tarif}")).json()
    change = {"origine": "liste", "libelle": "Grille 2026"}
    assert (
        await client.put(f"/tarifs/{tarif}", json=change, headers={"If-Match": str(lu["version"])})
    ).status_code == 200
    perimee = await client.put(f"/tarifs/{tarif}", json=change, headers={"If-Match": str(lu["version"] - 1)})
    assert perimee.status_code == 409
    assert [t["libelle"] for t in (await client.get("/tarifs?q=grille")).json()["elements"]] == ["Grille 2026"]
    assert (await client.delete(f"/tarifs/{tarif}")).status_code == 204


async def test_a_quantity_past_a_break_proposes_its_price_and_never_touches_one_that_was_typed(
    client: httpx.AsyncClient, database: Database
) -> None:
    camera = b.un_produit("CAM", prix_vente_ht=Decimal(100), prix_achat_ht=Decimal(50))
    await b.recevoir(database, camera)
    tarif = (await client.post("/tarifs", json={"origine": "liste", "libelle": "Volume"})).json()
    prix = {"produit_id": str(camera.produit_id), "quantite_min": "10", "prix_ht": "80"}
    assert (await client.put(f"/tarifs/{tarif['id']}/prix", json=prix)).status_code == 204
    devis = await b.un_devis(client, [])
    chemin = f"/propositions/{devis['id']}"
    for _ in range(2):
        await client.post(f"{chemin}/depuis-produit", json={"produit_id": str(camera.produit_id), "quantite": "3"})
    suivie, typee = (await client.get(chemin)).json()["lignes"]
    assert (await client.get(f"{chemin}/prix-a-revoir")).json() == []
    await client.patch(f"{chemin}/lignes/{suivie['id']}", json={"quantite": "12"})
    await client.patch(f"{chemin}/lignes/{typee['id']}", json={"quantite": "12", "prix_fixe_ht": "95"})
    (propose,) = (await client.get(f"{chemin}/prix-a-revoir")).json()
    assert (propose["ligne_id"], Decimal(propose["prix_ht"]), propose["libelle"]) == (
        suivie["id"],
        Decimal(80),
        "Volume",
    )
    gardees = (await client.get(chemin)).json()["lignes"]
    assert [Decimal(ligne["prix_ht"]) for ligne in gardees] == [100, 95]
    pris = [
        {**gardees[0], "prix_fixe_ht": "80", "prix_convenu_ht": "80", "produits": None},
        {**gardees[1], "produits": None},
    ]
    await client.put(f"{chemin}/lignes", json={"lignes": pris})
    assert (await client.get(f"{chemin}/prix-a-revoir")).json() == []
    await client.patch(f"{chemin}/lignes/{suivie['id']}", json={"quantite": "4"})
    assert [Decimal(p["prix_ht"]) for p in (await client.get(f"{chemin}/prix-a-revoir")).json()] == [100]
