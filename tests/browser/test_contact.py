"""The file of a contact: its tabs, its attached files, and what an affaire takes from it, walked through the pages of a running product."""

import re
import socket
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.catalogue import creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]
Json = dict[str, Any]
ADRESSES = [
    {"code": "SIEGE", "lignes": ["1 place Bellecour"], "code_postal": "69002", "ville": "Lyon"},
    {"code": "DEPOT", "lignes": ["9 quai Rambaud"], "code_postal": "69002", "ville": "Lyon"},
]


@pytest.fixture(scope="module")
def dossier(produit: Produit) -> Json:
    """A tiers both client and supplier: a demande sold and invoiced, a negociation, an order half received."""
    catalogue = creer_catalogue(produit)
    identite = {"roles": ["client", "fournisseur"], "siren": "732829320", "email": "a@exemple.fr", "adresses": ADRESSES}
    tiers = produit.creer("claire", "/contacts/tiers", {"nom": f"Métropole {catalogue.suffixe}", **identite})
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Bornes Wi-Fi du siège"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    facture = vendre(produit, demande["id"])
    achat = acheter(produit, tiers["id"], catalogue.cable["id"])
    return {"tiers": tiers, "demande": demande, "suffixe": catalogue.suffixe, **facture, **achat}


def vendre(produit: Produit, demande_id: str) -> Json:
    """A signed devis of one line, its sheet validated, its invoice issued."""
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande_id}))
    proposition = etude["propositions"][0]
    chemin = f"/commercial/propositions/{proposition['id']}"
    ligne = {"designation": "Installation", "prix_fixe_ht": "1000", "nature": "service"}
    bientot(lambda: produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": [ligne]}))
    produit.creer("manon", f"{chemin}/valider", {"signe_par": "M. Durand"})

    def feuille() -> Json:
        return dict(produit.lire("karim", "/inventory/feuilles", demande_id=demande_id)["elements"][0])

    sommet = bientot_ligne(feuille)
    for verbe in ("cloturer", "valider"):
        produit.creer("karim", f"/inventory/feuilles/{sommet['id']}/{verbe}")

    def affaire() -> Json:
        return dict(produit.lire("celine", "/billing/affaires-client", demande_id=demande_id)["elements"][0])

    a_facturer = bientot_ligne(affaire)
    facture = produit.creer("celine", f"/billing/affaires-client/{a_facturer['id']}/facturer")
    return {"etude": etude, "proposition": proposition, "facture": facture}


def acheter(produit: Produit, fournisseur_id: str, produit_id: str) -> Json:
    """Two prices asked: one ordered and half received, one pending."""

    def negocier() -> Json:
        corps = {"produit_id": produit_id, "fournisseur_id": fournisseur_id, "quantite": "10", "prix_ht": "0.80"}
        return dict(produit.creer("thomas", "/purchasing/negociations", corps))

    commandee, attente = bientot(negocier), bientot(negocier)
    corps = {"fournisseur_id": fournisseur_id, "negociation_ids": [commandee["id"]]}
    commande = produit.creer("thomas", "/purchasing/commandes", corps)
    reception = produit.creer("sonia", "/purchasing/receptions", {"commande_ids": [commande["id"]]})
    chemin = f"/purchasing/receptions/{reception['id']}"
    produit.api("sonia", "PUT", f"{chemin}/lignes/{reception['lignes'][0]['id']}", {"quantite": "4"})
    produit.creer("sonia", f"{chemin}/valider", {"facture_fournisseur": "FF-77"})
    recues = f"/billing/affaires-fournisseur?fournisseur_id={fournisseur_id}"
    bientot_ligne(lambda: dict(produit.lire("celine", recues)["elements"][0]))
    return {"commande": commande, "negociation": attente}


def bientot_ligne(lire: Any) -> Json:
    """The first row, once there is one."""

    def premiere() -> Json | None:
        try:
            return dict(lire())
        except IndexError:
            return None

    trouvee = bientot(premiere)
    assert trouvee is not None
    return trouvee


def onglet(page: Page, tiers: Json, nom: str) -> Page:
    """Open a tab from the left panel of the contact, as people do."""
    page.goto(f"/contacts/{tiers['id']}")
    page.get_by_role("complementary").get_by_role("link", name=nom, exact=True).click()
    expect(page.locator("h1")).to_have_text(nom)
    return page


def rangee(page: Page, texte: str) -> Any:
    """The row of a table that says `texte`."""
    return page.locator("tbody tr").filter(has_text=texte)


@pytest.mark.feature("CT-04")
def test_l_onglet_factures_montre_celles_du_client_et_du_fournisseur(asseoir: Asseoir, dossier: Json) -> None:
    page = onglet(asseoir("celine"), dossier["tiers"], "Factures")
    ligne = rangee(page, dossier["facture"]["numero"])
    echeance = date.fromisoformat(dossier["facture"]["echeance"])
    expect(ligne).to_contain_text(f"{echeance:%d/%m/%Y}")
    expect(ligne).to_contain_text("À envoyer")
    expect(ligne).to_contain_text("1\u202f200,00\u00a0€")
    recue = rangee(page, "FF-77")
    expect(recue).to_contain_text("À contrôler")
    expect(recue).to_contain_text(f"{date.fromisoformat(dossier['facture']['emise_le']) + timedelta(days=30):%d/%m/%Y}")


@pytest.mark.feature("CT-05")
def test_l_onglet_devis_montre_etudes_et_propositions(asseoir: Asseoir, dossier: Json) -> None:
    page = onglet(asseoir("manon"), dossier["tiers"], "Études et devis")
    expect(rangee(page, dossier["etude"]["numero"])).to_contain_text("Gagnée")
    proposition = rangee(page, dossier["proposition"]["numero"])
    expect(proposition).to_contain_text("Signé")
    expect(proposition).to_contain_text("1\u202f000,00\u00a0€")


@pytest.mark.feature("CT-06")
def test_l_onglet_demandes_montre_les_ouvertes_et_les_closes(asseoir: Asseoir, produit: Produit, dossier: Json) -> None:
    corps = {"type_code": "commercial", "tiers_id": dossier["tiers"]["id"], "objet": "Téléphones de l’annexe"}
    close = produit.creer("claire", "/demandes/demandes", corps)
    produit.creer("helene", f"/demandes/demandes/{close['id']}/etat", {"vers": "perdu"})
    page = onglet(asseoir("claire"), dossier["tiers"], "Demandes")
    ouverte = rangee(page, dossier["demande"]["numero"])
    for texte in ("Commercial", "À facturer", r"0\sj"):
        expect(ouverte).to_contain_text(re.compile(texte, re.IGNORECASE))
    expect(rangee(page, close["numero"])).to_contain_text("Close")


@pytest.mark.feature("CT-10")
def test_l_onglet_achats_montre_commandes_et_negociations(asseoir: Asseoir, dossier: Json) -> None:
    page = onglet(asseoir("thomas"), dossier["tiers"], "Achats")
    commande = rangee(page, dossier["commande"]["numero"])
    expect(commande).to_contain_text("4 / 10")
    attente = page.locator("#negociations tbody tr")
    expect(attente).to_have_count(1)
    expect(attente).to_contain_text(f"Câble {dossier['suffixe']}")


@pytest.mark.feature("CT-13", "CT-14", "CT-16", "CT-19", "CT-20", "AF-58")
def test_l_affaire_reprend_site_personne_commerciaux_et_equipe(
    asseoir: Asseoir, produit: Produit, dossier: Json
) -> None:
    """The site and the person are added on the file of the contact, then found on a new affaire."""
    tiers = dossier["tiers"]
    equipe = {"nom": f"Installation {dossier['suffixe']}"}
    gens = {c["prenom"]: c["id"] for c in produit.lire("admin", "/contacts/collaborateurs")}
    produit.creer("admin", "/contacts/equipes", {**equipe, "membre_ids": [gens["Nicolas"]]})
    page = asseoir("manon")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    page.get_by_label("Prénom").fill("Zoé")
    page.get_by_label("Nom", exact=True).fill("Durand")
    page.get_by_label("Fonction").fill("Directrice technique")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    page.get_by_text("Sites", exact=True).click()
    page.get_by_role("button", name="Ajouter un site").click()
    page.get_by_label("Code du site").fill("lyon")
    page.get_by_label("Libellé du site").fill("Dépôt de Lyon")
    page.get_by_label("Code de son adresse").fill("DEPOT")
    page.get_by_label("Interlocuteur sur place").select_option(label="Zoé Durand")
    page.get_by_role("textbox", name="Horaires").fill("7 h – 15 h")
    page.locator("[data-rangee=site] input[value=horaires]").check()
    page.get_by_role("textbox", name="Accès").fill("Badge au poste de garde")
    page.get_by_role("checkbox", name="Manon Test").check()
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")

    def connu() -> Json:
        return dict(produit.lire("manon", f"/commercial/tiers/{tiers['id']}")["sites"][0])

    assert bientot_ligne(connu)["rappels"] == [
        ["Adresse", "9 quai Rambaud, 69002 Lyon"],
        ["Interlocuteur", "Zoé Durand · Directrice technique"],
        ["Horaires", "7 h – 15 h"],
    ]
    page.goto("/devis/affaires/nouvelle")
    page.locator("[name=libelle]").fill("Wi-Fi du dépôt")
    page.get_by_role("combobox", name="Client ou prospect").fill(tiers["nom"])
    page.locator(".combo-option").first.click()
    page.get_by_label("Code site").select_option(label="Dépôt de Lyon (LYON)")
    expect(page.get_by_label("Données du site LYON")).to_contain_text("9 quai Rambaud, 69002 Lyon")
    expect(page.get_by_label("Données du site LYON")).not_to_contain_text("poste de garde")
    page.get_by_label("Chef de projet client").select_option(label="Zoé Durand, Directrice technique")
    page.get_by_label("Équipe").select_option(label=equipe["nom"])
    expect(page.get_by_role("checkbox", name="Manon Test")).to_be_checked()
    page.get_by_role("button", name="Créer l’affaire").click()
    page.wait_for_url(re.compile(r"/devis/affaires/[0-9a-f-]{36}$"))
    expect(page.get_by_label("Données du site LYON")).to_contain_text("7 h – 15 h")
    identite = page.locator(".definitions").first
    for texte in ("Zoé Durand", "Manon Test", equipe["nom"], "Annecy", "LYON"):
        expect(identite).to_contain_text(texte)
    page = asseoir("nadia")
    page.goto("/planning")
    expect(page.get_by_role("link", name=re.compile(equipe["nom"]))).to_be_visible()


@pytest.mark.feature("CT-15")
def test_un_client_intracommunautaire_est_chiffre_sans_tva(asseoir: Asseoir, produit: Produit) -> None:
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": "Alpen Netz GmbH", "roles": ["client"], "adresses": [ANNECY]}
    )
    page = asseoir("manon")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    page.get_by_label("Régime de TVA").select_option(label="Intracommunautaire")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")
    bientot(lambda: produit.lire("manon", f"/commercial/tiers/{tiers['id']}")["regime_tva"] == "intracom")
    affaire = produit.creer("manon", "/commercial/affaires", {"libelle": "Réseau", "tiers_id": tiers["id"]})
    assert affaire["regime_tva"] == "intracom"
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Réseau"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    page.goto(f"/devis/propositions/{etude['propositions'][0]['id']}")
    page.locator("[data-ajouter=ligne]").click()
    page.keyboard.type("Commutateur")
    page.locator(".qg-ligne [data-champ=prix_ht]").fill("100")
    page.locator(".qg-ligne [data-champ=prix_ht]").blur()
    expect(page.locator("[data-enregistrement]")).to_contain_text("Enregistré à")
    expect(page.locator("[data-t=total_ttc], [data-ttc] dd")).to_have_text("100,00\u00a0€")
    apercu = f"/api/commercial/propositions/{etude['propositions'][0]['id']}"
    assert produit.lire("manon", apercu.removeprefix("/api"))["totaux"]["total_tva"] == "0.00"


@pytest.mark.feature("CT-18")
def test_un_client_public_est_facture_par_chorus(asseoir: Asseoir, produit: Produit, dossier: Json) -> None:
    mairie = {"nom": f"Mairie {dossier['suffixe']}", "roles": ["client"], "adresses": ADRESSES}
    tiers = produit.creer("claire", "/contacts/tiers", mairie)
    page = asseoir("celine")
    page.goto(f"/contacts/{tiers['id']}/modifier")
    page.get_by_label("Client public (facturé par Chorus Pro)").check()
    page.get_by_label("SIRET").fill("21690123100011")
    page.get_by_label("Code service Chorus").fill("VOIRIE")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(f"**/contacts/{tiers['id']}")
    expect(page.locator(".definitions").last).to_contain_text("Chorus Pro")
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Mairie annexe"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    facture = vendre(produit, demande["id"])["facture"]
    assert facture["canal"] == "chorus"
    page.goto(f"/administratif/factures/{facture['id']}")
    expect(page.locator("main")).to_contain_text("Chorus Pro")
    expect(page.get_by_role("button", name=re.compile("par e-mail"))).to_have_count(0)


@pytest.mark.feature("CT-20")
def test_ce_que_cree_un_utilisateur_porte_son_agence(produit: Produit, dossier: Json) -> None:
    agences = {a["code"]: a["id"] for a in produit.lire("admin", "/contacts/societe")["agences"]}
    assert len(agences) == 2
    affaire = produit.creer("manon", "/commercial/affaires", {"libelle": "Agence", "tiers_id": dossier["tiers"]["id"]})
    assert affaire["depot_agence_id"] == agences["ANN"]
    depots = {d["agence_id"]: d["id"] for d in produit.lire("karim", "/inventory/depots")}
    assert depots.keys() == set(agences.values()), "chaque agence a son dépôt"
    demande = produit.lire("claire", f"/demandes/demandes/{dossier['demande']['id']}")
    assert demande["agence_id"] == agences["ANN"]
    commande = produit.lire("thomas", f"/purchasing/commandes/{dossier['commande']['id']}")
    assert commande["agence_id"] == agences["ANN"]


COLLER = """([nom, texte]) => {
  const donnees = new DataTransfer();
  donnees.items.add(new File([texte], nom, {type: "text/plain"}));
  document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: donnees, bubbles: true}));
}"""


@pytest.mark.feature("CT-07")
def test_un_fichier_depose_se_retrouve_avec_son_auteur_et_sa_date(
    asseoir: Asseoir, dossier: Json, tmp_path: Path
) -> None:
    page = onglet(asseoir("claire"), dossier["tiers"], "Fichiers")
    champ = page.get_by_label("Joindre des fichiers")
    plan = {"name": "Plan d’étage n°2.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"}
    champ.set_input_files(plan)  # type: ignore[arg-type]
    ligne = rangee(page, "Plan d’étage n°2.pdf")
    expect(ligne).to_contain_text("Claire")
    expect(ligne).to_contain_text(f"{date.fromisoformat(dossier['facture']['emise_le']):%d/%m/%Y}")
    with page.expect_download() as attendu:
        ligne.get_by_role("link", name="Télécharger").click()
    assert attendu.value.suggested_filename == "Plan d’étage n°2.pdf"
    assert attendu.value.path().read_bytes() == b"%PDF-1.7 plan"
    page.evaluate(COLLER, ["notes.txt", "Code du portail"])
    expect(rangee(page, "notes.txt")).to_have_count(1)
    page.get_by_role("button", name="Retirer notes.txt").click()
    expect(rangee(page, "notes.txt")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Annuler").click()
    expect(rangee(page, "notes.txt")).to_have_count(1)
    lourd = tmp_path / "film.mp4"
    lourd.write_bytes(b"0" * (26 * 1024 * 1024))
    champ.set_input_files(lourd)
    expect(page.locator(".toast-danger")).to_contain_text("« film.mp4 » dépasse 25 Mo")


def test_deux_cents_mega_octets_sont_refuses_avant_d_etre_lus(produit: Produit, dossier: Json) -> None:
    """Only the head of the request is sent: the refusal does not wait for the body."""
    adresse = urlsplit(produit.adresse)
    jeton = produit._client("claire").headers["authorization"]
    chemin = f"/api/contacts/tiers/{dossier['tiers']['id']}/fichiers/{dossier['demande']['id']}?nom=film.mp4"
    tete = f"PUT {chemin} HTTP/1.1\r\nHost: {adresse.netloc}\r\nAuthorization: {jeton}\r\n"
    with socket.create_connection((str(adresse.hostname), int(adresse.port or 80)), timeout=10) as lien:
        lien.sendall(f"{tete}Content-Type: video/mp4\r\nContent-Length: {200 * 1024 * 1024}\r\n\r\n".encode())
        recu = ""
        while "}" not in recu:
            recu += lien.recv(65536).decode()
    assert " 413 " in recu.splitlines()[0]
    assert "trop volumineux" in recu


def test_un_fichier_de_contacts_est_essaye_puis_importe(asseoir: Asseoir, dossier: Json, tmp_path: Path) -> None:
    """Before the merge below: a file written by Windows, one bad line, nothing kept before the second button."""
    noms = [f"Import {dossier['suffixe']} {n}" for n in "AB"]
    lignes = ["Raison sociale;Mail;Plafond", f"{noms[0]};a@exemple.fr;1 000,00", f"{noms[1]};pas un mail;"]
    fichier = tmp_path / "clients.csv"
    fichier.write_bytes("\r\n".join(lignes).encode("cp1252"))
    page = asseoir("celine")
    page.goto("/contacts/importer")
    page.get_by_label("Fichier").set_input_files(fichier)
    page.get_by_role("button", name="Lire le fichier").click()
    expect(page.get_by_label("Colonne « Raison sociale »")).to_have_value("nom")
    page.get_by_role("button", name="Essayer").click()
    expect(page.locator("#suivi")).to_contain_text("À créer : 1. À mettre à jour : 0. Erreurs : 1")
    expect(page.get_by_role("region", name="Lignes refusées").locator("tbody tr")).to_contain_text("3")
    page.get_by_role("button", name="Importer").click()
    expect(page.locator("#suivi")).to_contain_text("Créations : 1")
    page.goto(f"/contacts?q={noms[0]}")
    expect(rangee(page, noms[0])).to_have_count(1)
    page.get_by_role("button", name="Autres actions").click()
    with page.expect_download() as attendu:
        page.get_by_role("menuitem", name="Fiches complètes en CSV").click()
    assert f"{noms[0]};" in attendu.value.path().read_text("utf-8-sig")


def test_un_doublon_reuni_emporte_tous_ses_documents(asseoir: Asseoir, produit: Produit, dossier: Json) -> None:
    """Last of the module: the double is the contact of every test above; a repeated fact changes nothing more."""
    double = dossier["tiers"]
    corps = {
        "nom": f"Lyon Métropole {dossier['suffixe']}",
        "roles": ["client"],
        "adresses": [ANNECY],
        "telephone": "04 72 00 00 01",
    }
    garde = produit.creer("claire", "/contacts/tiers", corps)
    for tiers in (double, garde):
        objet = {"tiers_id": tiers["id"], "designation": "Borne", "lieu": "RDC"}
        bientot(lambda objet=objet: produit.creer("helene", "/maintenance/equipements", objet))  # type: ignore[misc]
    page = asseoir("claire")
    page.goto("/contacts/nouveau")
    page.get_by_label("Téléphone", exact=True).fill("0472000001")
    expect(page.locator("#doublons")).to_contain_text(f"{garde['nom']} · {garde['code']} · même téléphone")
    page = asseoir("celine")
    page.goto(f"/contacts/{garde['id']}")
    page.get_by_role("button", name="Autres actions").click()
    page.get_by_role("menuitem", name="Réunir avec un doublon…").click()
    page.get_by_role("combobox", name="Fiche en double").fill(double["nom"])
    page.locator(".combo-option").first.click()
    page.get_by_role("button", name="Réunir les deux fiches").click()
    expect(page.locator(".toast")).to_contain_text("n’en font plus qu’une")
    suivis = (
        ("celine", "/billing/factures", "tiers_id", 1),
        ("celine", "/billing/affaires-fournisseur", "fournisseur_id", 1),
        ("manon", "/commercial/etudes", "tiers_id", 1),
        ("manon", "/commercial/propositions", "tiers_id", 1),
        ("claire", "/demandes/demandes", "tiers_id", 1),
        ("karim", "/inventory/feuilles", "tiers_id", 1),
        ("helene", "/maintenance/equipements", "tiers_id", 2),
    )
    for qui, chemin, champ, combien in suivis:

        def suivi(qui: str = qui, chemin: str = chemin, champ: str = champ, combien: int = combien) -> bool:
            return len(produit.lire(qui, chemin, **{champ: garde["id"]})["elements"]) >= combien

        assert bientot(suivi), chemin
    achats = bientot(lambda: produit.lire("thomas", f"/purchasing/fournisseurs/{garde['id']}/achats"))
    assert [c["numero"] for c in achats["commandes"]] == [dossier["commande"]["numero"]]
    page.goto(f"/contacts/{double['id']}")
    expect(page.locator("h1")).to_have_text(garde["nom"])
    expect(page.locator("main")).to_contain_text(dossier["facture"]["numero"])
    page.goto(f"/parc/{double['id']}")  # an address kept from before
    expect(page.locator("h1")).to_contain_text(garde["nom"])
    assert page.url.endswith(f"/parc/{garde['id']}")
