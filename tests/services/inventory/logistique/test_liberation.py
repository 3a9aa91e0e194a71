"""What is kept for a project is given back by hand, with a reason: to nobody, or to another project that misses it."""

from decimal import Decimal
from typing import Any

import httpx

from shared.contracts.inventory import FeuilleModifiee
from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, recu, une_reception
from tests.services.inventory.feuille.test_approvisionnement import verifier_soldes
from tests.services.inventory.logistique.test_reservations import generer, servis, un_projet

Json = dict[str, Any]
MOTIF = "Le lycée ouvre lundi"


async def deux_projets(atelier: Atelier, client: httpx.AsyncClient) -> tuple[Json, Json]:
    """The mairie has its five phones in reserve, the lycée misses three."""
    mairie, lycee = un_projet(atelier, "Mairie", 0), un_projet(atelier, "Lycée", 3, "3")
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "5")), mairie, lycee)
    await generer(client)
    premier, second = (await client.get("/reservations")).json()["elements"]
    assert (premier["reserve"], second["manquant"]) == ("5.000", "3.000")
    return premier, second


async def liberer(client: httpx.AsyncClient, ligne: Json, quantite: str, **suite: Any) -> httpx.Response:
    return await client.post(
        f"/reservations/{ligne['attendu_id']}/liberer", json={"quantite": quantite, "motif": MOTIF, **suite}
    )


async def etat(client: httpx.AsyncClient) -> list[tuple[str, str, str]]:
    return servis({"lignes": (await client.get("/reservations")).json()["elements"]})


async def test_what_is_given_back_goes_to_the_project_that_misses_it(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    mairie, lycee = await deux_projets(atelier, client)
    reponse = await liberer(client, mairie, "4", pour_attendu_id=lycee["attendu_id"])
    assert reponse.status_code == 204, reponse.text
    assert await etat(client) == [("Mairie", "1.000", "4.000"), ("Lycée", "3.000", "0.000")]
    disponible = (await client.get(f"/produits/{atelier.telephone.id}/stock")).json()[0]["disponible"]
    assert disponible == "1.000"  # the lycée missed three: the fourth is anybody's
    await verifier_soldes(atelier.database)
    derniers = {f.feuille_id: f.etat for f in await atelier.publies(FeuilleModifiee)}
    manques = {str(id_): [a.manquant for a in f.attendus] for id_, f in derniers.items()}
    assert manques[mairie["feuille_id"]] == [Decimal(4)]
    assert manques[lycee["feuille_id"]] == [Decimal(0)]

    (rendue,) = (await client.get(f"/feuilles/{mairie['feuille_id']}")).json()["liberations"]
    assert (rendue["quantite"], rendue["motif"]) == ("4.000", MOTIF)
    assert (rendue["pour_feuille"], rendue["pour_tiers"]) == (lycee["feuille_numero"], "Lycée")
    assert (await client.get(f"/feuilles/{lycee['feuille_id']}")).json()["liberations"] == []


async def test_given_back_to_nobody_it_is_free_until_a_run(atelier: Atelier, client: httpx.AsyncClient) -> None:
    mairie, _ = await deux_projets(atelier, client)
    assert (await liberer(client, mairie, "2")).status_code == 204
    assert await etat(client) == [("Mairie", "3.000", "2.000"), ("Lycée", "0.000", "3.000")]
    await verifier_soldes(atelier.database)
    await generer(client)
    assert await etat(client) == [("Mairie", "5.000", "0.000"), ("Lycée", "0.000", "3.000")]


async def test_refusals_say_why_and_leave_everything_in_place(
    atelier: Atelier, client: httpx.AsyncClient, jeton: Jeton
) -> None:
    mairie, lycee = await deux_projets(atelier, client)
    trop = await liberer(client, mairie, "6")
    assert (trop.status_code, "n’a que 5 de" in trop.json()["detail"]) == (422, True)
    a_soi = await liberer(client, mairie, "1", pour_attendu_id=mairie["attendu_id"])
    assert a_soi.status_code == 409
    assert (await liberer(client, lycee, "1")).status_code == 422
    sans_motif = await client.post(
        f"/reservations/{mairie['attendu_id']}/liberer", json={"quantite": "1", "motif": "x"}
    )
    assert sans_motif.status_code == 422
    assert (await liberer(client, {"attendu_id": mairie["feuille_id"]}, "1")).status_code == 404
    assert await etat(client) == [("Mairie", "5.000", "0.000"), ("Lycée", "0.000", "3.000")]
    client.headers.update(jeton("stock.lire"))
    assert (await liberer(client, mairie, "1")).status_code == 403
