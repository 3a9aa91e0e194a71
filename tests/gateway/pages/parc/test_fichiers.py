"""Files of a contract in its page."""

import re

from shared.kernel.ids import new_id
from tests.builders.maintenance import un_contrat
from tests.gateway.pages.parc.conftest import Navigateur


async def test_le_contrat_signe_se_joint_se_voit_se_retire_et_revient(navigateur: Navigateur) -> None:
    contrat = (await navigateur.api.post("/contrats", json=un_contrat())).json()
    fiche = f"/parc/contrats/{contrat['id']}"
    depot = re.search(r'data-depot-url="([^"]+)"', await navigateur.lire(fiche))
    assert depot is not None
    entetes = {"content-type": "application/octet-stream", "X-CSRF-Token": navigateur.csrf}
    for octets in (b"%PDF-1.7 un", b"%PDF-1.7 deux"):
        url = f"{depot[1]}/{new_id()}"
        pose = await navigateur.http.put(url, params={"nom": "Contrat.pdf"}, content=octets, headers=entetes)
        assert pose.status_code == 200, pose.text
    page = await navigateur.lire(fiche)
    lien = re.search(r'href="(/fichiers/contrat/[^"]+)" title="Contrat.pdf" data-dialogue', page)
    assert lien is not None
    assert "version 2" in page
    fenetre = await navigateur.lire(lien[1])
    assert [fenetre.count(f"Version {n}") > 0 for n in (1, 2)] == [True, True]
    assert "apercu-pdf" in fenetre
    await navigateur.envoyer(f"{lien[1]}/retirer", {})
    assert "version 2" not in await navigateur.lire(fiche)
    await navigateur.envoyer(f"{lien[1]}/remettre", {})
    assert "version 2" in await navigateur.lire(fiche)
