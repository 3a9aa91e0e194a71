"""What took the place of an object at its client's has its place in the parc, its group and its contract."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.maintenance.subscriptions import subscriptions
from shared.contracts.inventory import ObjetEchange, ObjetInstalle, Remplacant
from shared.contracts.maintenance import ContratModifie, CouvertureModifiee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces, recevoir
from tests.builders.maintenance import CLIENT, NOM, un_objet, une_feuille

Json = dict[str, Any]


def echange(ancien: ObjetInstalle, **valeurs: Any) -> ObjetEchange:
    """The copier was exchanged for the same one."""
    remplacant = Remplacant(
        historique_id=new_id(),
        produit_id=ancien.produit_id,
        reference=ancien.reference,
        designation=ancien.designation,
        type_code=ancien.type_code,
        type_libelle=ancien.type_libelle,
        numero_serie="A1B2-00999",
        etiquette="AM-9Z9Z",
        facture_fournisseur="F-90001",
    )
    base: Json = {
        "historique_id": ancien.historique_id,
        "remplace": "n° A1B2-00417",
        "remplacant": remplacant,
        "remplacant_nom": "n° A1B2-00999",
        "tiers_id": CLIENT,
        "tiers_nom": NOM,
        "demande_id": new_id(),
        "motif": "Tambour cassé",
        "devenir": "stock",
        "echange_le": datetime(2026, 3, 17, 10, 0, tzinfo=UTC),
    }
    return ObjetEchange(**base | valeurs)


async def parc(client: httpx.AsyncClient, **filtres: Any) -> list[Json]:
    """The parc of the client."""
    lus: list[Json] = (await client.get("/equipements", params={"tiers_id": str(CLIENT), **filtres})).json()["elements"]
    return lus


@pytest.fixture
async def copieur(maintenance: Database, client: httpx.AsyncClient) -> tuple[ObjetInstalle, Json]:
    """A copier in the hall, in a group, under a contract in force."""
    objet = un_objet(etiquette="AM-7K2P")
    await recevoir(maintenance, subscriptions, une_feuille(objet))
    (equipement,) = await parc(client)
    rangement = {
        "tiers_id": str(CLIENT),
        "equipement_ids": [equipement["id"]],
        "lieu": "Siège / Hall",
        "groupe": "Impression",
    }
    assert (await client.post("/equipements/ranger", json=rangement)).is_success
    contrat = {
        "tiers_id": str(CLIENT),
        "objet": "Maintenance copieurs",
        "debut": "2026-01-01",
        "periodicite_mois": 1,
        "lignes": [
            {"designation": "Copieur", "montant_ht": "40", "taux_tva": "20", "equipement_ids": [equipement["id"]]}
        ],
    }
    cree = (await client.post("/contrats", json=contrat)).json()
    assert (await client.post(f"/contrats/{cree['id']}/activer")).is_success
    return objet, (await client.get(f"/equipements/{equipement['id']}")).json()


async def test_it_takes_the_place_the_group_and_the_contract(
    maintenance: Database, client: httpx.AsyncClient, copieur: tuple[ObjetInstalle, Json]
) -> None:
    objet, avant = copieur
    fait = echange(objet)
    await recevoir(maintenance, subscriptions, fait, fait)
    (la,) = await parc(client)
    neuf = (await client.get(f"/equipements/{la['id']}")).json()
    assert (neuf["numero_serie"], neuf["etiquette"], neuf["remplace_id"]) == ("A1B2-00999", "AM-9Z9Z", avant["id"])
    assert [neuf[c] for c in ("lieu", "groupe", "contrat_id")] == [avant[c] for c in ("lieu", "groupe", "contrat_id")]
    assert (neuf["lieu"], neuf["installe_le"], neuf["demande_id"]) == (
        "Siège / Hall",
        "2026-03-17",
        str(fait.demande_id),
    )
    ancien = (await client.get(f"/equipements/{avant['id']}")).json()
    assert (ancien["est_retire"], ancien["retire_le"], ancien["contrat_id"]) == (True, "2026-03-17", None)
    assert ancien["motif_retrait"] == "Remplacé par n° A1B2-00999 : Tambour cassé"
    assert (ancien["remplace_par_id"], ancien["etiquette"]) == (neuf["id"], "AM-7K2P")
    contrat = (await annonces(maintenance, ContratModifie))[-1]
    assert isinstance(contrat, ContratModifie)
    assert [str(e) for e in contrat.lignes[0].equipement_ids] == [neuf["id"]]
    couverture = (await annonces(maintenance, CouvertureModifiee))[-1]
    assert isinstance(couverture, CouvertureModifiee)
    assert [str(e) for e in couverture.equipement_ids] == [neuf["id"]]


async def test_what_was_in_no_parc_changes_nothing(maintenance: Database, client: httpx.AsyncClient) -> None:
    await recevoir(maintenance, subscriptions, echange(un_objet()))
    assert await parc(client) == []


async def test_an_object_exchanged_twice_keeps_its_place(
    maintenance: Database, client: httpx.AsyncClient, copieur: tuple[ObjetInstalle, Json]
) -> None:
    objet, avant = copieur
    premier = echange(objet)
    r = premier.remplacant
    second = un_objet(historique_id=r.historique_id, numero_serie=r.numero_serie)
    await recevoir(maintenance, subscriptions, premier, echange(second))
    (la,) = await parc(client)
    assert (la["lieu"], la["contrat_id"]) == ("Siège / Hall", avant["contrat_id"])
    assert la["id"] not in (avant["id"],)
