"""Files of a feuille in its page: in its drawer, with their number in the panel."""

import re

from shared.kernel.ids import new_id
from tests.gateway.pages.atelier.conftest import Navigateur
from tests.gateway.pages.atelier.test_pages import ouvrir


async def test_le_plan_du_site_se_joint_se_voit_se_retire_et_revient(navigateur: Navigateur) -> None:
    feuille, _ = await ouvrir(navigateur)
    fiche, tiroir = f"/atelier/feuilles/{feuille['id']}", f"/fichiers/feuille/{feuille['id']}"
    page = await navigateur.lire(fiche)
    assert f'href="{tiroir}"' in page
    depot = re.search(r'data-depot-url="([^"]+)"', page)
    assert depot is not None
    entetes = {"content-type": "application/octet-stream", "X-CSRF-Token": navigateur.csrf}
    for octets in (b"%PDF-1.7 un", b"%PDF-1.7 deux"):
        url = f"{depot[1]}/{new_id()}"
        pose = await navigateur.http.put(url, params={"nom": "Plan.pdf"}, content=octets, headers=entetes)
        assert pose.status_code == 200, pose.text
    compte = re.search(r'id="at-fichiers".*?panneau-compte">(\d+)<', await navigateur.lire(fiche), re.DOTALL)
    assert compte is not None
    assert compte[1] == "1"
    liste = await navigateur.lire(tiroir)
    assert "version 2" in liste
    lien = re.search(r'href="(/fichiers/feuille/[^"]+)" title="Plan.pdf" data-dialogue', liste)
    assert lien is not None
    assert "apercu-pdf" in await navigateur.lire(lien[1])
    await navigateur.envoyer(f"{lien[1]}/retirer")
    assert "version 2" not in await navigateur.lire(tiroir)
    await navigateur.envoyer(f"{lien[1]}/remettre")
    assert "version 2" in await navigateur.lire(tiroir)
