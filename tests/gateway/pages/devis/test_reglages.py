"""The head of a devis saved by two people: what each changed joins, what both changed is chosen, nothing is erased."""

import html
import re
from typing import Any

import httpx

from shared.kernel.ids import new_id
from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import Navigateur


async def _ouvrir(navigateur: Navigateur, url: str) -> dict[str, Any]:
    """Every field of the form, as a browser would send it back."""
    page = await navigateur.lire(url)
    return _champs(page)


def _champs(page: str) -> dict[str, Any]:
    lus = re.findall(r'<input[^>]*name="([\w]+)"[^>]*value="([^"]*)"', page)
    textes = re.findall(r'<textarea[^>]*name="([\w]+)"[^>]*>([^<]*)</textarea>', page)
    champs = {nom: html.unescape(valeur) for nom, valeur in [*lus, *textes]}
    return {nom: valeur for nom, valeur in champs.items() if not nom.startswith("_")}


async def _tete(navigateur: Navigateur, devis: dict[str, Any]) -> dict[str, Any]:
    return dict((await navigateur.api.get(f"/propositions/{devis['id']}")).json())


async def _collegue(navigateur: Navigateur, devis: dict[str, Any], **champs: Any) -> httpx.Response:
    """Somebody else saves the head first."""
    p = await _tete(navigateur, devis)
    noms = ("objet", "libelle", "introduction", "conditions", "adresse_code", "valide_jusqu_au", "acompte_pourcent")
    return await navigateur.api.put(f"/propositions/{devis['id']}", json={nom: p[nom] for nom in noms} | champs)


async def test_lines_saved_meanwhile_are_no_conflict(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}/reglages"
    saisie = await _ouvrir(navigateur, url)
    ligne = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    assert (await navigateur.api.patch(ligne, json={"quantite": "3"})).is_success
    await navigateur.envoyer(url, **saisie | {"objet": "Vidéo du lycée"})
    assert (await _tete(navigateur, devis))["objet"] == "Vidéo du lycée"


async def test_what_a_colleague_changed_elsewhere_in_the_head_is_kept(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}/reglages"
    saisie = await _ouvrir(navigateur, url)
    await _collegue(navigateur, devis, conditions="Garantie deux ans.", acompte_pourcent="40")
    await navigateur.envoyer(url, **saisie | {"objet": "Vidéo du lycée"})
    p = await _tete(navigateur, devis)
    assert (p["objet"], p["conditions"], float(p["acompte_pourcent"])) == ("Vidéo du lycée", "Garantie deux ans.", 40)


async def test_a_field_both_changed_is_chosen(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}/reglages"
    saisie = await _ouvrir(navigateur, url) | {"objet": "Le mien", "libelle": "Nouveau nom"}
    await _collegue(navigateur, devis, objet="Le sien", conditions="Garantie deux ans.")
    for choix, garde in (("leur", "Le sien"), ("mien", "Le mien")):
        refus = await navigateur.envoyer(url, 422, **saisie)
        for attendu in ("Le mien", "Le sien"):
            assert attendu in refus.text
        assert 'name="conflit:objet"' in refus.text
        assert 'name="conflit:libelle"' not in refus.text
        assert (await _tete(navigateur, devis))["objet"] == "Le sien", "nothing saved before the choice"
        await navigateur.envoyer(url, **_champs(refus.text) | {"conflit:objet": choix})
        p = await _tete(navigateur, devis)
        assert (p["objet"], p["libelle"], p["conditions"]) == (garde, "Nouveau nom", "Garantie deux ans.")
        await _collegue(navigateur, devis, objet="Le sien")


async def test_a_version_that_is_no_number_is_a_stale_one(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}/reglages"
    saisie = await _ouvrir(navigateur, url)
    for version, avant in (("zéro", "pas du JSON"), ("", "[]"), ("9" * 40, "1"), ("-1", "{}")):
        refus = await navigateur.envoyer(url, 422, **saisie | {"objet": "Vidéo", "version": version, "base": avant})
        assert 'name="conflit:objet"' in refus.text, "nothing says who changed what: the person does"
    assert (await _tete(navigateur, devis))["objet"] == devis["objet"]


async def test_a_commercial_who_left_and_an_address_gone_stay_when_the_rest_is_saved(navigateur: Navigateur) -> None:
    """The form once offered only what is known today: saving it took the salesman away."""
    devis = await b.un_devis(navigateur.api)
    parti = str(new_id())
    await _collegue(navigateur, devis, commercial_id=parti, adresse_code="ANCIENNE")
    url = f"/devis/propositions/{devis['id']}/reglages"
    page = await navigateur.lire(url)
    choisis = dict(re.findall(r'<select[^>]*name="(\w+)".*?<option value="([^"]*)" selected', page, re.DOTALL))
    assert (choisis["commercial_id"], choisis["adresse_code"]) == (parti, "ANCIENNE")
    await navigateur.envoyer(url, **_champs(page) | choisis | {"objet": "Vidéo du lycée"})
    p = await _tete(navigateur, devis)
    assert (p["objet"], p["commercial_id"], p["adresse_code"]) == ("Vidéo du lycée", parti, "ANCIENNE")


async def test_the_vat_regime_is_chosen_with_the_rest_and_shown_on_the_devis(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}/reglages"
    await navigateur.envoyer(url, **await _ouvrir(navigateur, url) | {"regime_tva": "autoliquidation"})
    p = await _tete(navigateur, devis)
    assert (p["regime_tva"], p["totaux"]["total_tva"]) == ("autoliquidation", "0.00")
    assert "Autoliquidation (sous-traitance BTP)" in await navigateur.lire(f"/devis/propositions/{devis['id']}")
