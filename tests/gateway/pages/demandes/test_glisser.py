"""Dragging on the planning: who and what moves, how long it lasts, and what undoing gives back."""

import json
from typing import Any

import httpx

from shared.contracts.contacts import EquipeModifiee
from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur

Json = dict[str, Any]


async def _a_planifier(navigateur: Navigateur, **champs: Any) -> Json:
    """A demande of the list « À planifier »."""
    demande = await navigateur.monde.ouvrir(**champs)
    await navigateur.monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    return demande


async def _planifiee(navigateur: Navigateur, *personnes: Any, **champs: Any) -> Json:
    """An intervention of these people, Thursday 19 March all day unless told otherwise."""
    demande = await _a_planifier(navigateur)
    if "debut" not in champs:
        champs = {"jour": "2026-03-19", "demi": "journee", **champs}
    corps = {"demande_id": demande["id"], "collaborateur_ids": [str(p) for p in personnes], **champs}
    reponse = await navigateur.monde.http.post("/interventions", json=corps)
    assert reponse.status_code == 201, reponse.text
    return await _lue(navigateur, reponse.json()["id"])


def _case(jour: str, demi: str, *, personne: Any = None, equipe: Any = None) -> Json:
    return {
        "personne": str(personne) if personne else None,
        "equipe": str(equipe) if equipe else None,
        "jour": jour,
        "demi": demi,
    }


async def _glisser(navigateur: Navigateur, bloc: str, de: Json | None, vers: Json | None) -> httpx.Response:
    nulle_part = {"personne": None, "equipe": None, "jour": None, "demi": None}
    return await navigateur.deposer("/planning/poser", {"intervention": bloc, "de": de, **(vers or nulle_part)})


async def _annuler(navigateur: Navigateur, reponse: httpx.Response) -> httpx.Response:
    return await navigateur.deposer("/planning/remettre", reponse.json()["annuler"])


async def _lue(navigateur: Navigateur, identifiant: str) -> Json:
    lue: Json = (await navigateur.monde.http.get(f"/interventions/{identifiant}")).json()
    return lue


def _moment(intervention: Json) -> tuple[str, str]:
    return intervention["debut"][:16], intervention["fin"][:16]


async def test_la_personne_deposee_prend_la_place_de_celle_qui_est_glissee(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    julien = b.un_collaborateur("Petit", "Julien")
    await monde.recevoir(julien)
    posee = await _planifiee(navigateur, monde.sophie, monde.karim)
    de = _case("2026-03-19", "matin", personne=monde.karim)
    vers = _case("2026-03-19", "matin", personne=julien.collaborateur_id)
    reponse = await _glisser(navigateur, posee["id"], de, vers)
    assert reponse.status_code == 200, reponse.text
    apres = await _lue(navigateur, posee["id"])
    assert apres["collaborateurs"] == ["Sophie Durand", "Julien Petit"], "Karim cède sa place, Sophie reste"
    assert (await _annuler(navigateur, reponse)).status_code == 204
    assert (await _lue(navigateur, posee["id"]))["collaborateurs"] == ["Sophie Durand", "Karim Aït Ouali"]


async def test_deposer_sur_un_collegue_deja_present_ne_retire_personne(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    posee = await _planifiee(navigateur, monde.sophie, monde.karim)
    de = _case("2026-03-19", "matin", personne=monde.sophie)
    reponse = await _glisser(navigateur, posee["id"], de, _case("2026-03-20", "matin", personne=monde.karim))
    assert reponse.status_code == 200
    apres = await _lue(navigateur, posee["id"])
    assert apres["collaborateurs"] == ["Sophie Durand", "Karim Aït Ouali"]
    assert apres["debut"].startswith("2026-03-20T")


async def test_glisser_garde_la_duree_et_les_heures(navigateur: Navigateur) -> None:
    sophie = navigateur.monde.sophie
    for creneau, depart, arrivee, attendu in (
        ({}, ("2026-03-19", "matin"), ("2026-03-20", "apres_midi"), ("2026-03-20T07:00", "2026-03-20T16:30")),
        (
            {"debut": "2026-03-19T09:15:00+01:00", "fin": "2026-03-19T11:00:00+01:00"},
            ("2026-03-19", "matin"),
            ("2026-03-20", "matin"),
            ("2026-03-20T08:15", "2026-03-20T10:00"),
        ),
        (
            {"debut": "2026-03-19T09:15:00+01:00", "fin": "2026-03-19T11:00:00+01:00"},
            ("2026-03-19", "matin"),
            ("2026-03-19", "apres_midi"),
            ("2026-03-19T13:45", "2026-03-19T15:30"),
        ),
        (
            {"debut": "2026-03-17T13:30:00+01:00", "fin": "2026-03-19T12:00:00+01:00"},
            ("2026-03-18", "matin"),
            ("2026-03-17", "matin"),
            ("2026-03-16T12:30", "2026-03-18T11:00"),
        ),
        (  # the clocks change on 29 March: 9 o’clock stays 9 o’clock
            {"debut": "2026-03-27T09:00:00+01:00", "fin": "2026-03-27T10:00:00+01:00"},
            ("2026-03-27", "matin"),
            ("2026-03-30", "matin"),
            ("2026-03-30T07:00", "2026-03-30T08:00"),
        ),
    ):
        posee = await _planifiee(navigateur, sophie, **creneau)
        reponse = await _glisser(
            navigateur, posee["id"], _case(*depart, personne=sophie), _case(*arrivee, personne=sophie)
        )
        assert reponse.status_code == 200, reponse.text
        assert _moment(await _lue(navigateur, posee["id"])) == attendu
        assert (await _annuler(navigateur, reponse)).status_code == 204
        assert _moment(await _lue(navigateur, posee["id"])) == _moment(posee)


async def test_une_demande_glissee_dure_ce_qui_etait_prevu(navigateur: Navigateur) -> None:
    sophie = navigateur.monde.sophie
    for minutes, demi, attendu in (
        (360, "matin", ("2026-03-20T07:00", "2026-03-20T14:30")),
        (90, "apres_midi", ("2026-03-20T12:30", "2026-03-20T14:00")),
        (960, "apres_midi", ("2026-03-20T12:30", "2026-03-24T11:00")),  # nobody works on Saturday or Sunday
        (None, "matin", ("2026-03-20T07:00", "2026-03-20T11:00")),
    ):
        demande = await _a_planifier(navigateur, duree_prevue_minutes=minutes)
        reponse = await _glisser(navigateur, f"d-{demande['id']}", None, _case("2026-03-20", demi, personne=sophie))
        posee = await _lue(navigateur, reponse.json()["annuler"]["intervention"])
        assert _moment(posee) == attendu, minutes


async def test_le_planning_dit_qu_il_manque_quelqu_un(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await _a_planifier(navigateur, personnes_prevues=2)
    await _glisser(navigateur, f"d-{demande['id']}", None, _case("2026-03-20", "matin", personne=monde.sophie))
    assert "1 personne sur 2 prévues" in await navigateur.ouvrir("/planning?semaine=2026-03-20")


async def test_annuler_une_premiere_planification_rend_la_demande_a_planifier(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await _a_planifier(navigateur)
    bloc = f'data-intervention="d-{demande["id"]}"'
    reponse = await _glisser(
        navigateur, f"d-{demande['id']}", None, _case("2026-03-20", "matin", personne=monde.sophie)
    )
    assert bloc not in await navigateur.ouvrir("/planning?semaine=2026-03-20")
    assert (await _annuler(navigateur, reponse)).status_code == 204
    assert bloc in await navigateur.ouvrir("/planning?semaine=2026-03-20")


async def test_annuler_un_retrait_replanifie_exactement(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    creneau = {"debut": "2026-03-19T09:15:00+01:00", "fin": "2026-03-20T11:00:00+01:00"}
    posee = await _planifiee(navigateur, monde.karim, monde.sophie, consignes="Badge à l’accueil", **creneau)
    reponse = await _glisser(navigateur, posee["id"], _case("2026-03-19", "matin", personne=monde.karim), None)
    assert reponse.status_code == 200, reponse.text
    assert (await _annuler(navigateur, reponse)).status_code == 204
    (remise,) = (await monde.http.get("/planning", params={"jour": "2026-03-19"})).json()["interventions"]
    pareils = ("demande_id", "debut", "fin", "collaborateur_ids", "nature", "consignes", "equipe_id")
    assert {c: remise[c] for c in pareils} == {c: posee[c] for c in pareils}


async def test_une_carte_se_depose_sur_une_equipe_qui_la_voit_dans_son_agenda(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await _a_planifier(navigateur)
    page = await navigateur.ouvrir("/planning?semaine=2026-03-20")
    assert f'data-equipe="{monde.equipe}"' in page
    vers = _case("2026-03-20", "matin", equipe=monde.equipe)
    reponse = await _glisser(navigateur, f"d-{demande['id']}", None, vers)
    assert reponse.status_code == 200, reponse.text
    posee = await _lue(navigateur, reponse.json()["annuler"]["intervention"])
    assert (posee["equipe_id"], posee["collaborateurs"]) == (str(monde.equipe), ["Sophie Durand", "Karim Aït Ouali"])
    karim = await navigateur.asseoir("karim", "technicien", collaborateur=monde.karim)
    assert "Cabinet Martin-Lefèvre" in await karim.ouvrir("/planning/ma-journee?le=2026-03-20")
    julien = b.un_collaborateur("Petit", "Julien")
    autre = EquipeModifiee(equipe_id=new_id(), nom="Renfort", membre_ids=(julien.collaborateur_id,))
    await monde.recevoir(julien, autre)
    de = _case("2026-03-20", "matin", equipe=monde.equipe)
    await _glisser(navigateur, posee["id"], de, _case("2026-03-21", "matin", equipe=autre.equipe_id))
    confiee = await _lue(navigateur, posee["id"])
    assert (confiee["equipe_id"], confiee["collaborateurs"]) == (str(autre.equipe_id), ["Julien Petit"])


async def test_une_intervention_du_dimanche_se_voit_et_se_signale(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    assert "2026-03-22" not in await navigateur.ouvrir("/planning?semaine=2026-03-19")
    posee = await _planifiee(navigateur, monde.sophie, jour="2026-03-22", demi="matin")
    page = await navigateur.ouvrir("/planning?semaine=2026-03-19")
    assert 'data-jour="2026-03-22" data-demi="matin"' in page
    assert f'data-intervention="{posee["id"]}"' in page
    assert "Sophie Durand ne travaille pas le dimanche matin" in page


async def test_poser_hors_de_la_semaine_de_quelqu_un_est_dit_pas_refuse(navigateur: Navigateur) -> None:
    sophie = navigateur.monde.sophie
    demande = await _a_planifier(navigateur)
    vers = _case("2026-03-21", "apres_midi", personne=sophie)
    reponse = await _glisser(navigateur, f"d-{demande['id']}", None, vers)
    assert reponse.json()["conflits"] == ["Sophie Durand ne travaille pas le samedi après-midi"]
    posee = reponse.json()["annuler"]["intervention"]
    de, vendredi = _case("2026-03-21", "apres_midi", personne=sophie), _case("2026-03-20", "matin", personne=sophie)
    assert (await _glisser(navigateur, posee, de, vendredi)).json()["conflits"] == []
    page = await navigateur.ouvrir("/planning?semaine=2026-03-19")
    assert page.count("is-chomee") == 4, "samedi de Sophie et de Karim"
    formulaire = {"demande_id": demande["id"], "jour": "2026-03-21", "demi": "matin", "collaborateur_ids": str(sophie)}
    planifiee = await navigateur.envoyer("/planning/nouvelle", **formulaire)
    dit = json.loads(planifiee.headers["hx-trigger"])["amanela:toast"]["texte"]
    assert dit == "Intervention planifiée · Sophie Durand ne travaille pas le samedi matin"


async def test_un_bloc_deplace_entre_temps_n_est_pas_ecrase(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    posee = await _planifiee(navigateur, monde.sophie)
    de = _case("2026-03-18", "matin", personne=monde.sophie)
    refus = await _glisser(navigateur, posee["id"], de, _case("2026-03-20", "matin", personne=monde.karim))
    assert (refus.status_code, refus.json()["code"]) == (409, "intervention_deplacee")
