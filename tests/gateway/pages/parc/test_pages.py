"""The pages of maintenance, as reception, accounts and technicians use them."""

import re

import pytest

from tests.builders.maintenance import AUTRE_CLIENT, CLIENT, NOM, contrat_actif, equipement, un_contrat
from tests.gateway.pages.parc.conftest import Navigateur

PARC = f"/parc/{CLIENT}"


@pytest.mark.feature("MA-02")
async def test_a_parc_shows_its_tree_its_objects_and_its_filters(navigateur: Navigateur) -> None:
    for rang, lieu in enumerate(("Bât B / 2e", "Bât A", "")):
        await equipement(navigateur.api, designation=f"Poste {rang}", lieu=lieu, groupe="Accueil")
    page = await navigateur.lire(PARC)
    for attendu in (NOM, "Bât B", "2e", "Sans lieu", "Accueil", "Poste 0", "Poste 1", "Poste 2", "Hors contrat"):
        assert attendu in page, attendu
    lieux = (await navigateur.api.get(f"/parcs/{CLIENT}")).json()["lieux"]
    lien = f"{PARC}?lieu_id={next(li['id'] for li in lieux if li['chemin'] == 'Bât B')}"
    assert f'href="{lien}"' in page
    filtree = await navigateur.lire(lien)
    assert "Poste 0" in filtree
    assert "Poste 1" not in filtree.split("<tbody")[1]
    assert "Aucun équipement ici" in await navigateur.lire(f"{PARC}?q=introuvable")


async def test_stopped_services_only_cost_their_panels(navigateur: Navigateur) -> None:
    objet = await equipement(navigateur.api)
    page = await navigateur.lire(f"/parc/equipements/{objet['id']}")
    assert "Vendu par un tiers" in page
    visites = await navigateur.lire("/parc/visites")
    assert "Aucune visite ici" in visites


async def test_a_value_is_changed_and_the_previous_one_is_shown(navigateur: Navigateur) -> None:
    objet = await equipement(navigateur.api, valeurs={"adresse_ip": "10.0.0.1"})
    url = f"/parc/equipements/{objet['id']}"
    await navigateur.envoyer(f"{url}/valeur", {"champ": "adresse_ip", "valeur": "10.0.0.2", "le": ""})
    page = await navigateur.lire(url)
    assert "1 valeur précédente" in page
    for attendu in ("Adresse IP", "10.0.0.1", "10.0.0.2", "Camille Test"):
        assert attendu in page


async def test_ticked_objects_are_arranged_then_put_under_contract(navigateur: Navigateur) -> None:
    ids = [(await equipement(navigateur.api, designation=f"Poste {n}"))["id"] for n in range(3)]
    retour = await navigateur.envoyer(f"{PARC}/ranger", {"ids": ids, "lieu": "Hall", "groupe": "", "sous_contrat": ""})
    assert retour.headers["hx-redirect"] == PARC
    assert (await navigateur.api.get(f"/equipements/{ids[0]}")).json()["lieu"] == "Hall"
    choix = await navigateur.lire(f"{PARC}/lignes-de-contrat?" + "&".join(f"ids={i}" for i in ids))
    assert "3 lignes, une par équipement" in choix
    corps = {"ids": ids, "repartition": "chacun", "contrat_id": "", "montant_ht": "1 234,50", "taux_tva": "20"}
    retour = await navigateur.envoyer(f"{PARC}/lignes-de-contrat", corps)
    page = await navigateur.lire(retour.headers["hx-redirect"])
    assert "3 703,50 €" in page
    assert "Proposition à compléter" in page


async def test_the_form_of_a_contract_keeps_every_line(navigateur: Navigateur) -> None:
    contrat = (await navigateur.api.post("/contrats", json=un_contrat())).json()
    url = f"/parc/contrats/{contrat['id']}"
    formulaire = await navigateur.lire(f"{url}/modifier")
    (cle,) = re.findall(r'name="lignes" value="(\w+)"', formulaire)
    nouvelle = await navigateur.lire("/parc/contrats/ligne")
    (autre,) = re.findall(r'name="lignes" value="(\w+)"', nouvelle)
    champs = {
        "version": contrat["version"],
        "tiers_id": contrat["tiers_id"],
        "objet": contrat["objet"],
        "debut": contrat["debut"],
        "periodicite_mois": "3",
        "echeance": "non",
        "visites_par_an": "4",
        "lignes": [cle, autre],
        f"id_{cle}": contrat["lignes"][0]["id"],
        f"designation_{cle}": "Forfait",
        f"montant_{cle}": "480",
        f"tva_{cle}": "20",
        f"designation_{autre}": "Téléassistance",
        f"montant_{autre}": "99,90",
        f"tva_{autre}": "20",
    }
    await navigateur.envoyer(f"{url}/modifier", champs)
    lu = (await navigateur.api.get(f"/contrats/{contrat['id']}")).json()
    lignes = [(ligne["designation"], ligne["montant_ht"]) for ligne in lu["lignes"]]
    assert lignes == [("Forfait", "480.00"), ("Téléassistance", "99.90")]
    assert (lu["periodicite_mois"], lu["est_a_echoir"], lu["visites_par_an"]) == (3, False, 4)
    assert lu["lignes"][0]["id"] == contrat["lignes"][0]["id"]
    perime = await navigateur.envoyer(f"{url}/modifier", {**champs, "objet": "Ma saisie"}, 422)
    assert 'value="Ma saisie"' in perime.text


@pytest.mark.feature("MA-11", "CT-09")
async def test_a_contract_shows_invoices_and_visits_to_come(navigateur: Navigateur) -> None:
    contrat = await contrat_actif(navigateur.api)
    page = await navigateur.lire(f"/parc/contrats/{contrat['id']}")
    for attendu in ("480,00 €", "Du 01/03/2026 au 28/02/2027", "31 mars", "30 sept.", "Programmée"):
        assert attendu in page, attendu
    for url in ("/parc/contrats", f"/parc/contrats?tiers_id={CLIENT}"):
        assert "31/03/2026" in await navigateur.lire(url)
    assert "Aucun contrat ici" in await navigateur.lire(f"/parc/contrats?tiers_id={AUTRE_CLIENT}")


async def test_a_visit_is_prepared_then_recorded(navigateur: Navigateur) -> None:
    objet = await equipement(navigateur.api)
    lignes = [{"designation": "Forfait", "montant_ht": "480", "equipement_ids": [objet["id"]]}]
    await contrat_actif(navigateur.api, lignes=lignes)
    await navigateur.envoyer("/parc/visites/declencher", {})
    (visite,) = (await navigateur.api.get("/visites", params={"etat": "due"})).json()["elements"]
    url = f"/parc/visites/{visite['id']}"
    assert "Copieur tiers" in await navigateur.lire(url)
    preparation = {"date": "2026-03-17", "intervenant": "Théo Berger", "ids": [objet["id"]]}
    await navigateur.envoyer(f"{url}/preparer", preparation)
    assert (await navigateur.http.get(f"{url}/fiche.pdf")).content[:5] == b"%PDF-"
    releves = {"realisee_le": "2026-03-17", "releves": [objet["id"]], f"compteur_{objet['id']}": "4521"}
    await navigateur.envoyer(f"{url}/releves", releves)
    page = await navigateur.lire(url)
    assert "4521" in page
    assert "Réalisée" in page


@pytest.mark.feature("MA-24")
async def test_a_label_read_on_the_phone_shows_everything_on_one_screen(navigateur: Navigateur) -> None:
    copieur = await equipement(navigateur.api, etiquette="AM-7K2P", lieu="Bât B / 2e")
    lignes = [{"designation": "Forfait", "montant_ht": "480", "equipement_ids": [copieur["id"]]}]
    contrat = await contrat_actif(navigateur.api, lignes=lignes)
    page = await navigateur.lire("/parc/identifier?code=am-7k2p")
    for attendu in (NOM, "04 50 51 00 01", "Copieur tiers", "Bât B / 2e", contrat["numero"], "Ouvrir un SAV"):
        assert attendu in page, attendu
    assert "Aucun équipement ne porte l’étiquette ZZ-9" in await navigateur.lire("/parc/identifier?code=ZZ-9")


async def test_what_does_not_come_from_our_stock_is_not_exchanged_for_one(navigateur: Navigateur) -> None:
    objet = await equipement(navigateur.api)
    page = await navigateur.lire(f"/parc/equipements/{objet['id']}/echange", 409)
    assert "ne vient pas de notre stock" in page
