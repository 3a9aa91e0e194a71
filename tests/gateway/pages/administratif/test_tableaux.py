"""The four administrative tables, with their filters and totals; closed to those who do not read invoices."""

import re
from base64 import b64encode
from datetime import date
from decimal import Decimal

import pytest

from services.billing.subscriptions import subscriptions as billing
from services.maintenance.subscriptions import subscriptions as maintenance
from shared.kernel.ids import new_id
from shared.kernel.money import ZERO, arrondi
from shared.testing.delivery import recevoir
from tests.builders import maintenance as parc
from tests.builders.billing import une_feuille_validee, une_reception
from tests.builders.releves import un_camt
from tests.gateway.bureau import Bureau, Poste
from tests.services.billing.acompte.test_acompte import un_devis_signe

TABLEAUX = (
    "/administratif",
    "/administratif/fournisseurs",
    "/administratif/rapprochement",
    "/administratif/contrats",
)


async def remplir(bureau: Bureau, celine: Poste) -> str:
    """Two invoices (one paid by transfer), two supplier invoices (one checked), two contracts; the unpaid number."""
    base = bureau.bases["billing"]
    for _ in range(2):
        await recevoir(base, billing, une_feuille_validee(feuille_id=new_id()))
    await recevoir(base, billing, une_reception("R-1", "500.00"), une_reception("R-2", "120.00"))
    api = "/api/billing"
    entetes = {"X-CSRF-Token": celine.csrf}
    affaires = (await celine.http.get(f"{api}/affaires-client?etat=a_facturer")).json()["elements"]
    numeros = [
        (await celine.http.post(f"{api}/affaires-client/{a['id']}/facturer", headers=entetes)).json()["numero"]
        for a in affaires
    ]
    achats = (await celine.http.get(f"{api}/affaires-fournisseur")).json()["elements"]
    controle = next(a for a in achats if a["total_ht"] == "120.00")
    await celine.envoyer(f"/administratif/fournisseurs/{controle['id']}/controler", facture_fournisseur="F-R-2")
    await recevoir(bureau.bases["maintenance"], maintenance, parc.un_client(), parc.une_societe())
    for montant, mois in (("480.00", 12), ("50.00", 1)):
        corps = parc.un_contrat(periodicite_mois=mois)
        corps["lignes"][0]["montant_ht"] = montant
        contrat = (await celine.http.post("/api/maintenance/contrats", json=corps, headers=entetes)).json()
        await celine.http.post(f"/api/maintenance/contrats/{contrat['id']}/activer", headers=entetes)
    releve = un_camt(
        (date(2026, 3, 3), "740.54", "VIR MARTIN", numeros[0]), (date(2026, 3, 5), "-12.00", "COMMISSIONS", "")
    )
    await celine.envoyer("/administratif/rapprochement", files={"fichier": ("mars.xml", releve)})
    return str(numeros[1])


def pied(page: str) -> tuple[str, list[str]]:
    """What a list counts and adds up to."""
    compte = re.search(r'<div class="liste-pied"><span[^>]*>([^<]*)<', page)
    somme = re.search(r"<tfoot>(.*?)</tfoot>", page, re.DOTALL)
    assert compte is not None, "la liste dit combien elle a de lignes"
    assert somme is not None, "la liste a des totaux"
    cellules = (
        " ".join(re.sub(r"<[^>]+>", " ", c).split()) for c in re.findall(r"<td[^>]*>(.*?)</td>", somme[1], re.DOTALL)
    )
    return compte[1], [c for c in cellules if c]


def coches(page: str) -> list[Decimal]:
    """What every row of a list adds up to once it is ticked, to the cent."""
    lignes = [[Decimal(n) for n in sommes.split()] for sommes in re.findall(r'data-sommes="([^"]+)"', page)]
    return [arrondi(sum(colonne, ZERO)) for colonne in zip(*lignes, strict=True)]


@pytest.mark.feature("GW-08")
async def test_four_tables_with_filters_and_totals(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    impayee = await remplir(bureau, celine)

    accueil = await celine.lire("/administratif")
    assert all(f'href="{url}"' in accueil for url in TABLEAUX)
    assert pied(accueil) == ("2 factures", ["1 481,08 €", "740,54 €"])
    assert coches(accueil) == [Decimal("1481.08"), Decimal("740.54")]
    assert pied(await celine.lire("/administratif?situation=non_payee")) == ("1 facture", ["740,54 €", "740,54 €"])
    assert impayee in await celine.lire(f"/administratif?q={impayee}")

    achats = await celine.lire("/administratif/fournisseurs")
    assert pied(achats) == ("2 factures", ["620,00 €"])
    assert "À contrôler : 500,00 € HT" in achats
    controlees = await celine.lire("/administratif/fournisseurs?etat=controlee")
    assert pied(controlees) == ("1 facture", ["120,00 €"])

    banque = await celine.lire("/administratif/rapprochement?etat=toutes")
    assert "2 opérations · entrées 740,54 € · sorties -12,00 €" in banque.replace("−", "-")
    assert "VIR MARTIN" not in await celine.lire("/administratif/rapprochement")
    assert "COMMISSIONS" not in await celine.lire("/administratif/rapprochement?etat=rapprochee")

    contrats = await celine.lire("/administratif/contrats")
    assert pied(contrats) == ("2 contrats", ["1 080,00 € par an"])
    assert coches(contrats) == [Decimal("1080.00")], "une ligne cochée compte pour ce qu’elle rapporte par an"
    assert pied(await celine.lire("/administratif/contrats?situation=brouillon")) == ("0 contrat", ["0,00 € par an"])
    for cle, nombre in (("factures", 2), ("factures-fournisseurs", 2), ("contrats-recurrents", 2)):
        fichier = await celine.http.get(f"/listes/{cle}/exporter", params={"forme": "csv"})
        assert len(fichier.content.decode("utf-8-sig").splitlines()) == 1 + nombre, cle


@pytest.mark.feature("GW-08")
async def test_a_technician_is_refused(bureau: Bureau) -> None:
    nicolas = await bureau.asseoir("nicolas", "technicien")
    for url in TABLEAUX:
        page = await nicolas.lire(url, statut=403)
        assert "Accès refusé" in page
        assert 'href="/administratif"' not in page


async def test_an_operation_is_matched_then_another_set_aside_and_reopened(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    await remplir(bureau, celine)
    releve = un_camt((date(2026, 3, 9), "740.54", "REMISE CHEQUE 0001", ""))
    await celine.envoyer("/administratif/rapprochement", files={"fichier": ("suite.xml", releve)})
    restent = (await celine.http.get("/api/billing/operations-bancaires?etat=a_rapprocher")).json()["elements"]
    cheque, frais = (f"/administratif/rapprochement/{o['id']}" for o in restent)

    tiroir = await celine.lire(cheque, X_Fenetre="tiroir")
    assert "Même montant" in tiroir
    assert "checked" in tiroir
    vide = await celine.envoyer(f"{cheque}/rapprocher", 422)
    assert "Cochez au moins une facture." in vide.text
    dossier = (await celine.http.get(f"/api/billing/operations-bancaires/{restent[0]['id']}")).json()
    await celine.envoyer(f"{cheque}/rapprocher", facture_ids=dossier["candidates"][0]["id"])
    await celine.envoyer(f"{frais}/ecarter", motif="Frais bancaires")
    assert "Tout est rapproché" in await celine.lire("/administratif/rapprochement")
    await celine.envoyer(f"{frais}/rouvrir")
    assert "COMMISSIONS" in await celine.lire("/administratif/rapprochement")


async def test_a_file_that_is_no_statement_is_refused_in_words(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    refus = await celine.envoyer("/administratif/rapprochement", 422, files={"fichier": ("photo.png", b"\x89PNG")})
    assert "n’est pas un relevé reconnu" in refus.text
    sans = await celine.envoyer("/administratif/rapprochement", 422, rien="1")
    assert "Choisissez le fichier du relevé." in sans.text
    entetes = {"X-CSRF-Token": celine.csrf}
    faux = {"nom": "a", "contenu": b64encode(b"a" * 1_500_001).decode()}
    assert (await celine.http.post("/api/billing/releves-bancaires", json=faux, headers=entetes)).status_code in (
        413,
        422,
    )


async def test_what_is_to_be_invoiced_says_the_vat_regime_it_was_signed_under(bureau: Bureau) -> None:
    celine = await bureau.asseoir("celine", "administratif")
    for rang, regime in enumerate(("france", "autoliquidation")):
        devis = un_devis_signe(proposition_id=new_id(), numero=f"DEV-{rang}", regime_tva=regime)
        await recevoir(bureau.bases["billing"], billing, devis)
    page = await celine.lire("/administratif/a-facturer")
    assert page.count('href="/administratif/a-facturer/') == 2
    assert page.count(" · Autoliquidation (sous-traitance BTP)") == 1
    assert page.count("Autoliquidation (sous-traitance BTP)") == 2, "under its number on a phone, else in its column"
