"""Time corrected from the dialog of a demande."""

import re

import pytest

from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur
from tests.gateway.pages.saisie import champs


async def test_mon_temps_se_corrige_et_se_retire_depuis_la_demande(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir("interne")
    base = f"/demandes/{demande['id']}/temps"
    saisie: dict[str, str] = {"jour": "2026-03-17", "heures": "1", "minutes": "30", "travaux": "Repérage"}
    assert (await navigateur.envoyer(base, **saisie)).status_code == 204
    page = await navigateur.ouvrir(base)
    lien = re.search(rf'href="({base}/[^"]+)"', page)
    assert lien is not None, "le sien se corrige"
    formulaire: dict[str, str | list[str]] = dict(champs(await navigateur.ouvrir(lien[1]), lien[1]))
    assert (formulaire["heures"], formulaire["minutes"]) == (["1"], ["30"])
    vide = await navigateur.envoyer(lien[1], **{**formulaire, "heures": "0", "minutes": "0"})
    assert vide.status_code == 422
    assert (await navigateur.envoyer(lien[1], **{**formulaire, "heures": ["2"]})).status_code == 204
    assert (await navigateur.monde.lire(demande))["temps_minutes"] == 150
    assert (await navigateur.envoyer(f"{lien[1]}/retirer")).status_code == 204
    assert (await navigateur.monde.lire(demande))["temps_minutes"] == 0
    await navigateur.ouvrir(lien[1], statut=404)


@pytest.mark.feature("DM-30")
async def test_resolu_sans_temps_demande_le_temps_puis_passe_d_un_seul_geste(navigateur: Navigateur) -> None:
    await navigateur.monde.recevoir(b.accord_signe(navigateur.monde.tiers_id))
    demande = await navigateur.monde.ouvrir("sav")
    await navigateur.monde.passer(demande, "j_y_travaille")
    url = f"/demandes/{demande['id']}/passer/resolu"
    assert f'href="{url}" data-dialogue' in await navigateur.ouvrir(f"/demandes/{demande['id']}")
    depot = await navigateur.deposer(f"/demandes/{demande['id']}/etat", {"etats": ["sav:resolu"], "version": 0})
    assert depot.json() == {"demander": url}, "le tableau pose la même question"
    page = await navigateur.ouvrir(url, x_fenetre="dialogue")
    assert "Enregistrer et passer à « Résolu »" in page
    saisie: dict[str, str | list[str]] = dict(champs(page, f"/demandes/{demande['id']}/temps"))
    assert saisie["vers"] == ["resolu"]
    fait = await navigateur.envoyer(f"/demandes/{demande['id']}/temps", **saisie | {"travaux": "Redémarrée"})
    assert fait.status_code == 204, fait.text
    lue = await navigateur.monde.lire(demande)
    assert (lue["etat_code"], lue["temps_minutes"]) == ("resolu", 30)
    assert f'hx-post="{url}"' not in await navigateur.ouvrir(f"/demandes/{demande['id']}")
