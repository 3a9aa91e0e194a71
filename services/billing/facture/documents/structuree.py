"""The structured invoice (Factur-X, profile EN 16931): the frozen content of an invoice, in CII, for machines.

Written by hand: one element per line of the standard (BT-n), in the sequence of its schema. An avoir says what it takes back in
positive amounts (type 381), so every quantity and total of its content changes sign.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from services.billing.facture.documents.contenu import nature_operation
from services.billing.facture.models import Facture
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents.mentions import Nature
from shared.kernel.money import CENT_POUR_CENT, ZERO, contributions_ht

NORME = "urn:un:unece:uncefact:data:standard"
ESPACES = {
    "rsm": f"{NORME}:CrossIndustryInvoice:100",
    "ram": f"{NORME}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{NORME}:UnqualifiedDataType:100",
    "qdt": f"{NORME}:QualifiedDataType:100",
}
ILLISIBLES = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def _ecrire(element: etree._Element, texte: str) -> None:
    """A text as XML may hold it: a control pasted with a designation is dropped, as paper drops it."""
    element.text = ILLISIBLES.sub("", texte)


RSM, RAM, UDT, QDT = (ElementMaker(namespace=uri, nsmap=ESPACES, typemap={str: _ecrire}) for uri in ESPACES.values())
PROFIL = "urn:cen.eu:en16931:2017"
TYPES = {"facture": "380", "acompte": "386", "avoir": "381"}
PROCESSUS = {Nature.BIENS: "B", Nature.SERVICES: "S", Nature.MIXTE: "M"}
# UN/ECE recommendation 20; what it does not name is counted in units.
UNITES = {
    "h": "HUR",
    "j": "DAY",
    "m": "MTR",
    "ml": "MTR",
    "m²": "MTK",
    "m2": "MTK",
    "kg": "KGM",
    "l": "LTR",
    "mois": "MON",
}
UNITE = "C62"
# (category, code and words of the exemption) of lines without VAT: EN 16931 code list VATEX.
EXONERATIONS = {
    "autoliquidation": ("AE", "VATEX-EU-AE", "Autoliquidation"),
    "franchise": ("E", "VATEX-FR-FRANCHISE", "TVA non applicable, franchise en base"),
    "export": ("G", "VATEX-EU-G", "Exportation hors de l’Union européenne"),
}
SANS_REGIME = ("E", "", "Exonération de TVA")
SIREN, SIRET, ELECTRONIQUE = "0002", "0009", "0225"
VIREMENT_SEPA = "58"
DEEE, COPIE_PRIVEE = ("AEO", "Éco-participation DEEE"), ("ABK", "Rémunération pour copie privée")
DEBITS, ENCAISSEMENT = "5", "72"
PRIX = Decimal("0.000001")
Noeud = Any


def xml(facture: Facture) -> bytes | None:
    """The invoice in CII, in UTF-8; None when the content lacks what the standard cannot do without."""
    contenu = facture.contenu
    if manques(contenu):
        return None
    societe, client = SocieteModifiee.model_validate(contenu["societe"]), FicheTiers.model_validate(contenu["client"])
    racine = RSM.CrossIndustryInvoice(
        RSM.ExchangedDocumentContext(
            RAM.BusinessProcessSpecifiedDocumentContextParameter(RAM.ID(_processus(contenu))),
            RAM.GuidelineSpecifiedDocumentContextParameter(RAM.ID(PROFIL)),
        ),
        RSM.ExchangedDocument(
            RAM.ID(facture.numero),
            RAM.TypeCode(TYPES[facture.nature]),
            RAM.IssueDateTime(_jour(facture.emise_le)),
            *(RAM.IncludedNote(RAM.Content(texte), RAM.SubjectCode(code)) for code, texte in contenu["notes"].items()),
        ),
        RSM.SupplyChainTradeTransaction(
            *_lignes(facture, client),
            RAM.ApplicableHeaderTradeAgreement(
                *([RAM.BuyerReference(client.service_chorus)] if client.service_chorus else []),
                _vendeur(societe),
                _acheteur(client),
            ),
            RAM.ApplicableHeaderTradeDelivery(),
            _reglement(facture, societe, client),
        ),
    )
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def manques(contenu: Mapping[str, Any]) -> list[str]:
    """What the standard cannot do without and this content lacks, as staff read it."""
    societe, client = SocieteModifiee.model_validate(contenu["societe"]), FicheTiers.model_validate(contenu["client"])
    natures = {ligne["nature"] for ligne in contenu["lignes"]}
    absents = {
        "notre SIREN": not societe.siren,
        "notre numéro de TVA": not societe.tva_intracom,
        "la ville de notre adresse": not societe.adresse.ville,
        "l’adresse du client": client.adresse is None,
        "le numéro de TVA du client": client.regime_tva == "autoliquidation" and not client.tva_intracom,
        "le jour de la livraison": client.regime_tva == "intracom",
        "le lieu où les services sont taxés": client.regime_tva == "export" and "service" in natures,
        "les mentions par code, qu’elle n’avait pas encore": "notes" not in contenu,
    }
    return [nom for nom, manque in absents.items() if manque]


def _processus(contenu: Mapping[str, Any]) -> str:
    """The kind of operation (BT-23): goods, services or both; an invoice that deducts deposits ends a sale."""
    lettre = PROCESSUS[nature_operation({ligne["nature"] for ligne in contenu["lignes"]})]
    return lettre + ("4" if contenu.get("deduit_acomptes") else "1")


def _lignes(facture: Facture, client: FicheTiers) -> Iterator[Noeud]:
    signe = _signe(facture)
    for rang, ligne in enumerate(facture.contenu["lignes"], 1):
        quantite, prix = Decimal(ligne["quantite"]) * signe, Decimal(ligne["prix_ht"])
        if prix < ZERO:  # BR-27: a price is never below zero, a quantity may be
            quantite, prix = -quantite, -prix
        taux, total_ht = Decimal(ligne["taux_tva"]), Decimal(ligne["total_ht"]) * signe
        unitaires = (abs(Decimal(ligne.get(nom, "0"))) for nom in ("deee_ht", "copie_privee_ht"))
        charges = zip((DEEE, COPIE_PRIVEE), contributions_ht(quantite, *unitaires), strict=True)
        yield RAM.IncludedSupplyChainTradeLineItem(
            RAM.AssociatedDocumentLineDocument(RAM.LineID(str(rang))),
            RAM.SpecifiedTradeProduct(
                RAM.Name(ligne["designation"]),
                *([RAM.Description(ligne["description"])] if ligne["description"] else []),
            ),
            RAM.SpecifiedLineTradeAgreement(*_prix(prix, Decimal(ligne["remise"]))),
            RAM.SpecifiedLineTradeDelivery(
                RAM.BilledQuantity(_nombre(quantite), unitCode=UNITES.get(ligne["unite"].lower(), UNITE))
            ),
            RAM.SpecifiedLineTradeSettlement(
                RAM.ApplicableTradeTax(
                    RAM.TypeCode("VAT"),
                    RAM.CategoryCode(_categorie(taux, client)[0]),
                    RAM.RateApplicablePercent(_nombre(taux)),
                ),
                *(_charge(*motif, montant) for motif, montant in charges if montant),
                RAM.SpecifiedTradeSettlementLineMonetarySummation(RAM.LineTotalAmount(str(total_ht))),
            ),
        )


def _prix(prix: Decimal, remise: Decimal) -> Iterator[Noeud]:
    """Unit price before and after the discount of the line."""
    net = (prix * (CENT_POUR_CENT - remise) / CENT_POUR_CENT).quantize(PRIX)
    if remise:
        moins = RAM.AppliedTradeAllowanceCharge(
            RAM.ChargeIndicator(UDT.Indicator("false")), RAM.ActualAmount(_nombre(prix - net))
        )
        yield RAM.GrossPriceProductTradePrice(RAM.ChargeAmount(_nombre(prix)), moins)
    yield RAM.NetPriceProductTradePrice(RAM.ChargeAmount(_nombre(net)))


def _charge(code: str, motif: str, montant_ht: Decimal) -> Noeud:
    return RAM.SpecifiedTradeAllowanceCharge(
        RAM.ChargeIndicator(UDT.Indicator("true")),
        RAM.ActualAmount(str(montant_ht)),
        RAM.ReasonCode(code),
        RAM.Reason(motif),
    )


def _vendeur(societe: SocieteModifiee) -> Noeud:
    return RAM.SellerTradeParty(
        *([RAM.GlobalID(societe.siret, schemeID=SIRET)] if societe.siret else []),
        RAM.Name(societe.raison_sociale),
        RAM.SpecifiedLegalOrganization(RAM.ID(societe.siren, schemeID=SIREN)),
        _adresse(societe.adresse),
        RAM.URIUniversalCommunication(RAM.URIID(societe.siren, schemeID=ELECTRONIQUE)),
        RAM.SpecifiedTaxRegistration(RAM.ID(societe.tva_intracom, schemeID="VA")),
    )


def _acheteur(client: FicheTiers) -> Noeud:
    siren = client.siren or (client.siret or "")[:9]
    inscrit = [
        RAM.SpecifiedLegalOrganization(RAM.ID(siren, schemeID=SIREN)),
        RAM.URIUniversalCommunication(RAM.URIID(siren, schemeID=ELECTRONIQUE)),
    ]
    return RAM.BuyerTradeParty(
        *([RAM.GlobalID(client.siret, schemeID=SIRET)] if client.siret else []),
        RAM.Name(client.nom),
        *(inscrit[:1] if siren else []),
        _adresse(client.adresse),
        *(inscrit[1:] if siren else []),
        *([RAM.SpecifiedTaxRegistration(RAM.ID(client.tva_intracom, schemeID="VA"))] if client.tva_intracom else []),
    )


def _adresse(adresse: Any) -> Noeud:
    places = zip((RAM.LineOne, RAM.LineTwo, RAM.LineThree), adresse.lignes, strict=False)
    return RAM.PostalTradeAddress(
        *([RAM.PostcodeCode(adresse.code_postal)] if adresse.code_postal else []),
        *(place(texte) for place, texte in places if texte),
        *([RAM.CityName(adresse.ville)] if adresse.ville else []),
        RAM.CountryID(adresse.pays or "FR"),
    )


def _reglement(facture: Facture, societe: SocieteModifiee, client: FicheTiers) -> Noeud:
    return RAM.ApplicableHeaderTradeSettlement(
        RAM.PaymentReference(facture.numero),
        RAM.InvoiceCurrencyCode("EUR"),
        *(_virement(societe) if societe.iban and facture.nature != "avoir" else []),
        *_taxes(facture, societe, client),
        _echeance(facture),
        _totaux(facture),
        *_origine(facture),
    )


def _virement(societe: SocieteModifiee) -> Iterator[Noeud]:
    bic = [RAM.PayeeSpecifiedCreditorFinancialInstitution(RAM.BICID(societe.bic))] if societe.bic else []
    compte = RAM.PayeePartyCreditorFinancialAccount(RAM.IBANID(societe.iban.replace(" ", "")))
    yield RAM.SpecifiedTradeSettlementPaymentMeans(RAM.TypeCode(VIREMENT_SEPA), compte, *bic)


def _taxes(facture: Facture, societe: SocieteModifiee, client: FicheTiers) -> Iterator[Noeud]:
    signe, services = _signe(facture), any(ligne["nature"] == "service" for ligne in facture.contenu["lignes"])
    exigible = DEBITS if societe.option_debits else ENCAISSEMENT
    for groupe in facture.contenu["groupes"]:
        taux = Decimal(groupe["taux"])
        categorie, code, motif = _categorie(taux, client)
        yield RAM.ApplicableTradeTax(
            RAM.CalculatedAmount(str(Decimal(groupe["montant_tva"]) * signe)),
            RAM.TypeCode("VAT"),
            *([RAM.ExemptionReason(motif)] if motif else []),
            RAM.BasisAmount(str(Decimal(groupe["base_ht"]) * signe)),
            RAM.CategoryCode(categorie),
            *([RAM.ExemptionReasonCode(code)] if code else []),
            *([RAM.DueDateTypeCode(exigible)] if services or societe.option_debits else []),
            RAM.RateApplicablePercent(_nombre(taux)),
        )


def _echeance(facture: Facture) -> Noeud:
    if facture.nature == "avoir":
        return RAM.SpecifiedTradePaymentTerms(RAM.Description("Avoir à déduire de ce qui est dû, ou à rembourser."))
    return RAM.SpecifiedTradePaymentTerms(RAM.DueDateDateTime(_jour(facture.echeance)))


def _totaux(facture: Facture) -> Noeud:
    signe = _signe(facture)
    ht, tva, ttc = (str(m * signe) for m in (facture.total_ht, facture.total_tva, facture.total_ttc))
    return RAM.SpecifiedTradeSettlementHeaderMonetarySummation(
        RAM.LineTotalAmount(ht),
        RAM.TaxBasisTotalAmount(ht),
        RAM.TaxTotalAmount(tva, currencyID="EUR"),
        RAM.GrandTotalAmount(ttc),
        RAM.DuePayableAmount(ttc),
    )


def _origine(facture: Facture) -> Iterator[Noeud]:
    """The invoice an avoir corrects."""
    if origine := facture.contenu.get("origine"):
        le = QDT.DateTimeString(date.fromisoformat(origine["emise_le"]).strftime("%Y%m%d"), format="102")
        yield RAM.InvoiceReferencedDocument(RAM.IssuerAssignedID(origine["numero"]), RAM.FormattedIssueDateTime(le))


def _categorie(taux: Decimal, client: FicheTiers) -> tuple[str, str, str]:
    return ("S", "", "") if taux else EXONERATIONS.get(client.regime_tva, SANS_REGIME)


def _signe(facture: Facture) -> int:
    return -1 if facture.nature == "avoir" else 1


def _jour(le: date) -> Noeud:
    return UDT.DateTimeString(le.strftime("%Y%m%d"), format="102")


def _nombre(valeur: Decimal) -> str:
    return f"{valeur.normalize():f}"
