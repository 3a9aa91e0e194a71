"""Erasing a file from the page: its bytes go when nothing else is made of them, and only when every service answered."""

import re
from collections.abc import AsyncIterator

import pytest

from shared.fichiers.stockage import Stockage
from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from tests.gateway.bureau import Bureau
from tests.gateway.pages.entreprise import Entreprise, ouvrir_entreprise
from tests.gateway.pages.rgpd.test_pages import carnet  # noqa: F401
from tests.journeys.etapes import PATIENCE, ouvrir

NOM = "Carte identité Zoé Bertholet.pdf"
PDF = b"%PDF-1.7 une carte"
PAGE = "/administration/rgpd?q=Bertholet"


@pytest.fixture(scope="module")
async def entreprise(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Entreprise]:
    """The whole company: every service may hold something."""
    async with ouvrir_entreprise(databases, tmp_path_factory.mktemp("rgpd")) as ouverte:
        yield ouverte


def effaceurs(page: str) -> list[str]:
    return re.findall(r'hx-post="(/administration/rgpd/fichiers/[^"]+/effacer)"', page)


async def test_le_contenu_part_avec_la_derniere_piece_qui_en_est_faite(entreprise: Entreprise) -> None:
    claire, admin = entreprise.gens.claire, await entreprise.page("admin")
    demande = await ouvrir(entreprise.gens, "Contrôle d’accès")
    for service, objet, nom in (
        ("contacts", f"tiers/{demande['tiers_id']}", NOM),
        ("contacts", f"tiers/{demande['tiers_id']}", "Plan du site.pdf"),
        ("demandes", f"demandes/{demande['id']}", "Pièce reçue de Bertholet.pdf"),
    ):
        contenu = b"%PDF-1.7 plan" if nom.startswith("Plan") else PDF
        adresse = f"/api/{service}/{objet}/fichiers/{new_id()}"
        entetes = {"content-type": "application/pdf"}
        pose = await claire.client.put(adresse, params={"nom": nom}, content=contenu, headers=entetes)
        assert pose.status_code == 200, pose.text
    stockage: Stockage = entreprise.maison.platform.means["gateway"].stockage
    (empreinte,) = [sha async for sha in stockage.lister() if await stockage.lire(sha) == PDF]
    page = await admin.lire(PAGE)
    assert NOM in page
    assert "Code de commerce" in page, "ce que la loi garde est dit"
    assert len(effaceurs(page)) == 2
    reponse = await admin.envoyer(effaceurs(page)[0])
    assert "Demandes" in reponse.headers["HX-Trigger"], "une autre pièce en est faite"
    assert await stockage.existe(empreinte)
    (dernier,) = effaceurs(await admin.lire(PAGE))
    reponse = await admin.envoyer(dernier)
    assert "contenu compris" in reponse.headers["HX-Trigger"]
    assert not await stockage.existe(empreinte)
    assert effaceurs(await admin.lire(PAGE)) == []


async def test_les_autres_fichiers_du_contact_d_une_personne_sont_proposes(entreprise: Entreprise) -> None:
    gens, admin = entreprise.gens, await entreprise.page("admin")
    personne = {"prenom": "Yves", "nom": "Quintard-Delmas"}
    corps = {"nom": "Étude Quint", "roles": ["client"], "interlocuteurs": [personne]}
    tiers = await gens.claire.creer("/contacts/tiers", corps)
    adresse = f"/api/contacts/tiers/{tiers['id']}/fichiers/{new_id()}"
    entetes = {"content-type": "application/pdf"}
    await gens.claire.client.put(adresse, params={"nom": "Badge.pdf"}, content=b"%PDF-1.7 badge", headers=entetes)
    page = await admin.lire("/administration/rgpd?q=Quintard-Delmas")
    assert "Autres fichiers de son contact" in page
    assert "Badge.pdf" in page
    (effaceur,) = effaceurs(page)
    direction = await entreprise.page("helene")
    await direction.envoyer(effaceur, 403)
    await admin.envoyer(effaceur)
    await eventually(lambda: _parti(entreprise, tiers["id"]), PATIENCE)


async def _parti(entreprise: Entreprise, tiers_id: str) -> None:
    lus = await entreprise.gens.claire.lire(f"/contacts/tiers/{tiers_id}/fichiers")
    assert lus["elements"] == []


async def test_rien_n_est_efface_tant_qu_un_service_se_tait(carnet: Bureau) -> None:  # noqa: F811
    admin = await carnet.asseoir("root", "administrateur")
    entetes = {"X-CSRF-Token": admin.csrf}
    corps = {"nom": "Mairie", "roles": ["client"]}
    tiers = (await admin.http.post("/api/contacts/tiers", json=corps, headers=entetes)).json()
    adresse = f"/api/contacts/tiers/{tiers['id']}/fichiers/{new_id()}"
    pdf = {**entetes, "content-type": "application/pdf"}
    await admin.http.put(adresse, params={"nom": NOM}, content=PDF, headers=pdf)
    (effaceur,) = effaceurs(await admin.lire(PAGE))
    refus = await admin.envoyer(effaceur, 409)
    assert "Rien n’est effacé" in refus.json()["detail"]
    assert NOM in await admin.lire(PAGE)
