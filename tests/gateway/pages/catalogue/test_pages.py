"""The catalogue's pages, as staff keep it."""

import re
from typing import Any

from tests.gateway.pages.atelier.conftest import Navigateur, navigateur

__all__ = ["navigateur"]


async def test_a_product_is_created_changed_and_a_conflict_keeps_both(navigateur: Navigateur) -> None:
    champs: dict[str, Any] = {
        "reference": "SW-24",
        "designation": "Commutateur 24 ports",
        "famille": "Réseau",
        "prix_achat_ht": "1 228,50",
        "prix_vente_ht": "1 890",
        "taux_tva": "20",
        "est_stockable": "1",
        "est_actif": "1",
        "operation_cle": ["", ""],
        "operation_libelle": ["Firmware mis à jour", "Configuration sauvegardée"],
        "operation_photo": ["aucune", "requise"],
    }
    reponse = await navigateur.envoyer("/catalogue/nouveau", **champs)
    url = reponse.headers["HX-Redirect"]
    page = await navigateur.lire(url)
    assert "1 228,50 €" in page
    assert "Firmware mis à jour" in page

    formulaire = await navigateur.lire(f"{url}/modifier")
    version = re.search(r'name="version" value="(\d+)"', formulaire)
    assert version is not None
    await navigateur.envoyer(f"{url}/modifier", **{**champs, "designation": "Autre"}, version=version[1])
    conflit = await navigateur.envoyer(f"{url}/modifier", 422, **champs, version=version[1])
    assert "Changements faits entre-temps" in conflit.text
    assert 'value="Commutateur 24 ports"' in conflit.text


async def test_a_taken_reference_is_said_in_the_form(navigateur: Navigateur) -> None:
    refus = await navigateur.envoyer("/catalogue/nouveau", 422, reference="CAB-CAT6", designation="Double")
    assert "est déjà celle de" in refus.text


async def test_the_combobox_offers_products_with_their_stock(navigateur: Navigateur) -> None:
    choix = (await navigateur.http.get("/catalogue/choisir", params={"q": "cable", "stock": "1"})).json()["elements"]
    assert [c["detail"] for c in choix] == ["CAB-CAT6 · 0 disponible"]


async def test_a_type_gains_and_loses_fields_without_code(navigateur: Navigateur) -> None:
    page = await navigateur.lire("/catalogue/types")
    lien = re.search(r'href="(/catalogue/types/[0-9a-f-]{36})"', page)
    assert lien is not None
    formulaire = await navigateur.lire(lien[1])
    assert "Compteur noir" in formulaire
    cles = re.findall(r'name="champ_cle" value="([^"]*)"', formulaire)
    version = re.search(r'name="version" value="(\d+)"', formulaire)
    assert version is not None
    champs: dict[str, Any] = {
        "version": version[1],
        "code": "copieur",
        "libelle": "Copieur",
        "champ_cle": [*cles[:2], ""],
        "champ_libelle": ["Adresse IP", "", "Numérisation"],
        "champ_type": ["adresse_ip", "nombre", "choix"],
        "champ_exigence": ["requis", "", ""],
        "champ_options": ["", "", "Dossier, E-mail"],
        "champ_unite": ["", "", ""],
        "champ_aide": ["", "", ""],
        "operation_cle": ["firmware", "", ""],
        "operation_libelle": ["Firmware à jour", "Câblage vérifié", ""],
        "operation_photo": ["aucune", "requise", "aucune"],
        "est_visible_parc": "1",
        "est_actif": "1",
    }
    await navigateur.envoyer(lien[1], **champs)
    connu = (await navigateur.api.get("/types-produit")).json()[0]
    assert [(c["cle"], c["options"]) for c in connu["champs"]] == [
        ("adresse_ip", []),
        ("numerisation", ["Dossier", "E-mail"]),
    ]
    assert connu["actions"] == [
        {"cle": "firmware", "libelle": "Firmware à jour", "photo": "aucune"},
        {"cle": "cablage_verifie", "libelle": "Câblage vérifié", "photo": "requise"},
    ]


async def test_products_and_objects_are_taken_away_and_their_columns_chosen(navigateur: Navigateur) -> None:
    page = await navigateur.lire("/catalogue?q=cable")
    assert "/listes/produits/exporter?q=cable" in page
    fichier = await navigateur.http.get("/listes/produits/exporter", params={"q": "cable", "forme": "csv"})
    titres, ligne = fichier.content.decode("utf-8-sig").splitlines()
    assert titres == "Produit;Famille;Type;Achat HT;Vente HT;Disponible;Référence;Unité"
    assert "CAB-CAT6" in ligne
    await navigateur.devenir("bruno")
    fichier = await navigateur.http.get("/listes/produits/exporter", params={"q": "cable", "forme": "csv"})
    assert fichier.content.decode("utf-8-sig").splitlines()[0].split(";")[3:5] == ["Vente HT", "Disponible"]
    assert 'data-sans="4"' in await navigateur.lire("/catalogue"), "sans le droit, pas de colonne des achats"
    assert (await navigateur.http.get("/listes/objets/exporter?forme=xlsx")).status_code == 200
    assert "/listes/objets/colonnes" in await navigateur.lire("/atelier/objets")
