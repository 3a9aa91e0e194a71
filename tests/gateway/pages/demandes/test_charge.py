"""The load in pages: figures lead to the planning of their week and of their person."""

import re
from datetime import timedelta

from shared.kernel.clock import FrozenClock
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur


async def test_chaque_chiffre_mene_au_planning_de_sa_semaine_et_de_sa_personne(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await monde.ouvrir(duree_prevue_minutes=480, personnes_prevues=1)
    await monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    page = await navigateur.ouvrir("/planning/charge?du=2026-03-18")
    assert "À planifier : 2 demi-journées estimées" in page
    corps = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "journee"}
    posee = await monde.http.post("/interventions", json={**corps, "collaborateur_ids": [str(monde.karim)]})
    assert posee.status_code == 201
    page = await navigateur.ouvrir("/planning/charge?du=2026-03-18")
    assert 'aria-label="S12 (16 mars) : 2 demi-journées prévues sur 20"' in page
    assert (
        f'href="/planning?semaine=2026-03-16&amp;equipe_id={monde.equipe}" title="2 demi-journées prévues sur 20"'
        in page
    )
    lien = re.search(r'href="(/planning\?semaine=2026-03-16&amp;personne_id=[^"]+)" title="2 demi-journées', page)
    assert lien is not None
    assert str(monde.karim) in lien[1]
    semaine = await navigateur.ouvrir(lien[1].replace("&amp;", "&"))
    assert "Cabinet Martin-Lefèvre" in semaine
    assert f'data-personne="{monde.karim}"' in semaine
    assert f'data-personne="{monde.sophie}"' not in semaine
    assert 'data-equipe="' not in semaine


async def test_trop_de_travail_se_voit_et_se_dit(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    absence = {"collaborateur_id": str(monde.karim), "du": "2026-03-16", "au": "2026-03-22"}
    assert (await monde.http.post("/absences", json=absence)).status_code == 201
    demande = await monde.ouvrir()
    await monde.recevoir(b.devis_valide(demande))
    corps = {
        "demande_id": demande["id"],
        "jour": "2026-03-19",
        "demi": "matin",
        "collaborateur_ids": [str(monde.karim)],
    }
    assert (await monde.http.post("/interventions", json=corps)).status_code == 201
    page = await navigateur.ouvrir(f"/planning/charge?du=2026-03-18&equipe_id={monde.equipe}")
    assert "1 demi-journée prévue sur 0 : trop" in page
    assert "Plan de charge · Installation" in page
    assert "Équipe</small>" not in page, "une équipe choisie : ses personnes seules"


async def test_le_dimanche_le_planning_s_ouvre_sur_la_semaine_qui_vient(
    navigateur: Navigateur, clock: FrozenClock
) -> None:
    assert "Semaine 12" in await navigateur.ouvrir("/planning")
    clock.advance(timedelta(days=4))
    planificatrice = await navigateur.asseoir("nadia", "planning")
    assert "Semaine 12" in await planificatrice.ouvrir("/planning"), "le samedi se travaille"
    clock.advance(timedelta(days=1))
    dimanche = await navigateur.asseoir("hugo", "planning")
    assert "Semaine 13" in await dimanche.ouvrir("/planning")
    assert "Semaine 12" in await dimanche.ouvrir("/planning?semaine=2026-03-22"), "aujourd’hui reste aujourd’hui"
    assert 'value="2026-03-23"' in await dimanche.ouvrir("/planning/nouvelle")
    assert "S12" not in await dimanche.ouvrir("/planning/charge")
