"""Lists taken away: the file holds every row of the filter and the columns one shows; amounts add up at the foot."""

import csv
import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest

from shared.kernel.clock import FrozenClock
from tests.gateway.pages.demandes.conftest import Navigateur


async def exporter(navigateur: Navigateur, adresse: str) -> list[list[str]]:
    """The rows of a CSV file."""
    reponse = await navigateur.http.get(adresse)
    assert reponse.status_code == 200, reponse.text
    assert reponse.headers["content-disposition"].startswith('attachment; filename="demandes-')
    return list(csv.reader(io.StringIO(reponse.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.feature("GW-08")
async def test_le_fichier_a_toutes_les_pages_du_filtre_et_elles_seules(navigateur: Navigateur) -> None:
    for n in range(205):
        await navigateur.monde.ouvrir(objet=f"Alarme {n:03}")
    await navigateur.monde.ouvrir(objet="=HYPERLINK(1)", urgence="urgente")
    titres, *lignes = await exporter(navigateur, "/listes/demandes/exporter?q=alarme&forme=csv")
    assert sorted(ligne[titres.index("Demande")] for ligne in lignes) == [f"Alarme {n:03}" for n in range(205)]
    assert lignes[0][titres.index("Âge")] == "17/03/2026"
    (seule,) = (await exporter(navigateur, "/listes/demandes/exporter?urgence=urgente"))[1:]
    assert seule[0] == "'=HYPERLINK(1)", "un texte ne devient pas une formule"
    page = await navigateur.ouvrir("/demandes/liste?q=alarme")
    assert "205 demandes" in page
    lien = re.search(r'href="(/listes/demandes/exporter\?[^"]+forme=xlsx)"', page)
    assert lien is not None
    classeur = openpyxl.load_workbook(io.BytesIO((await navigateur.http.get(lien[1].replace("&amp;", "&"))).content))
    feuille = classeur.worksheets[0]
    assert (feuille.max_row, feuille.cell(2, titres.index("Âge") + 1).is_date) == (206, True)


async def test_les_colonnes_choisies_restent_au_compte_et_valent_pour_le_fichier(navigateur: Navigateur) -> None:
    await navigateur.monde.ouvrir(objet="Alarme")
    fenetre = await navigateur.ouvrir("/listes/demandes/colonnes", x_fenetre="dialogue")
    offertes = re.findall(r'name="montrees" value="([^"]+)" checked', fenetre)
    assert offertes == ["Client", "État", "Urgence", "Âge", "Échéance", "Montant HT", "Resp."]
    await navigateur.envoyer("/listes/demandes/colonnes", montrees=[c for c in offertes if c not in ("Client", "Âge")])
    page = await navigateur.ouvrir("/demandes/liste")
    assert 'data-sans="3 6"' in page, "comptées avec celle des cases à cocher"
    assert "data-sans" not in await navigateur.ouvrir("/demandes/mes-demandes"), "chaque liste a les siennes"
    titres = (await exporter(navigateur, "/listes/demandes/exporter"))[0]
    assert [t for t in ("Client", "Âge", "Urgence") if t in titres] == ["Urgence"]
    collegue = await navigateur.asseoir("nadia", "planning")
    assert "data-sans" not in await collegue.ouvrir("/demandes/liste")


async def test_une_liste_inconnue_et_un_filtre_refuse_le_disent(navigateur: Navigateur) -> None:
    assert (await navigateur.http.get("/listes/inconnue/exporter")).status_code == 404
    refus = await navigateur.http.get("/listes/demandes/exporter?urgence=jamais")
    assert refus.status_code == 422
    assert (await navigateur.http.get("/listes/factures/exporter")).status_code == 503


def _lien(page: str, libelle: str) -> str:
    """Where the filter of that name leads."""
    trouves = [
        url
        for url, dit in re.findall(r'href="(/demandes/liste\?[^"]*)"[^>]*>(.*?)</a>', page, re.S)
        if libelle in html.unescape(dit)
    ]
    assert trouves, libelle
    return html.unescape(trouves[0])


@pytest.mark.feature("DM-20")
async def test_les_devis_en_attente_de_reponse_se_listent_et_se_relancent(
    navigateur: Navigateur, clock: FrozenClock
) -> None:
    attend = await navigateur.monde.ouvrir(objet="Caméras du hall")
    await navigateur.monde.passer(attend, "attente_client")
    clock.advance(timedelta(days=8))
    vendeuse = await navigateur.asseoir("manon", "commercial")
    page = await vendeuse.ouvrir("/demandes/liste")
    for filtre in ("Commercial", "Attente client", "En attente > 7 j"):
        page = await vendeuse.ouvrir(url := _lien(page, filtre))
    (rangee,) = re.findall(r"<tr[^>]*data-id.*?</tr>", page, re.S)
    assert "Caméras du hall" in rangee
    assert "Jamais" in rangee, "la date du dernier contact"
    formulaire = await vendeuse.ouvrir(f"/demandes/{attend['id']}/relances")
    assert 'name="prochaine_le"' in formulaire
    relance = {"canal": "appel", "compte_rendu": "Décision la semaine prochaine", "prochaine_le": "2026-04-02"}
    assert (await vendeuse.envoyer(f"/demandes/{attend['id']}/relances", **relance)).status_code == 204
    (rangee,) = re.findall(r"<tr[^>]*data-id.*?</tr>", await vendeuse.ouvrir(url), re.S)
    assert "25/03/2026" in rangee
    assert "1 relance, à rappeler le 2 avr." in rangee
    fiche = await vendeuse.ouvrir(f"/demandes/{attend['id']}")
    assert "Client rappelé" in fiche
    assert "Décision la semaine prochaine" in fiche
