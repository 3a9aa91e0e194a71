"""Swimlanes of a board: its cards by person or agency, and what a card dropped in another one becomes."""

from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.testing.statements import sent
from tests.builders.demandes import Monde
from tests.services.demandes.tableau.test_tableaux import cartes

TRIS = ("urgence", "anciennete", "echeance", "montant")


def dans(couloir: dict[str, Any], colonne: int = 0) -> list[str]:
    """The subjects of the cards where a swimlane crosses a column."""
    return [c["objet"] for c in couloir["cases"][colonne]["cartes"]]


async def test_les_couloirs_par_personne_partagent_les_cartes_celui_de_personne_en_dernier(monde: Monde) -> None:
    await monde.ouvrir(objet="Alarme", responsable_id=str(monde.sophie))
    await monde.ouvrir(objet="Baie", responsable_id=str(monde.karim), urgence="urgente")
    await monde.ouvrir(objet="Câblage", responsable_id=str(monde.karim))
    await monde.ouvrir(objet="Dôme")
    tableau = await cartes(monde, couloirs="responsable")
    assert [(c["nom"], c["nombre"], dans(c)) for c in tableau["couloirs"]] == [
        ("Karim Aït Ouali", 2, ["Baie", "Câblage"]),
        ("Sophie Durand", 1, ["Alarme"]),
        (None, 1, ["Dôme"]),
    ]
    assert [len(c["cases"]) for c in tableau["couloirs"]] == [len(tableau["colonnes"])] * 3
    assert (tableau["colonnes"][0]["nombre"], tableau["colonnes"][0]["cartes"]) == (4, [])
    siennes = await cartes(monde, couloirs="responsable", urgentes=True)
    assert [dans(c) for c in siennes["couloirs"]] == [["Baie"]]
    assert (await cartes(monde))["couloirs"] == []


async def test_les_couloirs_par_agence_portent_son_identifiant(monde: Monde) -> None:
    lyon = new_id()
    await monde.ouvrir(objet="À Lyon", agence_id=str(lyon), responsable_id=str(monde.sophie))
    await monde.ouvrir(objet="Nulle part")
    tableau = await cartes(monde, couloirs="agence")
    assert [(c["id"], c["nom"], dans(c)) for c in tableau["couloirs"]] == [
        (str(lyon), None, ["À Lyon"]),
        (None, None, ["Nulle part"]),
    ]


@pytest.mark.parametrize("tri", TRIS)
async def test_une_case_envoie_six_cartes_puis_la_suite_de_son_couloir(monde: Monde, tri: str) -> None:
    for rang in range(8):
        champs = {"echeance": f"2026-04-{rang + 1:02d}", "urgence": "haute" if rang % 2 else "normale"}
        await monde.ouvrir(objet=f"De Sophie {rang}", responsable_id=str(monde.sophie), **champs)
        await monde.ouvrir(objet=f"De personne {rang}", **champs)
    tableau = await cartes(monde, couloirs="responsable", tri=tri)
    for couloir, qui in zip(tableau["couloirs"], (str(monde.sophie), "aucun"), strict=True):
        case = couloir["cases"][0]
        assert (case["nombre"], len(case["cartes"])) == (8, 6)
        suite = await monde.http.get(
            f"/tableaux/commercial/colonnes/{case['colonne_id']}/cartes",
            params={"couloirs": "responsable", "couloir": qui, "tri": tri, "curseur": case["curseur_suivant"]},
        )
        vues = [c["objet"] for c in (*case["cartes"], *suite.json()["elements"])]
        assert (len(set(vues)), {v[:9] for v in vues}) == (8, {dans(couloir)[0][:9]})


async def test_les_couloirs_ne_coutent_pas_une_requete_de_plus(monde: Monde) -> None:
    await monde.ouvrir(responsable_id=str(monde.sophie))
    with sent(monde.database) as sans:
        await cartes(monde)
    with sent(monde.database) as avec:
        await cartes(monde, couloirs="responsable")
    assert len(avec) == len(sans)


async def test_deplacer_peut_confier_du_meme_geste(monde: Monde) -> None:
    demande = await monde.ouvrir(responsable_id=str(monde.sophie))
    corps = {"vers": "attente_client", "responsable_id": str(monde.karim)}
    change = (await monde.http.post(f"/demandes/{demande['id']}/etat", json=corps)).json()
    assert (change["etat_code"], change["responsable_nom"]) == ("attente_client", "Karim Aït Ouali")
    rendue = await monde.http.post(f"/demandes/{demande['id']}/etat", json={"vers": "devis_a_realiser"})
    assert rendue.json()["responsable_nom"] == "Karim Aït Ouali", "un déplacement seul ne change pas la personne"
    a_personne = {"vers": "attente_client", "responsable_id": None}
    assert (await monde.http.post(f"/demandes/{demande['id']}/etat", json=a_personne)).json()["responsable_id"] is None
    inconnu = {"vers": "devis_a_realiser", "responsable_id": str(new_id())}
    assert (await monde.http.post(f"/demandes/{demande['id']}/etat", json=inconnu)).status_code in (404, 422)
    assert await monde.etat(demande) == "attente_client", "rien à moitié"


async def test_une_colonne_de_plusieurs_etats_donne_le_premier_que_le_circuit_permet(monde: Monde) -> None:
    demande = await monde.ouvrir()
    corps = {"vers": "facture", "sinon": ["prepare_jamais", "attente_client"]}
    assert (await monde.http.post(f"/demandes/{demande['id']}/etat", json=corps)).json()[
        "etat_code"
    ] == "attente_client"
    refuse = await monde.http.post(f"/demandes/{demande['id']}/etat", json={"vers": "facture", "sinon": []})
    assert refuse.status_code == 409


async def test_une_carte_hors_des_filtres_n_a_pas_de_colonne(monde: Monde) -> None:
    demande = await monde.ouvrir(responsable_id=str(monde.sophie), objet="Caméras")
    url = f"/demandes/{demande['id']}/carte"
    la = (await monde.http.get(url, params={"tableau": "commercial"})).json()
    assert (la["colonne_id"] is not None, la["responsable_id"]) == (True, str(monde.sophie))
    gardent = ({"q": "camera"}, {"responsable_id": str(monde.sophie)})
    ecartent = ({"q": "onduleur"}, {"urgentes": True}, {"sous_contrat": True}, {"responsable_id": str(monde.karim)})
    for filtres, garde in (*((f, True) for f in gardent), *((f, False) for f in ecartent)):
        lue = (await monde.http.get(url, params={"tableau": "commercial", **filtres})).json()
        assert (lue["colonne_id"] is not None) is garde, filtres
