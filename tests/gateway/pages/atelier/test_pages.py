"""The workshop's pages, as its technician uses them."""

import io
import re
from decimal import Decimal
from typing import Any

import pikepdf
import pytest

from shared.contracts.inventory import FeuilleValidee
from shared.kernel.ids import new_id
from shared.testing.texte import simple
from tests.builders.inventory import attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur
from tests.services.inventory.cout.test_cout import une_facture, une_ligne_chiffree

Json = dict[str, Any]


async def ouvrir(navigateur: Navigateur) -> tuple[Json, Json]:
    """A feuille with a copier received and a cable kept in stock; the feuille and the copier."""
    a = navigateur.atelier
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.cable, "100")))
    await a.recevoir(
        un_devis_valide(
            une_ligne(attend(a.copieur), attend(a.pose), description="Copieur couleur 30 ppm"),
            une_ligne(attend(a.cable, "40"), attend(a.telephone, "2"), position=2),
            agence_id=a.annecy.agence_id,
        )
    )
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.copieur, series=("CZ9",))))
    feuille = await navigateur.feuille()
    return feuille, feuille["colonnes"][0]["objets"][0]


@pytest.mark.feature("IN-13")
async def test_the_worksheet_shows_columns_colours_and_what_is_missing(navigateur: Navigateur) -> None:
    feuille, objet = await ouvrir(navigateur)
    page = await navigateur.lire(f"/atelier/feuilles/{feuille['id']}")

    assert page.count('class="ws-col') == 2
    assert "Copieur couleur 30 ppm" in page
    assert re.search(rf'ws-objet e-a_configurer" data-dialogue-url="/atelier/objets/{objet["id"]}/configuration"', page)
    assert "À configurer · 0/4" in page.replace("\n", "")
    assert "40 réservé" in page
    assert "2 manquant" in page
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    legende = page[page.index("at-legende") : page.index("data-feuille")]
    assert all(mot in legende for mot in ("À configurer", "À faire", "Prêt", "Sans configuration"))


async def test_the_configuration_window_saves_and_keeps_what_was_refused(navigateur: Navigateur) -> None:
    _, objet = await ouvrir(navigateur)
    url = f"/atelier/objets/{objet['id']}/configuration"
    fenetre = await navigateur.lire(url, X_Fenetre="dialogue")
    assert "dialogue-tete" in fenetre
    assert "Adresse IP" in fenetre

    faux: Json = {"v-adresse_ip": "300.1", "numero_serie": "CZ9"}
    refus = await navigateur.envoyer(url, 422, **faux)
    assert 'value="300.1"' in refus.text
    assert "Adresse IP attendue" in refus.text

    champs: Json = {"v-adresse_ip": "192.168.1.9", "v-mot_de_passe": "S3cret!", "action": "firmware", "a-firmware": "1"}
    reponse = await navigateur.envoyer(url, **champs, numero_serie="CZ9", visible="1")
    assert "amanela:fermer" in reponse.headers["HX-Trigger"]
    fiche = (await navigateur.api.get(f"/historiques/{objet['id']}")).json()
    assert (fiche["etapes_faites"], fiche["configuration"][0]["valeur"]) == (2, "192.168.1.9")
    assert "S3cret!" not in await navigateur.lire(url)
    assert "en clair" not in await navigateur.lire(f"/atelier/objets/{objet['id']}")
    revele = await navigateur.envoyer(f"/atelier/objets/{objet['id']}/secrets/mot_de_passe", 200)
    assert revele.text == "S3cret!"
    page = await navigateur.lire(f"/atelier/objets/{objet['id']}")
    assert "1 lecture en clair" in simple(page)
    assert "S3cret!" not in page


async def test_the_second_of_two_twins_is_filled_by_one_press_and_saved_once_looked_at(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    formulaire: Json = {
        "code": "copieur",
        "libelle": "Copieur",
        "champ_cle": ["ip", "scan", "mdp"],
        "champ_libelle": ["Adresse IP", "Numérisation", "Mot de passe"],
        "champ_type": ["adresse_ip", "texte", "texte"],
        "champ_exigence": ["requis", "", "requis secret"],
        "champ_reprise": ["", "", "commun"],
    }
    await navigateur.devenir("celine")
    await navigateur.envoyer(f"/catalogue/types/{a.types['copieur'].id}", **formulaire, version="1")
    await navigateur.devenir("karim")
    await a.recevoir(un_devis_valide(une_ligne(attend(a.copieur, "2")), agence_id=a.annecy.agence_id))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.copieur, "2", series=("CZ1", "CZ2"))))
    premier, second = (await navigateur.feuille())["colonnes"][0]["objets"]
    reglages: Json = {"v-ip": "10.0.0.1", "v-scan": "Dossier partagé", "v-mdp": "S3cret!"}
    await navigateur.envoyer(f"/atelier/objets/{premier['id']}/configuration", **reglages)

    url = f"/atelier/objets/{second['id']}/configuration"
    vide = await navigateur.lire(url, X_Fenetre="dialogue")
    assert "Reprendre la configuration de n° CZ1" in vide
    typee: Json = {"v-ip": "10.0.0.2", "v-scan": "", "v-mdp": "", "numero_serie": "CZ2-BIS", "visible": "1"}
    reprise = (await navigateur.envoyer(f"{url}/reprise", 200, **typee)).text
    assert "2 valeurs reprises" in simple(reprise)
    saisie = dict(re.findall(r'name="(v-[a-z]+|numero_serie|repris_de)"[^>]*? value="([^"]*)"', reprise))
    assert saisie == {
        "v-ip": "10.0.0.2",
        "v-scan": "Dossier partagé",
        "v-mdp": "••••••••",
        "numero_serie": "CZ2-BIS",
        "repris_de": premier["id"],
    }
    fiche = (await navigateur.api.get(f"/historiques/{second['id']}")).json()
    assert not any(c["est_remplie"] for c in fiche["configuration"]), "nothing is saved before it was looked at"

    await navigateur.envoyer(url, **saisie)
    revele = await navigateur.envoyer(f"/atelier/objets/{second['id']}/secrets/mdp", 200)
    assert revele.text == "S3cret!"
    assert "Reprendre la configuration" not in await navigateur.lire(url)


async def test_stock_is_taken_a_complement_added_and_the_feuille_validated(navigateur: Navigateur) -> None:
    feuille, _ = await ouvrir(navigateur)
    url = f"/atelier/feuilles/{feuille['id']}"
    await navigateur.envoyer(f"{url}/prelever-reserve")
    colonne = feuille["colonnes"][0]["id"]
    await navigateur.envoyer(
        f"{url}/prelever",
        formulaire="1",
        colonne_id=colonne,
        produit_id=str(navigateur.atelier.cable.id),
        quantite="12,5",
    )
    refus = await navigateur.envoyer(f"{url}/prelever", 422, formulaire="1", colonne_id=colonne, code="ABSENT")
    assert "« ABSENT »" in simple(refus.text)
    page = await navigateur.lire(url)
    assert "Complément" in page
    assert "12,5 m" in page

    await navigateur.envoyer(f"{url}/cloturer")
    assert "Valider malgré les écarts" in await navigateur.lire(url)
    await navigateur.envoyer(f"{url}/valider", 409)
    await navigateur.envoyer(f"{url}/valider", malgre_ecarts="1")
    page = await navigateur.lire(url)
    assert "Validée par Karim le" in page
    assert "Ajouter un complément" not in page
    assert len(await navigateur.atelier.publies(FeuilleValidee)) == 1


async def test_a_scan_says_expected_too_many_or_unknown(navigateur: Navigateur) -> None:
    feuille, _ = await ouvrir(navigateur)
    a = navigateur.atelier
    url = f"/atelier/feuilles/{feuille['id']}/scanner"
    entree = {
        "produit_id": str(a.telephone.id),
        "depot_id": str(a.depots["ANN"]),
        "quantite": "1",
        "numeros_serie": ["T-1"],
        "motif": "Inventaire",
    }
    await navigateur.api.post("/entrees", json=entree)

    async def scanner(code: str) -> Json:
        entetes = {"X-CSRF-Token": navigateur.csrf, "accept": "application/json"}
        corps = {"lectures": [{"cle": str(new_id()), "code": code}]}
        reponse: Json = (await navigateur.http.post(url, json=corps, headers=entetes)).json()
        return dict(reponse["lectures"][0]["lecture"])

    await navigateur.api.post("/entrees", json={**entree, "produit_id": str(a.copieur.id), "numeros_serie": ["C-2"]})
    imprevu = await scanner("C-2")
    assert (imprevu["resultat"], imprevu["complement"]) == (
        "en_trop",
        f"/atelier/feuilles/{feuille['id']}/complement?code=C-2",
    )
    assert "n’est attendu par aucune colonne" in imprevu["libelle"]
    fenetre = await navigateur.lire(imprevu["complement"], X_Fenetre="dialogue")
    assert 'value="C-2"' in fenetre
    seconde = feuille["colonnes"][1]["id"]
    assert f'<option value="{seconde}"' in fenetre
    ajout = {"formulaire": "1", "colonne_id": seconde, "code": "C-2"}
    await navigateur.envoyer(f"/atelier/feuilles/{feuille['id']}/prelever", **ajout)
    places = (await navigateur.feuille())["colonnes"][1]["objets"]
    assert [(o["numero_serie"], o["est_complement"]) for o in places] == [("C-2", True)]

    attendu = await scanner("T-1")
    assert (attendu["resultat"], attendu["detail"]) == ("attendu", "T-1")
    assert (await scanner("T-1"))["resultat"] == "en_trop"
    assert (await scanner("RIEN"))["resultat"] == "inconnu"
    await navigateur.envoyer(attendu["annuler"])
    assert (await scanner("T-1"))["resultat"] == "attendu"


@pytest.mark.feature("IN-20")
async def test_labels_are_made_for_the_objects_of_a_feuille_and_printed(navigateur: Navigateur) -> None:
    feuille, _ = await ouvrir(navigateur)
    reponse = await navigateur.envoyer(f"/atelier/feuilles/{feuille['id']}/etiqueter")
    page = await navigateur.lire(reponse.headers["HX-Redirect"])
    assert f'href="/atelier/feuilles/{feuille["id"]}"' in page
    planche = re.search(r'action="(/atelier/etiquettes/[^"]+/planche)"', page)
    assert planche is not None
    for format, taille in (("L7160", (210, 297)), ("rouleau-62", (62, 29))):
        reponse = await navigateur.http.get(planche[1], params={"format": format, "depart": 1})
        assert reponse.headers["content-type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(reponse.content)) as pdf:
            millimetres = tuple(round(float(cote) / 72 * 25.4) for cote in list(pdf.pages[0].mediabox)[2:])
        assert millimetres == taille
    await navigateur.envoyer("/atelier/etiquettes", nombre="5")


@pytest.mark.parametrize(
    "chemin",
    [
        "/atelier",
        "/atelier?etat=validee",
        "/atelier/superviseur",
        "/atelier/stock",
        "/atelier/stock/entree",
        "/atelier/stock/places",
        "/atelier/stock/places/nouvelle",
        "/atelier/objets",
        "/atelier/objets?q=CZ9",
        "/atelier/etiquettes",
        "/catalogue",
        "/catalogue?q=cable",
        "/catalogue/nouveau",
        "/catalogue/types",
        "/catalogue/types/nouveau",
    ],
)
async def test_every_screen_has_its_landmarks_and_nothing_inline(navigateur: Navigateur, chemin: str) -> None:
    await ouvrir(navigateur)
    page = await navigateur.lire(chemin)
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


async def test_an_object_is_shown_with_where_it_comes_from(navigateur: Navigateur) -> None:
    _, objet = await ouvrir(navigateur)
    page = await navigateur.lire(f"/atelier/objets/{objet['id']}")
    for texte in ("CZ9", "FS-8812", "Grossiste Savoie", "REC-2026-00007", "FT-2026-00001", "Vie de l’objet"):
        assert texte in page
    depot = navigateur.atelier.depots["LYO"]
    cable = (await navigateur.api.get("/historiques", params={"etat": "en_stock"})).json()["elements"][0]
    await navigateur.lire(f"/atelier/objets/{cable['id']}/transfert")
    await navigateur.envoyer(f"/atelier/objets/{cable['id']}/transfert", destination=str(depot), quantite="10")
    assert "Lyon" in await navigateur.lire("/atelier/stock")


async def test_a_stock_entry_is_typed_and_refused_in_place(navigateur: Navigateur) -> None:
    champs: Json = {
        "produit_id": str(navigateur.atelier.telephone.id),
        "depot_id": str(navigateur.atelier.depots["ANN"]),
        "quantite": "1",
        "numeros_serie": "A\nB",
        "motif": "Inventaire",
    }
    depot = champs["depot_id"]
    place = {"depot_id": depot, "code": "prets", "libelle": "Matériel de prêt", "nature": "pret"}
    await navigateur.envoyer("/atelier/stock/places/nouvelle", **place)
    assert "existe déjà" in (await navigateur.envoyer("/atelier/stock/places/nouvelle", 422, **place)).text
    refus = await navigateur.envoyer("/atelier/stock/entree", 422, **champs)
    assert "2 numéros de série pour 1 unités" in refus.text
    await navigateur.envoyer("/atelier/stock/entree", **{**champs, "numeros_serie": "A"})
    depots = (await navigateur.api.get("/depots")).json()
    (prets,) = [e["id"] for d in depots for e in d["emplacements"] if e["code"] == "PRETS"]
    vers = f"{depot}/{prets}"
    await navigateur.envoyer("/atelier/stock/entree", **{**champs, "numeros_serie": "B", "depot_id": vers})
    page = await navigateur.lire(f"/atelier/stock/places?nature=pret&depot_id={depot}")
    assert "PRETS" in page
    assert "Téléphone SIP" in page
    assert "Téléphone SIP" not in await navigateur.lire(f"/atelier/stock/places?nature=occasion&depot_id={depot}")


@pytest.mark.feature("AF-41")
async def test_the_company_says_which_nature_of_stock_is_the_main_one(navigateur: Navigateur) -> None:
    occasion = next(n for n in (await navigateur.api.get("/natures-stock")).json() if n["code"] == "occasion")
    ici = f"/atelier/stock/natures/{occasion['id']}"
    champs = {"libelle": "Seconde main", "est_livrable": "1", "est_principale": "1", "version": occasion["version"]}
    assert "Nouvelle nature" not in await navigateur.lire("/atelier/stock/natures"), "the storekeeper only reads"
    await navigateur.envoyer(ici, 422, **champs)
    assert principale(await navigateur.lire("/atelier/stock/natures")) == "Neuf"

    await navigateur.devenir("celine")
    assert "Nature principale de la société" in await navigateur.lire(ici, X_Fenetre="dialogue")
    await navigateur.envoyer(ici, **champs)
    perime = await navigateur.envoyer(ici, 422, **champs)
    assert "Seconde main" in perime.text, "what was typed stays"
    assert principale(await navigateur.lire("/atelier/stock/natures")) == "Seconde main"
    refus = await navigateur.envoyer("/atelier/stock/natures/nouvelle", 422, libelle="neuf")
    assert "appelle déjà" in refus.text
    await navigateur.envoyer("/atelier/stock/natures/nouvelle", libelle="Reconditionné", est_livrable="1")
    assert "Reconditionné" in await navigateur.lire("/atelier/stock/places/nouvelle")
    await navigateur.lire("/atelier/stock/natures/00000000-0000-0000-0000-000000000000", 404)


def principale(page: str) -> str:
    """The nature marked as the main one."""
    (ligne,) = [x for x in re.findall(r"<tr.*?</tr>", page, re.S) if "Principale" in x]
    (nom,) = re.findall(r"Neuf|Seconde main", ligne)[:1]
    return str(nom)


async def test_an_object_says_what_the_invoice_of_its_supplier_changed(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    ligne = recu(a.telephone, "1", ("T1",), cout_ht=Decimal("10.40"))
    reception = une_reception(a.annecy.agence_id, ligne, facture_fournisseur="")
    await a.recevoir(reception)
    (objet,) = (await navigateur.api.get("/historiques")).json()["elements"]
    await navigateur.devenir("celine")
    assert "À compléter par la comptabilité" in await navigateur.lire(f"/atelier/objets/{objet['id']}")
    await a.recevoir(une_facture(reception, une_ligne_chiffree(ligne, "10.40", "11.25")))
    await circuler(a.database)
    page = await navigateur.lire(f"/atelier/objets/{objet['id']}")
    assert ">FS-9000</a>" in page
    assert "11,25 €<small>10,40 € jusqu’au 20/03/2026, puis la facture FS-9000" in page
    assert "Coût établi par la facture FS-9000" in page
