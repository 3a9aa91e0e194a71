"""A shelf made for oneself in pages: told apart, hidden from colleagues, shared in one gesture."""

import re

from tests.gateway.pages.devis.conftest import Navigateur


async def test_a_shelf_is_made_for_oneself_then_shared(navigateur: Navigateur) -> None:
    assert "Moi seul" in await navigateur.lire("/devis/rayons/nouveau")
    await navigateur.envoyer("/devis/rayons/nouveau", nom="Mes caméras", icone="cctv", pour="moi")
    page = await navigateur.lire("/devis/rayons")
    assert "à vous seul" in page
    assert (await navigateur.api.get("/rayons")).json() == [], "somebody else sees none"
    lien = re.search(r"/devis/rayons/([0-9a-f-]{36})", page)
    assert lien is not None
    formulaire = await navigateur.lire(lien[0])
    version = re.search(r'name="version" value="(\d+)"', formulaire)
    assert version is not None
    await navigateur.envoyer(lien[0], nom="Caméras", icone="cctv", pour="tous", version=version[1])
    assert [r["nom"] for r in (await navigateur.api.get("/rayons")).json()] == ["Caméras"]
    assert "à vous seul" not in await navigateur.lire("/devis/rayons")
    assert "Moi seul" not in await navigateur.lire(lien[0]), "what is everybody's is taken from nobody"
