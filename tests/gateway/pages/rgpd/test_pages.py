"""The rights of access and erasure from the page: found, exported, forgotten; who may not, may not."""

import re
from collections.abc import AsyncIterator

import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, ouvrir

MAIL = "zoe.bertholet@mairie.fr"
PAGE = f"/administration/rgpd?q={MAIL}"


@pytest.fixture
async def carnet(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The directory; other services are stopped."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def test_une_personne_est_trouvee_exportee_puis_oubliee(carnet: Bureau) -> None:
    admin = await carnet.asseoir("root", "administrateur")
    personne = {"prenom": "Zoé", "nom": "Bertholet", "email": MAIL}
    corps = {"nom": "Mairie de Sévrier", "roles": ["client"], "interlocuteurs": [personne]}
    entetes = {"X-CSRF-Token": admin.csrf}
    assert (await admin.http.post("/api/contacts/tiers", json=corps, headers=entetes)).status_code == 201
    assert "au moins un terme de quatre caractères" in await admin.lire("/administration/rgpd?q=zo")
    assert "Rien trouvé" in await admin.lire("/administration/rgpd?q=personne.inconnue@nulle.part")
    page = await admin.lire(PAGE)
    assert "Interlocuteur" in page
    assert "Le service Achats ne répond pas" in page, "ce qui n’a pas été consulté est dit"
    export = await admin.http.get(f"/administration/rgpd/export.json?q={MAIL}")
    lu = export.json()
    assert export.headers["content-disposition"].startswith("attachment")
    assert lu["donnees"]["Carnet d’adresses"]["interlocuteur"][0]["email"] == MAIL
    assert "Achats" in lu["non_consultes"]
    adresse = re.search(r'hx-post="(/administration/rgpd/[^"]+/anonymiser)"', page)
    assert adresse is not None
    await admin.envoyer(adresse[1])
    apres = (await admin.http.get(f"/administration/rgpd/export.json?q={MAIL}")).json()
    assert apres["donnees"] == {}
    journal = await admin.lire("/administration/journal?service=contacts")
    assert MAIL not in journal


async def test_la_page_est_fermee_a_qui_n_a_pas_le_droit(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "direction")
    await alice.lire(PAGE, 403)
    await alice.envoyer(
        "/administration/rgpd/00000000-0000-0000-0000-000000000001/00000000-0000-0000-0000-000000000002/anonymiser", 403
    )
