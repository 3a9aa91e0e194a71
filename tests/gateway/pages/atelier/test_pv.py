"""The PV de réception signed from its page."""

from tests.builders.inventory import attend, circuler, recu, un_devis_valide, une_ligne, une_reception
from tests.gateway.pages.atelier.conftest import Navigateur


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
