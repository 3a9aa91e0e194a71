"""Prices asked by mail and orders mailed: once, followed on what they are about, without a client or a price."""

from decimal import Decimal
from email.message import EmailMessage
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from shared.courriel.errors import ServeurIndisponible
from shared.testing.boite import Boite
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, circuler, recevoir, un_attendu, un_fournisseur, une_feuille

MAIL = {"destinataires": ["devis@elektra.example"], "sujet": "Demande de prix", "message": "Bonjour,\n\nVos prix ?"}


def texte(pdf: bytes) -> str:
    """The words of a PDF, blanks made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def ouvrir(message: EmailMessage) -> tuple[str, bytes]:
    """What people read of a mail, and the file joined to it."""
    (piece,) = message.iter_attachments()
    corps = " ".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text")
    return corps, piece.get_content()


async def demander(monde: Monde, *negociations: dict[str, Any], statut: int = 202, **corps: Any) -> dict[str, Any]:
    saisie = {"fournisseur_id": monde.fournisseur.tiers_id, "negociation_ids": [n["id"] for n in negociations]}
    envoi: dict[str, Any] = await monde.poster("/demandes-prix", {**MAIL, **saisie, **corps}, statut)
    await circuler(monde.database)
    return envoi


async def test_several_products_are_asked_in_one_mail_without_client_nor_price(monde: Monde, boite: Boite) -> None:
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 3)], tiers_nom="Clinique Sécrétan"))
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    parts = [{"besoin_id": besoin["id"], "quantite": 3}]
    switch = await monde.negocier(
        monde.switch, 3, besoins=parts, prix_ht="171.27", note="Vendu 2 999 € à la clinique", avancement="a_contacter"
    )
    borne = await monde.negocier(monde.borne, 7, prix_ht=None, avancement="panier")
    await demander(monde, switch, borne)
    (message,) = boite.recus
    corps, pdf = ouvrir(message)
    lu = texte(pdf)
    assert (message["To"], message["Reply-To"]) == ("devis@elektra.example", "contact@alpes-reseaux.example")
    for attendu in ("Demande de prix", "DP-2026-00001", "Switch 24 ports PoE", "ELK-SW24", "Borne Wi-Fi 6E", "7"):
        assert attendu in lu, attendu
    for secret in ("Sécrétan", "171,27", "171.27", "2 999", "999", "DEV-2026"):
        assert secret not in lu + corps, secret
    apres = {n["id"]: n for n in (await monde.lire("/negociations"))["elements"]}
    assert [(apres[n["id"]]["avancement"]) for n in (switch, borne)] == ["mail", "panier"]
    assert all(apres[n["id"]]["prix_demande_le"] for n in (switch, borne))
    (suivi,) = await monde.lire("/envois", negociation_id=borne["id"])
    assert (suivi["etat"], suivi["numero"], suivi["genre"]) == ("envoye", "DP-2026-00001", "demande_prix")
    garde = await monde.client.get(f"/envois/{suivi['id']}/document")
    assert garde.content == pdf


async def test_a_request_concerns_open_negociations_of_one_supplier(monde: Monde, boite: Boite) -> None:
    autre = un_fournisseur("Domotek")
    await recevoir(monde.database, autre)
    ailleurs = await monde.negocier(monde.switch, 1, fournisseur_id=autre.tiers_id)
    refus = await demander(monde, ailleurs, statut=422)
    assert "Domotek" in refus["detail"]
    fermee = await monde.negocier(monde.switch)
    await monde.poster(f"/negociations/{fermee['id']}/fermer", statut=200)
    assert (await demander(monde, fermee, statut=409))["code"] == "negociation_figee"
    ouverte = await monde.negocier(monde.switch)
    assert (await demander(monde, ouverte, destinataires=["pas une adresse"], statut=422))["code"] == "adresse_invalide"
    assert boite.recus == []


async def test_a_silent_server_is_tried_again_and_a_refusal_is_read_by_staff(monde: Monde, boite: Boite) -> None:
    negociation = await monde.negocier(monde.switch, avancement="a_contacter")
    boite.est_fermee = True
    with pytest.raises(ServeurIndisponible):
        await demander(monde, negociation)
    (suivi,) = await monde.lire("/envois", negociation_id=negociation["id"])
    assert suivi["etat"] == "demande"
    assert "retenté" in suivi["erreur"]
    boite.est_fermee = False
    await demander(monde, negociation, destinataires=["x@refuse.example"])
    refuse, _ = await monde.lire("/envois", negociation_id=negociation["id"])
    assert refuse["etat"] == "echec"
    assert "550" in refuse["erreur"]
    assert (await monde.lire(f"/negociations/{negociation['id']}"))["prix_demande_le"] is None


async def test_an_order_is_mailed_with_its_paper(monde: Monde, boite: Boite, service_client: ServiceClient) -> None:
    commande = await monde.commander_produit(monde.switch, 2, prix_ht="100", frais_ht="25")
    projet = await monde.lire(f"/commandes/{commande['id']}/projet-envoi")
    assert commande["numero"] in projet["sujet"]
    await monde.poster(f"/commandes/{commande['id']}/envoyer", {**MAIL, "sujet": projet["sujet"]}, 202)
    await circuler(monde.database)
    (message,) = boite.recus
    _, pdf = ouvrir(message)
    assert "Bon de commande" in texte(pdf)
    assert f"{Decimal(225)},00" in texte(pdf)
    assert (await monde.lire(f"/commandes/{commande['id']}"))["envoyee_le"] is not None
    (suivi,) = await monde.lire("/envois", commande_id=commande["id"])
    magasin = await service_client("purchasing", monde.database, "achat.lire")
    assert (await magasin.get(f"/envois/{suivi['id']}/document")).status_code == 403
    assert (await magasin.post(f"/commandes/{commande['id']}/envoyer", json=MAIL)).status_code == 403


async def test_what_was_closed_before_the_mail_left_was_not_asked(monde: Monde, boite: Boite) -> None:
    switch, borne = await monde.negocier(monde.switch, 3), await monde.negocier(monde.borne, 7)
    saisie = {"fournisseur_id": monde.fournisseur.tiers_id, "negociation_ids": [switch["id"], borne["id"]]}
    await monde.poster("/demandes-prix", {**MAIL, **saisie}, 202)
    await monde.poster(f"/negociations/{borne['id']}/fermer", statut=200)
    await circuler(monde.database)
    (message,) = boite.recus
    assert "Borne Wi-Fi 6E" not in texte(ouvrir(message)[1])
    lues = [await monde.lire(f"/negociations/{n['id']}") for n in (switch, borne)]
    assert [n["prix_demande_le"] is not None for n in lues] == [True, False]
