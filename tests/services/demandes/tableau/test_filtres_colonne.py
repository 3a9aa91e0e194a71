"""Columns that keep only some of the demandes in their states: urgency, contract, agency, whether somebody has it in charge."""

from typing import Any

from shared.kernel.ids import new_id
from tests.builders.demandes import Monde
from tests.services.demandes.tableau.test_tableaux import cartes

NOUVELLES = [{"type": "commercial", "etat": "devis_a_realiser"}]


async def dessiner(monde: Monde, *filtres: dict[str, Any]) -> None:
    """The board "tri", one column of the same state per filter."""
    colonnes = [{"libelle": f"Colonne {n}", "etats": NOUVELLES, "filtre": f} for n, f in enumerate(filtres)]
    reponse = await monde.http.post("/tableaux", json={"code": "tri", "libelle": "Tri", "colonnes": colonnes})
    assert reponse.status_code == 201, reponse.text


async def rangees(monde: Monde, **params: Any) -> list[list[str]]:
    """The numbers shown in each column; the counts of the panel say the same."""
    vu = await cartes(monde, "tri", **params)
    return [[c["numero"] for c in colonne["cartes"]] for colonne in vu["colonnes"]]


async def test_une_demande_va_dans_la_premiere_colonne_qui_la_garde(monde: Monde) -> None:
    urgente = await monde.ouvrir(urgence="urgente")
    haute = await monde.ouvrir(urgence="haute", responsable_id=str(monde.sophie))
    confiee = await monde.ouvrir(responsable_id=str(monde.sophie))
    libre = await monde.ouvrir()
    await dessiner(monde, {"urgences": ["urgente", "haute"]}, {"est_confiee": True}, {})
    attendu = [[urgente["numero"], haute["numero"]], [confiee["numero"]], [libre["numero"]]]
    assert await rangees(monde) == attendu
    (ligne,) = [t for t in (await monde.http.get("/tableaux")).json() if t["code"] == "tri"]
    assert ([c["nombre"] for c in ligne["colonnes"]], ligne["nombre"]) == ([2, 1, 1], 4)
    colonnes = (await cartes(monde, "tri"))["colonnes"]
    for demande, rang in ((urgente, 0), (haute, 0), (confiee, 1), (libre, 2)):
        carte = (await monde.http.get(f"/demandes/{demande['id']}/carte", params={"tableau": "tri"})).json()
        assert carte["colonne_id"] == colonnes[rang]["id"]
        suite = (await monde.http.get(f"/tableaux/tri/colonnes/{colonnes[rang]['id']}/cartes")).json()["elements"]
        assert demande["numero"] in [c["numero"] for c in suite]
        assert [c["numero"] for c in suite] == attendu[rang]


async def test_ce_qu_aucune_colonne_ne_garde_n_est_pas_sur_le_tableau(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await dessiner(monde, {"sous_contrat": True}, {"agence_id": str(new_id())})
    assert await rangees(monde) == [[], []]
    carte = (await monde.http.get(f"/demandes/{demande['id']}/carte", params={"tableau": "tri"})).json()
    assert carte["colonne_id"] is None
    vu = await cartes(monde, "tri")
    assert (vu["nombre"], [c["nombre"] for c in vu["colonnes"]]) == (0, [0, 0])


async def test_le_filtre_d_une_colonne_voyage_avec_la_configuration(monde: Monde) -> None:
    filtre = {"urgences": ["basse"], "sous_contrat": False, "agence_id": None, "est_confiee": False}
    await dessiner(monde, filtre)
    config = (await monde.http.get("/configuration")).json()
    assert (await monde.http.put("/configuration", json=config)).status_code == 204
    (tri,) = [t for t in (await monde.http.get("/configuration")).json()["tableaux"] if t["code"] == "tri"]
    assert tri["colonnes"][0]["filtre"] == filtre
    faux = {**config, "tableaux": [{**tri, "colonnes": [{**tri["colonnes"][0], "filtre": {"urgences": ["jamais"]}}]}]}
    assert (await monde.http.put("/configuration", json=faux)).status_code == 422
