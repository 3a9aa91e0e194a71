"""Received goods become objects and go to the feuilles that wait."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.inventory import (
    FeuilleApprovisionnee,
    FeuilleModifiee,
    FeuillePrete,
    HistoriqueMouvemente,
    StockChange,
)
from shared.database.database import Database
from tests.builders.inventory import HIER, Atelier, attend, recu, un_devis_valide, une_ligne, une_reception

SOMME_DES_MOUVEMENTS = """
SELECT s.produit_id, s.depot_id, s.nature, s.physique,
  coalesce((SELECT sum(quantite) FROM mouvement m
    WHERE m.produit_id = s.produit_id AND vers_genre = 'depot' AND vers_id = s.depot_id AND vers_nature = s.nature), 0)
  - coalesce((SELECT sum(quantite) FROM mouvement m
    WHERE m.produit_id = s.produit_id AND de_genre = 'depot' AND de_id = s.depot_id AND de_nature = s.nature), 0) AS mouvements,
  coalesce((SELECT sum(quantite) FROM historique h
    WHERE h.produit_id = s.produit_id AND h.depot_id = s.depot_id AND h.nature = s.nature AND etat = 'en_stock'), 0) AS objets,
  s.reserve,
  coalesce((SELECT sum(r.quantite) FROM reservation r JOIN feuille f ON f.id = r.feuille_id
    WHERE r.produit_id = s.produit_id AND r.depot_id = s.depot_id AND f.nature = s.nature), 0) AS reservations
FROM stock s
"""


async def verifier_soldes(database: Database) -> None:
    """The balance of a depot is the sum of its movements, of its objects; what is kept is the sum of reservations."""
    async with database.read() as session:
        for ligne in (await session.execute(text(SOMME_DES_MOUVEMENTS))).mappings():
            assert ligne["physique"] == ligne["mouvements"] == ligne["objets"], dict(ligne)
            assert ligne["reserve"] == ligne["reservations"], dict(ligne)


async def objets(client: httpx.AsyncClient, **params: Any) -> list[dict[str, Any]]:
    """Objects listed by the API."""
    elements: list[dict[str, Any]] = (await client.get("/historiques", params=params)).json()["elements"]
    return elements


@pytest.mark.feature("PU-26", "PU-28")
async def test_five_units_make_five_objects_in_the_agency(atelier: Atelier, client: httpx.AsyncClient) -> None:
    series = ("SN1", "SN2", "SN3", "SN4", "SN5")
    await atelier.recevoir(une_reception(atelier.lyon.agence_id, recu(atelier.telephone, "5", series)))

    faits = await objets(client, produit_id=str(atelier.telephone.id))
    stock = (await client.get(f"/produits/{atelier.telephone.id}/stock")).json()
    fiche = (await client.get(f"/historiques/{faits[0]['id']}")).json()
    assert sorted(o["numero_serie"] for o in faits) == list(series)
    assert {(s["agence_nom"], s["physique"]) for s in stock} == {("Annecy", "0.000"), ("Lyon", "5.000")}
    assert {o["facture_fournisseur"] for o in faits} == {"FS-8812"}
    assert fiche["mouvements"][0]["de"] == "Grossiste Savoie"
    assert fiche["mouvements"][0]["vers"] == "Stock Lyon"
    await verifier_soldes(atelier.database)


@pytest.mark.feature("PU-29")
async def test_the_cable_used_names_the_invoice_it_came_with(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "305"), facture_fournisseur="FS-1"),
        une_reception(
            atelier.annecy.agence_id,
            recu(atelier.cable, "305"),
            facture_fournisseur="FS-2",
            recu_le=HIER + timedelta(days=1),
        ),
        un_devis_valide(une_ligne(attend(atelier.cable, "40"))),
    )
    feuille = (await client.get("/feuilles")).json()["elements"][0]
    vue = (await client.post(f"/feuilles/{feuille['id']}/prelever-reserve")).json()

    place = vue["colonnes"][0]["objets"][0]
    assert (place["quantite"], place["facture_fournisseur"]) == ("40.000", "FS-1")
    restes = await objets(client, produit_id=str(atelier.cable.id), etat="en_stock")
    assert sorted((o["facture_fournisseur"], o["quantite"]) for o in restes) == [
        ("FS-1", "265.000"),
        ("FS-2", "305.000"),
    ]
    await verifier_soldes(atelier.database)


@pytest.mark.feature("IN-10")
async def test_what_a_feuille_waits_for_goes_to_its_column(atelier: Atelier, client: httpx.AsyncClient) -> None:
    devis = un_devis_valide(une_ligne(), une_ligne(attend(atelier.telephone, "2"), position=2))
    await atelier.recevoir(devis)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "3", ("A", "B", "C"))))

    feuille = (await client.get("/feuilles", params={"demande_id": str(devis.demande_id)})).json()["elements"][0]
    vue = (await client.get(f"/feuilles/{feuille['id']}")).json()
    fait = (await atelier.publies(FeuilleApprovisionnee))[0]
    solde = (await atelier.publies(StockChange))[-1]
    assert len(vue["colonnes"][1]["objets"]) == 2
    assert fait.complet
    assert fait.reste_a_recevoir == Decimal(0)
    assert len(fait.historique_ids) == 2
    assert solde.physique == Decimal(1)
    assert (await atelier.publies(FeuilleModifiee))[-1].etat.attendus[0].present == Decimal(2)
    await verifier_soldes(atelier.database)


async def test_the_same_reception_told_twice_is_done_once(atelier: Atelier, client: httpx.AsyncClient) -> None:
    reception = une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2"))
    await atelier.recevoir(reception, reception)

    assert len(await objets(client)) == 2
    assert len(await atelier.publies(HistoriqueMouvemente)) == 2


async def test_priority_then_signing_date_decide_who_is_served(atelier: Atelier) -> None:
    ancien = un_devis_valide(une_ligne(attend(atelier.cable, "60")), tiers_nom="Ancien", valide_le=HIER)
    urgent = un_devis_valide(
        une_ligne(attend(atelier.cable, "60")),
        tiers_nom="Urgent",
        priorite=0,
        valide_le=HIER + timedelta(hours=5),
    )
    recent = un_devis_valide(
        une_ligne(attend(atelier.cable, "60")), tiers_nom="Récent", valide_le=HIER + timedelta(hours=9)
    )
    await atelier.recevoir(recent, ancien, urgent)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "100")))

    etats = {f.etat.tiers_nom: f.etat.attendus[0] for f in await atelier.publies(FeuilleModifiee)}
    faits = {f.demande_id: f for f in await atelier.publies(FeuilleApprovisionnee)}
    assert {nom: a.present for nom, a in etats.items()} == {"Urgent": Decimal(60), "Ancien": Decimal(40)}
    assert faits[urgent.demande_id].complet
    assert not faits[ancien.demande_id].complet
    assert faits[ancien.demande_id].reste_a_recevoir == Decimal(20)
    await verifier_soldes(atelier.database)


async def test_a_substitute_serves_what_the_replaced_product_was_expected_for(atelier: Atelier) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "2"))))
    ligne = recu(atelier.telephone, "2", remplace_produit_id=atelier.cable.id)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, ligne))

    assert (await atelier.publies(FeuilleApprovisionnee))[0].complet
    await verifier_soldes(atelier.database)


async def test_everything_received_and_nothing_to_prepare_makes_the_feuille_ready(atelier: Atelier) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "10"))))
    assert await atelier.publies(FeuillePrete) == []
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "10")))
    assert len(await atelier.publies(FeuillePrete)) == 1


async def test_two_receptions_and_two_devis_at_once_lose_nothing(atelier: Atelier) -> None:
    devis = [un_devis_valide(une_ligne(attend(atelier.cable, "50"), attend(atelier.telephone, "3"))) for _ in range(3)]
    receptions = [
        une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "4"), recu(atelier.cable, "60")),
        une_reception(atelier.lyon.agence_id, recu(atelier.cable, "60"), recu(atelier.telephone, "4")),
    ]
    await asyncio.gather(*(atelier.recevoir(fait) for fait in (*devis, *receptions)))

    async with atelier.database.read() as session:
        requete = "SELECT produit_id, sum(manquant) AS q FROM attendu GROUP BY 1"
        manque = {x.produit_id: x.q for x in await session.execute(text(requete))}
        requete = "SELECT produit_id, sum(physique - reserve) AS q FROM stock GROUP BY 1"
        libre = {x.produit_id: x.q for x in await session.execute(text(requete))}
    assert manque == {atelier.cable.id: Decimal(30), atelier.telephone.id: Decimal(1)}
    assert {p: q for p, q in libre.items() if q} == {}
    await verifier_soldes(atelier.database)
