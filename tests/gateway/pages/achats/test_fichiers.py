"""Files of an order in its page: attached by who buys, hidden from who does not see what we pay."""

import re

import httpx

from shared.kernel.ids import new_id
from tests.gateway.pages.achats.test_pages import Bureau, Navigateur, bureau

__all__ = ["bureau"]


async def _joindre(navigateur: Navigateur, page: str, nom: str) -> httpx.Response:
    """What the zone of the page sends."""
    depot = re.search(r'data-depot-url="([^"]+)"', page)
    assert depot is not None
    entetes = {"content-type": "application/octet-stream", "X-CSRF-Token": navigateur.csrf}
    adresse = f"{depot[1]}/{new_id()}"
    return await navigateur.client.put(adresse, params={"nom": nom}, content=b"%PDF-1.7 c", headers=entetes)


async def test_une_confirmation_se_joint_se_voit_se_retire_et_revient(bureau: Bureau) -> None:
    thomas, monde = bureau.thomas, bureau.monde
    fiche = f"/achats/commandes/{(await monde.commander_produit(monde.switch, 2))['id']}"
    assert (await _joindre(thomas, await thomas.lire(fiche), "Confirmation.pdf")).status_code == 200
    lien = re.search(r'href="(/fichiers/commande/[^"]+)" title="Confirmation.pdf"', await thomas.lire(fiche))
    assert lien is not None
    fenetre = await thomas.lire(lien[1])
    assert "Retirer" not in fenetre, "une seule version : elle se retire de la fiche"
    assert "apercu-pdf" in fenetre
    await thomas.envoyer(f"{lien[1]}/retirer")
    assert "Confirmation.pdf" not in await thomas.lire(fiche)
    await thomas.envoyer(f"{lien[1]}/remettre")
    assert "Confirmation.pdf" in await thomas.lire(fiche)


async def test_qui_ne_voit_pas_les_couts_n_en_voit_rien(bureau: Bureau) -> None:
    thomas, monde = bureau.thomas, bureau.monde
    commande = (await monde.commander_produit(monde.switch, 2))["id"]
    fiche = f"/achats/commandes/{commande}"
    await _joindre(thomas, await thomas.lire(fiche), "Confirmation.pdf")
    page = await bureau.sonia.lire(fiche)
    assert [mot for mot in ("Confirmation.pdf", "data-depot-url", 'id="fichiers"') if mot in page] == []
    assert "Confirmation.pdf" not in await bureau.sonia.lire(f"/fichiers/commande/{commande}")
