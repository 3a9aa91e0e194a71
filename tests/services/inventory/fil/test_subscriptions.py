"""The fil de vie follows the facts of every service."""

from datetime import date, timedelta
from decimal import Decimal

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.billing import FactureEmise
from shared.contracts.demandes import DemandeCreee, TempsSaisi
from shared.contracts.inventory import FeuilleValidee
from shared.contracts.maintenance import ContratModifie, EquipementAjoute, FicheEquipement, LigneContrat, VisiteRealisee
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton
from tests.builders.inventory import (
    HIER,
    Atelier,
    attend,
    circuler,
    enveloppe,
    recu,
    un_devis_valide,
    une_ligne,
    une_reception,
)
from tests.services.inventory.feuille.test_placement import agir, la_feuille


@pytest.mark.feature("IN-06")
async def test_the_whole_life_of_an_object_is_told(atelier: Atelier, client: httpx.AsyncClient) -> None:
    devis = un_devis_valide(une_ligne(attend(atelier.telephone)))
    await atelier.recevoir(devis)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, series=("T9",))))
    feuille = await la_feuille(client)
    objet = feuille["colonnes"][0]["objets"][0]
    code = (await client.post("/etiquettes/generer", json={"nombre": 1})).json()["codes"][0]
    await client.post(f"/historiques/{objet['id']}/etiquette", json={"code": code})
    await agir(client, feuille, "valider")
    await circuler(atelier.database)
    await circuler(atelier.database)

    equipement_id, contrat_id, tiers_id = new_id(), new_id(), devis.tiers_id
    ligne = LigneContrat(
        ligne_id=new_id(),
        designation="Maintenance",
        montant_ht=Decimal(20),
        taux_tva=Decimal(20),
        equipement_ids=(equipement_id,),
    )
    contrat = ContratModifie(
        contrat_id=contrat_id,
        numero="CT-2026-00003",
        tiers_id=tiers_id,
        tiers_nom="Mairie d’Annecy",
        objet="Téléphonie",
        etat="actif",
        debut=date(2026, 4, 1),
        periodicite_mois=12,
        lignes=(ligne,),
    )
    fiche = FicheEquipement(
        tiers_id=tiers_id,
        tiers_nom="Mairie d’Annecy",
        designation="Téléphone SIP",
        historique_id=objet["id"],
    )
    facture = FactureEmise(
        facture_id=new_id(),
        affaire_client_id=new_id(),
        numero="FC-2026-00001",
        tiers_id=tiers_id,
        tiers_nom="Mairie d’Annecy",
        emise_le=date(2026, 3, 20),
        echeance=date(2026, 4, 20),
        total_ht=Decimal(1000),
        total_tva=Decimal(200),
        total_ttc=Decimal(1200),
        demande_id=devis.demande_id,
    )
    visite = VisiteRealisee(visite_id=new_id(), contrat_id=contrat_id, tiers_id=tiers_id, realisee_le=date(2027, 3, 1))
    sav = DemandeCreee(
        demande_id=new_id(),
        numero="D-2233",
        type_code="sav",
        etat_code="nouveau",
        etat_libelle="Nouveau",
        tiers_id=tiers_id,
        tiers_nom="Mairie d’Annecy",
        objet="Ne décroche plus",
        equipement_id=equipement_id,
    )
    await atelier.recevoir(EquipementAjoute(equipement_id=equipement_id, fiche=fiche), contrat, facture, visite, sav)
    await atelier.recevoir(contrat)

    fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
    assert {e["type"]: e["titre"] for e in fil} == {
        "mouvement": "Réception REC-2026-00007 · facture FS-8812",
        "etiquette": "Étiquette posée",
        "livraison": "Livré : BL-2026-00001",
        "feuille": "Feuille FT-2026-00001 validée",
        "vente": "Vendu : Ligne 1",
        "parc": "Entré au parc client",
        "contrat": "Sous contrat CT-2026-00003",
        "facture": "Facture FC-2026-00001 émise",
        "visite": "Visite de maintenance réalisée",
        "demande": "Demande D-2233",
    }
    assert len(fil) == 12  # three movements: in, to the feuille, to the client
    assert [e["titre"] for e in fil if e["type"] == "mouvement"][-1].startswith("Réception")


async def test_a_contract_told_before_the_parc_is_not_lost(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone)))
    objet = (await client.get("/historiques")).json()["elements"][0]
    equipement_id, contrat_id = new_id(), new_id()
    ligne = LigneContrat(
        ligne_id=new_id(), designation="x", montant_ht=Decimal(1), taux_tva=Decimal(20), equipement_ids=(equipement_id,)
    )
    contrat = ContratModifie(
        contrat_id=contrat_id,
        numero="CT-9",
        tiers_id=new_id(),
        tiers_nom="x",
        objet="x",
        etat="actif",
        debut=date(2026, 4, 1),
        periodicite_mois=12,
        lignes=(ligne,),
    )
    fiche = FicheEquipement(tiers_id=new_id(), tiers_nom="x", designation="x", historique_id=objet["id"])
    visite = VisiteRealisee(visite_id=new_id(), contrat_id=contrat_id, tiers_id=new_id(), realisee_le=date(2027, 3, 1))
    await atelier.recevoir(contrat, EquipementAjoute(equipement_id=equipement_id, fiche=fiche), visite)
    fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
    assert "visite" in {e["type"] for e in fil}


async def test_a_draft_covers_nothing_and_an_end_is_told(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone)))
    objet = (await client.get("/historiques")).json()["elements"][0]
    fiche = FicheEquipement(tiers_id=new_id(), tiers_nom="x", designation="x", historique_id=objet["id"])
    ajout = EquipementAjoute(equipement_id=new_id(), fiche=fiche)
    ligne = LigneContrat(
        ligne_id=new_id(),
        designation="x",
        montant_ht=Decimal(1),
        taux_tva=Decimal(20),
        equipement_ids=(ajout.equipement_id,),
    )
    contrat = ContratModifie(
        contrat_id=new_id(),
        numero="CT-9",
        tiers_id=new_id(),
        tiers_nom="x",
        objet="Vidéo",
        etat="brouillon",
        debut=date(2026, 4, 1),
        periodicite_mois=12,
        lignes=(ligne,),
    )

    async def racontes() -> list[str]:
        fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
        return sorted(e["titre"] for e in fil if e["type"] == "contrat")

    await atelier.recevoir(ajout, contrat)
    assert await racontes() == []
    en_cours = contrat.model_copy(update={"etat": "actif"})
    await atelier.recevoir(en_cours, en_cours.model_copy(update={"objet": "Vidéo et accès"}))
    assert await racontes() == ["Sous contrat CT-9"]
    fini = contrat.model_copy(update={"etat": "resilie"})
    await atelier.recevoir(fini, fini.model_copy(update={"objet": "Vidéo, fin"}))
    assert await racontes() == ["Contrat CT-9 résilié", "Sous contrat CT-9"]
    await atelier.recevoir(en_cours, en_cours.model_copy(update={"lignes": ()}))
    assert await racontes() == [
        "Contrat CT-9 résilié",
        "Sorti du contrat CT-9",
        "Sous contrat CT-9",
        "Sous contrat CT-9",
    ]


async def test_a_part_keeps_the_life_of_the_quantity_it_came_from(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "100")))
    await circuler(atelier.database)
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "30"))))
    vue = await agir(client, await la_feuille(client), "prelever-reserve")
    part = vue["colonnes"][0]["objets"][0]
    fil = (await client.get(f"/historiques/{part['id']}/fil")).json()["elements"]
    assert [e["titre"] for e in fil] == ["Réception REC-2026-00007 · facture FS-8812"]
    assert fil[0]["montant_ht"] == "1040.00"


async def test_a_configuration_is_told_with_the_names_of_its_fields(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ9",))))
    objet = (await client.get("/historiques")).json()["elements"][0]
    valeurs = {"adresse_ip": "10.0.0.9", "mot_de_passe": "S3cret!"}
    await client.put(f"/historiques/{objet['id']}/configuration", json={"valeurs": valeurs})
    await circuler(atelier.database)
    fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
    assert (fil[0]["type"], fil[0]["detail"]) == ("configuration", "Adresse IP : 10.0.0.9")


async def test_a_fact_delivered_twice_is_told_once_and_an_unknown_object_is_ignored(atelier: Atelier) -> None:
    fiche = FicheEquipement(tiers_id=new_id(), tiers_nom="x", designation="x", historique_id=new_id())
    envelope = enveloppe(EquipementAjoute(equipement_id=new_id(), fiche=fiche), le=HIER)
    await atelier.recevoir(envelope, envelope)
    async with atelier.database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM fil_de_vie")) == 0


async def test_the_purchase_the_sale_the_hours_and_the_margin_are_told(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton
) -> None:
    lignes = (
        une_ligne(attend(atelier.telephone, "2"), designation="Deux postes", total_ht=Decimal("100.01")),
        une_ligne(attend(atelier.copieur), position=2, total_ht=Decimal("900")),
    )
    devis = un_devis_valide(*lignes)
    commande = {
        "commande_id": new_id(),
        "commande_numero": "CF-2026-00007",
        "commande_le": HIER - timedelta(days=3),
        "commande_par": "Thomas",
        "negociee_le": HIER - timedelta(days=5),
    }
    recus = (
        recu(atelier.telephone, "2", ("T1", "T2"), cout_ht=Decimal("41.01"), **commande),
        recu(atelier.copieur, "1", ("C1",), remplace_reference="COP-C3520"),
    )
    await atelier.recevoir(devis, une_reception(atelier.annecy.agence_id, *recus))
    await circuler(atelier.database)
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    await circuler(atelier.database)
    facture = FactureEmise(
        facture_id=new_id(),
        affaire_client_id=new_id(),
        numero="FC-2026-00001",
        tiers_id=devis.tiers_id,
        tiers_nom="Mairie d’Annecy",
        emise_le=date(2026, 3, 20),
        echeance=date(2026, 4, 20),
        total_ht=Decimal("1000.01"),
        total_tva=Decimal(200),
        total_ttc=Decimal("1200.01"),
        demande_id=devis.demande_id,
    )
    temps = TempsSaisi(
        temps_id=new_id(),
        demande_id=devis.demande_id,
        tiers_id=devis.tiers_id,
        type_code="installation",
        collaborateur_id=None,
        collaborateur_nom="Karim",
        jour=date(2026, 3, 18),
        minutes=95,
        travaux="Pose",
    )
    apres = HIER + timedelta(days=9)
    await atelier.recevoir(enveloppe(facture, le=apres), enveloppe(temps, le=apres))
    postes = sorted((o["id"], o["numero_serie"]) for o in (await client.get("/historiques")).json()["elements"])
    poste = next(id_ for id_, serie in postes if serie == "T1")
    copieur = next(id_ for id_, serie in postes if serie == "C1")
    fil = (await client.get(f"/historiques/{poste}/fil")).json()["elements"]
    ancien_d_abord = [(e["type"], e["montant_ht"]) for e in reversed(fil)]
    assert ancien_d_abord[:3] == [("negociation", None), ("commande", None), ("mouvement", "20.51")]
    dits = {e["type"]: (e["titre"], e["montant_ht"]) for e in fil}
    assert dits["commande"] == ("Commandé : CF-2026-00007", None)
    assert dits["vente"] == ("Vendu : Deux postes", "50.02")
    assert dits["facture"] == ("Facture FC-2026-00001 émise", "50.02")
    assert dits["temps"] == ("Temps passé : 1 h 35", None)
    bilan = (await client.get(f"/historiques/{poste}/bilan")).json()
    assert (bilan["vente_ht"], bilan["marge_ht"], bilan["minutes_sans_cout"]) == ("50.02", "29.51", 95)
    assert (await client.get(f"/historiques/{poste}/bilan", headers=jeton("stock.lire"))).status_code == 403
    substitue = (await client.get(f"/historiques/{copieur}")).json()
    assert substitue["remplace_reference"] == "COP-C3520"
    assert substitue["mouvements"][-1]["motif"].endswith("· à la place de COP-C3520")
    (valide,) = await atelier.publies(FeuilleValidee)
    assert {o.numero_serie: o.remplace_reference for o in valide.objets} == {"T1": "", "T2": "", "C1": "COP-C3520"}


async def test_a_place_says_what_it_holds(atelier: Atelier, client: httpx.AsyncClient) -> None:
    depot = atelier.depots["ANN"]
    place = (await client.post(f"/depots/{depot}/emplacements", json={"code": "A-12"})).json()["emplacements"][0]
    entree = {"produit_id": str(atelier.cable.id), "depot_id": str(depot), "emplacement_id": place["id"],
              "quantite": "3", "motif": "Inventaire"}  # fmt: skip
    assert (await client.post("/entrees", json=entree)).status_code == 201
    trouves = (await client.get("/recherche-objet", params={"code": "a-12"})).json()
    assert [(o["reference"], o["trouve_par"]) for o in trouves] == [("CAB-CAT6", "emplacement")]
