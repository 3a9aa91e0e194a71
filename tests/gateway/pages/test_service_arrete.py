"""Each service stopped in turn: every screen of the others still opens, and its own say so in French."""

from collections.abc import AsyncIterator

import pytest
from jinja2 import TemplateError

from gateway.clients.services import LIBELLES
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import SERVICES, Bureau, ServiceArrete, ouvrir

ECRANS = {
    "contacts": ("/contacts", "/contacts/clients", "/contacts/fournisseurs", "/contacts/nouveau"),
    "demandes": (
        *("/demandes", "/demandes/mes-demandes", "/demandes/liste", "/demandes/nouvelle", "/planning"),
        *(
            "/planning/charge",
            "/planning/ma-journee",
            "/planning/interventions",
            "/planning/absences",
            "/planning/temps",
        ),
    ),
    "commercial": (
        *("/devis", "/devis/propositions", "/devis/relances", "/devis/pilotage", "/devis/affaires"),
        *("/devis/modeles", "/devis/rayons"),
    ),
    "purchasing": ("/achats", "/achats/negociations", "/achats/commandes", "/achats/receptions"),
    "inventory": (
        *("/atelier", "/atelier/superviseur", "/atelier/stock", "/atelier/objets", "/atelier/etiquettes"),
        *("/catalogue", "/catalogue/types"),
    ),
    "maintenance": ("/parc", "/parc/contrats", "/parc/visites", "/parc/accords"),
    "billing": (
        *("/administratif", "/administratif/a-facturer", "/administratif/fournisseurs"),
        *("/administratif/rapprochement", "/administratif/campagnes"),
    ),
}
COMMUNS = ("/moi", "/m/scanner", "/administration")


@pytest.fixture
async def complet(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """Every service."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir(*SERVICES, **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def test_les_ecrans_des_autres_s_ouvrent_et_les_siens_le_disent(complet: Bureau) -> None:
    poste = await complet.asseoir("alice", "administrateur")
    portes = complet.app.state.services._portes
    fautes: list[str] = []
    for arrete in SERVICES:
        porte, portes[arrete] = portes[arrete], ServiceArrete()
        for service, chemins in {**ECRANS, "": COMMUNS}.items():
            for chemin in chemins:
                try:
                    reponse = await poste.http.get(chemin, headers={"accept": "text/html"}, follow_redirects=True)
                except (TypeError, LookupError, TemplateError) as erreur:  # the page broke on what it could not read
                    fautes.append(f"{arrete} arrêté, {chemin} : {erreur!r}")
                    continue
                dit = "indisponible" in reponse.text or LIBELLES[arrete] in reponse.text
                if service == arrete:
                    if reponse.status_code not in (200, 503) or not dit:
                        fautes.append(f"{arrete} arrêté, {chemin} : {reponse.status_code}, ne le dit pas")
                elif reponse.status_code != 200:
                    fautes.append(f"{arrete} arrêté, {chemin} : {reponse.status_code}")
        portes[arrete] = porte
    assert fautes == [], "\n".join(fautes)
