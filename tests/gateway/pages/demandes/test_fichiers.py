"""Files of a demande in its page: attached, looked at with their versions, taken off and put back; those of its mails beside."""

import re

import httpx

from shared.kernel.ids import new_id
from shared.testing.texte import simple
from tests.gateway.pages.demandes.conftest import Navigateur
from tests.gateway.pages.demandes.test_courriers import arriver

PDF = b"%PDF-1.7 plan"


async def joindre(navigateur: Navigateur, objet: str, nom: str, contenu: bytes) -> httpx.Response:
    """What the zone of a page sends."""
    entetes = {"content-type": "application/octet-stream", "X-CSRF-Token": navigateur.csrf}
    url = f"/api/{objet}/fichiers/{new_id()}"
    return await navigateur.http.put(url, params={"nom": nom}, content=contenu, headers=entetes)


async def test_un_fichier_se_voit_avec_ses_versions_se_retire_et_revient(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    fiche, api = f"/demandes/{demande['id']}", f"demandes/demandes/{demande['id']}"
    for contenu in (PDF, PDF + b" 2"):
        assert (await joindre(navigateur, api, "plan.pdf", contenu)).status_code == 200
    page = await navigateur.ouvrir(fiche)
    assert "version 2" in page
    assert f'data-depot-url="/api/{api}/fichiers"' in page
    assert "a joint la version 2 de" in page
    lien = re.search(r'href="(/fichiers/demande/[^"]+)" title="plan.pdf" data-dialogue', page)
    assert lien is not None
    fenetre = await navigateur.ouvrir(lien[1], x_fenetre="dialogue")
    assert [fenetre.count(f"Version {n}") > 0 for n in (1, 2)] == [True, True]
    apercu = re.search(r'<object class="apercu-pdf" data="([^"#]+)', fenetre)
    assert apercu is not None
    montre = await navigateur.http.get(apercu[1])
    assert (montre.content, montre.headers["content-disposition"][:6]) == (PDF + b" 2", "inline")
    assert "frame-ancestors 'self'" in montre.headers["content-security-policy"]
    retrait = await navigateur.envoyer(f"{lien[1]}/retirer")
    assert "Fichier retiré" in retrait.headers["hx-trigger"].encode().decode("unicode_escape")
    assert "version 2 ·" not in await navigateur.ouvrir(fiche)
    assert "a retiré la version 2 de" in await navigateur.ouvrir(fiche)
    assert "Retiré par Camille Test" in await navigateur.ouvrir(lien[1])
    await navigateur.envoyer(f"{lien[1]}/remettre")
    assert "version 2" in await navigateur.ouvrir(lien[1][: lien[1].rindex("/")])
    journal = await navigateur.ouvrir(f"/journal/demandes/{demande['id']}")
    assert "plan.pdf" in journal


async def test_ce_qu_un_courrier_apporte_reste_avec_les_fichiers(navigateur: Navigateur) -> None:
    await arriver(navigateur, "Devis pour une alarme", "<c1@x>")
    (courrier,) = re.findall(
        r'href="(/demandes/courriers/[0-9a-f-]{36})"', await navigateur.ouvrir("/demandes/courriers")
    )
    ouverte = await navigateur.envoyer(courrier, type_code="commercial", tiers_id=str(navigateur.monde.tiers_id))
    fiche = await navigateur.ouvrir(ouverte.headers["hx-redirect"])
    assert "reçu par courrier de" in fiche
    voir = re.search(r'href="(/demandes/courriers/[^"]+/voir)" title="plan.pdf"', fiche)
    assert voir is not None
    fenetre = await navigateur.ouvrir(voir[1], x_fenetre="dialogue")
    apercu = re.search(r'<object class="apercu-pdf" data="([^"#]+)', fenetre)
    assert apercu is not None
    assert (await navigateur.http.get(apercu[1])).headers["content-type"] == "application/pdf"
    assert "Retirer" not in fenetre


async def test_la_fiche_du_contact_les_montre_tous_et_dit_ce_qui_manque(navigateur: Navigateur) -> None:
    corps = {"nom": "Mairie d’Annecy", "roles": ["client"]}
    tiers = (await navigateur.deposer("/api/contacts/tiers", corps)).json()  # type: ignore[arg-type]
    demande = await navigateur.monde.ouvrir(objet="Alarme du dépôt")
    await joindre(navigateur, f"contacts/tiers/{tiers['id']}", "kbis.pdf", PDF)
    await joindre(navigateur, f"demandes/demandes/{demande['id']}", "plan.pdf", PDF + b" 1")
    page = await navigateur.ouvrir(f"/contacts/{tiers['id']}/fichiers")
    assert "kbis.pdf" in page
    assert "Cette fiche" in page
    assert simple("Devis ne répond pas") in page
    assert "plan.pdf" not in page, "ce fichier est d’un autre contact"
