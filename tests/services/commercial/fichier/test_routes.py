"""Files of an étude and of an affaire: each under its own right, found together by their tiers."""

import httpx

from shared.contracts.commercial import FichiersAffaireModifies, FichiersEtudeModifies
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

PDF = {"content": b"%PDF-1.7 plan", "headers": {"content-type": "application/pdf"}}


async def test_each_kind_under_its_own_right(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    etude = (await client.post("/etudes", json={"demande_id": str(b.DEMANDE)})).json()
    corps = {"code": "AFF-1", "libelle": "Siège", "etat": "affaire", "tiers_id": etude["tiers_id"]}
    affaire = (await client.post("/affaires", json=corps)).json()
    for objets, objet in (("etudes", etude), ("affaires", affaire)):
        url = f"/{objets}/{objet['id']}/fichiers/{new_id()}"
        assert (await client.put(url, params={"nom": f"{objets}.pdf"}, **PDF)).status_code == 200  # type: ignore[arg-type]
        (lu,) = (await client.get(f"/fichiers-{objets}", params={"tiers_id": etude["tiers_id"]})).json()["elements"]
        assert (lu["nom"], lu["proprietaire_id"]) == (f"{objets}.pdf", objet["id"])
    assert lu["proprietaire_numero"] == "AFF-1"
    devis = await service_client("commercial", database, "devis.lire", "affaire.lire")
    for objets, objet in (("etudes", etude), ("affaires", affaire)):
        url = f"/{objets}/{objet['id']}/fichiers/{new_id()}"
        assert (await devis.put(url, params={"nom": "b.pdf"}, **PDF)).status_code == 403  # type: ignore[arg-type]
        inconnu = f"/{objets}/{new_id()}/fichiers/{new_id()}"
        assert (await client.put(inconnu, params={"nom": "b.pdf"}, **PDF)).status_code == 404  # type: ignore[arg-type]


async def test_what_changes_in_the_files_is_told_with_the_demande(
    client: httpx.AsyncClient, database: Database
) -> None:
    etude = (await client.post("/etudes", json={"demande_id": str(b.DEMANDE)})).json()
    corps = {"code": "AFF-2", "libelle": "Siège", "etat": "affaire", "tiers_id": etude["tiers_id"]}
    affaire = (await client.post("/affaires", json=corps)).json()
    for objets, objet in (("etudes", etude), ("affaires", affaire)):
        url = f"/{objets}/{objet['id']}/fichiers/{new_id()}"
        for _ in range(2):
            assert (await client.put(url, params={"nom": "plan.pdf"}, **PDF)).status_code == 200  # type: ignore[arg-type]
        await client.delete(url)
        await client.post(f"{url}/remettre")
    assert await annonces(database, FichiersEtudeModifies, FichiersAffaireModifies) == [
        *[FichiersEtudeModifies(etude_id=etude["id"], demande_id=b.DEMANDE, tiers_id=etude["tiers_id"])] * 3,
        *[FichiersAffaireModifies(affaire_id=affaire["id"], demande_id=None, tiers_id=etude["tiers_id"])] * 3,
    ]
