"""Types, states and rules are data an administrator changes without redeploying."""

from typing import Any

import pytest

from tests.builders import demandes as b
from tests.builders.demandes import Monde

RMA = {
    "code": "rma",
    "libelle": "Retour fournisseur",
    "etats": [
        {"code": "ouvert", "libelle": "Ouvert", "est_initial": True},
        {"code": "envoye", "libelle": "Envoyé", "couleur": "bleu", "service": "achats"},
        {"code": "clos", "libelle": "Clos", "est_terminal": True},
    ],
    "transitions": {"ouvert": ["envoye"], "envoye": ["ouvert", "clos"]},
    "regles": [
        {"libelle": "Étude ouverte", "fait_type": "commercial.etude_creee.v1", "de_etats": ["ouvert"], "vers": "envoye"}
    ],
}


def _saisie(vue: dict[str, Any]) -> dict[str, Any]:
    """What was read, as it is written."""
    regles = [
        {
            **{c: r[c] for c in ("libelle", "fait_type", "de_etats", "vers", "mode")},
            "condition": {"champ": r["condition_champ"], "valeur": r["condition_valeur"]}
            if r["condition_champ"]
            else None,
        }
        for r in vue["regles"]
    ]
    return {**vue, "regles": regles}


@pytest.mark.feature("DM-02")
async def test_un_type_nouveau_sert_tout_de_suite(monde: Monde) -> None:
    assert (await monde.http.post("/types-demande", json=RMA)).status_code == 201
    assert (await monde.http.post("/types-demande", json=RMA)).json()["code"] == "code_deja_pris"
    demande = await monde.ouvrir("rma")
    assert demande["etat_code"] == "ouvert"
    await monde.recevoir(b.etude_creee(demande))
    assert await monde.etat(demande) == "envoye"
    assert (await monde.passer(demande, "clos")).json()["est_close"]


@pytest.mark.feature("DM-03")
async def test_un_etat_ajoute_entre_deux_autres_est_sur_le_tableau_et_dans_les_passages(monde: Monde) -> None:
    vue = (await monde.http.get("/types-demande/commercial")).json()
    saisie = _saisie(vue)
    rang = next(i for i, e in enumerate(saisie["etats"]) if e["code"] == "preparation")
    saisie["etats"].insert(rang, {"code": "a_assembler", "libelle": "À assembler", "service": "atelier"})
    saisie["transitions"]["produits_recus"].append("a_assembler")
    saisie["transitions"]["a_assembler"] = ["preparation", "produits_recus"]
    tete = {"If-Match": f'"{vue["version"]}"'}
    reponse = await monde.http.put("/types-demande/commercial", json=saisie, headers=tete)
    assert reponse.status_code == 200, reponse.text
    assert (await monde.http.put("/types-demande/commercial", json=saisie, headers=tete)).status_code == 409
    tableau = (await monde.http.get("/tableaux/atelier")).json()
    tableau["colonnes"].insert(1, {"libelle": "À assembler", "etats": [{"type": "commercial", "etat": "a_assembler"}]})
    assert (await monde.http.put("/tableaux/atelier", json=tableau)).status_code == 200
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(demande), b.feuille_approvisionnee(demande))
    assert (await monde.passer(demande, "a_assembler")).status_code == 200
    atelier = (await monde.http.get("/tableaux/atelier/cartes")).json()
    assert [(c["libelle"], c["nombre"]) for c in atelier["colonnes"]] == [
        ("Produits reçus", 0),
        ("À assembler", 1),
        ("Préparation", 0),
    ]


async def test_un_etat_occupe_ne_se_retire_pas(monde: Monde) -> None:
    await monde.http.post("/types-demande", json=RMA)
    demande = await monde.ouvrir("rma")
    sans = {**RMA, "etats": [{**RMA["etats"][1], "est_initial": True}], "transitions": {}, "regles": []}  # type: ignore[index]
    assert (await monde.http.put("/types-demande/rma", json=sans)).json()["code"] == "etat_encore_utilise"
    await monde.passer(demande, "envoye")
    assert (await monde.http.put("/types-demande/rma", json=sans)).status_code == 200


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"etats": [{"code": "a", "libelle": "A"}]}, "etat_initial_manquant"),
        (
            {"etats": [{"code": "a", "libelle": "A", "est_initial": True}, {"code": "a", "libelle": "B"}]},
            "etat_en_double",
        ),
        ({"transitions": {"ouvert": ["nulle_part"]}}, "etat_inconnu"),
    ],
)
async def test_une_configuration_incoherente_est_refusee(monde: Monde, change: dict[str, Any], code: str) -> None:
    reponse = await monde.http.post("/types-demande", json={**RMA, "transitions": {}, "regles": [], **change})
    assert reponse.status_code == 422
    assert reponse.json()["code"] == code


async def test_un_etat_se_retouche_sans_toucher_au_circuit(monde: Monde) -> None:
    url = "/types-demande/commercial/etats/preparation"
    retouche = {"libelle": "En préparation", "couleur": "vert", "service": "atelier", "est_planifiable": True}
    vue = (await monde.http.put(url, json=retouche)).json()
    assert next(e for e in vue["etats"] if e["code"] == "preparation")["libelle"] == "En préparation"
    assert (await monde.http.put(url, json={**retouche, "couleur": "fuchsia"})).status_code == 422
    assert (await monde.http.put(url.replace("preparation", "rien"), json=retouche)).status_code == 422


async def test_le_circuit_livre_est_complet(monde: Monde) -> None:
    types = {t["code"]: [e["code"] for e in t["etats"]] for t in (await monde.http.get("/types-demande")).json()}
    assert types["commercial"] == [
        "devis_a_realiser",
        "attente_client",
        "devis_valide",
        "achats_en_cours",
        "attente_reception",
        "produits_recus_partiel",
        "produits_recus",
        "preparation",
        "livraison_a_prevoir",
        "a_facturer",
        "facture",
        "perdu",
    ]
    assert types["sav"] == [
        "nouveau",
        "j_y_travaille",
        "deplacement_a_prevoir",
        "en_deplacement",
        "resolu",
        "cloturee",
    ]
    assert types["maintenance"] == ["a_planifier", "planifiee", "realisee"]
    assert len((await monde.http.get("/domaines")).json()) == 10


async def test_configurer_demande_le_droit(monde: Monde, service_client) -> None:  # type: ignore[no-untyped-def]
    lecteur = await service_client("demandes", monde.database, "demande.lire", "demande.modifier")
    assert (await lecteur.post("/types-demande", json=RMA)).status_code == 403
    assert (await lecteur.get("/types-demande")).status_code == 200


async def test_un_circuit_change_garde_ses_versions_et_l_ancien_se_remet(monde: Monde) -> None:
    avant = (await monde.http.post("/types-demande", json=RMA)).json()
    url = "/types-demande/rma"
    retouche = {"libelle": "Expédié", "couleur": "vert", "vers": ["clos"]}
    change = (await monde.http.put(f"{url}/etats/envoye", json=retouche)).json()
    assert change["transitions"] == {"ouvert": ["envoye"], "envoye": ["clos"], "clos": []}
    sans_regle = {**_saisie(change), "regles": []}
    assert (await monde.http.put(url, json=sans_regle)).status_code == 200
    versions = (await monde.http.get(f"{url}/versions")).json()
    assert [(v["version"], v["nb_regles"], v["par_nom"]) for v in versions] == [
        (change["version"], 1, versions[0]["par_nom"]),
        (avant["version"], 1, versions[0]["par_nom"]),
    ]
    premiere = (await monde.http.get(f"{url}/versions/{avant['version']}")).json()
    remise = (await monde.http.put(url, json=premiere)).json()
    gardes = ("libelle", "etats", "transitions")
    assert {c: remise[c] for c in gardes} == {c: avant[c] for c in gardes}
    assert [r["libelle"] for r in remise["regles"]] == ["Étude ouverte"]
    assert len((await monde.http.get(f"{url}/versions")).json()) == 3, "remettre garde aussi ce qu’on quitte"
    assert (await monde.http.get(f"{url}/versions/99")).json()["code"] == "version_inconnue"


async def test_les_demandes_suivent_un_etat_qui_devient_une_fin(monde: Monde) -> None:
    await monde.http.post("/types-demande", json=RMA)
    demande = await monde.ouvrir("rma")
    await monde.passer(demande, "envoye")
    fin = {"libelle": "Envoyé", "couleur": "bleu", "est_terminal": True}
    await monde.http.put("/types-demande/rma/etats/envoye", json=fin)
    assert (await monde.lire(demande))["est_close"]
    await monde.http.put("/types-demande/rma/etats/envoye", json={**fin, "est_terminal": False})
    assert not (await monde.lire(demande))["est_close"]


async def test_chaque_fait_du_circuit_a_un_nom_pour_les_regles(monde: Monde) -> None:
    from services.demandes.subscriptions import CIRCUIT

    proposes = {f["type"]: f for f in (await monde.http.get("/faits-suivis")).json()}
    assert set(proposes) == {fait.type for fait in CIRCUIT}
    for fait in CIRCUIT:
        champs = set(fait.model_fields)
        assert {c.partition(".")[0] for c in proposes[fait.type]["conditions"]} <= champs, fait.type
