"""The pages of devis and affaires, with commercial behind and the other services stopped."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.commercial.periodique import taches_periodiques
from shared.contracts.commercial import DevisValide, EnvoiDevisDemande, ImportCatalogueDemande
from shared.contracts.contacts import PersonneTiers, TiersModifie
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import Navigateur


def _sain(page: str) -> None:
    """One title, nothing inline, no identifier twice."""
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


async def _garni(navigateur: Navigateur) -> dict[str, str]:
    """A devis with a hidden product, a shelf, a model, an affaire; the words of every address."""
    produit = b.un_produit("SECRET-REF", "Produit secret")
    await b.recevoir(navigateur.base, produit)
    cache = {"produit_id": str(produit.produit_id), "note": "Poser à plat"}
    devis = await b.un_devis(
        navigateur.api, [{"genre": "section", "designation": "Vidéo"}, b.une_ligne(produits=[cache])]
    )
    rayon = {"nom": "Vidéo", "produits": [{"produit_id": str(produit.produit_id)}]}
    saisie_modele = {"proposition_id": devis["id"], "nom": "Base"}
    return {
        "p": devis["id"],
        "e": devis["etude_id"],
        "l": devis["lignes"][1]["id"],
        "produit": str(produit.produit_id),
        "m": (await navigateur.api.post("/modeles", json=saisie_modele)).json()["id"],
        "r": (await navigateur.api.post("/rayons", json=rayon)).json()["id"],
        "a": (await navigateur.api.post("/affaires", json={"libelle": "Chantier"})).json()["id"],
    }


ECRANS = (
    "/devis",
    "/devis?etat=en_cours&q=martin",
    "/devis/propositions",
    "/devis/propositions?statut=brouillon",
    "/devis/modeles",
    "/devis/modeles/{m}",
    "/devis/rayons",
    "/devis/rayons/{r}",
    "/devis/rayons/nouveau",
    "/devis/nouvelle",
    "/devis/propositions/{p}",
    "/devis/propositions/{p}/besoins",
    "/devis/propositions/{p}/apercu",
    "/devis/propositions/{p}/envoyer",
    "/devis/propositions/{p}/envois",
    "/devis/propositions/{p}/valider",
    "/devis/propositions/{p}/reglages",
    "/devis/propositions/{p}/modele",
    "/devis/propositions/{p}/appliquer-modele",
    "/devis/propositions/{p}/clore/ne-pas-retenir",
    "/devis/ajouter-produit?produit_id={produit}",
    "/devis/ajouter-produit?produit_id={produit}&proposition_id={p}",
    "/devis/affaires",
    "/devis/affaires/{a}",
    "/devis/affaires/nouvelle",
    "/devis/affaires/{a}/modifier",
)


async def test_every_screen_opens_without_the_other_services(navigateur: Navigateur) -> None:
    for url in ("/devis", "/devis/propositions", "/devis/modeles", "/devis/rayons", "/devis/affaires"):
        assert "Aucun" in await navigateur.lire(url), url
    adresses = await _garni(navigateur)
    for url in ECRANS:
        _sain(await navigateur.lire(url.format(**adresses)))


async def test_an_etude_is_opened_from_a_demande(navigateur: Navigateur) -> None:
    assert "D-2214 · Cabinet dentaire Martin-Lefèvre" in await navigateur.lire(
        f"/devis/nouvelle?demande_id={b.DEMANDE}"
    )
    reponse = await navigateur.envoyer("/devis/nouvelle", demande_id=str(b.DEMANDE), objet="")
    page = await navigateur.lire(reponse.headers["HX-Redirect"])
    for attendu in ("DEV-2026-00001", "Rénovation vidéo et Wi-Fi", "Manon Leclerc", "Demande D-2214"):
        assert attendu in page
    refus = await navigateur.envoyer("/devis/nouvelle", 422, demande_id=str(new_id()), objet="")
    assert "n’est pas connue" in refus.text
    assert "HX-Trigger" not in refus.headers
    un_clic = await navigateur.envoyer("/devis/nouvelle", 422, demande_id=str(new_id()))
    assert "amanela:toast" in un_clic.headers["HX-Trigger"]


async def test_the_island_saves_through_the_gateway_and_conflicts_are_told(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    url = f"/api/commercial/propositions/{adresses['p']}/lignes"
    page = await navigateur.lire(f"/devis/propositions/{adresses['p']}")
    version = re.search(r'data-version="(\d+)"', page)
    assert version is not None
    assert f'data-url="{url}"' in page
    corps = {"lignes": [b.une_ligne(id=adresses["l"], quantite="3")]}
    sauve = await navigateur.ilot("PUT", url, corps, **{"If-Match": version[1]})
    assert (sauve.status_code, sauve.json()["totaux"]["total_ht"]) == (200, "450.00")
    conflit = await navigateur.ilot("PUT", url, corps | {"lignes": []}, **{"If-Match": version[1]})
    assert (conflit.status_code, conflit.json()["code"]) == (409, "version_perimee")


async def test_hidden_products_unfold_with_their_sheet_and_note_and_are_corrected(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    url = f"/devis/propositions/{adresses['p']}/lignes/{adresses['l']}/produits"
    detail = await navigateur.lire(url, HX_Request="true")
    assert "<html" not in detail
    for attendu in ("SECRET-REF", f'href="/catalogue/{adresses["produit"]}"', 'value="Poser à plat"', "398,00 €"):
        assert attendu in detail
    ajout = await navigateur.ilot("POST", url, {"produit_id": adresses["produit"], "quantite": "2"})
    cache = ajout.json()["lignes"][1]["produits"][1]["id"]
    await navigateur.ilot("PATCH", f"{url}/{cache}", {"note": "Prévoir un tiroir"})
    assert "Prévoir un tiroir" in await navigateur.lire(url, HX_Request="true")
    assert "Prévoir un tiroir" in await navigateur.lire(f"/devis/propositions/{adresses['p']}/besoins")
    vide = await navigateur.ilot("DELETE", f"{url}/{cache}")
    assert len(vide.json()["lignes"][1]["produits"]) == 1


async def test_an_option_that_is_not_kept_needs_nothing(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    assert "SECRET-REF" in await navigateur.lire(f"{base}/besoins")
    ligne = f"/propositions/{adresses['p']}/lignes/{adresses['l']}"
    await navigateur.api.patch(ligne, json={"est_option": True, "est_retenue": False})
    assert "SECRET-REF" not in await navigateur.lire(f"{base}/besoins")


@pytest.mark.feature("CO-11")
async def test_a_product_is_added_to_a_line_from_its_own_page(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    autre = b.un_produit("AUTRE", "Autre produit")
    await b.recevoir(navigateur.base, autre)
    choix = f"/devis/ajouter-produit?produit_id={autre.produit_id}"
    assert "DEV-2026-00001" in await navigateur.lire(choix)
    url = f"{choix}&proposition_id={adresses['p']}"
    assert "Enregistreur NVR" in await navigateur.lire(url)
    reponse = await navigateur.envoyer(url, ligne_id=adresses["l"], quantite="2,5", note="")
    assert reponse.headers["HX-Redirect"] == f"/devis/propositions/{adresses['p']}#ligne-{adresses['l']}"
    ligne = (await navigateur.api.get(f"/propositions/{adresses['p']}")).json()["lignes"][1]
    assert [(p["reference"], Decimal(p["quantite"])) for p in ligne["produits"]][1] == ("AUTRE", Decimal("2.5"))


async def test_sending_is_followed_until_the_mail_has_left(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    assert 'value="cabinet@example.fr"' in await navigateur.lire(f"{base}/envoyer", X_Fenetre="dialogue")
    faux = await navigateur.envoyer(f"{base}/envoyer", 422, destinataires="pas une adresse", sujet="S", message="M")
    assert "n’est pas valide" in faux.text
    vide = await navigateur.envoyer(f"{base}/envoyer", 422, destinataires=" ", sujet="S", message="M")
    assert "Indiquez au moins une adresse valable." in vide.text
    await navigateur.envoyer(f"{base}/envoyer", destinataires="cabinet@example.fr; a@b.fr", sujet="S", message="M")
    assert "Envoi en cours" in await navigateur.lire(base)
    assert "HX-Refresh" not in (await navigateur.http.get(f"{base}/suivi-envoi")).headers
    await b.recevoir(navigateur.base, *await b.annonces(navigateur.base, EnvoiDevisDemande))
    assert (await navigateur.http.get(f"{base}/suivi-envoi")).headers["HX-Refresh"] == "true"
    page = await navigateur.lire(base)
    assert "Envoi en cours" not in page
    assert "Devis signé" in page
    assert "cabinet@example.fr, a@b.fr" in await navigateur.lire(f"{base}/envois")
    assert (await navigateur.http.get(f"{base}/document")).content[:5] == b"%PDF-"


async def test_the_people_of_a_client_are_mailed_without_typing_their_address(navigateur: Navigateur) -> None:
    gens = [
        PersonneTiers(interlocuteur_id=new_id(), nom="Luc Tissot", email="luc@example.fr"),
        PersonneTiers(interlocuteur_id=new_id(), nom="Sans Adresse"),
        PersonneTiers(interlocuteur_id=new_id(), nom="Le Cabinet", email="cabinet@example.fr"),
    ]
    tiers = b.un_tiers(interlocuteurs=gens)
    await b.recevoir(navigateur.base, TiersModifie(tiers_id=tiers.tiers_id, fiche=tiers.fiche))
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    dialogue = await navigateur.lire(f"{base}/envoyer", X_Fenetre="dialogue")
    assert re.findall(r'name="aussi" value="([^"]*)"', dialogue) == ["luc@example.fr"]
    saisie: dict[str, Any] = {
        "destinataires": "cabinet@example.fr",
        "aussi": "luc@example.fr",
        "sujet": "S",
        "message": "M",
    }
    await navigateur.envoyer(f"{base}/envoyer", **saisie)
    (envoi,) = (await navigateur.api.get(f"/propositions/{adresses['p']}/envois")).json()
    assert envoi["destinataires"] == ["cabinet@example.fr", "luc@example.fr"]


async def test_a_devis_signed_on_paper_is_read_only_and_offers_an_avenant(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    seul = PersonneTiers(interlocuteur_id=new_id(), nom="Anne Martin", fonction="Gérante")
    await b.recevoir(navigateur.base, TiersModifie(tiers_id=b.TIERS, fiche=b.un_tiers(interlocuteurs=(seul,)).fiche))
    propose = await navigateur.lire(f"{base}/valider", X_Fenetre="dialogue")
    assert 'value="Anne Martin"' in propose
    assert 'value="Gérante"' in propose
    sans_nom = await navigateur.envoyer(f"{base}/valider", 422, signe_par="", signe_le="2026-03-16")
    assert "Indiquez le nom" in sans_nom.text
    await navigateur.envoyer(f"{base}/valider", signe_par="Mme Martin", qualite="", signe_le="2026-03-16")
    assert [f.valide_par for f in await b.annonces(navigateur.base, DevisValide)] == ["Mme Martin"]
    page = await navigateur.lire(base)
    for attendu in ("Signé par Mme Martin", "Créer un avenant", "data-lecture", "readonly"):
        assert attendu in page
    assert "data-ajouter" not in page
    assert "Sur papier" in await navigateur.lire(f"{base}/envois")
    deux_fois = await navigateur.envoyer(f"{base}/valider", 422, signe_par="Mme Martin", signe_le="")
    assert "elle ne peut pas passer" in deux_fois.text
    refus = await navigateur.envoyer(f"{base}/dupliquer", 409)
    assert "créez un avenant" in refus.text


async def test_closing_and_reopening(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    await navigateur.envoyer(f"{base}/clore/ne-pas-retenir", motif="Budget reporté")
    page = await navigateur.lire(base)
    assert "Budget reporté" in page
    assert "Non retenue le" in page
    await navigateur.envoyer(f"{base}/rouvrir")
    assert "Rouvrir" not in await navigateur.lire(base)
    inconnu = await navigateur.http.post(f"{base}/clore/effacer", headers={"X-CSRF-Token": navigateur.csrf})
    assert inconnu.status_code in (404, 422)


async def test_settings_of_the_devis(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    url = f"/devis/propositions/{adresses['p']}/reglages"
    version = re.search(r'name="version" value="(\d+)"', await navigateur.lire(url))
    assert version is not None
    saisie: dict[str, Any] = {
        "objet": "Vidéo",
        "libelle": "NVR",
        "valide_jusqu_au": "2026-05-01",
        "acompte_pourcent": "30,5",
    }
    await navigateur.envoyer(url, **saisie, version=version[1])
    page = await navigateur.lire(f"/devis/propositions/{adresses['p']}")
    for attendu in ("A · NVR", "30,5 %", "1 mai 2026"):
        assert attendu in page


async def test_models_and_shelves_are_arranged(navigateur: Navigateur) -> None:
    adresses = await _garni(navigateur)
    base = f"/devis/propositions/{adresses['p']}"
    doublon = await navigateur.envoyer(f"{base}/modele", 422, nom="Base", description="")
    assert "déjà pris" in doublon.text
    await navigateur.envoyer(f"{base}/appliquer-modele/{adresses['m']}")
    assert len((await navigateur.api.get(f"/propositions/{adresses['p']}")).json()["lignes"]) == 4
    await navigateur.envoyer(f"/devis/modeles/{adresses['m']}/proposer/false")
    assert "Retiré" in await navigateur.lire("/devis/modeles")
    rayon = f"/devis/rayons/{adresses['r']}"
    await navigateur.envoyer(rayon, nom="Caméras", icone="cctv", produit_id=adresses["produit"], quantite="4")
    assert "Caméras" in await navigateur.lire("/devis/rayons")
    ajout = await navigateur.envoyer(f"{rayon}/produits", 200, produit_id=adresses["produit"], quantite="6")
    assert 'value="6"' in ajout.text
    await navigateur.envoyer(f"{rayon}/supprimer")
    await navigateur.lire(rayon, 404)


async def test_affaires_are_written_and_refused_in_words(navigateur: Navigateur) -> None:
    saisie: dict[str, Any] = {
        "libelle": "Mairie",
        "code": "AFF001",
        "etat": "opportunite",
        "priorite": "0",
        "montant_ht": "1 234,50",
    }
    reponse = await navigateur.envoyer("/devis/affaires/nouvelle", **saisie)
    fiche = await navigateur.lire(reponse.headers["HX-Redirect"])
    for attendu in ("Mairie", "AFF001", "1 234,50 €", "Opportunité"):
        assert attendu in fiche
    refus = await navigateur.envoyer("/devis/affaires/nouvelle", 422, **saisie)
    assert "déjà celui de l’affaire" in refus.text
    assert 'value="Mairie"' in refus.text


async def test_a_devis_signed_on_paper_is_validated_with_its_scan(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}"
    assert "Devis signé numérisé" in await navigateur.lire(f"{url}/valider", X_Fenetre="dialogue")
    reponse = await navigateur.http.post(
        f"{url}/valider",
        data={"signe_par": "Mme Martin", "qualite": "", "signe_le": ""},
        files={"papier": ("Devis signé.pdf", b"%PDF-1.4\naccord", "application/pdf")},
        headers={"HX-Request": "true", "X-CSRF-Token": navigateur.csrf},
    )
    assert reponse.status_code == 204, reponse.text
    assert "Devis signé numérisé" in await navigateur.lire(f"{url}/envois")
    signe = await navigateur.http.get(f"{url}/document?forme=signee")
    assert (signe.content, signe.headers["content-type"]) == (b"%PDF-1.4\naccord", "application/pdf")


async def test_the_guard_is_told_asked_and_answered_in_pages(navigateur: Navigateur) -> None:
    devis = await b.un_devis(navigateur.api, [b.une_ligne(remise="30")])
    url = f"/devis/propositions/{devis['id']}"
    await navigateur.envoyer("/devis/seuils", remise_max="15", marque_min="")
    assert "À faire approuver : remise de 30 %" in await navigateur.lire(url)
    await navigateur.envoyer(f"{url}/approbation", motif="Concurrence")
    assert "Demandée par Camille Test : Concurrence" in await navigateur.lire(url)
    assert devis["numero"] in await navigateur.lire("/devis/propositions?a_approuver=1")
    await navigateur.envoyer(f"{url}/approbation/decider", decision="accordee", reponse="D’accord")
    assert "Approuvé par Camille Test" in await navigateur.lire(url)
    for page in (f"{url}/approbation", "/devis/seuils"):
        _sain(await navigateur.lire(page))


async def test_reminders_and_figures_in_pages(navigateur: Navigateur, clock: FrozenClock) -> None:
    devis = await b.un_devis(navigateur.api)
    await navigateur.envoyer("/devis/relances/schema", jours="3", genre="appel", sujet="", message="")
    await b.envoyer(navigateur.api, navigateur.base, devis["id"])
    clock.advance(timedelta(days=4))
    await navigateur.entrer()
    await taches_periodiques(navigateur.base)
    page = await navigateur.lire("/devis/relances")
    _sain(page)
    assert devis["numero"] in page
    trouve = re.search(r"/devis/relances/([0-9a-f-]{36})/faite", page)
    assert trouve is not None
    await navigateur.envoyer(f"/devis/relances/{trouve[1]}/faite", note="Rappeler lundi")
    assert "Personne à rappeler" in await navigateur.lire("/devis/relances")
    assert "Rappeler lundi" in await navigateur.lire(f"/devis/propositions/{devis['id']}/envois")
    await navigateur.envoyer(f"/devis/propositions/{devis['id']}/clore/refuser", cause="concurrent", motif="Moins cher")
    assert "Concurrent retenu. Moins cher" in await navigateur.lire(f"/devis/propositions/{devis['id']}")
    figures = await navigateur.lire("/devis/pilotage?mois=6")
    _sain(figures)
    for attendu in ("Concurrent retenu", "Manon Leclerc", "<svg", "Voir les chiffres"):
        assert attendu in figures
    _sain(await navigateur.lire("/devis/relances/schema"))


async def test_a_supplier_tariff_is_tried_imported_and_quoted(navigateur: Navigateur) -> None:
    fournisseur = str(b.FOURNISSEUR)
    colonnes = {"reference": "Ref", "designation": "Nom", "prix_achat_ht": "Prix"}
    entetes = {"X-CSRF-Token": navigateur.csrf}
    for geste in ("essayer", "importer"):
        reponse = await navigateur.http.post(
            "/achats/catalogues",
            data={"fournisseur_id": fournisseur, "geste": geste, **colonnes},
            files={"fichier": ("tarif.csv", b"Ref;Nom;Prix\nSW-8;Switch 8 ports;1 234,50\nX;Faux;?\n", "text/csv")},
            headers=entetes,
        )
        assert reponse.status_code == 303, reponse.text[:500]
        await b.recevoir(navigateur.base, (await b.annonces(navigateur.base, ImportCatalogueDemande))[-1])
    page = await navigateur.lire(f"/achats/catalogues?fournisseur_id={fournisseur}")
    _sain(page)
    for attendu in ("Essai de tarif.csv", "Import de tarif.csv", "1 nouvelle,", "n’est pas un nombre"):
        assert attendu in page
    (choix,) = (await navigateur.http.get("/devis/references/choisir", params={"q": "switch"})).json()["elements"]
    assert choix["valeur"] == f"{fournisseur}|SW-8"
    devis = await b.un_devis(navigateur.api)
    url = f"/devis/propositions/{devis['id']}"
    _sain(await navigateur.lire(f"{url}/depuis-catalogue"))
    await navigateur.envoyer(f"{url}/depuis-catalogue", article=choix["valeur"], quantite="2", marge="20")
    assert "Switch 8 ports" in await navigateur.lire(url)


@pytest.mark.parametrize("mois", ["²", "9" * 5000, "-1", "abc"])
async def test_figures_of_no_period_are_those_of_a_year(navigateur: Navigateur, mois: str) -> None:
    assert "Signé et prévu par mois" in await navigateur.lire(f"/devis/pilotage?mois={mois}")
