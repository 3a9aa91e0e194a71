"""A signed devis becomes one feuille, with stock kept for it."""

from decimal import Decimal

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.commercial import DevisValide, LigneDevis
from shared.contracts.inventory import FeuilleCreee, FeuilleModifiee, FeuillePrete, StockChange
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception


@pytest.mark.feature("IN-08", "IN-09")
async def test_six_lines_make_six_columns_that_wait(atelier: Atelier, client: httpx.AsyncClient) -> None:
    lignes = [une_ligne(attend(atelier.cable, "12"), position=i, description=f"Détail {i}") for i in range(1, 7)]
    await atelier.recevoir(un_devis_valide(*lignes))

    liste = (await client.get("/feuilles")).json()["elements"]
    feuille = (await client.get(f"/feuilles/{liste[0]['id']}")).json()

    assert [c["description"] for c in feuille["colonnes"]] == [f"Détail {i}" for i in range(1, 7)]
    assert feuille["colonnes"][0]["attendus"][0]["manquant"] == "12.000"
    assert feuille["reste"] == "72.000"
    assert feuille["numero"] == "FT-2026-00001"


async def test_the_same_devis_told_twice_opens_one_feuille(atelier: Atelier) -> None:
    devis = un_devis_valide(une_ligne(attend(atelier.cable, "5")))
    await atelier.recevoir(devis, devis)

    assert len(await atelier.publies(FeuilleCreee)) == 1


async def test_stock_of_the_agency_is_kept_first_then_that_of_the_others(atelier: Atelier) -> None:
    await atelier.recevoir(
        une_reception(atelier.annecy.agence_id, recu(atelier.cable, "30")),
        une_reception(atelier.lyon.agence_id, recu(atelier.cable, "100")),
    )
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "50")), agence_id=atelier.annecy.agence_id))

    creee = (await atelier.publies(FeuilleCreee))[-1]
    soldes = {s.agence_nom: s.reserve for s in (await atelier.publies(StockChange))[-2:]}
    assert creee.tout_en_stock
    assert creee.etat.attendus[0].reserve == Decimal(50)
    assert soldes == {"Annecy": Decimal(30), "Lyon": Decimal(20)}


async def test_what_is_missing_is_said(atelier: Atelier) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "30")))
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "50"))))

    attendu = (await atelier.publies(FeuilleCreee))[0].etat.attendus[0]
    assert [attendu.quantite, attendu.present, attendu.reserve, attendu.manquant] == [
        Decimal(n) for n in (50, 0, 30, 20)
    ]


async def test_services_are_not_waited_for_and_a_feuille_of_services_is_ready_at_once(atelier: Atelier) -> None:
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.pose, "3")), une_ligne(position=2)))

    creee = (await atelier.publies(FeuilleCreee))[0]
    assert creee.tout_en_stock
    assert creee.etat.attendus[0].present == Decimal(3)
    assert len(await atelier.publies(FeuillePrete)) == 1


async def test_a_devis_before_the_company_is_known_still_opens_its_feuille(atelier: Atelier) -> None:
    inconnue = une_reception(atelier.annecy.agence_id).reception_id
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "5")), agence_id=inconnue))

    async with atelier.database.read() as session:
        noms = list(await session.scalars(text("SELECT nom FROM depot ORDER BY nom")))
    assert len(await atelier.publies(FeuilleCreee)) == 1
    assert len(noms) == 3


def _avenant(devis: DevisValide, *lignes: LigneDevis) -> DevisValide:
    liens = {"demande_id": devis.demande_id, "etude_id": devis.etude_id, "tiers_id": devis.tiers_id}
    return un_devis_valide(*lignes, avenant_de=devis.proposition_id, numero=f"{devis.numero}-A1", **liens)


async def test_an_avenant_adds_its_lines_to_the_feuille_being_prepared(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.cable, "60")))
    devis = un_devis_valide(une_ligne(attend(atelier.cable, "50")))
    moins = une_ligne(position=2, prix_ht=-100, total_ht=-100)
    avenant = _avenant(devis, une_ligne(attend(atelier.cable, "30"), section="Étage"), moins)
    await atelier.recevoir(devis, avenant, avenant)

    (entete,) = (await client.get("/feuilles")).json()["elements"]
    feuille = (await client.get(f"/feuilles/{entete['id']}")).json()
    assert [c["position"] for c in feuille["colonnes"]] == [1, 2, 3]
    assert feuille["colonnes"][1]["section"] == f"Avenant {avenant.numero} · Étage"
    assert [len(c["attendus"]) for c in feuille["colonnes"]] == [1, 1, 0]
    assert len(await atelier.publies(FeuilleCreee)) == 1
    dite = (await atelier.publies(FeuilleModifiee))[-1]
    assert [(a.quantite, a.reserve, a.manquant) for a in dite.etat.attendus] == [
        tuple(map(Decimal, valeurs)) for valeurs in ((50, 50, 0), (30, 10, 20))
    ]
    assert (dite.etat.proposition_id, dite.demande_id) == (devis.proposition_id, devis.demande_id)


async def test_a_feuille_that_was_ready_waits_again_for_what_an_avenant_adds(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    devis = un_devis_valide(une_ligne())
    await atelier.recevoir(devis, _avenant(devis, une_ligne(attend(atelier.cable, "5"))))
    (entete,) = (await client.get("/feuilles")).json()["elements"]
    assert entete["etat"] == "ouverte"


async def test_an_avenant_signed_after_the_preparation_opens_a_feuille_of_the_same_demande(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    devis = un_devis_valide(une_ligne())
    await atelier.recevoir(devis)
    (entete,) = (await client.get("/feuilles")).json()["elements"]
    assert (await client.post(f"/feuilles/{entete['id']}/cloturer")).is_success
    avenant = _avenant(devis, une_ligne(attend(atelier.cable, "5")))
    await atelier.recevoir(avenant, avenant)

    feuilles = (await client.get("/feuilles", params={"demande_id": str(devis.demande_id)})).json()["elements"]
    assert {f["devis_numero"] for f in feuilles} == {devis.numero, avenant.numero}
    assert len(await atelier.publies(FeuilleCreee)) == 2


async def test_an_avenant_told_before_its_devis_waits_for_nobody(atelier: Atelier) -> None:
    devis = un_devis_valide(une_ligne())
    await atelier.recevoir(_avenant(devis, une_ligne(attend(atelier.cable, "5"))), devis)
    assert len(await atelier.publies(FeuilleCreee)) == 2
