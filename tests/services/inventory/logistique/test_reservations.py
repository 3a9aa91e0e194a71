"""The run of reservations: affaire priority, then delay, the same answer every time."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import AffaireModifiee, DevisValide, FicheAffaire
from shared.contracts.inventory import FeuilleModifiee
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton
from tests.builders.inventory import HIER, Atelier, attend, enveloppe, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import verifier_soldes

Json = dict[str, Any]


def un_projet(atelier: Atelier, nom: str, priorite: int, quantite: str = "5", **valeurs: Any) -> DevisValide:
    """A signed devis of an affaire of that priority, which needs phones."""
    affaire = {"affaire_id": new_id(), "priorite": priorite, "tiers_nom": nom, "agence_id": atelier.annecy.agence_id}
    return un_devis_valide(une_ligne(attend(atelier.telephone, quantite)), **{**affaire, **valeurs})


def une_affaire(devis: DevisValide, priorite: int, seq: int | None = None) -> Any:
    """Its affaire, whose priority is set."""
    fiche = FicheAffaire(code=f"AFF-{devis.tiers_nom}", libelle="x", etat="affaire", priorite=priorite)
    assert devis.affaire_id is not None
    return enveloppe(AffaireModifiee(affaire_id=devis.affaire_id, fiche=fiche), seq=seq)


async def generer(client: httpx.AsyncClient) -> Json:
    """The result of a run."""
    reponse = await client.post("/reservations/generer")
    assert reponse.status_code == 200, reponse.text
    resultat: Json = reponse.json()
    return resultat


def servis(resultat: Json) -> list[tuple[str, str, str]]:
    """(project, kept, missing), in the sequence of service."""
    return [(x["tiers_nom"], f"{Decimal(x['reserve']):f}", f"{Decimal(x['manquant']):f}") for x in resultat["lignes"]]


@pytest.mark.feature("AF-27", "AF-28")
async def test_the_higher_priority_is_served_first_and_swapped_priorities_are_reversed(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    mairie, lycee = un_projet(atelier, "Mairie", 0), un_projet(atelier, "Lycée", 3, valide_le=HIER - timedelta(days=9))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "5")), lycee, mairie)

    resultat = await generer(client)
    assert servis(resultat) == [("Mairie", "5.000", "0.000"), ("Lycée", "0.000", "5.000")]
    assert [x["priorite"] for x in resultat["lignes"]] == [0, 3]
    assert resultat["feuilles_changees"] == 2  # the lycée had signed first and everything was kept for it
    await verifier_soldes(atelier.database)

    encore = await generer(client)
    assert (encore["lignes"], encore["feuilles_changees"]) == (resultat["lignes"], 0)

    await atelier.recevoir(une_affaire(mairie, 3), une_affaire(lycee, 0))
    resultat = await generer(client)
    assert servis(resultat) == [("Lycée", "5.000", "0.000"), ("Mairie", "0.000", "5.000")]
    await verifier_soldes(atelier.database)
    derniers = {f.etat.tiers_nom: f.etat for f in await atelier.publies(FeuilleModifiee)}
    assert (derniers["Mairie"].attendus[0].manquant, derniers["Lycée"].priorite) == (Decimal(5), 0)


@pytest.mark.feature("IN-33")
async def test_at_equal_priority_the_earliest_delay_then_the_oldest_signature_wins(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    projets = [
        un_projet(atelier, "Sans date", 2, "2", valide_le=HIER - timedelta(days=30)),
        un_projet(atelier, "Juin", 2, "2", livraison_souhaitee=date(2026, 6, 1)),
        un_projet(atelier, "Mai, signé tard", 2, "2", livraison_souhaitee=date(2026, 5, 1)),
        un_projet(atelier, "Mai", 2, "2", livraison_souhaitee=date(2026, 5, 1), valide_le=HIER - timedelta(days=1)),
    ]
    await atelier.recevoir(*projets)
    await client.post(
        "/entrees",
        json={
            "produit_id": str(atelier.telephone.id),
            "depot_id": str(atelier.depots["LYO"]),
            "quantite": "5",
            "motif": "Inventaire",
        },
    )
    assert servis(await generer(client)) == [
        ("Mai", "2.000", "0.000"),
        ("Mai, signé tard", "2.000", "0.000"),
        ("Juin", "1.000", "1.000"),
        ("Sans date", "0.000", "2.000"),
    ]
    # what arrives later goes to the same people in the same sequence
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2")))
    lignes = (await client.get("/reservations")).json()["elements"]
    assert [(x["tiers_nom"], x["present"], x["manquant"]) for x in lignes] == [
        ("Mai", "0.000", "0.000"),
        ("Mai, signé tard", "0.000", "0.000"),
        ("Juin", "1.000", "0.000"),
        ("Sans date", "1.000", "1.000"),
    ]
    await verifier_soldes(atelier.database)


async def test_an_older_word_about_an_affaire_changes_nothing(atelier: Atelier, client: httpx.AsyncClient) -> None:
    devis = un_projet(atelier, "Mairie", 4)
    await atelier.recevoir(devis, une_affaire(devis, 1, seq=900_000), une_affaire(devis, 8, seq=800_000))
    (ligne,) = (await client.get("/reservations")).json()["elements"]
    assert (ligne["priorite"], ligne["affaire_code"]) == (1, "AFF-Mairie")


async def test_only_who_moves_stock_runs_the_reservations(client: httpx.AsyncClient, jeton: Jeton) -> None:
    refus = await client.post("/reservations/generer", headers=jeton("stock.lire", "feuille.lire"))
    assert refus.status_code == 403
