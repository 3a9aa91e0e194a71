"""An order above the limit of a buyer, from the pages: it waits, the director decides, the buyer reads why."""

import re

from tests.gateway.pages.achats.test_pages import Bureau, bureau

__all__ = ["bureau"]


async def _au_dela(bureau: Bureau) -> str:
    """The page of an order of 600 euros, where a buyer is limited to 500."""
    monde, thomas, helene = bureau.monde, bureau.thomas, bureau.helene
    assert "/achats/seuils" in await helene.lire("/achats/commandes")
    assert "/achats/seuils" not in await thomas.lire("/achats/commandes")
    await helene.lire("/achats/seuils")
    await helene.envoyer("/achats/seuils", achats="500")
    assert 'value="500' in await helene.lire("/achats/seuils")
    negociation = await monde.negocier(monde.switch, 3, prix_ht="200")
    chemin = f"/achats/fournisseurs/{monde.fournisseur.tiers_id}/commander"
    await thomas.envoyer(chemin, ids=negociation["id"], agence_id=str(monde.annecy.agence_id))
    (commande,) = (await monde.lire("/commandes", etat="a_approuver"))["elements"]
    return f"/achats/commandes/{commande['id']}"


async def test_the_director_approves(bureau: Bureau) -> None:
    ici = await _au_dela(bureau)
    page = await bureau.thomas.lire(ici)
    assert "En attente d’approbation" in page
    for absent in (f"{ici}/envoyer", f"{ici}/approuver", "/achats/receptionner", "Approuvée par", "Envoyée le"):
        assert absent not in page, absent
    assert f"{ici}/approuver" in await bureau.helene.lire(ici)
    assert "À approuver" in await bureau.helene.lire("/achats/commandes?situation=a_approuver")
    await bureau.helene.envoyer(f"{ici}/approuver")
    page = await bureau.thomas.lire(ici)
    assert "Approuvée par" in page
    assert f"{ici}/envoyer" in page


async def test_the_director_refuses_with_a_reason(bureau: Bureau) -> None:
    ici = await _au_dela(bureau)
    assert "Refuser la commande" in await bureau.helene.lire(f"{ici}/refuser")
    assert "lira ce motif" in (await bureau.helene.envoyer(f"{ici}/refuser", 422, motif="")).text
    await bureau.helene.envoyer(f"{ici}/refuser", motif="Trop cher")
    page = await bureau.thomas.lire(ici)
    assert "Refusée par Helene" in page
    assert "Trop cher" in page
    assert f"{ici}/modifier" not in page


async def test_what_was_raised_since_it_was_read_is_not_approved(bureau: Bureau) -> None:
    ici = await _au_dela(bureau)
    lu = re.search(rf'{ici}/approuver[^"]*', await bureau.helene.lire(ici))
    assert lu is not None
    (commande,) = (await bureau.monde.lire("/commandes", etat="a_approuver"))["elements"]
    hausse = await bureau.monde.client.patch(f"/commandes/{commande['id']}", json={"frais_ht": "90000"})
    assert hausse.status_code == 200
    await bureau.helene.envoyer(lu[0], 409)
    assert len((await bureau.monde.lire("/commandes", etat="a_approuver"))["elements"]) == 1
