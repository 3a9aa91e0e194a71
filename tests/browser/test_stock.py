"""Lists of the stock on a phone, and forms that grow as one types."""

import pytest
from playwright.sync_api import expect

from tests.browser.catalogue import Catalogue, creer_catalogue
from tests.browser.conftest import Asseoir
from tests.browser.produit import Produit, bientot
from tests.browser.test_ecrans import LISTE_GLISSE, ouvrir
from tests.builders.adresses import ANNECY

pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def catalogue(produit: Produit) -> Catalogue:
    """Two cameras in stock, one back at its supplier's; cable on its way to the other depot."""
    catalogue = creer_catalogue(produit)
    depots = {d["code"]: d["id"] for d in produit.lire("sonia", "/inventory/depots")}
    ici = depots.pop("ANN")
    ailleurs = next(iter(depots.values()))
    for article, quantite, series in ((catalogue.camera, "2", ["A", "B"]), (catalogue.cable, "900", [])):
        entree = {"produit_id": article["id"], "depot_id": ici, "quantite": quantite, "motif": "Inventaire"}
        numeros = [f"{catalogue.suffixe}-{s}" for s in series]
        produit.creer("sonia", "/inventory/entrees", {**entree, "numeros_serie": numeros})
    envoi = {"produit_id": catalogue.cable["id"], "quantite": "300"}
    produit.creer("sonia", "/inventory/transferts", {"de_depot_id": ici, "vers_depot_id": ailleurs, "lignes": [envoi]})
    retour = {"code": f"{catalogue.suffixe}-B", "attente": "echange", "motif": "Image floue"}
    produit.creer("sonia", "/inventory/retours", {**retour, "fournisseur_nom": "Bureautique Grossiste des Alpes"})
    return catalogue


@pytest.mark.parametrize("largeur", [390, 1440])
@pytest.mark.parametrize(
    "liste", ["/atelier/stock", "/atelier/stock/places", "/atelier/transferts", "/atelier/retours", "/atelier/objets"]
)
def test_aucune_liste_du_stock_ne_glisse(asseoir: Asseoir, catalogue: Catalogue, liste: str, largeur: int) -> None:
    page = asseoir("sonia", largeur=largeur, tactile=largeur == 390)
    page.goto(liste)
    expect(page.locator("[data-liste] tr").first).to_be_visible()
    assert not page.evaluate(LISTE_GLISSE)


@pytest.mark.feature("IN-02")
def test_un_type_prend_autant_de_champs_et_d_operations_qu_on_en_ajoute(produit: Produit, asseoir: Asseoir) -> None:
    page = asseoir("admin")
    page.goto("/catalogue/types/nouveau")
    page.get_by_label("Nom du type").fill("Station météo")
    champs = ["Adresse IP", "Altitude", "Mât", "Masque", "Passerelle"]
    for rang, nom in enumerate(champs):
        noms = page.get_by_label("Nom du champ")
        if noms.count() == rang:
            page.get_by_role("button", name="Ajouter un champ").click()
            expect(noms).to_have_count(rang + 1)
            expect(noms.nth(rang)).to_be_focused()
        noms.nth(rang).fill(nom)
    for rang, nom in enumerate(("Firmware", "Étanchéité", "Fixation")):
        noms = page.get_by_label("Opération", exact=True)
        if noms.count() == rang:
            page.get_by_role("button", name="Ajouter une opération").click()
            expect(noms).to_have_count(rang + 1)
        noms.nth(rang).fill(nom)
    page.get_by_role("button", name="Créer le type").click()
    expect(page.locator(".toast")).to_contain_text("Type Station météo créé")
    connu = next(t for t in produit.lire("admin", "/inventory/types-produit") if t["libelle"] == "Station météo")
    assert [c["libelle"] for c in connu["champs"]] == champs
    assert [a["libelle"] for a in connu["actions"]] == ["Firmware", "Étanchéité", "Fixation"]


def test_un_produit_ajoute_un_fournisseur_de_plus(produit: Produit, asseoir: Asseoir, catalogue: Catalogue) -> None:
    page = asseoir("thomas")
    page.goto("/catalogue/nouveau")
    page.get_by_label("Référence", exact=False).first.fill(f"DEUX-{catalogue.suffixe}")
    page.get_by_label("Désignation").fill("Vendu par deux")
    autre = produit.creer(
        "thomas",
        "/contacts/tiers",
        {"nom": f"Réseaux {catalogue.suffixe}", "roles": ["fournisseur"], "adresses": [ANNECY]},
    )
    noms = (catalogue.fournisseur["nom"], autre["nom"])
    bientot(lambda: all(produit.lire("thomas", "/contacts/tiers", q=nom)["elements"] for nom in noms))
    page.get_by_role("button", name="Ajouter un fournisseur").click()
    champs = page.get_by_role("combobox", name="Fournisseur")
    expect(champs).to_have_count(2)
    for champ, nom in zip(champs.all(), noms, strict=True):
        champ.fill(nom)
        page.get_by_role("option", name=nom).click()
    page.get_by_role("button", name="Créer le produit").click()
    expect(page.locator("h1")).to_contain_text("Vendu par deux")
    for nom in noms:
        expect(page.get_by_role("link", name=nom)).to_be_visible()


def test_le_fourgon_d_ou_l_on_prend_se_retient_d_une_piece_a_l_autre(
    produit: Produit, asseoir: Asseoir, catalogue: Catalogue
) -> None:
    """One entry on the phone: the part leaves the van, costs, and is to invoice."""
    (depot,) = [d for d in produit.lire("sonia", "/inventory/depots") if d["code"] == "ANN"]
    van = {"code": f"VAN{catalogue.suffixe}", "libelle": f"Fourgon {catalogue.suffixe}", "nature": "vehicule"}
    places = produit.creer("sonia", f"/inventory/depots/{depot['id']}/emplacements", van)["emplacements"]
    place = next(p["id"] for p in places if p["code"] == van["code"])
    entree = {"produit_id": catalogue.cable["id"], "depot_id": depot["id"], "emplacement_id": place, "quantite": "60"}
    produit.creer("sonia", "/inventory/entrees", {**entree, "motif": "Plein"})
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": f"Gîte {catalogue.suffixe}", "roles": ["client"], "adresses": [ANNECY]}
    )
    demande = ouvrir(produit, tiers["id"], "Panne du portier")
    bientot(lambda: produit.lire("nicolas", f"/inventory/demandes/{demande['id']}/consommations"))
    page = asseoir("nicolas", largeur=390, tactile=True)
    for fois, quantite in enumerate(("12", "5"), 1):
        page.goto(f"/demandes/{demande['id']}/pieces")
        ou = page.get_by_label("Pris dans")
        if fois == 1:
            ou.select_option(label=f"{depot['nom']} · {van['libelle']}")
        expect(ou).to_have_value(f"{depot['id']}/{place}")
        page.get_by_label("Ou un produit en quantité").first.fill(catalogue.cable["reference"])
        page.get_by_role("option", name=catalogue.cable["designation"]).first.tap()
        page.locator("[name=quantite]").fill(quantite)
        page.get_by_role("button", name="Pièce utilisée").tap()
        expect(page.locator(".toast")).to_contain_text("Pièce notée")
    lues = produit.lire("nicolas", f"/inventory/demandes/{demande['id']}/consommations")["elements"]
    assert {(c["de_libelle"], c["quantite"]) for c in lues} == {
        (f"Stock Annecy · {van['code']}", q) for q in ("12.000", "5.000")
    }
    reste = produit.lire("sonia", "/inventory/historiques", q=van["code"], etat="en_stock")
    assert [o["quantite"] for o in reste["elements"]] == ["43.000"]
    (affaire,) = bientot(
        lambda: produit.lire("celine", "/billing/affaires-client", demande_id=demande["id"])["elements"]
    )
    vue = bientot(lambda: produit.lire("celine", f"/billing/affaires-client/{affaire['id']}"))
    bientot(lambda: len(produit.lire("celine", f"/billing/affaires-client/{affaire['id']}")["lignes"]) == 2)
    assert {x["designation"].split(" (")[0] for x in vue["lignes"]} == {catalogue.cable["designation"]}
