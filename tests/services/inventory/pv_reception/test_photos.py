"""Photos of objects: kept with them, told in their life, shown on the PV when asked."""

import io
from typing import Any

import httpx
import pytest
from PIL import Image
from pypdf import PdfReader

from shared.contracts.inventory import FichierObjetJoint
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import Atelier, circuler
from tests.services.inventory.feuille.test_approvisionnement import objets
from tests.services.inventory.pv_reception.test_pv import feuille, signer, texte

Json = dict[str, Any]
__all__ = ["feuille"]


def photo(couleur: str = "teal", *, orientation: int = 1) -> bytes:
    """What a phone takes, lying on its side when `orientation` is 6."""
    image, sortie = Image.new("RGB", (3000, 2000), couleur), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Telephone de Karim"
    image.save(sortie, "JPEG", exif=exif)
    return sortie.getvalue()


async def deposer(
    client: httpx.AsyncClient, objet: Json, contenu: bytes, nom: str = "Photo 2026-03-17.jpg", id_: str | None = None
) -> httpx.Response:
    """PUT a file, as the page does."""
    return await client.put(
        f"/historiques/{objet['id']}/fichiers/{id_ or new_id()}", params={"nom": nom}, content=contenu
    )


async def test_photos_are_kept_with_the_object_and_told_in_its_life(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json
) -> None:
    (objet,) = await objets(client)
    id_ = str(new_id())
    for _ in range(2):
        assert (await deposer(client, objet, photo(), id_=id_)).status_code == 200
    assert (await deposer(client, objet, photo("red"), nom="Baie.jpg")).status_code == 200
    lues = (await client.get(f"/historiques/{objet['id']}/fichiers")).json()["elements"]
    assert [f["nom"] for f in lues] == ["Baie.jpg", "Photo 2026-03-17.jpg"]
    apercu = await client.get(f"/historiques/{objet['id']}/fichiers/{id_}/apercu")
    assert apercu.headers["content-type"] == "image/jpeg"
    assert len(await atelier.publies(FichierObjetJoint)) == 2, "sent twice, told once"
    await circuler(atelier.database)
    vie = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
    dites = [(e["titre"], e["detail"], e["lien"]) for e in vie if e["type"] == "photo"]
    assert ("Photo ajoutée", "Photo 2026-03-17.jpg", f"/fichiers/objet/{objet['id']}/{id_}") in dites
    assert len(dites) == 2


async def test_what_is_no_photo_nor_paper_is_refused(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json, service_client: ServiceClient
) -> None:
    (objet,) = await objets(client)
    csv = await deposer(client, objet, b"a;b\n1;2\n", nom="notes.csv")
    assert (csv.status_code, csv.json()["code"]) == (422, "type_refuse")
    assert "PDF" in csv.json()["detail"]
    faux = await deposer(client, objet, b"<html>", nom="photo.jpg")
    assert faux.status_code == 422
    assert (await deposer(client, {"id": str(new_id())}, photo())).status_code == 404
    lecteur = await service_client("inventory", atelier.database, "stock.lire")
    assert (await deposer(lecteur, objet, photo())).status_code == 403
    assert (await client.get(f"/historiques/{objet['id']}/fichiers")).json()["elements"] == []


async def test_the_pv_shows_the_photos_that_were_chosen(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json
) -> None:
    (objet,) = await objets(client)
    gardee = (await deposer(client, objet, photo(orientation=6), nom="Poste posé.jpg")).json()
    await deposer(client, objet, photo("red"), nom="Ratée.jpg")
    pv = await signer(client, feuille, photo_ids=[gardee["id"]])
    assert [(p["nom"], p["objet"]) for p in pv["photos"]] == [("Poste posé.jpg", "« Téléphone SIP » n° SN-42")]
    await circuler(atelier.database)
    document = (await client.get(f"/pv-reception/{pv['id']}/document")).content
    lu = texte(document)
    assert "Photos jointes au procès-verbal" in lu
    assert "Poste posé.jpg" in lu
    assert "Ratée.jpg" not in lu
    images = {i.image.size for page in PdfReader(io.BytesIO(document)).pages for i in page.images if i.image}
    assert (933, 1400) in images, "upright, small enough to print"
    assert b"Telephone de Karim" not in document, "what the phone wrote in it stays with us"


@pytest.mark.parametrize("qui", ["inconnue", "retiree", "d_un_autre"])
async def test_a_photo_that_is_not_of_this_feuille_is_refused(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json, qui: str
) -> None:
    (objet,) = await objets(client)
    id_ = str(new_id())
    if qui == "retiree":
        id_ = (await deposer(client, objet, photo())).json()["id"]
        await client.delete(f"/historiques/{objet['id']}/fichiers/{id_}")
    elif qui == "d_un_autre":
        corps = {
            "produit_id": str(atelier.telephone.id),
            "depot_id": str(atelier.depots["ANN"]),
            "quantite": "1",
            "numeros_serie": ["AUTRE"],
            "motif": "Inventaire",
        }
        (autre,) = (await client.post("/entrees", json=corps)).json()
        id_ = (await deposer(client, autre, photo())).json()["id"]
    assert (await signer(client, feuille, 404, photo_ids=[id_]))["code"] == "photo_inconnue"
    assert (await client.get("/pv-reception")).json()["elements"] == []
