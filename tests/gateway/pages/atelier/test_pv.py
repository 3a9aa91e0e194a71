"""The PV de réception signed from its page."""

import re

from shared.kernel.ids import new_id
from tests.builders.inventory import attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur
from tests.services.inventory.pv_reception.test_photos import photo


async def test_it_is_signed_and_its_file_opens(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(un_devis_valide(une_ligne(attend(a.telephone, "1"))))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    ici = f"/atelier/feuilles/{(await navigateur.feuille())['id']}"
    assert f"{ici}/pv" in await navigateur.lire(ici)
    page = await navigateur.lire(f"{ici}/pv")
    assert "n° SN1" in page
    assert "data-signature" in page
    refus = await navigateur.envoyer(f"{ici}/pv", 422, signe_par="Mme Lefèvre", reserves="Goulotte", trace="")
    assert "le client signe dans le cadre" in refus.text
    assert "Goulotte" in refus.text
    await navigateur.envoyer(f"{ici}/pv", signe_par="Mme Lefèvre", trace="M10 20L30 40")
    await circuler(a.database)
    (pv,) = (await navigateur.api.get("/pv-reception")).json()["elements"]
    assert f"/atelier/pv/{pv['id']}.pdf" in await navigateur.lire(ici)
    fichier = await navigateur.http.get(f"/atelier/pv/{pv['id']}.pdf")
    assert fichier.content.startswith(b"%PDF")


async def test_photos_of_the_objects_are_chosen_for_the_pv(navigateur: Navigateur) -> None:
    a = navigateur.atelier
    await a.recevoir(un_devis_valide(une_ligne(attend(a.telephone, "1"))))
    await a.recevoir(une_reception(a.annecy.agence_id, recu(a.telephone, "1", ("SN1",))))
    feuille = await navigateur.feuille()
    objet = feuille["colonnes"][0]["objets"][0]["id"]
    ici = f"/atelier/feuilles/{feuille['id']}/pv"
    assert "Photos à joindre" not in await navigateur.lire(ici)
    adresse = f"/api/inventory/historiques/{objet}/fichiers/{new_id()}"
    entetes = {"X-CSRF-Token": navigateur.csrf, "Content-Type": "image/jpeg"}
    depose = await navigateur.http.put(adresse, params={"nom": "Poste.jpg"}, content=photo(), headers=entetes)
    assert depose.status_code == 200, depose.text
    page = await navigateur.lire(f"/atelier/objets/{objet}")
    apercu = f"{adresse}/apercu"
    assert f'<img src="{apercu}" alt="Poste.jpg"' in page
    image = await navigateur.http.get(apercu)
    assert (image.status_code, image.headers["content-type"]) == (200, "image/jpeg")
    assert "Poste.jpg" in await navigateur.lire(f"/fichiers/objet/{objet}")
    page = await navigateur.lire(ici)
    assert "Photos à joindre" in page
    refus = await navigateur.envoyer(ici, 422, signe_par="Mme Lefèvre", trace="", photo_ids=depose.json()["id"])
    assert re.search(r'name="photo_ids" value="[^"]+" checked', refus.text), "what was chosen stays"
    await navigateur.envoyer(ici, signe_par="Mme Lefèvre", trace="M10 20L30 40", photo_ids=depose.json()["id"])
    (pv,) = (await navigateur.api.get("/pv-reception")).json()["elements"]
    assert [p["nom"] for p in (await navigateur.api.get(f"/pv-reception/{pv['id']}")).json()["photos"]] == ["Poste.jpg"]
