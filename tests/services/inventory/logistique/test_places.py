"""Stock by depot, nature and place: what may be counted on, and what may not."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.inventory.produit.models import Produit
from shared.contracts.commercial import AffaireCreee, AffaireModifiee, FicheAffaire
from shared.contracts.inventory import FeuilleModifiee, StockChange
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier, attend, un_devis_valide, une_ligne
from tests.services.inventory.feuille.test_approvisionnement import verifier_soldes
from tests.services.inventory.feuille.test_placement import la_feuille

Json = dict[str, Any]


async def une_place(atelier: Atelier, client: httpx.AsyncClient, depot: str, code: str, nature: str) -> str:
    """The id of a new place."""
    corps = {"code": code, "libelle": code.title(), "nature": nature}
    reponse = await client.post(f"/depots/{atelier.depots[depot]}/emplacements", json=corps)
    assert reponse.status_code == 201, reponse.text
    return str(next(e["id"] for e in reponse.json()["emplacements"] if e["code"] == code))


async def entrer(
    atelier: Atelier, client: httpx.AsyncClient, produit: Produit, depot: str, quantite: str, place: str | None = None
) -> list[Json]:
    """Goods counted by hand, in a place or in none."""
    corps: Json = {
        "produit_id": str(produit.id),
        "depot_id": str(atelier.depots[depot]),
        "emplacement_id": place,
        "quantite": quantite,
        "motif": "Inventaire",
    }
    reponse = await client.post("/entrees", json=corps)
    assert reponse.status_code == 201, reponse.text
    objets: list[Json] = reponse.json()
    return objets


async def places(client: httpx.AsyncClient, **filtres: Any) -> list[tuple[str, str, str, str, int]]:
    """(depot, nature, place, reference, quantity) of what is there."""
    lues = (await client.get("/stock/places", params=filtres)).json()["elements"]
    return [(x["depot_nom"], x["nature"], x["emplacement"], x["reference"], int(Decimal(x["quantite"]))) for x in lues]


@pytest.mark.feature("IN-34")
async def test_stock_is_asked_by_depot_nature_and_place(atelier: Atelier, client: httpx.AsyncClient) -> None:
    etagere = await une_place(atelier, client, "ANN", "A1", "neuf")
    prets = await une_place(atelier, client, "ANN", "PRETS", "pret")
    doute = await une_place(atelier, client, "LYO", "CAGE", "quarantaine")
    await entrer(atelier, client, atelier.telephone, "ANN", "4")
    await entrer(atelier, client, atelier.telephone, "ANN", "3", etagere)
    await entrer(atelier, client, atelier.telephone, "ANN", "2", prets)
    (cable,) = await entrer(atelier, client, atelier.cable, "LYO", "50")
    suite = {"depot_id": str(atelier.depots["LYO"]), "emplacement_id": doute, "quantite": "20", "motif": "Gaine abîmée"}
    assert (await client.post(f"/historiques/{cable['id']}/transferer", json=suite)).status_code == 200

    tout = [
        ("Annecy", "neuf", "", "TEL-SIP", 4),
        ("Annecy", "neuf", "A1", "TEL-SIP", 3),
        ("Annecy", "pret", "PRETS", "TEL-SIP", 2),
        ("Lyon", "neuf", "", "CAB-CAT6", 30),
        ("Lyon", "quarantaine", "CAGE", "CAB-CAT6", 20),
    ]
    assert await places(client) == tout
    assert await places(client, depot_id=str(atelier.depots["LYO"])) == tout[3:]
    assert await places(client, nature="neuf") == [tout[0], tout[1], tout[3]]
    assert await places(client, emplacement_id=prets) == [tout[2]]
    assert await places(client, produit_id=str(atelier.cable.id), nature="quarantaine") == [tout[4]]
    premiere = (await client.get("/stock/places", params={"limite": 2})).json()
    suivante = await client.get("/stock/places", params={"limite": 3, "curseur": premiere["curseur_suivant"]})
    assert [x["quantite"] for x in suivante.json()["elements"]] == ["2.000", "30.000", "20.000"]

    annecy, _ = (await client.get(f"/produits/{atelier.telephone.id}/stock")).json()
    assert (annecy["physique"], annecy["disponible"], annecy["autres"]) == ("7.000", "7.000", "2.000")
    annonces = [s for s in await atelier.publies(StockChange) if s.produit_id == atelier.cable.id]
    assert [(s.agence_nom, s.nature, s.physique) for s in annonces] == [
        ("Lyon", "neuf", Decimal(50)),
        ("Lyon", "neuf", Decimal(30)),
        ("Lyon", "quarantaine", Decimal(20)),
    ]
    await verifier_soldes(atelier.database)


@pytest.mark.feature("AF-41")
@pytest.mark.parametrize(
    ("nature", "reserve", "manquant"), [("neuf", "1.000", "3.000"), ("occasion", "2.000", "2.000")]
)
async def test_the_need_is_computed_on_the_nature_of_the_affaire_only(
    atelier: Atelier, client: httpx.AsyncClient, nature: str, reserve: str, manquant: str
) -> None:
    reprises = await une_place(atelier, client, "ANN", "REPRISES", "occasion")
    await entrer(atelier, client, atelier.telephone, "ANN", "1")
    await entrer(atelier, client, atelier.telephone, "ANN", "2", reprises)
    fiche = FicheAffaire(code="AFF-1", libelle="x", etat="affaire", nature_stock=nature, emplacement="QUAI 3")
    affaire = AffaireCreee(affaire_id=new_id(), fiche=fiche)
    await atelier.recevoir(
        affaire, un_devis_valide(une_ligne(attend(atelier.telephone, "4")), affaire_id=affaire.affaire_id)
    )

    feuille = await la_feuille(client)
    (attendu,) = feuille["colonnes"][0]["attendus"]
    assert (attendu["reserve"], attendu["manquant"]) == (reserve, manquant)
    assert (feuille["nature"], feuille["zone"]) == (nature, "QUAI 3")
    await client.post("/reservations/generer")
    (ligne,) = (await client.get("/reservations")).json()["elements"]
    assert (ligne["reserve"], ligne["manquant"]) == (reserve, manquant)
    prelevee = (await client.post(f"/feuilles/{feuille['id']}/prelever-reserve")).json()
    assert prelevee["colonnes"][0]["attendus"][0]["present"] == reserve
    await verifier_soldes(atelier.database)


async def test_an_affaire_that_changes_is_followed_by_its_feuilles(atelier: Atelier, client: httpx.AsyncClient) -> None:
    reprises = await une_place(atelier, client, "ANN", "REPRISES", "occasion")
    await entrer(atelier, client, atelier.telephone, "ANN", "1")
    await entrer(atelier, client, atelier.telephone, "ANN", "2", reprises)
    affaire_id = new_id()
    fiche = FicheAffaire(code="AFF-1", libelle="x", etat="affaire", emplacement="QUAI 3")
    devis = un_devis_valide(une_ligne(attend(atelier.telephone, "4")), affaire_id=affaire_id)
    await atelier.recevoir(AffaireCreee(affaire_id=affaire_id, fiche=fiche), devis)
    autre = {"emplacement": "QUAI 9", "nature_stock": "occasion", "depot_agence_id": atelier.lyon.agence_id}
    await atelier.recevoir(AffaireModifiee(affaire_id=affaire_id, fiche=fiche.model_copy(update=autre)))
    feuille = await la_feuille(client)
    (attendu,) = feuille["colonnes"][0]["attendus"]
    assert (feuille["zone"], feuille["nature"], feuille["agence_nom"]) == ("QUAI 9", "occasion", "Lyon")
    assert (attendu["reserve"], attendu["manquant"]) == ("2.000", "2.000")
    dernier = (await atelier.publies(FeuilleModifiee))[-1].etat
    assert (dernier.zone, dernier.nature_stock) == ("QUAI 9", "occasion")
    await verifier_soldes(atelier.database)

    entete = {"If-Match": str(feuille["version"])}
    suivi = {"priorite": feuille["priorite"], "zone": "Palette de Karim"}
    assert (await client.put(f"/feuilles/{feuille['id']}", json=suivi, headers=entete)).status_code == 200
    encore = fiche.model_copy(update={**autre, "emplacement": "QUAI 1"})
    await atelier.recevoir(AffaireModifiee(affaire_id=affaire_id, fiche=encore))
    assert (await la_feuille(client))["zone"] == "Palette de Karim"


async def test_what_is_lent_or_doubtful_is_not_delivered(atelier: Atelier, client: httpx.AsyncClient) -> None:
    prets = await une_place(atelier, client, "ANN", "PRETS", "pret")
    (objet,) = await entrer(atelier, client, atelier.telephone, "ANN", "1", prets)
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone))))
    feuille = await la_feuille(client)
    refus = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"historique_id": objet["id"]})
    assert (refus.status_code, refus.json()["code"]) == (409, "objet_non_livrable")
    assert "en stock « prêt »" in refus.json()["detail"]

    rendu = {"depot_id": str(atelier.depots["ANN"]), "motif": "Fin de prêt, remis à neuf"}
    assert (await client.post(f"/historiques/{objet['id']}/transferer", json=rendu)).json()["nature"] == "neuf"
    vue = await client.post(f"/feuilles/{feuille['id']}/prelever", json={"historique_id": objet["id"]})
    assert vue.json()["colonnes"][0]["est_verte"]
    await verifier_soldes(atelier.database)
