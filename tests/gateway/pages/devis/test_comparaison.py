"""The page that shows what changed between two versions of a devis."""

import re
from typing import Any

from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import Navigateur


async def _deux_versions(navigateur: Navigateur) -> tuple[dict[str, Any], dict[str, Any]]:
    """A devis put aside, and its new version with a line reworded, one removed, one added."""
    produit = b.un_produit("NVR-16", "Enregistreur 16 voies")
    await b.recevoir(navigateur.base, produit)
    cache = {"produit_id": str(produit.produit_id)}
    lignes = [
        b.une_ligne(designation="Caméra", produits=[cache]),
        b.une_ligne(designation="Câble"),
        b.une_ligne(designation="Pose"),
    ]
    signee = await b.un_devis(navigateur.api, lignes)
    url = f"/propositions/{signee['id']}"
    assert (await navigateur.api.post(f"{url}/ne-pas-retenir", json={})).is_success
    copie = (await navigateur.api.post(f"{url}/dupliquer", json={})).json()
    camera, _cable, pose = copie["lignes"]
    contenu = [
        camera | {"designation": "Caméra dôme", "quantite": "2", "produits": [cache | {"quantite": "2"}]},
        b.une_ligne(designation="Switch"),
        pose,
    ]
    reponse = await navigateur.api.put(f"/propositions/{copie['id']}/lignes", json={"lignes": contenu})
    assert reponse.is_success, reponse.text
    return signee, copie


async def test_a_new_version_is_read_against_the_signed_one(navigateur: Navigateur) -> None:
    signee, copie = await _deux_versions(navigateur)
    url = f"/devis/propositions/{copie['id']}/comparer"
    assert f'href="{url}"' in await navigateur.lire(f"/devis/propositions/{copie['id']}")
    page = await navigateur.lire(url)
    mots = re.sub(r'<span class="hors-ecran">[^<]*</span>', "", page)
    for attendu in (
        "<del>Caméra</del> <ins>Caméra dôme</ins>",
        "<del>1 u</del> <ins>2 u</ins>",
        "<del>Câble</del>",
        "<ins>Switch</ins>",
        "<del>1 × NVR-16 Enregistreur 16 voies (398,00 €)</del> <ins>2 × NVR-16",
    ):
        assert attendu in mots
    for mot in ("Modifiée", "Retirée", "Ajoutée", "Avant : ", "Après : ", signee["numero"], "450,00 €", "600,00 €"):
        assert mot in page, "said in words, not only struck or coloured"
    assert "Pose" in page
    assert "Pose" not in await navigateur.lire(f"{url}?avec={signee['id']}&changements=1")


async def test_any_proposition_of_the_etude_is_a_choice(navigateur: Navigateur) -> None:
    signee, copie = await _deux_versions(navigateur)
    vide = (await navigateur.api.post(f"/etudes/{signee['etude_id']}/propositions", json={"libelle": "Vide"})).json()
    page = await navigateur.lire(f"/devis/propositions/{copie['id']}/comparer")
    assert f'href="/devis/propositions/{copie["id"]}/comparer?avec={vide["id"]}"' in page
    premiere = await navigateur.lire(f"/devis/propositions/{signee['id']}")
    assert f'href="/devis/propositions/{signee["id"]}/comparer?avec={copie["id"]}"' in premiere
    contre_rien = await navigateur.lire(f"/devis/propositions/{copie['id']}/comparer?avec={vide['id']}")
    assert contre_rien.count("Ajoutée") == 3


async def test_a_proposition_alone_offers_no_comparison(navigateur: Navigateur) -> None:
    seule = await b.un_devis(navigateur.api)
    assert "/comparer" not in await navigateur.lire(f"/devis/propositions/{seule['id']}")
    refus = await navigateur.lire(f"/devis/propositions/{seule['id']}/comparer", 404)
    assert "n’a pas de version précédente" in refus
