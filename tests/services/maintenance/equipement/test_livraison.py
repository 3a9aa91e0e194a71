"""A validated preparation sheet fills the parc: once per object, with its configuration as first values."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.maintenance.subscriptions import subscriptions
from shared.contracts.inventory import HistoriqueConfigure, HistoriqueEtiquete
from shared.contracts.inventory_cout import CoutObjet, CoutsEtablis
from shared.contracts.maintenance import ContratModifie, EquipementAjoute, EquipementModifie
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from tests.builders.maintenance import AUTRE_CLIENT, CLIENT, NOM, un_objet, une_feuille, une_ligne


async def _parc(client: httpx.AsyncClient, **filtres: Any) -> list[dict[str, Any]]:
    reponse = await client.get("/equipements", params={"tiers_id": str(CLIENT), **filtres})
    assert reponse.status_code == 200, reponse.text
    elements: list[dict[str, Any]] = reponse.json()["elements"]
    return elements


@pytest.mark.feature("MA-01", "CT-08")
async def test_the_first_delivery_opens_the_parc_of_the_client(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    assert (await client.get("/parcs")).json()["elements"] == []
    await recevoir(maintenance, subscriptions, une_feuille(un_objet(), un_objet(est_visible_parc=False)))
    (parc,) = (await client.get("/parcs")).json()["elements"]
    assert parc == {"tiers_id": str(CLIENT), "nom": NOM, "equipements": 1, "sous_contrat": 0, "lieux": 0}
    (equipement,) = await _parc(client)
    assert equipement["designation"] == "Copieur couleur C257i"
    assert (await client.get("/parcs", params={"q": "lefevre"})).json()["elements"] == [parc]


async def test_the_parc_says_until_when_an_object_is_guaranteed(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(maintenance, subscriptions, une_feuille(un_objet(garantie_jusqu_au=date(2028, 11, 29))))
    (equipement,) = await _parc(client)
    assert equipement["garantie_jusqu_au"] == "2028-11-29"


async def test_an_object_enters_once_whatever_is_repeated(maintenance: Database, client: httpx.AsyncClient) -> None:
    feuille = une_feuille(un_objet(etiquette="AM-7K2P"), un_objet(numero_serie="B2"))
    await recevoir(maintenance, subscriptions, feuille, feuille)
    await recevoir(maintenance, subscriptions, une_feuille(*feuille.objets, numero="FT-2026-00002"))
    assert len(await _parc(client)) == 2
    assert len(await annonces(maintenance, EquipementAjoute)) == 2
    assert len(await annonces(maintenance, EquipementModifie)) == 0


@pytest.mark.feature("MA-33", "MA-06")
async def test_the_workshop_configuration_is_the_first_dated_value(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    objet = un_objet()
    await recevoir(maintenance, subscriptions, une_feuille(objet))
    (equipement,) = await _parc(client)
    for ip, le in (("192.168.1.50", "2026-04-02"), ("10.0.0.50", "2026-05-04")):
        corps = {"champ": "Adresse IP", "valeur": ip, "le": le}
        assert (await client.post(f"/equipements/{equipement['id']}/valeurs", json=corps)).status_code == 201
    fiche = (await client.get(f"/equipements/{equipement['id']}")).json()
    ip = next(v for v in fiche["valeurs"] if v["champ"] == "adresse_ip")
    assert (ip["libelle"], ip["valeur"]) == ("Adresse IP", "10.0.0.50")
    assert [(v["valeur"], v["le"], v["par"], v["source"]) for v in ip["suite"]] == [
        ("10.0.0.50", "2026-05-04", "Camille Test", "saisie"),
        ("192.168.1.50", "2026-04-02", "Camille Test", "saisie"),
        ("192.168.1.40", "2026-03-16", "Bus", "atelier"),
    ]
    assert {v["champ"]: v["valeur"] for v in fiche["valeurs"]}["scan_vers_mail"] == "oui"


async def test_a_value_is_called_what_the_workshop_calls_it_with_its_unit(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    objet = un_objet(configuration={"capacite": "4", "vlan": "20"}, libelles={"capacite": "Capacité (To)"})
    await recevoir(maintenance, subscriptions, une_feuille(objet))
    (equipement,) = await _parc(client)
    url = f"/equipements/{equipement['id']}"

    async def lues() -> dict[str, str]:
        return {v["libelle"]: v["valeur"] for v in (await client.get(url)).json()["valeurs"]}

    assert await lues() == {"Capacité (To)": "4", "VLAN": "20"}
    renomme = {"capacite": "Capacité (Go)", "vlan": "VLAN voix"}
    refait = HistoriqueConfigure(
        historique_id=objet.historique_id, valeurs={"capacite": "4000"}, est_complete=True, libelles=renomme
    )
    await recevoir(maintenance, subscriptions, refait)
    corps = {"champ": "vlan voix", "valeur": "30", "le": "2026-05-04"}
    assert (await client.post(f"{url}/valeurs", json=corps)).status_code == 201
    assert await lues() == {"Capacité (Go)": "4000", "VLAN voix": "30"}


async def test_a_value_dated_before_the_present_one_does_not_replace_it(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(maintenance, subscriptions, une_feuille(un_objet()))
    (equipement,) = await _parc(client)
    corps = {"champ": "adresse_ip", "valeur": "172.16.0.1", "le": "2025-01-01"}
    fiche = (await client.post(f"/equipements/{equipement['id']}/valeurs", json=corps)).json()
    ip = next(v for v in fiche["valeurs"] if v["champ"] == "adresse_ip")
    assert ip["valeur"] == "192.168.1.40"
    assert len(ip["suite"]) == 2


async def test_the_thread_back_to_the_supplier_invoice_and_no_cost(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    objet = un_objet(etiquette="AM-7K2P")
    feuille = une_feuille(objet)
    await recevoir(maintenance, subscriptions, feuille)
    (equipement,) = await _parc(client)
    fiche = (await client.get(f"/equipements/{equipement['id']}")).json()
    assert fiche["historique_id"] == str(objet.historique_id)
    assert fiche["facture_fournisseur"] == "F-88123"
    assert fiche["fournisseur_nom"] == "Bureautique Distribution"
    assert fiche["reception_numero"] == "REC-2026-00007"
    assert (fiche["feuille_numero"], fiche["demande_id"]) == (feuille.numero, str(feuille.demande_id))
    assert not any("cout" in champ for champ in fiche)
    ajoute = (await annonces(maintenance, EquipementAjoute))[0]
    assert isinstance(ajoute, EquipementAjoute)
    assert ajoute.demande_id == feuille.demande_id
    assert (ajoute.fiche.etiquette, ajoute.fiche.numero_serie) == ("AM-7K2P", "A1B2-00417")


async def test_label_and_configuration_may_come_after_delivery(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    premier, second = un_objet(etiquette="AM-7K2P"), un_objet()
    await recevoir(
        maintenance,
        subscriptions,
        une_feuille(premier, second),
        HistoriqueEtiquete(historique_id=second.historique_id, code="AM-7K2P"),
        HistoriqueConfigure(historique_id=second.historique_id, valeurs={"adresse_ip": "10.1.1.1"}, est_complete=True),
    )
    (porteur,) = await _parc(client, etiquette="am-7k2p")
    fiche = (await client.get(f"/equipements/{porteur['id']}")).json()
    assert fiche["historique_id"] == str(second.historique_id)
    assert [v["valeur"] for s in fiche["valeurs"] if s["champ"] == "adresse_ip" for v in s["suite"]] == [
        "10.1.1.1",
        "192.168.1.40",
    ]


async def test_the_same_object_delivered_to_another_client_moves(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    objet = un_objet()
    await recevoir(
        maintenance,
        subscriptions,
        une_feuille(objet),
        une_feuille(objet, tiers_id=AUTRE_CLIENT, tiers_nom="Mairie d’Épagny"),
    )
    assert await _parc(client) == []
    (equipement,) = (await client.get("/equipements", params={"tiers_id": str(AUTRE_CLIENT)})).json()["elements"]
    assert equipement["tiers_nom"] == "Mairie d’Épagny"


@pytest.mark.feature("MA-09")
async def test_lines_sold_with_maintenance_become_a_draft_contract(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    voulue = une_ligne(maintenance_souhaitee=True)
    simple = une_ligne(designation="Câble")
    feuille = une_feuille(un_objet(voulue.ligne_id), lignes=(voulue, simple))
    await recevoir(maintenance, subscriptions, feuille, feuille)
    (contrat,) = (await client.get("/contrats", params={"tiers_id": str(CLIENT)})).json()["elements"]
    assert (contrat["etat"], contrat["numero"]) == ("brouillon", "CT-2026-00001")
    (ligne,) = (await client.get(f"/contrats/{contrat['id']}")).json()["lignes"]
    assert [e["designation"] for e in ligne["equipements"]] == ["Copieur couleur C257i"]
    (annonce,) = await annonces(maintenance, ContratModifie)
    assert isinstance(annonce, ContratModifie)
    assert (annonce.etat, annonce.demande_id, annonce.debut) == ("brouillon", feuille.demande_id, date(2026, 3, 16))
    assert annonce.lignes[0].montant_ht == Decimal(0)


async def test_a_second_sale_completes_the_open_draft(maintenance: Database, client: httpx.AsyncClient) -> None:
    for numero in ("FT-2026-00001", "FT-2026-00002"):
        ligne = une_ligne(maintenance_souhaitee=True, designation=f"Copieur de {numero}")
        await recevoir(
            maintenance, subscriptions, une_feuille(un_objet(ligne.ligne_id), lignes=(ligne,), numero=numero)
        )
    (contrat,) = (await client.get("/contrats")).json()["elements"]
    fiche = (await client.get(f"/contrats/{contrat['id']}")).json()
    assert [ligne["designation"] for ligne in fiche["lignes"]] == [
        "Maintenance – Copieur de FT-2026-00001",
        "Maintenance – Copieur de FT-2026-00002",
    ]


@pytest.mark.feature("MA-09")
async def test_without_maintenance_the_flow_ends(maintenance: Database, client: httpx.AsyncClient) -> None:
    await recevoir(maintenance, subscriptions, une_feuille(un_objet()))
    assert (await client.get("/contrats")).json()["elements"] == []


async def test_an_object_taken_off_a_corrected_sheet_leaves_the_parc_and_may_come_back(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    garde, ote = un_objet(), un_objet(numero_serie="B2")
    feuille = une_feuille(garde, ote)
    corrigee = feuille.model_copy(update={"objets": (garde,)})
    await recevoir(maintenance, subscriptions, feuille, corrigee)
    (reste,) = await _parc(client)
    assert reste["numero_serie"] == garde.numero_serie
    (parti,) = await annonces(maintenance, EquipementModifie)
    assert isinstance(parti, EquipementModifie)
    assert (parti.fiche.est_retire, parti.fiche.numero_serie) == (True, "B2")
    await recevoir(maintenance, subscriptions, feuille)
    assert len(await _parc(client)) == 2


def _facture(numero: str, *objets: UUID) -> CoutsEtablis:
    couts = (
        CoutObjet(historique_id=o, quantite=Decimal(1), cout_avant_ht=Decimal(9), cout_ht=Decimal(9)) for o in objets
    )
    return CoutsEtablis(
        reception_id=new_id(),
        affaire_fournisseur_id=new_id(),
        affaire_numero="AF-2026-00031",
        fournisseur_nom="Bureautique Distribution",
        facture_fournisseur=numero,
        acceptee_par="Céline Roche",
        objets=tuple(couts),
    )


@pytest.mark.feature("IN-32")
async def test_the_invoice_typed_after_the_delivery_is_that_of_the_parc(
    maintenance: Database, client: httpx.AsyncClient
) -> None:
    facture, autre = un_objet(facture_fournisseur=None), un_objet(numero_serie="B2")
    await recevoir(maintenance, subscriptions, une_feuille(facture, autre))
    await recevoir(maintenance, subscriptions, _facture("F-90001", facture.historique_id, new_id()))
    assert await _factures(client) == {"A1B2-00417": "F-90001", "B2": "F-88123"}
    await recevoir(maintenance, subscriptions, _facture("", facture.historique_id))
    assert await _factures(client) == {"A1B2-00417": None, "B2": "F-88123"}


async def _factures(client: httpx.AsyncClient) -> dict[str, str | None]:
    """The supplier invoice of each object of the parc, as its page says it."""
    fiches = [(await client.get(f"/equipements/{e['id']}")).json() for e in await _parc(client)]
    return {fiche["numero_serie"]: fiche["facture_fournisseur"] for fiche in fiches}
