"""One sale followed from the supplier's invoice to the visit, each step a click away from the others."""

import io
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from services.inventory.produit.schemas import SaisieProduit
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from tests.builders.adresses import ANNECY
from tests.gateway.pages.entreprise import Entreprise, Navigateur, ouvrir_entreprise
from tests.journeys import etapes as vente
from tests.journeys.equipe import SECRET, Personne

pytestmark = pytest.mark.timeout(300)
Json = dict[str, Any]
BIENTOT = 10.0


@dataclass(slots=True)
class Vente:
    """A finished sale of two cameras and their cable, with its contract; `pages` are those seen on the way."""

    entreprise: Entreprise
    demande: Json
    tiers: Json
    feuille_id: str
    objet: Json
    pages: dict[str, str]
    etats: dict[str, str]

    async def liens(self, qui: str, url: str) -> set[str]:
        """Where one may click from a page."""
        page = await (await self.entreprise.page(qui)).lire(url)
        return set(re.findall(r'href="([^"#]+)"', page))


@pytest.fixture(scope="module")
async def entreprise(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Entreprise]:
    """The company at work."""
    async with ouvrir_entreprise(databases, tmp_path_factory.mktemp("circuit")) as ouverte:
        yield ouverte


@pytest.fixture(scope="module")
async def vendue(entreprise: Entreprise) -> Vente:
    """The sale, from the first call to the first visit."""
    gens, pages, etats = entreprise.gens, {}, {}
    karim = await entreprise.page("karim")
    produits = await vente.catalogue(gens)
    tiers = await gens.claire.creer("/contacts/tiers", CLIENT)
    demande = await _demande(entreprise, tiers)
    proposition = await vente.devis(gens, demande, produits)
    await gens.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
    await vente.acheter_et_recevoir(gens, demande["id"], produits)
    (tete,) = (await gens.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
    pages["a_preparer"] = await karim.lire(f"/atelier/feuilles/{tete['id']}")
    etats["a_preparer"] = (await gens.claire.lire(f"/demandes/demandes/{demande['id']}"))["etat_code"]
    feuille_id = await vente.preparer(gens, demande["id"])
    pages["prete"] = await karim.lire(f"/atelier/feuilles/{feuille_id}")
    etats["prete"] = (await gens.claire.lire(f"/demandes/demandes/{demande['id']}"))["etat_code"]
    await vente.installer(gens, demande["id"], feuille_id)
    await vente.facturer(gens, demande["id"], proposition["numero"])
    await vente.maintenir(gens, tiers["id"], demande["id"])
    serie = f"SN-A1-{produits['camera']['reference'][-6:]}"
    (objet,) = await gens.helene.lire("/inventory/recherche-objet", code=serie)
    return Vente(entreprise, demande, tiers, feuille_id, objet, pages, etats)


CLIENT: Json = {
    "nom": "Cabinet dentaire Lefèvre",
    "roles": ["client"],
    "email": "cabinet@exemple.fr",
    "email_facturation": "compta@exemple.fr",
    "adresses": [{"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}],
}


async def _demande(entreprise: Entreprise, tiers: Json) -> Json:
    async def possible() -> Json:
        corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Rénovation vidéo et Wi-Fi"}
        creee: Json = await entreprise.gens.claire.creer("/demandes/demandes", corps)
        return creee

    return await eventually(possible, BIENTOT)


async def le_parc(vendue: Vente) -> list[Json]:
    """What the client owns."""
    lus: Json = await vendue.entreprise.gens.celine.lire("/maintenance/equipements", tiers_id=vendue.tiers["id"])
    return list(lus["elements"])


@pytest.mark.feature("IN-03")
async def test_a_typed_product_enters_the_parc_and_an_untyped_one_does_not(vendue: Vente) -> None:
    vue = await vendue.entreprise.gens.karim.lire(f"/inventory/feuilles/{vendue.feuille_id}")
    poses = {o["designation"]: o["est_visible_parc"] for c in vue["colonnes"] for o in c["objets"]}
    assert poses == {"Caméra dôme 4 Mpx": True, "Câble catégorie 6": False}

    page = await (await vendue.entreprise.page("celine")).lire(f"/parc/{vendue.tiers['id']}")
    assert "Caméra dôme 4 Mpx" in page
    assert "Câble catégorie 6" not in page
    assert {e["type_libelle"] for e in await le_parc(vendue)} == {"Caméra"}


async def test_a_guarantee_given_after_the_delivery_is_not_that_of_what_was_delivered(vendue: Vente) -> None:
    gens, objet = vendue.entreprise.gens, vendue.objet
    produit = await gens.helene.lire(f"/inventory/produits/{objet['produit_id']}")
    champs = {nom: valeur for nom, valeur in produit.items() if nom in SaisieProduit.model_fields}
    await gens.helene.changer("PUT", f"/inventory/produits/{produit['id']}", champs | {"garantie_mois": 36})
    page = await (await vendue.entreprise.page("karim")).lire(f"/atelier/objets/{objet['id']}")
    assert objet["numero_serie"] in page
    assert "à partir de la livraison" not in page


@pytest.mark.feature("IN-21")
async def test_the_code_of_a_label_leads_to_the_object_its_project_its_client_and_its_contract(vendue: Vente) -> None:
    code = vendue.objet["etiquette"]
    helene = await vendue.entreprise.page("helene")

    async def equipement_trouve() -> str:
        trouves = (await helene.http.get("/recherche", params={"q": code})).json()["elements"]
        (url,) = [t["url"] for t in trouves if t["groupe"] == "Parc clients"]
        return str(url)

    equipement = await eventually(equipement_trouve)  # a service too slow to answer is left out
    assert (await helene.http.get(f"/e/{code}")).headers["location"] == equipement
    lues = {"lectures": [{"cle": "une", "code": code}]}
    scan = await helene.http.post("/m/scanner", json=lues, headers={"X-CSRF-Token": helene.csrf})
    assert scan.json()["lectures"][0]["lecture"]["lien"] == equipement

    (contrat,) = {e["contrat_id"] for e in await le_parc(vendue)}
    assert await vendue.liens("helene", equipement) >= {
        f"/atelier/feuilles/{vendue.feuille_id}",
        f"/demandes/{vendue.demande['id']}",
        f"/parc/{vendue.tiers['id']}",
        f"/parc/contrats/{contrat}",
        f"/atelier/objets/{vendue.objet['id']}",
    }
    for lien in (f"/demandes/{vendue.demande['id']}", f"/parc/contrats/{contrat}", f"/contacts/{vendue.tiers['id']}"):
        assert CLIENT["nom"] in await helene.lire(lien)


@pytest.mark.feature("IN-23")
async def test_one_column_to_finish_is_a_warning_and_all_green_moves_the_demande(vendue: Vente) -> None:
    assert re.search(r"Colonnes à finir : Caméra dôme 4 Mpx.*?« Livraison à prévoir »", vendue.pages["a_preparer"])
    assert vendue.pages["a_preparer"].count("is-prete") == 1  # the cable needs nothing
    assert vendue.etats["a_preparer"] == "produits_recus"

    assert "« Livraison à prévoir »" not in vendue.pages["prete"]
    # closing is allowed all along, and says what it leaves to finish
    assert re.search(r"l’intervention est terminée, avec \d+.colonnes? à finir", vendue.pages["a_preparer"])
    assert "l’intervention est terminée. La feuille se complète" in vendue.pages["prete"]
    assert vendue.pages["prete"].count("is-prete") == 2
    assert vendue.etats["prete"] == "livraison_a_prevoir"


@pytest.mark.feature("IN-27")
async def test_closing_the_preparation_is_told_to_the_office(vendue: Vente) -> None:
    claire = vendue.entreprise.gens.claire
    histoire = await claire.lire(f"/demandes/demandes/{vendue.demande['id']}/chronologie")
    (cloture,) = [m for m in histoire if m["fait_type"] == "inventory.preparation_cloturee.v1"]
    assert (cloture["titre"], cloture["par_nom"]) == ("La préparation a été clôturée sur place", "Nicolas")
    page = await (await vendue.entreprise.page("claire")).lire(f"/demandes/{vendue.demande['id']}")
    assert "La préparation a été clôturée sur place" in page


@pytest.mark.feature("IN-32")
async def test_supplier_invoice_feuille_and_parc_are_one_click_from_each_other(vendue: Vente) -> None:
    objet, feuille, parc = vendue.objet, f"/atelier/feuilles/{vendue.feuille_id}", f"/parc/{vendue.tiers['id']}"
    helene = await vendue.entreprise.page("helene")
    vers_facture = f"/administratif/fournisseurs/reception/{objet['reception_id']}"
    facture = (await helene.http.get(vers_facture)).headers["location"]
    equipement = next(e for e in await le_parc(vendue) if e["numero_serie"] == objet["numero_serie"])

    assert objet["facture_fournisseur"] in await helene.lire(facture)
    assert await vendue.liens("helene", facture) >= {feuille, parc}
    assert await vendue.liens("helene", feuille) >= {vers_facture, parc}
    assert await vendue.liens("helene", f"/parc/equipements/{equipement['id']}") >= {vers_facture, feuille, parc}
    # whoever may not see what things cost still finds everything the invoice brought
    sans_couts = f"/atelier/objets?q={objet['facture_fournisseur']}"
    assert sans_couts in await vendue.liens("karim", feuille)
    assert objet["numero_serie"] in await (await vendue.entreprise.page("karim")).lire(sans_couts)


@pytest.mark.feature("GW-10")
async def test_the_path_of_an_equipment_is_climbed_back_to_the_supplier_invoice(vendue: Vente) -> None:
    helene = await vendue.entreprise.page("helene")
    equipement = next(e for e in await le_parc(vendue) if e["numero_serie"] == vendue.objet["numero_serie"])
    page = await helene.lire(f"/parc/equipements/{equipement['id']}")
    chaine = page[page.index("pc-chaine") : page.index("</ol>", page.index("pc-chaine"))]
    etapes = re.findall(r"</svg><span>([^<]+)<", chaine)
    assert etapes == [
        "Facture fournisseur", "Réception", "Feuille de travail", "Installation", "Parc client", "Contrat", "Visites",
    ]  # fmt: skip
    liens = re.findall(r'<a class="lien" href="([^"]+)"', chaine)
    attendus = ("/administratif/fournisseurs/", "/achats/receptions/", "/atelier/feuilles/", "/demandes/", "/parc/",
                "/parc/contrats/", "/parc/visites/")  # fmt: skip
    for debut, lien in zip(attendus, liens, strict=False):
        assert lien.startswith(debut)
        ouverte = await _suivre(helene, lien)
        assert any(mot in ouverte for mot in (CLIENT["nom"], vendue.objet["facture_fournisseur"])), lien


async def _suivre(navigateur: Navigateur, lien: str) -> str:
    reponse = await navigateur.http.get(lien, headers={"accept": "text/html"}, follow_redirects=True)
    assert reponse.status_code == 200, lien
    return reponse.text


@pytest.mark.feature("IN-28", "IN-17", "IN-25")
async def test_a_feuille_validated_twice_makes_one_affaire_and_the_parc_that_was_chosen(
    entreprise: Entreprise, vendue: Vente
) -> None:
    """From stock this time: the cable is wanted in the parc, one camera is not, an address is changed on site."""
    gens = entreprise.gens
    colonnes = (await gens.karim.lire(f"/inventory/feuilles/{vendue.feuille_id}"))["colonnes"]
    camera, cable = (c["attendus"][0]["produit_id"] for c in colonnes)
    (depot,) = [d for d in await gens.sonia.lire("/inventory/depots") if d["code"] == "ANN"]
    for produit, quantite, series in ((camera, "2", ["STK-1", "STK-2"]), (cable, "180", [])):
        entree = {"produit_id": produit, "depot_id": depot["id"], "quantite": quantite, "numeros_serie": series}
        await gens.sonia.creer("/inventory/entrees", {**entree, "motif": "Inventaire d’ouverture"})
    demande = await _demande(entreprise, vendue.tiers)
    proposition = await vente.devis(gens, demande, {"camera": {"id": camera}, "cable": {"id": cable}})
    await gens.manon.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})

    async def ouverte() -> Json:
        (tete,) = (await gens.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
        return dict(tete)

    feuille = await eventually(ouverte, BIENTOT)
    chemin = f"/atelier/feuilles/{feuille['id']}"
    nicolas = await entreprise.page("nicolas")
    await nicolas.envoyer(f"{chemin}/prelever-reserve")
    vue = await gens.karim.lire(f"/inventory/feuilles/{feuille['id']}")
    premiere, seconde, touret = (o["id"] for c in vue["colonnes"] for o in c["objets"])
    await nicolas.envoyer(f"/atelier/objets/{premiere}/configuration", **reglages("10.0.0.8"), visible="1")
    await nicolas.envoyer(f"/atelier/objets/{seconde}/configuration", **reglages("10.0.0.9"))
    await nicolas.envoyer(f"/atelier/objets/{touret}/configuration", visible="1")
    serie = (await gens.karim.lire(f"/inventory/historiques/{premiere}"))["numero_serie"]
    page = await nicolas.lire(chemin)
    assert [_oeil(page, o) for o in (premiere, seconde, touret)] == [True, False, True]

    await nicolas.envoyer(f"{chemin}/cloturer")
    await nicolas.envoyer(f"/atelier/objets/{premiere}/configuration", **reglages("10.0.0.18"), visible="1")
    valeur = (await gens.karim.lire(f"/inventory/historiques/{premiere}"))["configuration"][0]
    assert (valeur["valeur"], valeur["par_nom"]) == ("10.0.0.18", "Nicolas")
    assert valeur["le"]

    deja = {e["id"] for e in await le_parc(vendue)}
    await nicolas.envoyer(f"{chemin}/valider", malgre_ecarts="1")
    await nicolas.envoyer(f"{chemin}/valider", 409, malgre_ecarts="1")

    async def au_parc() -> list[Json]:
        poses = [e for e in await le_parc(vendue) if e["id"] not in deja]
        assert len(poses) == 2, len(poses)
        return poses

    poses = await eventually(au_parc, BIENTOT)
    celine = await entreprise.page("celine")
    (posee,) = [e for e in poses if e["designation"] == "Caméra dôme 4 Mpx"]
    assert posee["numero_serie"] == serie
    assert "10.0.0.18" in await celine.lire(f"/parc/equipements/{posee['id']}")

    async def a_facturer() -> list[Json]:
        lues: Json = await gens.celine.lire("/billing/affaires-client", demande_id=demande["id"])
        return list(lues["elements"])

    (affaire,) = await eventually(a_facturer, BIENTOT)
    assert f"/administratif/a-facturer/{affaire['id']}" in await celine.lire("/administratif/a-facturer")


def reglages(ip: str) -> Json:
    """The address typed in the configuration window."""
    return {"v-ip": ip}


def _oeil(page: str, objet_id: str) -> bool:
    """Whether the worksheet shows the eye on an object."""
    debut = page.index(f'data-objet="{objet_id}"')
    return "Visible dans le parc client" in page[debut : page.index("</li>", debut)]


@pytest.mark.feature("IN-35")
async def test_a_part_of_a_feuille_is_delivered_with_a_bon_listed_in_the_mouvements(
    entreprise: Entreprise, vendue: Vente
) -> None:
    gens, karim = entreprise.gens, await entreprise.page("karim")
    affaire = await gens.manon.creer(
        "/commercial/affaires", {"libelle": "Salle serveur", "etat": "affaire", "tiers_id": vendue.tiers["id"]}
    )
    colonnes = (await gens.karim.lire(f"/inventory/feuilles/{vendue.feuille_id}"))["colonnes"]
    camera = colonnes[0]["attendus"][0]["produit_id"]
    (depot,) = [d for d in await gens.sonia.lire("/inventory/depots") if d["code"] == "ANN"]
    entree = {"produit_id": camera, "depot_id": depot["id"], "quantite": "2", "numeros_serie": ["BL-S1", "BL-S2"]}
    await gens.sonia.creer("/inventory/entrees", {**entree, "motif": "Inventaire"})
    demande = await _demande(entreprise, vendue.tiers)

    async def etude_possible() -> Json:
        corps = {"demande_id": demande["id"], "affaire_id": affaire["id"]}
        return dict(await gens.manon.creer("/commercial/etudes", corps))

    etude = await eventually(etude_possible, BIENTOT)
    proposition = etude["propositions"][0]
    caches = [{"produit_id": camera, "quantite": "2"}]
    ligne = {"designation": "Caméras", "quantite": "2", "prix_fixe_ht": "200", "produits": caches}
    chemin = f"/commercial/propositions/{proposition['id']}"

    async def ligne_possible() -> Any:
        lue = await gens.manon.lire(chemin)
        return await gens.manon.changer("PUT", f"{chemin}/lignes", {"lignes": [ligne]}, lue["version"])

    await eventually(ligne_possible, BIENTOT)
    await gens.manon.creer(f"{chemin}/valider", {"signe_par": "Mme Lefèvre"})

    async def ouverte() -> Json:
        (tete,) = (await gens.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
        return dict(tete)

    feuille = await eventually(ouverte, BIENTOT)
    url = f"/atelier/feuilles/{feuille['id']}"
    await karim.envoyer(f"{url}/prelever-reserve")
    vue = await gens.karim.lire(f"/inventory/feuilles/{feuille['id']}")
    partant, restant = vue["colonnes"][0]["objets"]
    await karim.envoyer(f"{url}/livrer", historique_id=partant["id"], recu_par="Mme Lefèvre")
    await karim.envoyer(f"{url}/livrer", 422, historique_id=partant["id"])

    assert re.findall(r"/atelier/bons-livraison/[0-9a-f-]+\.pdf", await karim.lire(url))
    helene = await entreprise.page("helene")
    fiche = await helene.lire(f"/devis/affaires/{affaire['id']}")
    mouvements = fiche[fiche.index("Mouvements") :]
    (lien,) = set(re.findall(r"/atelier/bons-livraison/[0-9a-f-]+\.pdf", mouvements))
    reponse = await helene.http.get(lien)
    assert reponse.headers["content-type"] == "application/pdf"
    texte = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(reponse.content)).pages)
    for mot in ("BL-", "Alpes Réseaux", CLIENT["nom"], "12 rue du Lac", partant["numero_serie"], "Mme Lefèvre"):
        assert mot in texte, mot
    assert restant["numero_serie"] not in texte

    await karim.envoyer(f"{url}/cloturer")
    await karim.envoyer(f"{url}/valider", malgre_ecarts="1")
    bons = (await gens.karim.lire("/inventory/bons-livraison", feuille_id=feuille["id"]))["elements"]
    lignes = [(await gens.karim.lire(f"/inventory/bons-livraison/{b['id']}"))["lignes"] for b in bons]
    assert [[x["numero_serie"] for x in bon] for bon in lignes] == [
        [restant["numero_serie"]],
        [partant["numero_serie"]],
    ]


@pytest.fixture(scope="module")
async def salle(entreprise: Entreprise, vendue: Vente) -> Json:
    """An affaire of somebody of Grenoble, its goods gathered on a quay; ten metres of cable signed, two on order."""
    gens = entreprise.gens
    manon = await _de_grenoble(entreprise)
    fiche = {"libelle": "Salle de réunion", "etat": "affaire", "tiers_id": vendue.tiers["id"], "emplacement": "QUAI 7"}
    affaire = await manon.creer("/commercial/affaires", fiche)
    suffixe = affaire["code"][-5:]
    article = {"reference": f"TRESSE-{suffixe}", "designation": "Tresse de masse", "unite": "m", "prix_achat_ht": "2"}
    tresse = await gens.thomas.creer("/inventory/produits", article)
    (depot,) = [d for d in await gens.sonia.lire("/inventory/depots") if d["code"] == "ANN"]
    entree = {"produit_id": tresse["id"], "depot_id": depot["id"], "motif": "Inventaire"}
    await gens.sonia.creer("/inventory/entrees", {**entree, "quantite": "5"})
    demande = await _demande(entreprise, vendue.tiers)

    async def etude_possible() -> Json:
        corps = {"demande_id": demande["id"], "affaire_id": affaire["id"]}
        return dict(await gens.manon.creer("/commercial/etudes", corps))

    proposition = (await eventually(etude_possible, BIENTOT))["propositions"][0]
    chemin = f"/commercial/propositions/{proposition['id']}"
    caches = [{"produit_id": tresse["id"], "quantite": "10"}]
    ligne = {"designation": "Mise à la terre", "quantite": "1", "prix_fixe_ht": "200", "produits": caches}

    async def ligne_possible() -> Any:
        lue = await gens.manon.lire(chemin)
        return await gens.manon.changer("PUT", f"{chemin}/lignes", {"lignes": [ligne]}, lue["version"])

    await eventually(ligne_possible, BIENTOT)
    await gens.manon.creer(f"{chemin}/valider", {"signe_par": "Mme Lefèvre"})

    async def ouverte() -> Json:
        (tete,) = (await gens.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
        return dict(await gens.karim.lire(f"/inventory/feuilles/{tete['id']}"))

    feuille = await eventually(ouverte, BIENTOT)
    (attendu,) = feuille["colonnes"][0]["attendus"]
    pris = {"attendu_id": attendu["id"], "quantite": "2"}
    await gens.karim.creer(f"/inventory/feuilles/{feuille['id']}/prelever", pris)
    await gens.sonia.creer("/inventory/entrees", {**entree, "quantite": "1"})
    commande = await _commander(entreprise, demande["id"], "2")
    return {"affaire": affaire, "feuille": feuille, "tresse": tresse, "commande": commande}


async def _de_grenoble(entreprise: Entreprise) -> Personne:
    """A salesperson of the other agency."""
    admin = entreprise.gens.admin
    (agence,) = [a["id"] for a in (await admin.lire("/contacts/societe"))["agences"] if a["code"] == "GRE"]
    personne = {"nom": "Grenoble", "prenom": "Lila", "email": "lila@amanela.example", "agence_id": agence}
    collaborateur = await admin.creer("/contacts/collaborateurs", personne)
    compte = {"identifiant": "lila", "nom": "Lila", "roles": ["commercial"], "mot_de_passe": SECRET}
    await admin.creer("/comptes", {**compte, "collaborateur_id": collaborateur["id"], "agence_id": agence})
    return await entreprise.gens.entrer("lila", SECRET)


async def _commander(entreprise: Entreprise, demande_id: str, quantite: str) -> Json:
    """Ordered from a supplier for the only need of the demande."""
    thomas = entreprise.gens.thomas
    fournisseur = await thomas.creer(
        "/contacts/tiers", {"nom": "Tresses et Cie", "roles": ["fournisseur"], "adresses": [ANNECY]}
    )

    async def negociee() -> Json:
        (groupe,) = (await thomas.lire("/purchasing/besoins", demande_id=demande_id))["elements"]
        (besoin,) = groupe["besoins"]
        assert Decimal(besoin["present"]) == 2
        corps = {
            "produit_id": groupe["produit_id"],
            "fournisseur_id": fournisseur["id"],
            "prix_ht": "2",
            "besoins": [{"besoin_id": besoin["id"], "quantite": quantite}],
        }
        return dict(await thomas.creer("/purchasing/negociations", corps))

    negociation = await eventually(negociee, BIENTOT)
    corps = {"fournisseur_id": fournisseur["id"], "negociation_ids": [negociation["id"]], "restantes": "fermer"}
    return dict(await thomas.creer("/purchasing/commandes", corps))


@pytest.mark.feature("AF-40")
async def test_an_affaire_is_served_from_the_depot_of_whoever_creates_it(entreprise: Entreprise, salle: Json) -> None:
    lila = await entreprise.page("lila")
    formulaire = await lila.lire("/devis/affaires/nouvelle")
    assert re.search(r'<option value="[^"]+" selected>Grenoble</option>', formulaire)
    assert "Grenoble" in await lila.lire(f"/devis/affaires/{salle['affaire']['id']}")
    assert salle["feuille"]["agence_nom"] == "Grenoble"


@pytest.mark.feature("AF-71")
async def test_the_net_needs_of_an_affaire_are_required_less_stock_reserved_and_on_order(
    entreprise: Entreprise, salle: Json
) -> None:
    reference, url = salle["tresse"]["reference"], f"/devis/affaires/{salle['affaire']['id']}/besoins-nets"
    helene = await entreprise.page("helene")
    assert url in await helene.lire(f"/devis/affaires/{salle['affaire']['id']}")

    async def calculee() -> list[str]:
        page = await helene.lire(url)
        rangee = page[page.index(reference) : page.index("</tr>", page.index(reference))]
        nombres = re.findall(r'<td class="num[^"]*">(?:<strong[^>]*>)?([\d,–]+)', rangee)
        assert nombres == ["10", "2", "1", "3", "2", "2"]  # required, there, in stock, reserved, on order, net
        return nombres

    await eventually(calculee, BIENTOT)


@pytest.mark.feature("PU-02")
async def test_the_buyer_reads_where_the_stock_is_place_by_place(entreprise: Entreprise, salle: Json) -> None:
    page = await (await entreprise.page("thomas")).lire(f"/achats/besoins/{salle['tresse']['id']}")
    places = page[page.index('aria-label="Stock par emplacement"') :]
    assert re.search(r"<strong>Annecy</strong> 4", places)
    assert "1 à prendre en stock" in page


@pytest.mark.feature("AF-42")
async def test_the_reception_of_an_order_of_the_affaire_shows_its_place(entreprise: Entreprise, salle: Json) -> None:
    sonia = entreprise.gens.sonia
    reception = await sonia.creer("/purchasing/receptions", {"commande_ids": [salle["commande"]["id"]]})
    lecture = await vente.scanner(sonia, f"/purchasing/receptions/{reception['id']}", salle["tresse"]["reference"])
    assert lecture["destination"]["texte"].startswith("QUAI 7 : Cabinet dentaire Lefèvre")
    assert "QUAI 7" in await (await entreprise.page("sonia")).lire(f"/achats/receptions/{reception['id']}")


async def test_chaque_numero_du_dossier_se_retrouve_et_vient_en_tete(vendue: Vente) -> None:
    helene = await vendue.entreprise.page("helene")
    lire = vendue.entreprise.gens.helene.lire
    seul: Json = {"demande_id": vendue.demande["id"]}
    proposition = (await lire("/commercial/propositions", **seul, statut="valide"))["elements"][0]
    commande = (await lire("/purchasing/commandes"))["elements"][0]
    receptions = (await lire("/purchasing/receptions"))["elements"]
    reception = next(r for r in receptions if r["facture_fournisseur"])
    facture = (await lire("/billing/factures"))["elements"][0]
    contrat = (await lire("/maintenance/contrats"))["elements"][0]
    saisie = {"code": "LEFEVRE-26", "libelle": "Cabinet Lefèvre", "tiers_id": vendue.tiers["id"]}
    affaire = await vendue.entreprise.gens.manon.creer("/commercial/affaires", saisie)
    feuille = (await lire("/inventory/feuilles", **seul))["elements"][0]
    attendus = {
        vendue.demande["numero"]: f"/demandes/{vendue.demande['id']}",
        proposition["numero"]: f"/devis/propositions/{proposition['id']}",
        affaire["code"]: f"/devis/affaires/{affaire['id']}",
        commande["numero"]: f"/achats/commandes/{commande['id']}",
        reception["numero"]: f"/achats/receptions/{reception['id']}",
        reception["facture_fournisseur"].lower(): f"/achats/receptions/{reception['id']}",
        feuille["numero"]: f"/atelier/feuilles/{feuille['id']}",
        facture["numero"].lower(): f"/administratif/factures/{facture['id']}",
        contrat["numero"]: f"/parc/contrats/{contrat['id']}",
        vendue.tiers["code"]: f"/contacts/{vendue.tiers['id']}",
        "cabinet@exemple.fr": f"/contacts/{vendue.tiers['id']}",
    }
    for tape, url in attendus.items():
        trouves = (await helene.http.get("/recherche", params={"q": tape})).json()["elements"]
        assert trouves, tape
        assert trouves[0]["url"] == url, (tape, trouves[:3])
    de_la_ville = (await helene.http.get("/recherche", params={"q": "annecy"})).json()["elements"]
    assert f"/contacts/{vendue.tiers['id']}" in [trouve["url"] for trouve in de_la_ville]
