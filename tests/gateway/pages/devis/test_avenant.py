"""An avenant in pages: offered where the devis is frozen, told apart from it, added up on the affaire."""

import re

from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import Navigateur


async def test_a_signed_devis_offers_an_avenant_which_says_what_it_amends(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}"
    assert "Créer un avenant" not in await navigateur.lire(url)
    assert (await navigateur.api.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme M."})).is_success
    page = await navigateur.lire(url)
    assert re.search(rf'hx-post="{url}/avenant"[^>]*>(?:(?!</button>).)*Créer un avenant', page, re.DOTALL)
    for absent in ("Créer une nouvelle version", "/dupliquer", "Ajouter une proposition"):
        assert absent not in page
    cree = await navigateur.envoyer(f"{url}/avenant")
    avenant = await navigateur.lire(cree.headers["HX-Redirect"])
    for attendu in (f"{devis['numero']}-A1", "Avenant n° 1", "Ce qui est signé ne change pas", f'href="{url}"'):
        assert attendu in avenant
    signe = await navigateur.lire(url)
    assert "Avenant 1" in signe, "its tab beside the devis"
    assert "/comparer" not in signe, "what amends a devis is not a version of it"
    assert "· avenant" in await navigateur.lire("/devis/propositions?statut=brouillon")


async def test_the_file_of_an_affaire_adds_avenants_to_the_devis(navigateur: Navigateur) -> None:
    affaire = (await navigateur.api.post("/affaires", json={"libelle": "Chantier"})).json()
    corps = {"demande_id": str(b.DEMANDE), "affaire_id": affaire["id"]}
    devis = (await navigateur.api.post("/etudes", json=corps)).json()["propositions"][0]
    for rang in range(2):
        suite = await navigateur.api.post(f"/propositions/{devis['id']}/avenant") if rang else None
        vise = suite.json()["id"] if suite else devis["id"]
        contenu = {"lignes": [b.une_ligne(prix_fixe_ht="-40" if rang else "150")]}
        assert (await navigateur.api.put(f"/propositions/{vise}/lignes", json=contenu)).is_success
        signe = await navigateur.api.post(f"/propositions/{vise}/valider", json={"signe_par": "Mme M."})
        assert signe.is_success, signe.text
    page = await navigateur.lire(f"/devis/affaires/{affaire['id']}")
    for attendu in ("Signé HT", "110,00 €", "150,00 €", "Avenants (1)", "−40,00 €"):
        assert attendu in page
