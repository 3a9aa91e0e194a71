"""Moves made by people: the table of transitions, the version, the trace."""

import pytest

from shared.contracts.demandes import EtatChange
from tests.builders import demandes as b
from tests.builders.demandes import Monde


@pytest.mark.feature("DM-37")
async def test_un_passage_manuel_laisse_sa_trace(monde: Monde) -> None:
    demande = await monde.ouvrir()
    reponse = await monde.http.post(
        f"/demandes/{demande['id']}/etat", json={"vers": "attente_client", "motif": "Envoyé de la main à la main"}
    )
    assert reponse.status_code == 200
    assert reponse.json()["etat_code"] == "attente_client"
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    assert [m["genre"] for m in recit] == ["passage", "creation"]
    passage = recit[0]
    assert (passage["de"], passage["vers"], passage["titre"]) == (
        "Devis à réaliser",
        "attente_client",
        "Attente client",
    )
    assert (passage["texte"], passage["par_nom"], passage["regle"]) == (
        "Envoyé de la main à la main",
        "Camille Test",
        None,
    )
    (annonce,) = await b.faits(monde.database, EtatChange)
    assert not annonce.est_automatique
    assert annonce.vers_libelle == "Attente client"


async def test_annuler_c_est_revenir_en_arriere(monde: Monde) -> None:
    demande = await monde.ouvrir()
    assert (await monde.passer(demande, "attente_client", "devis_a_realiser")).status_code == 200
    assert await monde.etat(demande) == "devis_a_realiser"


async def test_une_transition_non_prevue_est_refusee_avec_les_etapes_possibles(monde: Monde) -> None:
    demande = await monde.ouvrir()
    reponse = await monde.passer(demande, "a_facturer")
    assert reponse.status_code == 409
    refus = reponse.json()
    assert refus["code"] == "transition_impossible"
    assert "« Attente client »" in refus["detail"]


async def test_un_etat_inconnu_est_refuse(monde: Monde) -> None:
    demande = await monde.ouvrir()
    assert (await monde.passer(demande, "nulle_part")).status_code == 422
    assert (await monde.passer(demande, "devis_a_realiser")).json()["code"] == "deja_dans_cet_etat"


async def test_deux_personnes_qui_deplacent_la_meme_carte(monde: Monde) -> None:
    demande = await monde.ouvrir()
    vu = {"If-Match": f'"{demande["version"]}"'}
    url = f"/demandes/{demande['id']}/etat"
    assert (await monde.http.post(url, json={"vers": "attente_client"}, headers=vu)).status_code == 200
    tard = await monde.http.post(url, json={"vers": "perdu"}, headers=vu)
    assert tard.status_code == 409
    assert tard.json()["code"] == "version_perimee"
    assert tard.json()["modifications"][0]["par_nom"] == "Camille Test"


async def test_un_envoi_repete_avec_sa_cle_ne_deplace_qu_une_fois(monde: Monde) -> None:
    demande = await monde.ouvrir()
    cle = {"Idempotency-Key": "geste-1"}
    url = f"/demandes/{demande['id']}/etat"
    une = await monde.http.post(url, json={"vers": "attente_client"}, headers=cle)
    autre = await monde.http.post(url, json={"vers": "attente_client"}, headers=cle)
    assert une.content == autre.content
    assert une.json()["etat_code"] == "attente_client"
    assert len(await b.faits(monde.database, EtatChange)) == 1


async def test_toute_transition_du_circuit_livre_se_defait(monde: Monde) -> None:
    for genre in (await monde.http.get("/types-demande")).json():
        entier = (await monde.http.get(f"/types-demande/{genre['code']}")).json()
        for de, suites in entier["transitions"].items():
            for vers in suites:
                assert de in entier["transitions"][vers], f"{genre['code']}: {de} -> {vers}"
