"""What an object brought: its sale, less what it cost, less the hours it took."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from shared.contracts.demandes import TempsCorrige, TempsRetire
from shared.contracts.maintenance import EquipementAjoute, FicheEquipement
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_placement import agir, la_feuille
from tests.services.inventory.fil.test_rebuild import du_temps

Json = dict[str, Any]


@pytest.fixture
async def projet(atelier: Atelier, client: httpx.AsyncClient) -> UUID:
    """Two phones of 20.51 euros each, sold 100.05 and installed."""
    devis = un_devis_valide(une_ligne(attend(atelier.telephone, "2"), total_ht=Decimal("100.05")))
    recus = recu(atelier.telephone, "2", ("T1", "T2"), cout_unitaire_ht=Decimal("20.51"))
    await atelier.recevoir(devis, une_reception(atelier.annecy.agence_id, recus))
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    await circuler(atelier.database)
    return devis.demande_id


async def bilans(client: httpx.AsyncClient) -> dict[str, Json]:
    """The money of each object, by serial number."""
    objets = (await client.get("/historiques")).json()["elements"]
    return {o["numero_serie"]: (await client.get(f"/historiques/{o['id']}/bilan")).json() for o in objets}


def somme(lus: dict[str, Json], champ: str) -> Decimal:
    return sum((Decimal(b[champ]) for b in lus.values()), Decimal(0))


async def test_the_hours_of_a_project_are_shared_by_its_objects_to_the_cent(
    atelier: Atelier, client: httpx.AsyncClient, projet: UUID
) -> None:
    avant = await bilans(client)
    assert somme(avant, "marge_ht") == Decimal("59.03")
    await atelier.recevoir(du_temps(projet, 95))
    apres = await bilans(client)
    assert somme(apres, "heures_ht") == Decimal("67.29"), "95 minutes at 42.50 an hour"
    assert somme(apres, "marge_ht") == Decimal("59.03") - Decimal("67.29")
    assert {(b["minutes"], b["minutes_projet"], b["partages"]) for b in apres.values()} == {(0, 95, 2)}
    for b in apres.values():
        assert Decimal(b["marge_ht"]) == Decimal(b["vente_ht"]) - Decimal(b["cout_ht"]) - Decimal(b["heures_ht"])


async def test_corrected_and_removed_time_counts_as_it_is_now(
    atelier: Atelier, client: httpx.AsyncClient, projet: UUID
) -> None:
    pose, erreur = du_temps(projet, 90), du_temps(projet, 600)
    corrige = TempsCorrige(
        temps_id=pose.temps_id, demande_id=projet, tiers_id=new_id(), jour=date(2026, 3, 21), minutes=60, travaux="Pose"
    )
    retire = TempsRetire(temps_id=erreur.temps_id, demande_id=projet, tiers_id=new_id())
    await atelier.recevoir(pose, erreur, corrige, retire)
    assert somme(await bilans(client), "heures_ht") == Decimal("42.50")


async def test_a_repair_is_borne_by_the_object_repaired(
    atelier: Atelier, client: httpx.AsyncClient, projet: UUID
) -> None:
    objets = {o["numero_serie"]: o["id"] for o in (await client.get("/historiques")).json()["elements"]}
    equipement_id = new_id()
    fiche = FicheEquipement(tiers_id=new_id(), tiers_nom="Mairie", designation="Poste", historique_id=objets["T1"])
    sav = du_temps(new_id(), 30, equipement_id)
    corrige = TempsCorrige(
        temps_id=sav.temps_id, demande_id=sav.demande_id, tiers_id=new_id(), jour=sav.jour, minutes=60, travaux="Long"
    )
    await atelier.recevoir(EquipementAjoute(equipement_id=equipement_id, fiche=fiche), sav, corrige)
    lus = await bilans(client)
    assert {serie: b["heures_ht"] for serie, b in lus.items()} == {"T1": "42.50", "T2": "0.00"}
    vie = (await client.get(f"/historiques/{objets['T1']}/fil")).json()["elements"]
    assert "Temps corrigé : 1 h 00" in [e["titre"] for e in vie]


async def test_an_hour_without_a_cost_is_said_and_costs_are_for_those_who_may(
    atelier: Atelier, client: httpx.AsyncClient, projet: UUID, jeton: Jeton
) -> None:
    sans = du_temps(projet, 40).model_copy(update={"cout_horaire_ht": None})
    await atelier.recevoir(sans, du_temps(projet, 60))
    lus = await bilans(client)
    assert somme(lus, "heures_ht") == Decimal("42.50")
    assert {b["minutes_sans_cout"] for b in lus.values()} == {40}
    objet = (await client.get("/historiques")).json()["elements"][0]["id"]
    for droits in (("stock.lire",), ("couts.voir",)):
        assert (await client.get(f"/historiques/{objet}/bilan", headers=jeton(*droits))).status_code == 403
    assert (await client.get(f"/historiques/{new_id()}/bilan")).status_code == 404
