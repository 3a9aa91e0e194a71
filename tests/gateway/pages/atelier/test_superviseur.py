"""The logistics supervisor's page."""

import re

import pytest

from tests.builders.inventory import attend, recu, un_devis_valide, une_ligne, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


async def trois_projets(navigateur: Navigateur) -> None:
    """Projects of priority 7, 0 and 3 that want the same phone, signed in that sequence."""
    a = navigateur.atelier
    for nom, priorite in (("Lycée Fauré", 7), ("Mairie de Sévrier", 0), ("Cabinet Gay", 3)):
        devis = un_devis_valide(
            une_ligne(attend(a.telephone, "2")), tiers_nom=nom, priorite=priorite, agence_id=a.annecy.agence_id
        )
        await a.recevoir(devis)
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.cable, "5")))
    entree = {"produit_id": str(a.telephone.id), "depot_id": str(a.depots["ANN"]), "quantite": "3", "motif": "Retour"}
    assert (await navigateur.api.post("/entrees", json=entree)).status_code == 201


def rangees(page: str) -> list[tuple[str, str]]:
    """(priority, project) of each row."""
    corps = page[page.index("<tbody") : page.index("</tbody>")]
    return [
        (re.findall(r"<strong>(\d+)</strong>", tr)[0], re.findall(r">([^<>]+)</a>", tr)[0])
        for tr in corps.split("</tr>")
        if "<strong>" in tr
    ]


@pytest.mark.feature("AF-26", "AF-29")
async def test_the_page_shows_the_priority_and_sorts_by_it_zero_first(navigateur: Navigateur) -> None:
    await trois_projets(navigateur)
    par_priorite = [("0", "Mairie de Sévrier"), ("3", "Cabinet Gay"), ("7", "Lycée Fauré")]

    page = await navigateur.lire("/atelier/superviseur")
    assert re.search(r'<th[^>]*aria-sort="ascending"[^>]*>\s*<a[^>]*>Priorité', page)
    assert rangees(page) == par_priorite
    inverse = re.findall(r'<a href="([^"]+)">Priorité', page)[0].replace("&amp;", "&")
    assert rangees(await navigateur.lire(inverse)) == par_priorite[::-1]
    par_client = await navigateur.lire("/atelier/superviseur?tri=client")
    assert [nom for _, nom in rangees(par_client)] == ["Cabinet Gay", "Lycée Fauré", "Mairie de Sévrier"]
    assert rangees(await navigateur.lire(re.findall(r'<a href="([^"]+)">Priorité', par_client)[0])) == par_priorite


@pytest.mark.feature("AF-28")
async def test_the_button_generates_the_reservations_and_shows_who_has_what(navigateur: Navigateur) -> None:
    await trois_projets(navigateur)
    reponse = await navigateur.envoyer("/atelier/superviseur/generer")
    assert reponse.headers["HX-Redirect"] == "/atelier/superviseur"
    page = await navigateur.lire("/atelier/superviseur?manquants=true")
    assert [nom for _, nom in rangees(page)] == ["Cabinet Gay", "Lycée Fauré"]
    encore = await navigateur.envoyer("/atelier/superviseur/generer")
    assert "HX-Redirect" in encore.headers
    assert rangees(await navigateur.lire("/atelier/superviseur?manquants=true")) == rangees(page)


async def test_what_is_kept_is_given_to_another_project_from_the_page(navigateur: Navigateur) -> None:
    await trois_projets(navigateur)
    await navigateur.envoyer("/atelier/superviseur/generer")
    page = await navigateur.lire("/atelier/superviseur")
    (lien,) = re.findall(r'href="(/atelier/superviseur/[^"]+/liberer)"[^>]*aria-label="[^"]*Mairie', page)
    formulaire = await navigateur.lire(lien)
    assert "en réserve pour <strong>Mairie de Sévrier</strong>" in formulaire
    choix = dict(re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)</option>', formulaire))
    lycee = next(cle for cle, mots in choix.items() if mots.startswith("Lycée Fauré"))
    assert not any(mots.startswith("Mairie") for mots in choix.values())
    saisie = {"quantite": "1", "motif": "Le lycée ouvre lundi", "pour_attendu_id": lycee}
    await navigateur.envoyer(lien, **saisie)
    feuille = re.findall(r'href="(/atelier/feuilles/[^"]+)"[^>]*>Mairie', page)[0]
    vue = await navigateur.lire(feuille)
    assert re.search(r"1 × [^<]+ : réserve libérée par [^<]+ pour Lycée Fauré, FT-[^<]+ \(Le lycée ouvre lundi\)", vue)
