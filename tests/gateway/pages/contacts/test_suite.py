"""A contact made on the way to something else: the form is filled in with what was known, then one goes back to it."""

from shared.kernel.ids import new_id
from tests.gateway.bureau import Bureau


async def test_qui_ecrit_pour_la_premiere_fois_devient_un_contact_puis_on_revient_au_courrier(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    courrier = new_id()
    suite = f"courrier:{courrier}"
    page = await alice.lire(f"/contacts/nouveau?nom=Zoe+Neuf&email=neuf@exemple.fr&suite={suite}")
    assert 'value="neuf@exemple.fr"' in page
    assert 'value="Zoe Neuf"' in page
    cree = await alice.envoyer(
        "/contacts/nouveau", 204, nom="Zoe Neuf", email="neuf@exemple.fr", roles="prospect", suite=suite
    )
    vers, _, tiers_id = cree.headers["hx-redirect"].partition("?tiers_id=")
    assert vers == f"/demandes/courriers/{courrier}"
    assert "neuf@exemple.fr" in await alice.lire(f"/contacts/{tiers_id}")
    ailleurs = await alice.envoyer(
        "/contacts/nouveau", 204, nom="Autre", roles="autre", suite="courrier://ailleurs.example"
    )
    assert ailleurs.headers["hx-redirect"].startswith("/contacts/0")
