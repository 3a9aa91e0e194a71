"""An intervention cancelled is told, and its demande waits for a date again."""

from importlib import import_module
from typing import Any

from sqlalchemy import delete, func, select

from services.demandes.type_demande.models import Regle
from shared.contracts.demandes import InterventionAnnulee
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from tests.builders import demandes as b
from tests.builders.demandes import Monde

Json = dict[str, Any]


async def _planifier(monde: Monde, demande: Json, jour: str = "2026-03-19") -> Json:
    corps = {"demande_id": demande["id"], "jour": jour, "demi": "matin", "equipe_id": str(monde.equipe)}
    reponse = await monde.http.post("/interventions", json=corps)
    assert reponse.status_code == 201, reponse.text
    posee: Json = reponse.json()
    await b.circuler(monde.database)
    return posee


async def _annuler(monde: Monde, posee: Json) -> None:
    reponse = await monde.http.post(f"/interventions/{posee['id']}/annuler", json={"motif": "Client absent"})
    assert reponse.status_code == 200, reponse.text
    await b.circuler(monde.database)


async def _attentes(monde: Monde) -> list[str]:
    return [a["demande_id"] for a in (await monde.http.get("/planning")).json()["a_planifier"]]


async def _visite(monde: Monde) -> Json:
    await monde.recevoir(b.visite_due(monde.tiers_id))
    (visite,) = (await monde.http.get("/demandes", params={"type": "maintenance"})).json()["elements"]
    ouverte: Json = visite
    return ouverte


async def test_une_visite_annulee_retourne_a_planifier_et_chacun_l_apprend(monde: Monde) -> None:
    visite = await _visite(monde)
    posee = await _planifier(monde, visite)
    assert await monde.etat(visite) == "planifiee"
    await _annuler(monde, posee)
    assert await monde.etat(visite) == "a_planifier"
    assert await _attentes(monde) == [visite["id"]]
    (dite,) = await b.faits(monde.database, InterventionAnnulee)
    assert (str(dite.intervention_id), dite.motif, dite.reste_planifiee) == (posee["id"], "Client absent", False)
    assert set(dite.collaborateur_ids) == {monde.sophie, monde.karim}
    recit = (await monde.http.get(f"/demandes/{visite['id']}/chronologie")).json()
    assert any("19/03/2026 est annulée" in m["titre"] for m in recit)


async def test_une_autre_intervention_prevue_garde_la_visite_planifiee(monde: Monde) -> None:
    visite = await _visite(monde)
    posee, _ = await _planifier(monde, visite), await _planifier(monde, visite, "2026-03-20")
    await _annuler(monde, posee)
    assert await monde.etat(visite) == "planifiee"


async def test_un_depannage_annule_attend_de_nouveau_une_date(monde: Monde) -> None:
    await monde.recevoir(b.accord_signe(monde.tiers_id))
    demande = await monde.ouvrir("sav")
    posee = await _planifier(monde, demande)
    await _annuler(monde, posee)
    assert await _attentes(monde) == [demande["id"]], "même si son état ne demandait pas de date"
    parti = await _planifier(monde, demande)
    await monde.http.post(f"/interventions/{parti['id']}/demarrer")
    await b.circuler(monde.database)
    assert await monde.etat(demande) == "en_deplacement"
    await _annuler(monde, parti)
    assert await monde.etat(demande) == "deplacement_a_prevoir"
    assert await _attentes(monde) == [demande["id"]]


async def test_une_base_installee_avant_recoit_ces_regles_une_fois(monde: Monde) -> None:
    migration = import_module("services.demandes.migrations.versions.0010_intervention_annulee")
    async with monde.database.transaction(Actor.systeme("Mise à jour")) as tx:
        await tx.execute(delete(Regle).where(Regle.fait_type == InterventionAnnulee.type))
        for _ in range(2):
            for code, libelle, de, vers in migration.RETOURS:
                valeurs = {"id": new_id(), "code": code, "libelle": libelle, "de": de, "vers": vers}
                await tx.execute(migration.AJOUTER, {**valeurs, "fait": migration.ANNULEE})
    visite = await _visite(monde)
    await _annuler(monde, await _planifier(monde, visite))
    assert await monde.etat(visite) == "a_planifier"
    async with monde.database.read() as session:
        requete = select(func.count()).where(Regle.fait_type == InterventionAnnulee.type)
        assert await session.scalar(requete) == 2


async def test_a_signature_is_a_name_and_strokes_and_nothing_else(monde: Monde) -> None:
    posee = await _planifier(monde, await _visite(monde))
    adresse = f"/interventions/{posee['id']}"
    for verbe, corps, statut, code in (
        ("demarrer", {}, 200, None),
        ("terminer", {"signe_par": "Paul Durand"}, 422, "signature_incomplete"),
        ("terminer", {"trace": "M1 1L9 9"}, 422, "signature_incomplete"),
        ("terminer", {"signe_par": "Paul Durand", "trace": "M1 1L9 9'/><script>"}, 422, None),
        ("terminer", {"signe_par": "Paul Durand", "trace": "M1 1L9 9M4 4L5 5"}, 200, None),
    ):
        reponse = await monde.http.post(f"{adresse}/{verbe}", json=corps)
        assert reponse.status_code == statut, reponse.text
        assert code in (None, reponse.json().get("code"))
    lue = (await monde.http.get(adresse)).json()
    assert (lue["etat"], lue["signe_par"], lue["trace"]) == ("terminee", "Paul Durand", "M1 1L9 9M4 4L5 5")
