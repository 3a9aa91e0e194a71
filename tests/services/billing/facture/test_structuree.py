"""The structured invoice: whatever is billed, the official schema and rules find nothing to say; it is in the PDF, as it was made."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pikepdf
import pytest
from facturx import get_xml_from_pdf
from lxml import etree

from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.facture.documents import contenu, structuree
from services.billing.facture.models import Facture
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureEmise
from shared.database.database import Database
from shared.kernel.money import contributions_ht, total_ligne_ht, totaux
from shared.testing.delivery import annonces, recevoir
from tests.builders.billing import un_client, une_feuille_validee, une_ligne, une_societe
from tests.services.billing.affaire_client.test_correction import billing, client, l_affaire
from tests.services.billing.facture.regles_facturx import fautes

__all__ = ["billing", "client"]
LE = date(2026, 11, 28)
IBAN = {"iban": "FR76 3000 6000 0112 3456 7890 189", "bic": "AGRIFRPP"}


def une(quantite: str = "1", prix: str = "100", **champs: Any) -> LigneAffaire:
    """A line to invoice."""
    base: dict[str, Any] = {"designation": "Caméra", "description": "", "unite": "u", "nature": "bien", "section": ""}
    base |= {
        "remise": Decimal(0),
        "taux_tva": Decimal(20),
        "deee_ht": Decimal(0),
        "copie_privee_ht": Decimal(0),
    } | champs
    ligne = LigneAffaire(position=0, series=[], quantite=Decimal(quantite), prix_ht=Decimal(prix), **base)
    bornes = contributions_ht(ligne.quantite, ligne.deee_ht, ligne.copie_privee_ht)
    ligne.total_ht = total_ligne_ht(ligne.quantite, ligne.prix_ht, ligne.remise) + sum(bornes, Decimal(0))
    return ligne


def une_facture(
    *lignes: LigneAffaire, nature: str = "facture", societe: dict[str, Any] | None = None, **fiche: Any
) -> Facture:
    """An issued invoice of these lines, to a client of that kind; an avoir credits it."""
    affaire = AffaireClient(
        objet="Vidéo",
        reference="DEV-2026-00042",
        periode=None,
        imprime_series=True,
        lignes=list(lignes),
        id=UUID(int=9),
    )
    nous = une_societe().model_copy(update=IBAN | (societe or {}))
    client = un_client(**fiche).fiche
    frozen = contenu.de_facture(affaire, nous, client, client, LE)
    t = totaux((ligne.total_ht, ligne.taux_tva) for ligne in lignes)
    signe = -1 if nature == "avoir" else 1
    if nature == "avoir":
        frozen = contenu.d_avoir(frozen, "FC-2026-00001", LE, LE, "Erreur de quantité")
    montants = {"total_ht": t.total_ht * signe, "total_tva": t.total_tva * signe, "total_ttc": t.total_ttc * signe}
    return Facture(numero="FC-2026-00002", nature=nature, emise_le=LE, echeance=LE, contenu=frozen, **montants)


def plusieurs() -> list[LigneAffaire]:
    """Goods, services, three rates, a discount, contributions, a price of four decimals."""
    return [
        une("4", "162.40", remise=Decimal(5), description="Antivandale\n• IK10"),
        une("2", "50", nature="service", unite="h", taux_tva=Decimal(10)),
        une("3", "10", deee_ht=Decimal("0.83"), copie_privee_ht=Decimal(2), taux_tva=Decimal("5.5")),
        une("12.5", "0.8333", unite="m"),
    ]


SANS_TVA = Decimal(0)
CAS: dict[str, Callable[[], Facture]] = {
    "facture": lambda: une_facture(*plusieurs()),
    "acompte": lambda: une_facture(une(designation="Acompte de 30 % à la commande"), nature="acompte"),
    "avoir": lambda: une_facture(*plusieurs(), nature="avoir"),
    "solde": lambda: une_facture(une("1", "1000"), une("-1", "300", acompte_id=UUID(int=3))),
    "avoir d’un solde": lambda: une_facture(une("1", "1000"), une("-1", "300"), nature="avoir"),
    "reprise d’un avenant": lambda: une_facture(une("1", "1000"), une("2", "-15", deee_ht=Decimal("-1"))),
    "débits": lambda: une_facture(*plusieurs(), societe={"option_debits": True}),
    "sans IBAN": lambda: une_facture(une(), societe={"iban": "", "bic": ""}),
    "public": lambda: une_facture(une(), est_public=True, siret="73282932000074", service_chorus="SERV-12"),
    "autoliquidation": lambda: une_facture(
        une(taux_tva=SANS_TVA, nature="service"), regime_tva="autoliquidation", tva_intracom="FR44732829320"
    ),
    "franchise": lambda: une_facture(une(taux_tva=SANS_TVA), regime_tva="franchise"),
    "export": lambda: une_facture(une(taux_tva=SANS_TVA), regime_tva="export"),
    "collée d’ailleurs": lambda: une_facture(une(designation="Caméra\x0b dôme & <b>pose</b>\x1f", description="\x00")),
    "Réunion": lambda: une_facture(une(taux_tva=Decimal("8.5"))),
}


@pytest.mark.parametrize("cas", CAS)
def test_the_official_schema_and_rules_refuse_nothing(cas: str) -> None:
    xml = structuree.xml(CAS[cas]())
    assert xml is not None
    assert fautes(xml) == []


def test_a_consumer_has_no_number_and_gets_a_european_invoice_all_the_same() -> None:
    xml = structuree.xml(une_facture(une(), siren=None))
    assert xml is not None
    assert fautes(xml, francaises=False) == []


@pytest.mark.parametrize(
    ("facture", "manque"),
    [
        (lambda: une_facture(une(), societe={"siren": ""}), "notre SIREN"),
        (lambda: une_facture(une(taux_tva=SANS_TVA), regime_tva="intracom"), "le jour de la livraison"),
        (lambda: une_facture(une(taux_tva=SANS_TVA), regime_tva="autoliquidation"), "le numéro de TVA du client"),
    ],
)
def test_what_the_standard_cannot_do_without_is_said_and_not_made_up(
    facture: Callable[[], Facture], manque: str
) -> None:
    emise = facture()
    assert structuree.manques(emise.contenu) == [manque]
    assert structuree.xml(emise) is None


@pytest.mark.parametrize(
    ("juste", "faux"),
    [
        (b"<ram:GrandTotalAmount>120.00", b"<ram:GrandTotalAmount>121.00"),
        (b"<ram:RateApplicablePercent>20<", b"<ram:RateApplicablePercent>19<"),
        (b"<ram:SubjectCode>PMT<", b"<ram:SubjectCode>PMD<"),
        (b'schemeID="0002">732829320<', b'schemeID="0002">73282932<'),
        (b"<ram:ID>FC-2026-00002<", b"<ram:ID>FC 2026 00002<"),
        (b"<ram:CountryID>FR<", b"<ram:CountryID>XX<"),
    ],
)
def test_the_rules_are_really_asked(juste: bytes, faux: bytes) -> None:
    """Each fault is refused: a check that always says yes would say so here."""
    xml = structuree.xml(une_facture(une()))
    assert xml is not None
    assert juste in xml
    assert fautes(xml.replace(juste, faux, 1))


async def test_the_pdf_of_an_issued_facture_holds_it_for_a_reader_that_is_not_ours(
    billing: Database, client: httpx.AsyncClient
) -> None:
    await recevoir(billing, subscriptions, une_feuille_validee(une_ligne(), une_ligne(taux_tva=Decimal(10))))
    affaire = await l_affaire(client)
    facture = (await client.post(f"/affaires-client/{affaire['id']}/facturer")).json()
    await recevoir(billing, subscriptions, *await annonces(billing, FactureEmise))
    assert (await client.get(f"/factures/{facture['id']}")).json()["manques"] == []
    pdf = (await client.get(f"/factures/{facture['id']}/document")).content
    nom, xml = get_xml_from_pdf(pdf, check_xsd=True, check_schematron=False)
    assert nom == "factur-x.xml"
    assert fautes(xml) == []
    lu = etree.fromstring(xml)
    montants = [lu.findtext(f".//{{*}}{nom}") for nom in ("TaxBasisTotalAmount", "TaxTotalAmount", "GrandTotalAmount")]
    assert montants == [facture["total_ht"], facture["total_tva"], facture["total_ttc"]]
    with pikepdf.open(BytesIO(pdf)) as ouvert:
        (piece,) = ouvert.Root["/AF"]
        assert piece["/AFRelationship"] == "/Data"
