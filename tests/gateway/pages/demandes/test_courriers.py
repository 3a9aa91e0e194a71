"""A mail of somebody unknown waits in a page; saying whose it is opens a demande that shows it with its files."""

import re

from services.demandes.courrier.rules import lire
from services.demandes.courrier.use_cases import recevoir
from shared.kernel.actor import Actor
from shared.means import Means
from tests.gateway.pages.demandes.conftest import Navigateur
from tests.services.demandes.courrier.test_rules import NOUS, un_message

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


async def arriver(navigateur: Navigateur, sujet: str, identifiant: str) -> None:
    """A mail of a stranger, with a plan."""
    base = navigateur.monde.database
    pose = await Means.of(base).stockage.poser(PDF, "plan.pdf", "application/pdf")
    message = un_message("<b>Bonjour</b> à vous", Subject=sujet, From="neuf@exemple.fr", Message_ID=identifiant)
    async with base.transaction(Actor.systeme("Messagerie")) as tx:
        assert await recevoir(tx, lire(message.as_bytes(), nous=NOUS), [("plan.pdf", pose)], type_code="commercial")


async def test_un_courrier_sans_client_se_rattache_depuis_sa_page(navigateur: Navigateur) -> None:
    await arriver(navigateur, "Devis pour une alarme", "<c1@x>")
    await arriver(navigateur, "Suite de ma demande", "<c2@x>")
    page = await navigateur.ouvrir("/demandes/courriers")
    assert page.index("Suite de ma demande") < page.index("Devis pour une alarme")
    seconde, premiere = re.findall(r'href="(/demandes/courriers/[0-9a-f-]{36})"', page)
    fenetre = await navigateur.ouvrir(premiere, x_fenetre="dialogue")
    assert "&lt;b&gt;Bonjour&lt;/b&gt; à vous" in fenetre, "le HTML d’un inconnu reste du texte"
    rien = await navigateur.envoyer(premiere, type_code="commercial")
    assert (rien.status_code, "Choisissez un contact, ou une demande." in rien.text) == (422, True)
    ouverte = await navigateur.envoyer(premiere, type_code="commercial", tiers_id=str(navigateur.monde.tiers_id))
    demande = ouverte.headers["hx-redirect"]
    fiche = await navigateur.ouvrir(demande)
    assert "Courriers reçus" in fiche
    lien = re.search(r'href="(/demandes/courriers/[^"]+/pieces/[0-9a-f-]{36})"', fiche)
    assert lien is not None
    piece = await navigateur.http.get(lien[1])
    assert (piece.content, piece.headers["content-disposition"][:10]) == (PDF, "attachment")
    numero = re.search(r"D-\d{4}", fiche)
    assert numero is not None
    absent = await navigateur.envoyer(seconde, numero="D-9999")
    assert (absent.status_code, "Aucune demande ne porte le numéro" in absent.text) == (422, True)
    jointe = await navigateur.envoyer(seconde, numero=numero[0].lower())
    assert jointe.headers["hx-redirect"] == demande
    assert "Rien n’attend ici" in await navigateur.ouvrir("/demandes/courriers")


async def test_un_technicien_sans_droit_d_ouvrir_ne_rattache_pas(navigateur: Navigateur) -> None:
    await arriver(navigateur, "Devis", "<c3@x>")
    lecteur = await navigateur.asseoir("sonia", "magasin")
    page = await lecteur.ouvrir("/demandes/courriers")
    (courrier,) = re.findall(r'href="(/demandes/courriers/[0-9a-f-]{36})"', page)
    refus = await lecteur.envoyer(courrier, type_code="commercial", tiers_id=str(navigateur.monde.tiers_id))
    assert refus.status_code in (403, 422)
    assert "Devis" in await navigateur.ouvrir("/demandes/courriers")
