"""Files of a facture and of a supplier invoice in their pages."""

import re

from services.billing.subscriptions import subscriptions
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from tests.builders.billing import une_feuille_validee, une_reception
from tests.gateway.bureau import Bureau, Poste


async def _se_joint_se_voit_se_retire_et_revient(celine: Poste, fiche: str, genre: str) -> None:
    depot = re.search(r'data-depot-url="([^"]+)"', await celine.lire(fiche))
    assert depot is not None
    entetes = {"content-type": "application/octet-stream", "X-CSRF-Token": celine.csrf}
    for octets in (b"%PDF-1.7 un", b"%PDF-1.7 deux"):
        url = f"{depot[1]}/{new_id()}"
        pose = await celine.http.put(url, params={"nom": "Bon.pdf"}, content=octets, headers=entetes)
        assert pose.status_code == 200, pose.text
    page = await celine.lire(fiche)
    lien = re.search(rf'href="(/fichiers/{genre}/[^"]+)" title="Bon.pdf" data-dialogue', page)
    assert lien is not None
    assert "version 2" in page
    fenetre = await celine.lire(lien[1])
    assert [fenetre.count(f"Version {n}") > 0 for n in (1, 2)] == [True, True]
    assert "apercu-pdf" in fenetre
    await celine.envoyer(f"{lien[1]}/retirer")
    assert "version 2" not in await celine.lire(fiche)
    await celine.envoyer(f"{lien[1]}/remettre")
    assert "version 2" in await celine.lire(fiche)


async def test_ceux_d_une_facture(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await recevoir(bureau.bases["billing"], subscriptions, une_feuille_validee())
    (affaire,) = (await celine.http.get("/api/billing/affaires-client")).json()["elements"]
    entetes = {"X-CSRF-Token": celine.csrf}
    emise = await celine.http.post(f"/api/billing/affaires-client/{affaire['id']}/facturer", headers=entetes)
    fiche = f"/administratif/factures/{emise.json()['id']}"
    await _se_joint_se_voit_se_retire_et_revient(celine, fiche, "facture")
    marie = await bureau.asseoir("marie", "commercial")
    page = await marie.lire(fiche)
    assert ("Bon.pdf" in page, "data-depot-url" in page) == (True, False), "elle lit et ne joint pas"


async def test_ceux_d_une_facture_fournisseur(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await recevoir(bureau.bases["billing"], subscriptions, une_reception("R-1", "500.00"))
    (achat,) = (await celine.http.get("/api/billing/affaires-fournisseur")).json()["elements"]
    await _se_joint_se_voit_se_retire_et_revient(celine, f"/administratif/fournisseurs/{achat['id']}", "achat")
    sonia = await bureau.asseoir("sonia", "magasin")
    assert "Bon.pdf" not in await sonia.lire(f"/fichiers/achat/{achat['id']}")
