"""Agencies, collaborators and teams made and changed from their page; a refusal keeps what was typed."""

import re
from collections.abc import AsyncIterator

import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from shared.testing.texte import simple
from tests.gateway.bureau import Bureau, Poste, ouvrir
from tests.journeys.equipe import SOCIETE

ICI = "/administration/effectif"


@pytest.fixture
async def carnet(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The directory; other services are stopped."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def version(poste: Poste, url: str) -> str:
    """The version a form carries."""
    trouvee = re.search(r'name="version" value="(\d+)"', await poste.lire(url))
    assert trouvee is not None
    return trouvee[1]


async def test_agences_collaborateurs_et_equipes(carnet: Bureau) -> None:
    helene = await carnet.asseoir("helene", "direction")
    assert "Enregistrez d’abord la" in await helene.lire(ICI)
    societe = await helene.http.put("/api/contacts/societe", json=SOCIETE, headers={"X-CSRF-Token": helene.csrf})
    assert societe.status_code == 200, societe.text
    neuve = {"nom": "Chambéry", "adresse": "3 quai Nezin", "code_postal": "73000", "ville": "Chambéry"}
    v = await version(helene, f"{ICI}/agences/nouvelle")
    pris = await helene.envoyer(f"{ICI}/agences/nouvelle", 422, code="ann", version=v, **neuve)
    assert "Le code « ANN » est déjà celui d’une agence." in simple(pris.text)
    assert "3 quai Nezin" in pris.text
    await helene.envoyer(f"{ICI}/agences/nouvelle", 204, code="cha", version=v, **neuve)
    perimee = await helene.envoyer(f"{ICI}/agences/CHA", 422, version=v, **{**neuve, "nom": "Trop tard"})
    assert "Trop tard" in perimee.text
    await helene.envoyer(f"{ICI}/agences/CHA", 204, version=await version(helene, f"{ICI}/agences/CHA"), **neuve)
    agences = {a["code"]: a for a in (await helene.http.get("/api/contacts/societe")).json()["agences"]}
    assert sorted(agences) == ["ANN", "CHA", "GRE"]
    personne = {"prenom": "Zoé", "nom": "Favre", "email": "zoe@alpes.example", "agence_id": agences["CHA"]["id"]}
    assert (await helene.lire(f"{ICI}/collaborateurs/nouveau")).count(" checked") == 11
    matins = ["lundi_matin", "mardi_matin"]
    await helene.envoyer(f"{ICI}/collaborateurs/nouveau", 204, est_actif="1", demi_journees=matins, **personne)
    (zoe,) = (await helene.http.get("/api/contacts/collaborateurs")).json()
    assert zoe["demi_journees"] == matins
    await helene.envoyer(f"{ICI}/equipes/nouvelle", 204, nom="Installation B", est_active="1", membre_ids=zoe["id"])
    page = await helene.lire(ICI)
    for attendu in ("Zoé Favre", "2 demi-journées", "Chambéry", "Installation B", "1 membre"):
        assert attendu in page, attendu
    fiche = f"{ICI}/collaborateurs/{zoe['id']}"
    await helene.envoyer(fiche, 204, version=await version(helene, fiche), **personne)
    assert "Parti" in await helene.lire(ICI)
    await helene.lire(f"{ICI}/agences/ABSENTE", 404)


async def test_la_page_est_fermee_a_qui_n_a_pas_le_droit(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    await alice.lire(ICI, 403)
    await alice.envoyer(f"{ICI}/equipes/nouvelle", 403, nom="Pirates")
