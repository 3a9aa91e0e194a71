"""The pages of purchasing, through the gateway, as a buyer and a storekeeper use them."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from gateway.app import create_app
from gateway.clients.portes import PorteAsgi, PorteHttp
from gateway.compte import use_cases as comptes
from gateway.compte.schemas import NouveauCompte
from services.purchasing.app import create_app as create_purchasing
from shared.documents.renderer import Renderer
from shared.fichiers import tableur
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.means import Means, lend
from shared.settings import Settings
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from shared.testing.texte import simple
from tests.builders.purchasing import (
    Monde,
    des_pressentis,
    recevoir,
    un_attendu,
    un_fournisseur,
    un_produit,
    un_stock,
    une_feuille,
)

MOT_DE_PASSE = "un-mot-de-passe-long"


@dataclass(slots=True)
class Navigateur:
    """Somebody signed in: pages as text, forms posted with the anti-forgery value."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def lire(self, chemin: str, statut: int = 200, *, fragment: bool = False) -> str:
        """A page; spaces of French typography become plain ones."""
        reponse = await self.client.get(
            chemin, headers={"accept": "text/html", **({"HX-Request": "true"} if fragment else {})}
        )
        assert reponse.status_code == statut, reponse.text[:2000]
        trouve = re.search(r'<meta name="csrf" content="([^"]*)"', reponse.text)
        self.csrf = trouve.group(1) if trouve else self.csrf
        return simple(reponse.text)

    async def envoyer(self, chemin: str, statut: int = 204, **champs: Any) -> httpx.Response:
        """A form posted by htmx."""
        entetes = {"HX-Request": "true", "X-CSRF-Token": self.csrf}
        reponse = await self.client.post(chemin, data=champs, headers=entetes)
        assert reponse.status_code == statut, reponse.text[:2000]
        return reponse


@dataclass(slots=True)
class Bureau:
    """The company, its buyer, its storekeeper and its director."""

    monde: Monde
    thomas: Navigateur
    sonia: Navigateur
    helene: Navigateur


@pytest.fixture
async def bureau(
    service_database: ServiceDatabase,
    service_client: ServiceClient,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[Bureau]:
    """Purchasing and the gateway in this process, three accounts signed in; inventory is stopped."""
    database = await service_database("purchasing", clock)
    monde = await Monde(database, await service_client("purchasing", database)).installer()
    portail = await service_database("gateway", clock)
    app = create_app(
        lend(portail, test_settings, renderer=renderer),
        {"purchasing": PorteAsgi(create_purchasing(Means.of(database))), "inventory": PorteHttp("http://127.0.0.1:9")},
    )
    async with portail.transaction(Actor.systeme("Essai")) as tx:
        for identifiant, role in (("thomas", "achats"), ("sonia", "magasin"), ("helene", "direction")):
            saisie = {
                "identifiant": identifiant,
                "nom": identifiant.title(),
                "roles": [role],
                "mot_de_passe": MOT_DE_PASSE,
            }
            await comptes.creer(tx, NouveauCompte.model_validate(saisie))
    gens = [Navigateur(httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://amanela")) for _ in "123"]
    for navigateur, identifiant in zip(gens, ("thomas", "sonia", "helene"), strict=True):
        entree = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE}
        await navigateur.client.post("/connexion", data=entree)
        await navigateur.lire("/achats")
    yield Bureau(monde, *gens)
    for navigateur in gens:
        await navigateur.client.aclose()


async def _besoin(bureau: Bureau) -> dict[str, Any]:
    besoin: dict[str, Any] = (await bureau.monde.besoins())["elements"][0]["besoins"][0]
    return besoin


@pytest.mark.feature("PU-02", "PU-10")
async def test_a_product_shows_stock_other_projects_and_unsigned_ones(bureau: Bureau) -> None:
    monde = bureau.monde
    mairie = une_feuille([un_attendu(monde.switch, 2)])
    await recevoir(
        monde.database,
        mairie,
        une_feuille([un_attendu(monde.switch, 3)], tiers_nom="Lycée Fauré", devis_numero="DEV-2026-00002"),
        des_pressentis({monde.switch.produit_id: 7}),
        un_stock(monde.switch, monde.annecy.agence_id, "Annecy", 4, reserve=1),
    )
    page = await bureau.thomas.lire(f"/achats?demande_id={mairie.demande_id}")
    for mot in (
        "Besoins de Mairie de Seynod",
        "4 en stock",
        "1 réservé",
        "3 disponibles",
        "Lycée Fauré",
        "Autre projet",
    ):
        assert mot in page, mot
    assert re.search(r"Clinique d’Argonay.{0,200}Non signé", page, re.DOTALL)
    assert ">2 u<" in page  # five missing, three available
    assert "2 à prendre en stock" in page


@pytest.mark.feature("AF-41")
async def test_a_need_of_another_nature_says_why_the_new_stock_does_not_serve_it(bureau: Bureau) -> None:
    monde = bureau.monde
    feuille = une_feuille([un_attendu(monde.switch, 2)], nature_stock="occasion")
    await recevoir(monde.database, feuille, un_stock(monde.switch, monde.annecy.agence_id, "Annecy", 5))
    page = await bureau.thomas.lire(f"/achats?demande_id={feuille.demande_id}")
    assert "Rien en stock dans la nature demandée : occasion." in page
    assert "nature de stock : occasion" in page
    assert "Jamais stocké" not in page


async def test_nothing_to_buy_is_said(bureau: Bureau) -> None:
    feuille = une_feuille([un_attendu(bureau.monde.switch, 2, reserve=2)])
    await recevoir(bureau.monde.database, feuille)
    assert "Aucun achat nécessaire" in await bureau.thomas.lire(f"/achats?demande_id={feuille.demande_id}")


@pytest.mark.feature("PU-02")
@pytest.mark.parametrize(("servi", "manquant"), [("switch", "borne"), ("borne", "switch")])
async def test_the_page_opens_on_the_first_product_to_buy(bureau: Bureau, servi: str, manquant: str) -> None:
    en_stock, absent = getattr(bureau.monde, servi), getattr(bureau.monde, manquant)
    feuille = une_feuille([un_attendu(en_stock, 2, reserve=2), un_attendu(absent, 1)])
    await recevoir(bureau.monde.database, feuille)
    page = await bureau.thomas.lire(f"/achats?demande_id={feuille.demande_id}")
    assert f'aria-label="Produit" data-produit="{absent.produit_id}"' in page


@pytest.mark.feature("PU-04", "PU-12")
async def test_what_is_agreed_at_once_leads_to_the_order_ready_to_place(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 3)]))
    champs: dict[str, Any] = {"quantite": "3", "prix_ht": "172,50", "fournisseur_id": monde.fournisseur.tiers_id}
    produit = f"/achats/besoins/{monde.switch.produit_id}"
    reponse = await thomas.envoyer(f"{produit}/negocier", **champs, ensuite="commander")
    commande = await thomas.lire(reponse.headers["HX-Redirect"])
    assert "517,50 €" in commande
    assert reponse.headers["HX-Redirect"] in await thomas.lire(produit)  # and again from its row


@pytest.mark.feature("PU-04", "PU-05", "PU-07")
async def test_a_negociation_is_opened_from_the_need_and_followed(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 3)]))
    besoin = await _besoin(bureau)
    produit = f"/achats/besoins/{monde.switch.produit_id}"
    champs = {"besoins": besoin["id"], f"part_{besoin['id']}": "3", "quantite": "4", "prix_ht": "1 172,50"}
    reponse = await thomas.envoyer(f"{produit}/negocier", **champs, fournisseur_id=monde.fournisseur.tiers_id)
    assert "Elektra Distribution" in reponse.headers["HX-Trigger"].encode().decode("unicode_escape")
    detail = await thomas.lire(produit, fragment=True)
    assert "1 172,50" in detail
    assert "À contacter" in detail
    assert "<html" not in detail
    (negociation,) = (await monde.lire("/negociations"))["elements"]
    assert (negociation["quantite"], negociation["parts"][0]["quantite"]) == ("4.000", "3.000")
    await thomas.envoyer(f"/achats/negociations/{negociation['id']}", avancement="panier", version="1")
    dossier = await thomas.lire(f"/achats/fournisseurs/{monde.fournisseur.tiers_id}")
    assert "Panier e-commerce" in dossier


async def test_several_products_refused_keep_what_was_typed(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 3), un_attendu(monde.borne, 2)]))
    page = await thomas.lire("/achats/negocier")
    assert "ELK-SW24" in page, "the supplier who sells most of it is chosen, with its references"
    assert 'value="172,50"' in page
    parts = dict(re.findall(r'name="parts_([^"]+)" value="([^"]+)"', page))
    switch = str(monde.switch.produit_id)
    tape = {
        "fournisseur_id": monde.fournisseur.tiers_id,
        f"quantite_{switch}": "2,5",
        f"parts_{switch}": parts[switch],
        f"prix_{switch}": "99,99",
    }
    rien = simple((await thomas.envoyer("/achats/negocier", 422, **tape)).text)
    assert "Aucun produit n’est coché" in rien
    assert ('value="2,5"' in rien, 'value="99,99"' in rien) == (True, True)
    illisible = await thomas.envoyer("/achats/negocier", 422, **{**tape, "ids": switch, f"quantite_{switch}": "douze"})
    assert "checked" in illisible.text
    ailleurs = await thomas.envoyer("/achats/negocier", 422, **{**tape, "ids": switch, "fournisseur_id": "../agences"})
    assert "Aucun fournisseur n’est choisi" in simple(ailleurs.text)
    await thomas.lire("/achats/negocier?fournisseur_id=../agences", 422)
    inconnu = await thomas.lire(f"/achats/negocier?fournisseur_id={new_id()}", 422)
    assert "n’est pas (ou plus) dans le carnet d’adresses" in inconnu
    assert 'id="ng-fournisseur"' in inconnu, "the picker is ready"
    assert "Aucun fournisseur connu" not in inconnu
    await bureau.sonia.lire("/achats/negocier", 403)
    assert (await monde.lire("/negociations"))["elements"] == []
    await thomas.envoyer("/achats/negocier", **tape, ids=switch)
    (ouverte,) = (await monde.lire("/negociations"))["elements"]
    assert (ouverte["quantite"], ouverte["prix_ht"], ouverte["parts"][0]["quantite"]) == ("2.500", "99.9900", "2.500")


@pytest.mark.feature("PU-14", "PU-15", "PU-16", "PU-17", "PU-18")
async def test_an_order_is_built_in_the_file_of_the_supplier(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    n1, n2, n3 = [await monde.negocier(monde.switch, n) for n in (1, 2, 3)]
    dossier = f"/achats/fournisseurs/{monde.fournisseur.tiers_id}"
    assert (await thomas.lire(dossier)).count("Switch 24 ports PoE</strong>") == 3
    formulaire = await thomas.lire(f"{dossier}/commander?ids={n1['id']}")
    assert "Conserver pour plus tard" in formulaire
    assert "Offres des autres fournisseurs" not in formulaire
    ailleurs = un_fournisseur("Domotek")
    await recevoir(monde.database, ailleurs)
    rivale = await monde.negocier(monde.switch, 9, fournisseur_id=ailleurs.tiers_id)
    formulaire = await thomas.lire(f"{dossier}/commander?ids={n1['id']}")
    assert f'<select name="rivale_{rivale["id"]}"' in formulaire
    assert '<option value="non_retenue" selected>' in formulaire
    champs = {
        "ids": n1["id"],
        f"restante_{n2['id']}": "fermer",
        f"restante_{n3['id']}": "conserver",
        f"rivale_{rivale['id']}": "non_retenue",
        "numero_fournisseur": "PO-88",
        "livraison_prevue": "2026-03-10",
        "frais_ht": "25",
        "agence_id": str(monde.annecy.agence_id),
    }
    reponse = await thomas.envoyer(f"{dossier}/commander", **champs)
    fiche = await thomas.lire(reponse.headers["HX-Redirect"])
    for mot in ("Commande CF-2026-00001", "PO-88", "25,00 €", "197,50 €", "En retard", "Réceptionner"):
        assert mot in fiche, mot
    ecartees = await thomas.lire("/achats/negociations?etat=non_retenue")
    assert "CF-2026-00001</a> passée ailleurs" in ecartees
    assert "Rouvrir la négociation de Switch 24 ports PoE" in ecartees
    apres = await thomas.lire(dossier)
    assert ("CF-2026-00001" in apres, apres.count("Switch 24 ports PoE</strong>")) == (True, 1)
    assert "CF-2026-00001" in await thomas.lire("/achats/commandes?q=po-88")
    assert "CF-2026-00001" in await thomas.lire("/achats/commandes?situation=retard")


async def test_a_refused_order_keeps_what_was_typed(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    sans_prix = await monde.negocier(monde.switch, 1, prix_ht=None)
    champs = {"ids": sans_prix["id"], "numero_fournisseur": "PO-99", "frais_ht": "3"}
    refus = await thomas.envoyer(f"/achats/fournisseurs/{monde.fournisseur.tiers_id}/commander", 422, **champs)
    assert "n’a pas de prix" in refus.text
    assert 'value="PO-99"' in refus.text


@pytest.mark.feature("PU-19", "PU-21", "PU-22", "PU-23", "PU-30")
async def test_a_parcel_is_scanned_typed_and_validated_by_the_storekeeper(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 2)]), un_produit("CAM-4K", "Caméra 4K"))
    commande = await monde.commander_produit(monde.switch, 2)
    ouverte = await sonia.envoyer("/achats/receptionner", ids=commande["id"])
    page = ouverte.headers["HX-Redirect"]
    reception_id = UUID(page.rsplit("/", 1)[1])
    assert f'data-url="/api/purchasing/receptions/{reception_id}/scans"' in await sonia.lire(page)
    entetes = {"X-CSRF-Token": sonia.csrf}
    scans = f"/api/purchasing/receptions/{reception_id}/scans"
    lues = await sonia.client.post(scans, json={"lectures": [{"code": "3760012345674"}]}, headers=entetes)
    lecture = lues.json()["lectures"][0]["lecture"]
    assert (lecture["resultat"], lecture["libelle"]) == ("attendu", "Switch 24 ports PoE")
    assert "projet Mairie de Seynod (2)" in lecture["detail"]
    suivi = await sonia.lire(page, fragment=True)
    assert "1 pour ce projet" in suivi
    assert re.search(r">sur \d+ attendus?<", suivi), "what came for it is not missing any more"
    await sonia.client.post(scans, json={"lectures": [{"code": "CAM-4K"}]}, headers=entetes)
    suivi = await sonia.lire(page, fragment=True)
    assert "En trop : Caméra 4K" in suivi
    assert "À la place d’un autre" in suivi
    assert "is-complete" not in suivi
    await sonia.client.post(scans, json={"lectures": [{"code": "0000000000000"}]}, headers=entetes)
    suivi = await sonia.lire(page, fragment=True)
    assert 'aria-label="Laisser de côté CAM-4K"' in suivi
    validation = await sonia.lire(f"{page}/valider")
    assert "Livraison incomplète" in validation
    assert "2 lectures restent à traiter" in validation
    lue = await monde.lire(f"/receptions/{reception_id}")
    for lecture in lue["a_traiter"]:
        await sonia.envoyer(f"{page}/ecarter/{lecture['id']}")
    assert "restent à traiter" not in await sonia.lire(f"{page}/valider")
    (ligne,) = lue["lignes"]
    question = await sonia.envoyer(f"{page}/lignes/{ligne['id']}", 200, quantite="7")
    assert "7 reçus pour 2 attendus" in question.text
    assert 'name="accepter"' in question.text
    await sonia.envoyer(f"{page}/lignes/{ligne['id']}", quantite="2")
    assert "is-complete" in await sonia.lire(page, fragment=True)
    assert "Tout ce qui était commandé est là" in await sonia.lire(f"{page}/valider")
    await sonia.envoyer(f"{page}/valider", facture_fournisseur="FA-77", date_facture="2026-03-16")
    validee = await sonia.lire(page)
    assert "facture FA-77 du 16/03/2026" in validee
    assert (await monde.lire(f"/commandes/{commande['id']}"))["etat"] == "cloturee"


@pytest.mark.feature("GW-08")
async def test_files_and_totals_of_orders_leave_costs_out(bureau: Bureau) -> None:
    await bureau.monde.commander_produit(bureau.monde.switch, 2)
    sommes = {}
    for qui, navigateur in (("thomas", bureau.thomas), ("sonia", bureau.sonia)):
        fichier = (await navigateur.client.get("/listes/commandes/exporter?situation=toutes")).content.decode(
            "utf-8-sig"
        )
        page = await navigateur.lire("/achats/commandes?situation=toutes")
        pied = "<tfoot>" in page and "€" in page.partition("<tfoot>")[2]
        sommes[qui] = ("Total HT" in fichier, pied, "data-sommes" in page)
        assert len(fichier.splitlines()) == 2
        assert "1 commande" in page
    assert sommes == {"thomas": (True, True, True), "sonia": (False, False, False)}


async def test_the_page_says_what_became_of_a_surplus_and_offers_to_undo_after_a_reload(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 1))
    page, lues = f"/achats/receptions/{reception['id']}", []
    for code in ("AP-6E", "SN1", "SN2"):
        lues.append(await monde.scanner(reception, code))
    accepte = await sonia.envoyer(f"{page}/accepter", code="SN2")
    assert json.loads(accepte.headers["HX-Trigger"])["amanela:toast"]["texte"] == "Borne Wi-Fi 6E : surplus accepté"
    assert [s["nb_series"] for s in (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]] == [1, 1]
    encore = await sonia.envoyer(f"{page}/accepter", code="SN2")
    dit = json.loads(encore.headers["HX-Trigger"])["amanela:toast"]["texte"]
    assert dit == "Numéro de série déjà reçu : Borne Wi-Fi 6E : SN2 est déjà dans la réception REC-2026-00001."
    rechargee = await sonia.lire(page)
    assert f'data-scan-annuler="{lues[1]["annuler"]}"' in rechargee
    assert rechargee.count("data-scan-annuler") == 3


async def test_a_storekeeper_sees_no_price(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    await recevoir(monde.database, une_feuille([un_attendu(monde.switch, 2)]))
    commande = await monde.commander_produit(monde.switch, 2, frais_ht="25")
    await monde.negocier(monde.switch, 1)
    reception = await monde.receptionner(commande)
    adresses = (
        "/achats",
        "/achats/negociations",
        f"/achats/fournisseurs/{monde.fournisseur.tiers_id}",
        f"/achats/commandes/{commande['id']}",
        f"/achats/receptions/{reception['id']}",
        f"/achats/receptions/{reception['id']}/valider",
    )
    for adresse in adresses:
        page = await sonia.lire(adresse)
        assert not re.search(r"172[,.]5|345,00|370,00|25,00 €", page), adresse
    await sonia.lire(f"/achats/commandes/{commande['id']}/bon-de-commande.pdf", 403)


async def test_a_substitute_is_recorded_from_the_screen(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    nouveau = un_produit("SW-24P-V2", "Switch v2")
    await recevoir(monde.database, nouveau)
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 2))
    page, (ligne,) = f"/achats/receptions/{reception['id']}", reception["lignes"]
    choix = (await sonia.client.get(f"{page}/produits?q=v2")).json()["elements"]
    assert [c["detail"] for c in choix] == ["SW-24P-V2"]
    champs = {"produit_id": choix[0]["valeur"], "quantite": "2", "remplace_ligne_id": ligne["id"]}
    await sonia.envoyer(f"{page}/ajouter", **champs)
    assert "Remplacement" in await sonia.lire(page)


async def test_serial_numbers_are_pasted_given_by_range_or_read_from_the_file_of_the_supplier(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 7))
    page, (ligne,) = f"/achats/receptions/{reception['id']}", reception["lignes"]
    url = f"{page}/lignes/{ligne['id']}/series"
    assert 'type="file"' in await sonia.lire(url)
    await sonia.envoyer(url, numeros="A-1; A-2\nA-3", debut="B008", fin="B009")
    fichier = {"fichier": ("séries.csv", 'C-1;\r\n"C-2"\r\n'.encode("utf-8-sig"), "text/csv")}
    entetes = {"HX-Request": "true", "X-CSRF-Token": sonia.csrf}
    for statut in (204, 409):
        reponse = await sonia.client.post(url, files=fichier, headers=entetes)
        assert reponse.status_code == statut, reponse.text
    assert "C-1 est déjà dans la réception" in reponse.text
    (ligne,) = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert ligne["numeros_serie"] == ["A-1", "A-2", "A-3", "B008", "B009", "C-1", "C-2"]


async def test_the_table_of_a_supplier_gives_its_column_of_serial_numbers_alone(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 6))
    (ligne,) = reception["lignes"]
    url = f"/achats/receptions/{reception['id']}/lignes/{ligne['id']}/series"
    entetes = {"HX-Request": "true", "X-CSRF-Token": sonia.csrf}

    async def deposer(contenu: bytes, nom: str = "colis.csv") -> tuple[int, str]:
        reponse = await sonia.client.post(url, files={"fichier": (nom, contenu)}, headers=entetes)
        return reponse.status_code, simple(reponse.text)

    statut, refus = await deposer(b"C-1;12\r\nC-2;13\r\n")
    assert (statut, "aucune ne s’appelle « Numéro de série »" in refus) == (422, True)
    assert (await deposer("Colis;Numéro de série\r\n1;C-1\r\n1;C-2\r\n;\r\n".encode("cp1252")))[0] == 204
    assert (await deposer(tableur.ecrire_xlsx([["S/N", "Palette"], ["X-1", "P1"]], "Colis"), "colis.xlsx"))[0] == 204
    assert (await deposer(b"SN-1, SN-2"))[0] == 204
    assert (await deposer(b"\x00\x01\x02"))[0] == 422
    (ligne,) = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert ligne["numeros_serie"] == ["C-1", "C-2", "X-1", "SN-1", "SN-2"]


@pytest.mark.feature("PU-23")
async def test_serial_numbers_beyond_the_order_come_back_with_the_gesture_that_accepts_them(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 1))
    page, (ligne,) = f"/achats/receptions/{reception['id']}", reception["lignes"]
    url = f"{page}/lignes/{ligne['id']}/series"
    refusee = await sonia.envoyer(url, 200, numeros="A-1; A-2")
    assert "Plus que commandé" in refusee.text
    assert "Accepter le surplus" in refusee.text
    assert "A-1\nA-2</textarea>" in refusee.text
    await sonia.envoyer(url, numeros="A-1\nA-2", accepter="oui")
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert [li["numeros_serie"] for li in lignes] == [["A-1"], ["A-2"]]


async def test_the_list_of_the_supplier_is_kept_to_compare_and_receives_nothing(bureau: Bureau) -> None:
    monde, sonia = bureau.monde, bureau.sonia
    reception = await monde.receptionner(await monde.commander_produit(monde.borne, 2))
    page, (ligne,) = f"/achats/receptions/{reception['id']}", reception["lignes"]
    await sonia.envoyer(f"{page}/lignes/{ligne['id']}/series", numeros="A-1; A-2", annoncer="1")
    (ligne,) = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    assert (ligne["quantite"], ligne["numeros_serie"], ligne["manquent"]) == ("0.000", [], ["A-1", "A-2"])
    assert "2 annoncés à lire" in await sonia.lire(page)
    assert "2 numéros annoncés ne sont pas encore lus" in await sonia.lire(f"{page}/lignes/{ligne['id']}/series")


async def test_the_offers_of_a_project_are_compared_by_total_and_delay(bureau: Bureau) -> None:
    monde, thomas = bureau.monde, bureau.thomas
    domotek = un_fournisseur("Domotek")
    mairie = une_feuille([un_attendu(monde.switch, 2), un_attendu(monde.borne, 1)])
    await recevoir(monde.database, domotek, mairie)
    besoins = {b["reference"]: b["besoins"][0]["id"] for b in (await monde.besoins())["elements"]}
    for fournisseur, prix, delai in ((monde.fournisseur, ("100", "50"), 9), (domotek, ("110", "60"), 2)):
        for produit, quantite, ht in ((monde.switch, 2, prix[0]), (monde.borne, 1, prix[1])):
            part = [{"besoin_id": besoins[produit.reference], "quantite": quantite}]
            corps = {"fournisseur_id": fournisseur.tiers_id, "besoins": part, "prix_ht": ht, "delai_jours": delai}
            await monde.negocier(produit, quantite, **corps)
    chemin = f"/achats/comparaison?demande_id={mairie.demande_id}"
    besoins_du_projet = await thomas.lire(f"/achats?demande_id={mairie.demande_id}")
    assert f'href="{chemin}"' in besoins_du_projet
    assert f'href="/demandes/{mairie.demande_id}"' in besoins_du_projet
    page = await thomas.lire(chemin)
    assert re.search(
        r"Elektra Distribution.*Domotek.*250,00.*Meilleur total.*280,00.*9 jours.*2 jours.*Plus rapide", page, re.DOTALL
    )
    assert (page.count("Meilleur total<"), page.count("Plus rapide<")) == (1, 1)
    await bureau.sonia.lire(chemin, 403)


async def test_suppliers_that_sell_the_product_come_first(bureau: Bureau) -> None:
    monde = bureau.monde
    await recevoir(monde.database, un_fournisseur("Amperia"), une_feuille([un_attendu(monde.switch, 1)]))
    adresse = f"/achats/fournisseurs/choisir?produit_id={monde.switch.produit_id}"
    choix = (await bureau.thomas.client.get(adresse)).json()["elements"]
    assert [c["libelle"] for c in choix] == ["Elektra Distribution", "Amperia"]
    assert choix[0]["detail"].startswith("ELK-SW24 · 172,50")
