"""Boards: columns, counts, filters, the rest of a column by key, and their cost in statements."""

from typing import Any

import pytest

from shared.testing.statements import sent
from tests.builders import demandes as b
from tests.builders.demandes import Monde


async def cartes(monde: Monde, code: str = "commercial", **params: Any) -> dict[str, Any]:
    reponse = await monde.http.get(f"/tableaux/{code}/cartes", params=params)
    assert reponse.status_code == 200, reponse.text
    tableau: dict[str, Any] = reponse.json()
    return tableau


@pytest.mark.feature("GW-07")
async def test_les_cartes_urgentes_sont_en_tete_de_colonne(monde: Monde) -> None:
    for urgence in ("normale", "urgente", "basse", "haute"):
        await monde.ouvrir(urgence=urgence)
    colonne = (await cartes(monde))["colonnes"][0]
    assert [c["urgence"] for c in colonne["cartes"]] == ["urgente", "haute", "normale", "basse"]
    assert colonne["nombre"] == 4
    par_age = (await cartes(monde, tri="anciennete"))["colonnes"][0]
    assert [c["urgence"] for c in par_age["cartes"]] == ["normale", "urgente", "basse", "haute"]


async def test_la_colonne_envoie_douze_cartes_puis_la_suite_par_cle(monde: Monde) -> None:
    for rang in range(15):
        await monde.ouvrir(urgence="haute" if rang % 2 else "normale", echeance=f"2026-04-{rang + 1:02d}")
    for tri in ("urgence", "anciennete", "echeance", "montant"):
        colonne = (await cartes(monde, tri=tri))["colonnes"][0]
        assert (colonne["nombre"], len(colonne["cartes"])) == (15, 12)
        url = f"/tableaux/commercial/colonnes/{colonne['id']}/cartes"
        suite = (await monde.http.get(url, params={"tri": tri, "curseur": colonne["curseur_suivant"]})).json()
        vues = [c["numero"] for c in (*colonne["cartes"], *suite["elements"])]
        assert len(set(vues)) == 15, tri
        assert suite["curseur_suivant"] is None


async def test_le_tableau_coute_peu_de_requetes_quel_que_soit_le_nombre_de_cartes(monde: Monde) -> None:
    await monde.ouvrir()
    with sent(monde.database) as peu:
        await cartes(monde)
    for _ in range(5):
        await monde.ouvrir()
    with sent(monde.database) as beaucoup:
        await cartes(monde)
    assert len(beaucoup) == len(peu) <= 4


async def test_les_filtres_reduisent_les_colonnes_pas_les_compteurs(monde: Monde) -> None:
    await monde.ouvrir(urgence="urgente", objet="Caméras dôme")
    await monde.ouvrir(echeance="2026-01-01", responsable_id=str(monde.sophie))
    entier = await cartes(monde)
    assert (entier["nombre"], entier["urgentes"], entier["en_retard"]) == (2, 1, 1)
    assert entier["responsables"] == [{"id": str(monde.sophie), "nom": "Sophie Durand", "nombre": 1}]
    filtres: tuple[dict[str, Any], ...] = (
        {"urgentes": True},
        {"en_retard": True},
        {"responsable_id": str(monde.sophie)},
        {"q": "camera"},
    )
    for filtre in filtres:
        vu = await cartes(monde, **filtre)
        assert (vu["colonnes"][0]["nombre"], vu["nombre"]) == (1, 2), filtre


async def test_le_bouclier_dit_que_le_client_est_sous_contrat(monde: Monde) -> None:
    from shared.kernel.ids import new_id

    await monde.ouvrir()
    await monde.recevoir(b.couverture(monde.tiers_id, new_id()))
    tableau = await cartes(monde, sous_contrat=True)
    assert tableau["colonnes"][0]["cartes"][0]["sous_contrat"]
    await monde.recevoir(b.couverture(monde.tiers_id))
    assert (await cartes(monde))["sous_contrat"] == 0


@pytest.mark.feature("DM-07")
async def test_le_devis_valide_quitte_les_devis_en_cours_pour_les_achats(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(demande))
    assert (await cartes(monde, "devis-en-cours"))["nombre"] == 0
    assert (await cartes(monde, "achats"))["colonnes"][0]["cartes"][0]["id"] == demande["id"]


@pytest.mark.feature("DM-04")
async def test_un_tableau_a_deux_colonnes_ne_montre_que_leurs_demandes(monde: Monde) -> None:
    saisie = {
        "code": "mes-achats",
        "libelle": "Mes achats",
        "colonnes": [
            {"libelle": "À acheter", "etats": [{"type": "commercial", "etat": "devis_valide"}]},
            {"libelle": "En cours", "etats": [{"type": "commercial", "etat": "achats_en_cours"}]},
        ],
    }
    assert (await monde.http.post("/tableaux", json=saisie)).status_code == 201
    assert (await monde.http.post("/tableaux", json=saisie)).json()["code"] == "code_deja_pris"
    await monde.ouvrir()
    vendue = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(vendue))
    tableau = await cartes(monde, "mes-achats")
    assert [c["nombre"] for c in tableau["colonnes"]] == [1, 0]
    saisie["colonnes"] = saisie["colonnes"][:1]
    assert len((await monde.http.put("/tableaux/mes-achats", json=saisie)).json()["colonnes"]) == 1
    faux = {**saisie, "colonnes": [{"libelle": "x", "etats": [{"type": "commercial", "etat": "nulle_part"}]}]}
    assert (await monde.http.put("/tableaux/mes-achats", json=faux)).status_code == 422


async def test_la_carte_seule_dit_sa_colonne(monde: Monde) -> None:
    demande = await monde.ouvrir()
    colonne = (await cartes(monde))["colonnes"][0]
    carte = (await monde.http.get(f"/demandes/{demande['id']}/carte", params={"tableau": "commercial"})).json()
    assert carte["colonne_id"] == colonne["id"]
    ailleurs = (await monde.http.get(f"/demandes/{demande['id']}/carte", params={"tableau": "sav"})).json()
    assert ailleurs["colonne_id"] is None


async def test_le_panneau_compte_les_demandes_ouvertes(monde: Monde) -> None:
    demande = await monde.ouvrir()
    await monde.ouvrir("interne")
    tableaux = {t["code"]: t for t in (await monde.http.get("/tableaux")).json()}
    assert (tableaux["commercial"]["nombre"], tableaux["interne"]["nombre"], tableaux["sav"]["nombre"]) == (1, 1, 0)
    assert tableaux["commercial"]["par_service"]["commercial"] == 1
    await monde.passer(demande, "perdu")
    assert (await monde.http.get("/tableaux")).json()[0]["nombre"] == 0
    assert (await monde.http.get("/tableaux/inconnu/cartes")).status_code == 404


async def _etat_sans_colonne(monde: Monde) -> dict[str, Any]:
    """« À assembler » is in the circuit; a board drawn again keeps it out of everybody's sight. The board as it is left."""
    comme = {"code": "a_assembler", "libelle": "À assembler", "comme": "preparation", "couleur": "cyan"}
    assert (await monde.http.post("/types-demande/commercial/etats", json=comme)).is_success
    for code in ("commercial", "atelier"):
        tableau = (await monde.http.get(f"/tableaux/{code}")).json()
        tableau["colonnes"] = [c for c in tableau["colonnes"] if c["libelle"] != "À assembler"]
        assert (await monde.http.put(f"/tableaux/{code}", json=tableau)).is_success
    laisse: dict[str, Any] = (await monde.http.get("/tableaux/atelier")).json()
    return laisse


async def _oublies(monde: Monde, code: str) -> list[tuple[str, int]]:
    lignes = (await monde.http.get("/tableaux")).json()
    (ligne,) = [ligne for ligne in lignes if ligne["code"] == code]
    return [(e["libelle"], e["nombre"]) for e in ligne["sans_colonne"]]


@pytest.mark.feature("DM-03")
async def test_un_etat_qu_aucun_tableau_ne_montre_est_dit_sur_ceux_de_son_type_et_y_prend_sa_colonne(
    monde: Monde,
) -> None:
    assert await _oublies(monde, "commercial") == []
    avant = await _etat_sans_colonne(monde)
    demande = await monde.ouvrir()
    await monde.passer(demande, "devis_valide")
    await monde.passer(demande, "preparation")
    await monde.passer(demande, "a_assembler")
    for code in ("commercial", "atelier"):
        assert await _oublies(monde, code) == [("À assembler", 1)]
    assert await _oublies(monde, "sav") == []
    etat = {"type": "commercial", "etat": "a_assembler"}
    for _ in range(2):
        assert (await monde.http.post("/tableaux/atelier/colonnes", json=etat)).is_success
    colonnes = (await monde.http.get("/tableaux/atelier")).json()["colonnes"]
    voulues = [c["libelle"] for c in avant["colonnes"]]
    voulues.insert(voulues.index("Préparation") + 1, "À assembler")
    assert [c["libelle"] for c in colonnes] == voulues
    assert await _oublies(monde, "commercial") == [], "un tableau le montre : personne ne l’oublie"
    vues = {c["libelle"]: c["nombre"] for c in (await cartes(monde, "atelier"))["colonnes"]}
    assert vues["À assembler"] == 1
    inconnu = await monde.http.post("/tableaux/atelier/colonnes", json={"type": "commercial", "etat": "nulle_part"})
    assert inconnu.json()["code"] == "etat_inconnu"
