"""Mails to suppliers from the pages: several negociations ticked in the supplier's file, an order."""

from typing import Any

from tests.builders.purchasing import recevoir, un_attendu, une_feuille
from tests.gateway.pages.achats.test_pages import Bureau, bureau

__all__ = ["bureau"]


async def test_prices_are_asked_from_the_file_of_the_supplier(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 3)], tiers_nom="Clinique Sécrétan"))
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    switch = await monde.negocier(monde.switch, 3, besoins=[{"besoin_id": besoin["id"], "quantite": 3}])
    borne = await monde.negocier(monde.borne, 7)
    dossier = f"/achats/fournisseurs/{monde.fournisseur.tiers_id}"
    assert "Demander les prix" in await thomas.lire(dossier)
    page = await thomas.lire(f"{dossier}/demander-prix?ids={switch['id']}&ids={borne['id']}")
    assert "Borne Wi-Fi 6E" in page
    assert "Sécrétan" not in page
    champs: dict[str, Any] = {
        "ids": [switch["id"], borne["id"]],
        "destinataires": "",
        "sujet": "Prix",
        "message": "Bonjour",
    }
    refus = await thomas.envoyer(f"{dossier}/demander-prix", 422, **champs)
    assert "Indiquez au moins une adresse valable." in refus.text
    reponse = await thomas.envoyer(f"{dossier}/demander-prix", **{**champs, "destinataires": "a@elektra.example"})
    assert reponse.headers["HX-Location"] if "HX-Location" in reponse.headers else reponse.headers["HX-Redirect"]
    negociation = await thomas.lire(f"/achats/negociations/{borne['id']}")
    assert "a@elektra.example" in negociation
    assert "En cours d’envoi" in negociation


async def test_an_order_is_mailed_from_its_page(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    commande = await monde.commander_produit(monde.switch, 2)
    ici = f"/achats/commandes/{commande['id']}"
    assert f"{ici}/envoyer" in await thomas.lire(ici)
    assert commande["numero"] in await thomas.lire(f"{ici}/envoyer")
    champs: dict[str, Any] = {
        "destinataires": "a@elektra.example; b@elektra.example",
        "sujet": "Commande",
        "message": "Bonjour",
    }
    await thomas.envoyer(f"{ici}/envoyer", **champs)
    (envoi,) = await monde.lire("/envois", commande_id=commande["id"])
    assert envoi["destinataires"] == ["a@elektra.example", "b@elektra.example"]
    assert "Envois au fournisseur" in await thomas.lire(ici)
    assert "/envoyer" not in await bureau.sonia.lire(ici)
