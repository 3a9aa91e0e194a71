"""CII (UN/CEFACT D16B/D22B), the XML of Factur-X too."""

from decimal import Decimal

from services.billing.facture_recue.rules.arbre import Illisible, Noeud, exige
from services.billing.facture_recue.rules.lue import FactureLue, GroupeTva, LigneFacture, Partie
from shared.kernel.money import ZERO

RACINE = "CrossIndustryInvoice"
SIREN, TVA = "0002", "VA"
UN = Decimal(1)


def lire(racine: Noeud) -> FactureLue:
    """The invoice; Illisible."""
    document, transaction = racine.un("ExchangedDocument"), racine.un("SupplyChainTradeTransaction")
    accord = transaction.un("ApplicableHeaderTradeAgreement")
    reglement = transaction.un("ApplicableHeaderTradeSettlement")
    sommes = reglement.un("SpecifiedTradeSettlementHeaderMonetarySummation")
    le = document.jour("IssueDateTime/DateTimeString", "la date de la facture (BT-2)")
    if le is None:
        raise Illisible("la date de la facture (BT-2) manque")
    devise = exige(reglement.texte("InvoiceCurrencyCode"), "la devise (BT-5)", 3)
    return FactureLue(
        syntaxe="CII",
        genre=document.texte("TypeCode"),
        numero=exige(document.texte("ID"), "le numéro de la facture (BT-1)", 100),
        date_facture=le,
        echeance=reglement.jour("SpecifiedTradePaymentTerms/DueDateDateTime/DateTimeString", "l’échéance (BT-9)"),
        devise=devise,
        commande=accord.texte("BuyerOrderReferencedDocument/IssuerAssignedID"),
        corrige=reglement.texte("InvoiceReferencedDocument/IssuerAssignedID"),
        vendeur=_partie(accord.un("SellerTradeParty"), "le nom du vendeur (BT-27)"),
        acheteur=_partie(accord.un("BuyerTradeParty"), "le nom de l’acheteur (BT-44)"),
        lignes=tuple(_ligne(noeud) for noeud in transaction.tous("IncludedSupplyChainTradeLineItem")),
        groupes=tuple(_groupe(noeud) for noeud in reglement.tous("ApplicableTradeTax")),
        lignes_ht=sommes.montant("LineTotalAmount", "le total des lignes (BT-106)"),
        remises_ht=sommes.montant("AllowanceTotalAmount", "le total des remises (BT-107)", ZERO),
        charges_ht=sommes.montant("ChargeTotalAmount", "le total des frais (BT-108)", ZERO),
        total_ht=sommes.montant("TaxBasisTotalAmount", "le total HT (BT-109)"),
        total_tva=_tva(sommes, devise),
        total_ttc=sommes.montant("GrandTotalAmount", "le total TTC (BT-112)"),
    )


def _tva(sommes: Noeud, devise: str) -> Decimal:
    """BT-110: the total in the currency of the invoice, when it is said in two."""
    for noeud in sommes.tous("TaxTotalAmount"):
        if noeud.attribut("currencyID") in ("", devise):
            return noeud.montant("", "la TVA (BT-110)")
    return ZERO


def _partie(noeud: Noeud, quoi: str) -> Partie:
    inscrit = noeud.un("SpecifiedLegalOrganization/ID")
    adresse = noeud.un("PostalTradeAddress")
    taxes = noeud.tous("SpecifiedTaxRegistration/ID")
    electronique = noeud.un("URIUniversalCommunication/URIID")
    return Partie(
        nom=exige(noeud.texte("Name"), quoi),
        siren=inscrit.texte() if inscrit.attribut("schemeID") == SIREN else "",
        tva=next((t.texte() for t in taxes if t.attribut("schemeID") == TVA), ""),
        lignes=tuple(filter(None, (adresse.texte(n) for n in ("LineOne", "LineTwo", "LineThree")))),
        code_postal=adresse.texte("PostcodeCode"),
        ville=adresse.texte("CityName"),
        pays=adresse.texte("CountryID"),
        electronique=electronique.texte(),
        electronique_schema=electronique.attribut("schemeID"),
    )


def _ligne(noeud: Noeud) -> LigneFacture:
    produit, reglement = noeud.un("SpecifiedTradeProduct"), noeud.un("SpecifiedLineTradeSettlement")
    quantite = noeud.nombre("SpecifiedLineTradeDelivery/BilledQuantity", "la quantité d’une ligne (BT-129)")
    total_ht = reglement.montant(
        "SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount", "le total d’une ligne (BT-131)"
    )
    charges = (
        charge.montant("ActualAmount", "les frais d’une ligne (BT-141)")
        for charge in reglement.tous("SpecifiedTradeAllowanceCharge")
        if charge.texte("ChargeIndicator/Indicator") == "true"
    )
    references = (produit.texte(n) for n in ("BuyerAssignedID", "SellerAssignedID", "GlobalID"))
    return LigneFacture(
        designation=exige(produit.texte("Name"), "la désignation d’une ligne (BT-153)"),
        references=tuple(filter(None, references)),
        quantite=quantite,
        prix_ht=(total_ht - sum(charges, ZERO)) / (quantite or UN),
        total_ht=total_ht,
    )


def _groupe(noeud: Noeud) -> GroupeTva:
    return GroupeTva(
        taux=noeud.nombre("RateApplicablePercent", "un taux de TVA (BT-119)", ZERO),
        base_ht=noeud.montant("BasisAmount", "une base de TVA (BT-116)"),
        montant_tva=noeud.montant("CalculatedAmount", "un montant de TVA (BT-117)"),
    )
