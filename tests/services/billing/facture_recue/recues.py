"""Invoices of suppliers as files: one in CII and one in UBL, written by hand, with what may be changed of them."""

from typing import Any

SIREN, TVA = "552100554", "FR86552100554"
NOUS = "732829320"

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter><ram:ID>urn:cen.eu:en16931:2017</ram:ID>
</ram:GuidelineSpecifiedDocumentContextParameter></rsm:ExchangedDocumentContext>
<rsm:ExchangedDocument><ram:ID>{numero}</ram:ID><ram:TypeCode>{genre}</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260310</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction>{lignes}
<ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>{nom}</ram:Name>
<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">{siren}</ram:ID></ram:SpecifiedLegalOrganization>
<ram:PostalTradeAddress><ram:PostcodeCode>38000</ram:PostcodeCode><ram:LineOne>4 rue des Alliés</ram:LineOne>
<ram:CityName>Grenoble</ram:CityName><ram:CountryID>FR</ram:CountryID></ram:PostalTradeAddress>
<ram:URIUniversalCommunication><ram:URIID schemeID="0225">{electronique}</ram:URIID></ram:URIUniversalCommunication>
<ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{tva}</ram:ID></ram:SpecifiedTaxRegistration></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Alpes Réseaux</ram:Name>
<ram:SpecifiedLegalOrganization><ram:ID schemeID="0002">{acheteur}</ram:ID></ram:SpecifiedLegalOrganization></ram:BuyerTradeParty>
<ram:BuyerOrderReferencedDocument><ram:IssuerAssignedID>{commande}</ram:IssuerAssignedID></ram:BuyerOrderReferencedDocument>
</ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeDelivery/>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>{devise}</ram:InvoiceCurrencyCode>
<ram:ApplicableTradeTax><ram:CalculatedAmount>{tva_montant}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
<ram:BasisAmount>{ht}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
<ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime><udt:DateTimeString format="102">20260424</udt:DateTimeString>
</ram:DueDateDateTime></ram:SpecifiedTradePaymentTerms>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{lignes_ht}</ram:LineTotalAmount>
<ram:ChargeTotalAmount>{port}</ram:ChargeTotalAmount><ram:TaxBasisTotalAmount>{ht}</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">{tva_montant}</ram:TaxTotalAmount><ram:GrandTotalAmount>{ttc}</ram:GrandTotalAmount>
<ram:DuePayableAmount>{ttc}</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>{corrige}
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"""

LIGNE = """<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID>
</ram:AssociatedDocumentLineDocument><ram:SpecifiedTradeProduct><ram:SellerAssignedID>{reference}</ram:SellerAssignedID>
<ram:Name>{designation}</ram:Name></ram:SpecifiedTradeProduct>
<ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{prix}</ram:ChargeAmount>
</ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
<ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">{quantite}</ram:BilledQuantity></ram:SpecifiedLineTradeDelivery>
<ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
<ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>20</ram:RateApplicablePercent></ram:ApplicableTradeTax>
<ram:SpecifiedTradeSettlementLineMonetarySummation><ram:LineTotalAmount>{total}</ram:LineTotalAmount>
</ram:SpecifiedTradeSettlementLineMonetarySummation></ram:SpecifiedLineTradeSettlement></ram:IncludedSupplyChainTradeLineItem>"""

CORRIGE = """<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>{corrige}</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>"""

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID><cbc:ID>2026-0815</cbc:ID>
<cbc:IssueDate>2026-03-10</cbc:IssueDate><cbc:DueDate>2026-04-24</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:OrderReference><cbc:ID>Commande CF-2026-00012 du 3/3</cbc:ID></cac:OrderReference>
<cac:AccountingSupplierParty><cac:Party><cbc:EndpointID schemeID="0225">552100554_STATUTS</cbc:EndpointID><cac:PostalAddress><cbc:StreetName>4 rue des Alliés</cbc:StreetName>
<cbc:CityName>Grenoble</cbc:CityName><cbc:PostalZone>38000</cbc:PostalZone>
<cac:Country><cbc:IdentificationCode>FR</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
<cac:PartyTaxScheme><cbc:CompanyID>FR86552100554</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>Elecdis</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyLegalEntity><cbc:RegistrationName>Alpes Réseaux</cbc:RegistrationName>
<cbc:CompanyID schemeID="0002">732829320</cbc:CompanyID></cac:PartyLegalEntity></cac:Party></cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">25.00</cbc:TaxAmount><cac:TaxSubtotal>
<cbc:TaxableAmount currencyID="EUR">125.00</cbc:TaxableAmount><cbc:TaxAmount currencyID="EUR">25.00</cbc:TaxAmount>
<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory>
</cac:TaxSubtotal></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">125.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">125.00</cbc:TaxExclusiveAmount><cbc:TaxInclusiveAmount currencyID="EUR">150.00</cbc:TaxInclusiveAmount>
<cbc:PayableAmount currencyID="EUR">150.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:InvoicedQuantity unitCode="C62">10</cbc:InvoicedQuantity>
<cbc:LineExtensionAmount currencyID="EUR">125.00</cbc:LineExtensionAmount>
<cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">5.00</cbc:Amount></cac:AllowanceCharge>
<cac:Item><cbc:Name>Câble</cbc:Name><cac:SellersItemIdentification><cbc:ID>CAB</cbc:ID></cac:SellersItemIdentification></cac:Item>
<cac:Price><cbc:PriceAmount currencyID="EUR">12.00</cbc:PriceAmount></cac:Price></cac:InvoiceLine></Invoice>"""


def une_cii(*lignes: tuple[str, str, str], port: str = "0.00", **champs: Any) -> bytes:
    """An invoice of Elecdis in CII: (reference, quantity, price) by line, at 20 %; any of its fields may be changed."""
    prises = lignes or (("SWITCH", "10", "100"),)
    billees = [(r, q, p, f"{float(q) * float(p):.2f}") for r, q, p in prises]
    lignes_ht = sum(float(total) for *_, total in billees)
    ht = lignes_ht + float(port)
    base: dict[str, Any] = {"numero": "F-778", "genre": "380", "nom": "Elecdis", "siren": SIREN, "tva": TVA}
    base |= {"acheteur": NOUS, "commande": "CF-2026-00012", "devise": "EUR", "port": port}
    corrige = champs.pop("corrige", "")
    base["corrige"] = CORRIGE.format(corrige=corrige) if corrige else ""
    base["electronique"] = f"{SIREN}_STATUTS"
    base |= {
        "lignes_ht": f"{lignes_ht:.2f}",
        "ht": f"{ht:.2f}",
        "tva_montant": f"{ht / 5:.2f}",
        "ttc": f"{ht * 1.2:.2f}",
    }
    base["lignes"] = "".join(
        LIGNE.format(reference=r, designation=r.capitalize(), quantite=q, prix=p, total=t) for r, q, p, t in billees
    )
    return CII.format(**base | champs).encode()


def un_avoir(*lignes: tuple[str, str, str], numero: str = "A-12", corrige: str = "F-778", **champs: Any) -> bytes:
    """A credit note of Elecdis in CII, on its invoice F-778 unless another is said."""
    return une_cii(*lignes, numero=numero, genre="381", corrige=corrige, **champs)


def un_avoir_ubl(corrige: str) -> bytes:
    """The UBL invoice above as a credit note of 125 € HT on `corrige`."""
    cite = f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{corrige}</cbc:ID></cac:InvoiceDocumentReference></cac:BillingReference>"
    mots = (
        ("InvoiceTypeCode", "CreditNoteTypeCode"),
        (">380<", ">381<"),
        ("Invoice-2", "CreditNote-2"),
        ("<Invoice ", "<CreditNote "),
    )
    autres = (
        ("</Invoice>", "</CreditNote>"),
        ("InvoiceLine", "CreditNoteLine"),
        ("InvoicedQuantity", "CreditedQuantity"),
    )
    xml = UBL.replace("2026-0815", "AV-UBL")
    for facture, avoir in (*mots, *autres):
        xml = xml.replace(facture, avoir)
    return xml.replace("<cac:AccountingSupplierParty>", f"{cite}<cac:AccountingSupplierParty>").encode()
