"""Pages: whole for a browser, one block for htmx, nothing inline, tabs by rights."""

import re

import httpx
import pytest

from gateway.pages.coque.contexte import Session
from gateway.pages.coque.galerie.serveur import VUES, app
from gateway.pages.coque.navigation import APPLICATIONS, applications_de, situer
from gateway.pages.rendu import environnement

ECRANS = [f"/galerie/{vue[0]}" for vue in VUES] + ["/connexion", "/connexion?erreur"]


async def lire(chemin: str, **entetes: str) -> str:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://essai") as client:
        reponse = await client.get(chemin, headers={k.replace("_", "-"): v for k, v in entetes.items()})
    assert reponse.status_code == 200
    return reponse.text


@pytest.mark.parametrize("chemin", ECRANS)
async def test_un_ecran_a_ses_reperes_et_rien_en_ligne(chemin: str) -> None:
    page = await lire(chemin)
    assert page.lstrip().startswith("<!doctype html>")
    assert len(re.findall(r"<h1\b", page)) == 1
    assert len(re.findall(r"<main\b", page)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


async def test_htmx_ne_recoit_que_le_bloc_voulu() -> None:
    assert "<html" in await lire("/galerie/composants", HX_Request="true")
    tiroir = await lire("/galerie/composants", X_Fenetre="tiroir")
    assert "tiroir-tete" in tiroir
    assert "<html" not in tiroir
    dialogue = await lire("/galerie/composants", X_Fenetre="dialogue")
    assert "dialogue-tete" in dialogue
    assert "<html" in await lire("/galerie/composants", X_Fenetre="inconnue")


async def test_le_menu_ne_montre_que_ce_que_la_personne_peut_ouvrir() -> None:
    acheteuse = Session(nom="Claire Girard", initiales="CG", permissions=frozenset({"achat.*", "stock.lire"}))
    assert [a.cle for a in applications_de(acheteuse)] == ["bord", "achats", "atelier"]
    atelier = next(a for a in APPLICATIONS if a.cle == "atelier")
    assert "feuilles" not in {o.cle for o in atelier.onglets_de(acheteuse)}


def test_chaque_touche_et_chaque_adresse_sert_une_fois() -> None:
    assert len({a.touche for a in APPLICATIONS}) == len(APPLICATIONS)
    urls = [o.url for a in APPLICATIONS for o in a.onglets]
    assert len(urls) == len(set(urls))
    for application in APPLICATIONS:
        for onglet in application.onglets:
            assert situer(onglet.url) == (application, onglet)


def test_un_chemin_profond_garde_son_onglet() -> None:
    application, onglet = situer("/devis/affaires/42/budget")
    assert application is not None
    assert onglet is not None
    assert (application.cle, onglet.cle) == ("devis", "affaires")
    assert situer("/ailleurs") == (None, None)


def test_les_attributs_sont_echappes() -> None:
    gabarit = environnement().from_string('{{ ui.bouton("<b>", hx_post="/x?a=1&b=2", disabled=true, data_vide=none) }}')
    assert gabarit.render() == (
        '<button class="btn btn-secondaire" type="button" hx-post="/x?a=1&amp;b=2" disabled>'
        '<span class="btn-texte">&lt;b&gt;</span></button>'
    )
