"""Photos of workshop operations: asked by the type, taken on the object, kept and told with it."""

from typing import Any

import httpx
import pytest

from services.inventory.type_produit.schemas import SaisieTypeProduit
from shared.contracts.inventory import FichierObjetJoint
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier, attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_placement import agir, la_feuille
from tests.services.inventory.pv_reception.test_photos import photo

Json = dict[str, Any]
OPERATIONS = [
    {"cle": "firmware", "libelle": "Firmware mis à jour"},
    {"cle": "cablage", "libelle": "Câblage de la baie", "photo": "requise"},
    {"cle": "essai", "libelle": "Page d’essai", "photo": "possible"},
]


@pytest.fixture
async def copieur(atelier: Atelier, client: httpx.AsyncClient) -> Json:
    """A copier on a feuille; the cabling of its type asks for a photo."""
    (lu,) = [t for t in (await client.get("/types-produit")).json() if t["code"] == "copieur"]
    saisie = {nom: lu[nom] for nom in SaisieTypeProduit.model_fields} | {"actions": OPERATIONS}
    assert (await client.put(f"/types-produit/{lu['id']}", json=saisie)).status_code == 200
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.copieur))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ9",))))
    objet: Json = (await la_feuille(client))["colonnes"][0]["objets"][0]
    return objet


async def cocher(client: httpx.AsyncClient, objet: Json, cle: str, *, est_faite: bool = True) -> httpx.Response:
    """Tick or untick an operation."""
    return await client.put(f"/historiques/{objet['id']}/actions/{cle}", json={"est_faite": est_faite})


async def prendre(
    client: httpx.AsyncClient, objet: Json, cle: str = "cablage", contenu: bytes = b"", id_: str = ""
) -> httpx.Response:
    """PUT a photo of an operation, as the page does."""
    url = f"/historiques/{objet['id']}/actions/{cle}/photos/{id_ or new_id()}"
    return await client.put(url, params={"nom": "image.jpg"}, content=contenu or photo())


def photos(fiche: Json) -> dict[str, list[str]]:
    """The names of the photos of each operation."""
    return {a["cle"]: [p["nom"] for p in a["photos"]] for a in fiche["actions"]}


async def test_an_operation_that_wants_a_photo_is_not_ticked_without(client: httpx.AsyncClient, copieur: Json) -> None:
    refus = await cocher(client, copieur, "cablage")
    assert (refus.status_code, refus.json()["code"]) == (422, "photo_manquante")
    assert refus.json()["detail"] == "« Câblage de la baie » demande une photo : prenez-la, puis cochez l’opération."
    fenetre = {"valeurs": {"adresse_ip": "192.168.1.20"}, "actions": {"firmware": True, "cablage": True}}
    assert (await client.put(f"/historiques/{copieur['id']}/preparation", json=fenetre)).status_code == 422
    fiche = (await client.get(f"/historiques/{copieur['id']}")).json()
    assert not any(a["est_faite"] for a in fiche["actions"]), "nothing of the window is saved when it is refused"
    assert [a["photo"] for a in fiche["actions"]] == ["aucune", "requise", "possible"]

    assert (await cocher(client, copieur, "essai")).status_code == 200, "a photo that is only possible keeps nobody"
    assert (await prendre(client, copieur)).status_code == 200
    assert (await client.put(f"/historiques/{copieur['id']}/preparation", json=fenetre)).status_code == 200
    fiche = (await client.get(f"/historiques/{copieur['id']}")).json()
    assert all(a["est_faite"] for a in fiche["actions"])


async def test_photos_bear_the_name_of_the_operation_and_are_told(
    atelier: Atelier, client: httpx.AsyncClient, copieur: Json
) -> None:
    id_ = str(new_id())
    for _ in range(2):
        assert (await prendre(client, copieur, id_=id_)).status_code == 200
    fiche = (await prendre(client, copieur, contenu=photo("red"))).json()
    assert photos(fiche) == {
        "firmware": [],
        "cablage": ["Câblage de la baie.jpg", "Câblage de la baie 2.jpg"],
        "essai": [],
    }
    fichiers = (await client.get(f"/historiques/{copieur['id']}/fichiers")).json()["elements"]
    assert [f["nom"] for f in fichiers] == ["Câblage de la baie 2.jpg", "Câblage de la baie.jpg"]
    assert [f.operation for f in await atelier.publies(FichierObjetJoint)] == ["Câblage de la baie"] * 2
    await circuler(atelier.database)
    vie = (await client.get(f"/historiques/{copieur['id']}/fil")).json()["elements"]
    dites = [(e["titre"], e["lien"]) for e in vie if e["type"] == "photo"]
    assert ("Photo : Câblage de la baie", f"/fichiers/objet/{copieur['id']}/{id_}") in dites
    assert len(dites) == 2


async def test_the_only_photo_of_a_ticked_operation_stays(client: httpx.AsyncClient, copieur: Json) -> None:
    (premiere,) = [a for a in (await prendre(client, copieur)).json()["actions"] if a["cle"] == "cablage"]
    url = f"/historiques/{copieur['id']}/fichiers/{premiere['photos'][0]['id']}"
    await cocher(client, copieur, "cablage")
    refus = await client.delete(url)
    assert (refus.status_code, refus.json()["code"]) == (409, "photo_retenue")
    autre = (await prendre(client, copieur, contenu=photo("red"))).json()
    assert (await client.delete(url)).status_code == 204
    assert photos((await client.get(f"/historiques/{copieur['id']}")).json())["cablage"] == ["Câblage de la baie 2.jpg"]
    derniere = next(p["id"] for a in autre["actions"] for p in a["photos"] if p["nom"].endswith(" 2.jpg"))
    assert (await client.delete(f"/historiques/{copieur['id']}/fichiers/{derniere}")).status_code == 409
    await cocher(client, copieur, "cablage", est_faite=False)
    assert (await client.delete(f"/historiques/{copieur['id']}/fichiers/{derniere}")).status_code == 204
    assert (await cocher(client, copieur, "cablage")).json()["code"] == "photo_manquante"


async def test_what_is_no_photo_or_no_longer_ours_is_refused(client: httpx.AsyncClient, copieur: Json) -> None:
    papier = await prendre(client, copieur, contenu=b"%PDF-1.7\n%%EOF\n")
    assert papier.status_code == 422
    assert (await prendre(client, copieur, "inconnue")).json()["code"] == "action_inconnue"
    assert (await prendre(client, {"id": str(new_id())})).status_code == 404
    feuille = await la_feuille(client)
    for verbe in ("cloturer", "valider"):
        await agir(client, feuille, verbe, malgre_ecarts=True)
    assert (await prendre(client, copieur)).json()["code"] == "feuille_verrouillee"
