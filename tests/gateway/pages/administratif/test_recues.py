"""Electronic invoices dropped on the pages of accounts."""

from typing import Any

import pytest

from services.billing.subscriptions import subscriptions as billing
from shared.testing.delivery import recevoir
from shared.testing.texte import simple
from tests.builders.billing import un_client
from tests.gateway.bureau import Bureau, Poste
from tests.services.billing.facture_recue.recues import SIREN, un_avoir, une_cii
from tests.services.billing.facture_recue.test_facture_recue import ELECDIS, d_elecdis, une_ligne_recue

ICI = "/administratif/fournisseurs/recues"


async def _deposer(poste: Poste, contenu: bytes, statut: int = 204) -> Any:
    return await poste.envoyer(ICI, statut=statut, files={"fichier": ("F-778.xml", contenu, "text/xml")})


async def test_a_dropped_invoice_is_read_waits_then_joins_the_reception(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    liste = await celine.lire("/administratif/fournisseurs")
    assert "Déposer la facture ici ou parcourir" in liste
    fiche = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    lue = await celine.lire(fiche)
    assert "Elecdis n’est pas dans le carnet d’adresses. Une fois le fournisseur créé, cherchez à nouveau." in lue
    for dit in ("Switch", "1 000,00 € HT", "24/04/2026", "CF-2026-00012", "4 rue des Alliés, 38000 Grenoble"):
        assert dit in lue
    lien = lue[lue.index("/contacts/nouveau?") :].split('"')[0].replace("&amp;", "&")
    assert f"siren={SIREN}" in lien
    assert "genre=fournisseur" in lien

    assert "Reçues à rapprocher" in await celine.lire("/administratif/fournisseurs")
    assert "1 facture à rapprocher · 1 000,00 € HT" in await celine.lire(ICI)
    fournisseur = un_client(ELECDIS, nom="Elecdis", roles=("fournisseur",), siren=SIREN)
    autre = d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100", "CF-2026-00099"))
    await recevoir(bureau.bases["billing"], billing, fournisseur, autre)
    await celine.envoyer(f"{fiche}/chercher")
    attend = await celine.lire(fiche)
    assert "Aucune réception de la commande « CF-2026-00012 » n’attend cette facture. Choisissez" in attend
    achat_id = attend[attend.index('name="achat_id"') :].split('value="', 1)[1].split('"')[0]
    await celine.envoyer(f"{fiche}/choisir", achat_id=achat_id)
    achat = await celine.lire(f"/administratif/fournisseurs/{achat_id}")
    assert "Contrôlée" in achat
    assert f'href="{fiche}"' in achat
    assert "Toutes les factures reçues sont rapprochées" in await celine.lire(ICI)
    assert "F-778" in await celine.lire(f"{ICI}?etat=rapprochee")
    fichier = await celine.http.get(f"{fiche}/fichier")
    assert fichier.content == une_cii()
    assert fichier.headers["content-disposition"].startswith("attachment")


@pytest.mark.feature("BI-08")
async def test_received_invoices_and_those_to_check_are_searched_as_one_types(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await _deposer(celine, une_cii())
    assert "F-778" in await celine.lire(f"{ICI}?q=elecdis")
    rien = await celine.lire(f"{ICI}?q=autre")
    assert "F-778" not in rien
    assert "Aucune facture ne correspond" in rien
    await recevoir(bureau.bases["billing"], billing, d_elecdis("REC-7", une_ligne_recue("SWITCH", "1", "12")))
    assert "REC-7" in await celine.lire("/administratif/fournisseurs?q=rec-7")
    assert "REC-7" not in await celine.lire("/administratif/fournisseurs?q=rec-8")


async def test_what_is_refused_is_said_in_the_form(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await _deposer(celine, une_cii())
    encore = simple((await _deposer(celine, une_cii(), 422)).text)
    assert "La facture F-778 (Elecdis) a déjà été déposée" in encore
    assert "f-facture-recue" in encore
    hostile = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'
    assert "ne se lit pas comme une facture électronique" in simple((await _deposer(celine, hostile, 422)).text)
    assert "dépasse 10 Mo" in simple((await _deposer(celine, b"x" * (10 * 1024 * 1024 + 1), 422)).text)
    assert "Choisissez le fichier" in simple((await celine.envoyer(ICI, statut=422)).text)


async def test_one_whose_sums_are_wrong_says_what_to_do(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fournisseur = un_client(ELECDIS, nom="Elecdis", roles=("fournisseur",), siren=SIREN)
    await recevoir(bureau.bases["billing"], billing, fournisseur)
    juste = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    assert "Elle rejoindra sa réception dès que celle-ci sera validée." in await celine.lire(juste)
    fausse = (await _deposer(celine, une_cii(numero="F-779", ttc="1210.00"))).headers["hx-redirect"]
    dit = await celine.lire(fausse)
    assert "Total TTC : 1 210,00 € sur la facture, 1 200,00 € calculés. Demandez au fournisseur de la corriger" in dit


async def test_one_set_aside_says_why_and_may_come_again(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fiche = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    await celine.envoyer(f"{fiche}/ecarter", motif="Commande annulée")
    assert "Commande annulée" in await celine.lire(fiche)
    await _deposer(celine, une_cii())


async def test_who_may_not_see_costs_neither_drops_nor_reads(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fiche = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    nicolas = await bureau.asseoir("nicolas", "technicien")
    await nicolas.lire(fiche, statut=403)
    await _deposer(nicolas, une_cii(numero="F-9"), 403)


async def test_each_answer_to_the_supplier_is_on_the_page_with_who_and_why(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fournisseur = un_client(ELECDIS, nom="Elecdis", roles=("fournisseur",), siren=SIREN)
    reception = d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100"))
    await recevoir(bureau.bases["billing"], billing, fournisseur, reception)
    fiche = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    page = await celine.lire(fiche)
    for geste in ("Approuver", "Approuver en partie", "Mettre en litige", "Suspendre", "Refuser"):
        assert geste in page
    assert "Indiquez" not in page
    refus = await celine.envoyer(f"{fiche}/statuts/207", statut=422)
    assert "Dites pourquoi elle est en litige : choisissez un motif dans la liste." in simple(refus.text)
    await celine.envoyer(f"{fiche}/statuts/207", motif="PU_ERR", precision="98 € convenus")
    await celine.envoyer(f"{fiche}/statuts/205")
    await celine.envoyer(f"{fiche}/statuts/211", montant_ttc="1 000,00", paye_le="2026-03-02")
    page = await celine.lire(fiche)
    for dit in ("Prix unitaire erroné · 98 € convenus", "Approuvée", "1 000,00 € TTC le 02/03/2026", "Celine"):
        assert dit in page
    assert "reste à payer 200,00 € TTC" in page
    attendent = await celine.lire(f"{ICI}/statuts")
    assert attendent.count("F-778") >= 3
    chemin = page[page.index(f'href="{fiche}/statuts/') + 6 :].split('"')[0]
    message = await celine.http.get(chemin)
    assert message.headers["content-disposition"].startswith("attachment")
    assert b"CrossDomainAcknowledgementAndResponse" in message.content
    await celine.envoyer(chemin.removesuffix("/message") + "/transmis")
    assert "remis à la plateforme le" in await celine.lire(fiche)


async def test_one_refused_stays_readable_from_its_reception(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fournisseur = un_client(ELECDIS, nom="Elecdis", roles=("fournisseur",), siren=SIREN)
    reception = d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100"))
    await recevoir(bureau.bases["billing"], billing, fournisseur, reception)
    fiche = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    achat = (await celine.lire(fiche)).split('href="/administratif/fournisseurs/', 2)[-1]
    await celine.envoyer(f"{fiche}/statuts/210", motif="CMD_ERR")
    page = await celine.lire(fiche)
    assert "Elle n’est pas à payer, et n’est plus rapprochée d’aucune réception" in page
    assert "Répondre au fournisseur" not in page
    assert "F-778" in await celine.lire(f"{ICI}?etat=refusee")
    lien = page[page.index("/administratif/fournisseurs/", page.index("Ouvrir AF") - 400) :].split('"')[0]
    assert "1 facture" in await celine.lire(lien)
    assert achat


async def test_a_credit_note_is_deducted_where_its_invoice_is_and_listed_on_its_supplier(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    fournisseur = un_client(ELECDIS, nom="Elecdis", roles=("fournisseur",), siren=SIREN)
    reception = d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100"))
    await recevoir(bureau.bases["billing"], billing, fournisseur, reception)
    attend = (await _deposer(celine, un_avoir(("SWITCH", "1", "100")))).headers["hx-redirect"]
    page = await celine.lire(attend)
    assert "La facture « F-778 » que cet avoir corrige n’est pas contrôlée ici. Il rejoindra la facture" in page
    assert "−100,00 €" in page
    facture = (await _deposer(celine, une_cii())).headers["hx-redirect"]
    rapproche = await celine.lire(attend)
    assert "Rapprochée" in rapproche
    achat = (await celine.lire(facture)).split('href="/administratif/fournisseurs/AF', 1)[0]
    lien = achat[achat.rindex('href="/administratif/fournisseurs/', 0, achat.index("Ouvrir AF")) + 6 :].split('"')[0]
    du = await celine.lire(lien)
    for dit in ("Avoir A-12", "−100,00 €", "Reste dû HT", "900,00 €"):
        assert dit in du
    liste = await celine.lire(f"{ICI}?etat=")
    assert "−100,00 €" in liste
