"""From an invoiced demande, the whole life of the project is one click away: each moment opens what it tells of."""

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest

from shared.testing.postgres import Databases
from shared.testing.texte import simple
from tests.gateway.pages.entreprise import Entreprise, Navigateur, ouvrir_entreprise
from tests.journeys import etapes as vente

LIEN = re.compile(r'<p><a href="([^"]+)"[^>]*><strong>(.*?)</strong></a>')
TETE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
NUMERO = re.compile(r"[A-Z]{1,3}-\d{4}-\d+(?:-\d+)?")
# What the circuit made, in the order it made it: where each is read.
CIRCUIT = (
    "/contacts/",
    "/devis/etudes/",
    "/devis/propositions/",
    "/atelier/feuilles/",
    "/achats/negociations/",
    "/achats/commandes/",
    "/achats/receptions/",
    "/planning/interventions/",
    "/administratif/a-facturer/",
    "/administratif/factures/",
)


@pytest.fixture
async def entreprise(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Entreprise]:
    """The company at work."""
    async with ouvrir_entreprise(databases, tmp_path_factory.mktemp("vie")) as ouverte:
        yield ouverte


async def _moments(page: Navigateur, demande_id: str) -> list[tuple[str, str]]:
    """(address, sentence) of each clickable moment, first to last."""
    html = await page.lire(f"/demandes/{demande_id}")
    recit = html[html.index('class="chrono"') :]
    recit = recit[: recit.index("</ol>")]
    return [(url, unescape(titre)) for url, titre in reversed(LIEN.findall(recit))]


@pytest.mark.feature("GW-09")
@pytest.mark.timeout(300)
async def test_chaque_moment_d_un_projet_facture_ouvre_ce_qu_il_raconte(entreprise: Entreprise) -> None:
    gens = entreprise.gens
    produits = await vente.catalogue(gens)
    demande = await vente.ouvrir(gens, "Rénovation vidéo et Wi-Fi")
    appel = {"canal": "appel", "compte_rendu": "Mme Lefèvre veut deux caméras au nord"}
    await gens.claire.creer(f"/demandes/demandes/{demande['id']}/relances", appel)
    proposition = await vente.devis(gens, demande, produits)
    await vente.etat(gens, demande["id"], "attente_client")
    await gens.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
    await vente.acheter_et_recevoir(gens, demande["id"], produits)
    feuille_id = await vente.preparer(gens, demande["id"])
    await vente.installer(gens, demande["id"], feuille_id)
    await vente.facturer(gens, demande["id"], proposition["numero"])

    helene = await entreprise.page("helene")
    moments = await _moments(helene, demande["id"])
    adresses = [url for url, _ in moments]
    manquants = [debut for debut in CIRCUIT if not any(url.startswith(debut) for url in adresses)]
    assert manquants == []
    premiers = [next(n for n, url in enumerate(adresses) if url.startswith(debut)) for debut in CIRCUIT]
    assert premiers == sorted(premiers), moments
    page = await helene.lire(f"/demandes/{demande['id']}")
    assert "Client rappelé" in page
    assert "Mme Lefèvre veut deux caméras au nord" in page
    for url, titre in moments:
        ouverte = await _ouvrir(helene, url)
        (tete,) = TETE.findall(ouverte)
        attendus = NUMERO.findall(titre) or _noms(url, produits)
        assert any(nom in unescape(ouverte) for nom in attendus), (url, titre, tete)


async def _ouvrir(page: Navigateur, url: str) -> str:
    """The page a browser ends on: an étude with one proposition opens it."""
    reponse = await page.http.get(url, headers={"accept": "text/html"}, follow_redirects=True)
    assert reponse.status_code == 200, f"{url}: {reponse.status_code} {reponse.text[:2000]}"
    return simple(reponse.text)


def _noms(url: str, produits: dict[str, dict[str, str]]) -> list[str]:
    """What a page says of a thing that its moment does not number."""
    if url.startswith("/achats/negociations/"):
        return [produits["camera"]["designation"], produits["cable"]["designation"]]
    if url.startswith("/planning/interventions/"):
        return ["Rénovation vidéo et Wi-Fi"]
    if url.startswith("/contacts/"):
        return ["Cabinet dentaire Martin-Lefèvre"]
    return ["Rénovation vidéo et Wi-Fi", "FT-"]
