"""UBL 2.1, the other syntax of the standard."""

from decimal import Decimal

from services.billing.facture_recue.rules.arbre import Illisible, Noeud, exige
from services.billing.facture_recue.rules.lue import FactureLue, GroupeTva, LigneFacture, Partie
from shared.kernel.money import ZERO

RACINES = frozenset({"Invoice", "CreditNote"})
AVOIR = "381"
SIREN = "0002"
UN = Decimal(1)


def lire(racine: Noeud) -> FactureLue:
    """The invoice, or the credit note, in the same words; Illisible."""
    est_avoir, sommes = racine.nom == "CreditNote", racine.un("LegalMonetaryTotal")
    genre, ligne = ("CreditNoteTypeCode", "CreditNoteLine") if est_avoir else ("InvoiceTypeCode", "InvoiceLine")
    le = racine.jour("IssueDate", "la date de la facture (BT-2)")
    if le is None:
        raise Illisible("la date de la facture (BT-2) manque")
    devise = exige(racine.texte("DocumentCurrencyCode"), "la devise (BT-5)", 3)
    taxe = _taxe(racine, devise)
    return FactureLue(
        syntaxe="UBL",
        genre=racine.texte(genre) or (AVOIR if est_avoir else ""),
        numero=exige(racine.texte("ID"), "le numéro de la facture (BT-1)", 100),
        date_facture=le,
        echeance=racine.jour("DueDate", "l’échéance (BT-9)"),
        devise=devise,
        commande=racine.texte("OrderReference/ID"),
        corrige=racine.texte("BillingReference/InvoiceDocumentReference/ID"),
        vendeur=_partie(racine.un("AccountingSupplierParty/Party"), "le nom du vendeur (BT-27)"),
        acheteur=_partie(racine.un("AccountingCustomerParty/Party"), "le nom de l’acheteur (BT-44)"),
        lignes=tuple(_ligne(noeud, est_avoir=est_avoir) for noeud in racine.tous(ligne)),
        groupes=tuple(_groupe(noeud) for noeud in taxe.tous("TaxSubtotal")),
        lignes_ht=sommes.montant("LineExtensionAmount", "le total des lignes (BT-106)"),
        remises_ht=sommes.montant("AllowanceTotalAmount", "le total des remises (BT-107)", ZERO),
        charges_ht=sommes.montant("ChargeTotalAmount", "le total des frais (BT-108)", ZERO),
        total_ht=sommes.montant("TaxExclusiveAmount", "le total HT (BT-109)"),
        total_tva=taxe.montant("TaxAmount", "la TVA (BT-110)", ZERO),
        total_ttc=sommes.montant("TaxInclusiveAmount", "le total TTC (BT-112)"),
    )


def _taxe(racine: Noeud, devise: str) -> Noeud:
    """The VAT in the currency of the invoice, when it is said in two."""
    for noeud in racine.tous("TaxTotal"):
        if noeud.un("TaxAmount").attribut("currencyID") in ("", devise):
            return noeud
    return Noeud(None)


def _partie(noeud: Noeud, quoi: str) -> Partie:
    inscrit, adresse = noeud.un("PartyLegalEntity/CompanyID"), noeud.un("PostalAddress")
    taxes = (t.texte("CompanyID") for t in noeud.tous("PartyTaxScheme") if t.texte("TaxScheme/ID") == "VAT")
    electronique = noeud.un("EndpointID")
    places = (adresse.texte(n) for n in ("StreetName", "AdditionalStreetName", "AddressLine/Line"))
    return Partie(
        nom=exige(noeud.texte("PartyLegalEntity/RegistrationName") or noeud.texte("PartyName/Name"), quoi),
        siren=inscrit.texte() if inscrit.attribut("schemeID") == SIREN else "",
        tva=next(taxes, ""),
        lignes=tuple(filter(None, places)),
        code_postal=adresse.texte("PostalZone"),
        ville=adresse.texte("CityName"),
        pays=adresse.texte("Country/IdentificationCode"),
        electronique=electronique.texte(),
        electronique_schema=electronique.attribut("schemeID"),
    )


def _ligne(noeud: Noeud, *, est_avoir: bool) -> LigneFacture:
    article = noeud.un("Item")
    nom = "CreditedQuantity" if est_avoir else "InvoicedQuantity"
    quantite = noeud.nombre(nom, "la quantité d’une ligne (BT-129)")
    total_ht = noeud.montant("LineExtensionAmount", "le total d’une ligne (BT-131)")
    charges = (
        charge.montant("Amount", "les frais d’une ligne (BT-141)")
        for charge in noeud.tous("AllowanceCharge")
        if charge.texte("ChargeIndicator") == "true"
    )
    identifications = (f"{n}ItemIdentification/ID" for n in ("Buyers", "Sellers", "Standard"))
    return LigneFacture(
        designation=exige(article.texte("Name"), "la désignation d’une ligne (BT-153)"),
        references=tuple(filter(None, (article.texte(chemin) for chemin in identifications))),
        quantite=quantite,
        prix_ht=(total_ht - sum(charges, ZERO)) / (quantite or UN),
        total_ht=total_ht,
    )


def _groupe(noeud: Noeud) -> GroupeTva:
    return GroupeTva(
        taux=noeud.nombre("TaxCategory/Percent", "un taux de TVA (BT-119)", ZERO),
        base_ht=noeud.montant("TaxableAmount", "une base de TVA (BT-116)"),
        montant_tva=noeud.montant("TaxAmount", "un montant de TVA (BT-117)"),
    )
