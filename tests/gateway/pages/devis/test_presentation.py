"""The page where the company says how its devis look."""

import re
from typing import Any

from tests.gateway.pages.devis.conftest import Navigateur


async def test_the_form_shows_an_example_saves_a_version_and_refuses_an_old_one(navigateur: Navigateur) -> None:
    page = await navigateur.lire("/devis/presentation")
    assert 'data-apercu-vif="/devis/presentation/apercu"' in page
    champs: dict[str, Any] = {
        "rang": "0",
        "pied": "Au pied de {client}",
        "colonnes": ["numero", "prix"],
        "couleur": "#884400",
    }
    entetes = {"HX-Request": "true", "X-CSRF-Token": navigateur.csrf}
    exemple = await navigateur.http.post("/devis/presentation/apercu", data=champs, headers=entetes)
    assert (exemple.status_code, exemple.content[:5]) == (200, b"%PDF-")
    await navigateur.envoyer("/devis/presentation", **champs)
    page = await navigateur.lire("/devis/presentation")
    assert "Au pied de {client}" in page
    assert re.search(r'value="remise"(?! checked)', page)
    assert "Version 1" in page
    perime = await navigateur.envoyer("/devis/presentation", 422, **champs)
    assert "Quelqu’un a changé la présentation" in perime.text
    assert "Au pied de {client}" in perime.text
