"""The message of the life cycle (CDAR, UN/CEFACT D22B) that tells a supplier what became of its invoice.

As the French rules want it (XP Z12-012 and Z12-014, BR-FR-CDV 1.4.0), element by element (MDT-n). It is written for the platform
that carries it, from what never changes: the same status gives the same bytes. Nothing is made up: `manques` says what the
invoice, or our own card, lacks for it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from lxml import etree
from lxml.builder import ElementMaker

from services.billing.facture_recue.models import StatutRecue
from services.billing.facture_recue.rules.lue import FactureLue
from services.billing.facture_recue.rules.statut import MOTIFS, Statut
from shared.contracts.contacts import SocieteModifiee
from shared.kernel.clock import PARIS

NORME = "urn:un:unece:uncefact:data:standard"
ESPACES = {
    "rsm": f"{NORME}:CrossDomainAcknowledgementAndResponse:100",
    "ram": f"{NORME}:ReusableAggregateBusinessInformationEntity:100",
    "udt": f"{NORME}:UnqualifiedDataType:100",
    "qdt": f"{NORME}:QualifiedDataType:100",
}


def _ecrire(element: etree._Element, texte: str) -> None:
    """A text as XML may hold it: a control pasted with a reason is dropped."""
    element.text = "".join(lettre for lettre in texte if lettre.isprintable() or lettre == "\n")


RSM, RAM, UDT, QDT = (ElementMaker(namespace=uri, nsmap=ESPACES, typemap={str: _ecrire}) for uri in ESPACES.values())
PROCESSUS, PROFIL = "REGULATED", "urn.cpro.gouv.fr:1p0:CDV:invoice"
PLATEFORME, ACHETEUR, VENDEUR = "WK", "BY", "SE"
TRAITEMENT = "23"
SIREN = "0002"
PAYE = "MPA"
# The types of invoice that the reform knows (BR-FR-04).
GENRES = frozenset(
    ["380", "389", "393", "501", "386", "500", "384", "471", "472", "473", "261", "262", "381", "396", "502", "503"]
)
# MDT-106: how the norm writes each status.
LIBELLES = {
    Statut.APPROUVEE: "Approuvée",
    Statut.APPROUVEE_EN_PARTIE: "Approuvée_partiellement",
    Statut.EN_LITIGE: "En_litige",
    Statut.SUSPENDUE: "Suspendue",
    Statut.REFUSEE: "Refusée",
    Statut.PAIEMENT_TRANSMIS: "Paiement_transmis",
}


def manques(lue: FactureLue, notre_siren: str | None) -> list[str]:
    """What the message cannot do without and that nobody told, as staff read it."""
    dits = (
        (re.fullmatch(r"\d{9}", notre_siren or ""), "notre SIREN (Administration, Société)"),
        (re.fullmatch(r"\d{9}", lue.vendeur.siren), "le SIREN du fournisseur sur sa facture (BT-30)"),
        (
            lue.vendeur.electronique and lue.vendeur.electronique_schema,
            "l’adresse électronique du fournisseur sur sa facture (BT-34)",
        ),
        (lue.genre in GENRES, "un type de facture que la réforme connaît (BT-3)"),
    )
    return [quoi for dit, quoi in dits if not dit]


def nom(numero: str, pose: StatutRecue) -> str:
    """The name of its file."""
    return f"CDAR_{re.sub(r'[^A-Za-z0-9+_-]', '-', numero)}_{pose.statut}_{_instant(pose.le)}.xml"


def xml(lue: FactureLue, pose: StatutRecue, societe: SocieteModifiee) -> bytes:
    """The message, in UTF-8; `manques` must be empty."""
    racine = RSM.CrossDomainAcknowledgementAndResponse(
        RSM.ExchangedDocumentContext(
            RAM.BusinessProcessSpecifiedDocumentContextParameter(RAM.ID(PROCESSUS)),
            RAM.GuidelineSpecifiedDocumentContextParameter(RAM.ID(PROFIL)),
        ),
        RSM.ExchangedDocument(
            RAM.ID(f"{lue.numero}_{pose.statut}_{_instant(pose.le)}#{lue.genre}_{lue.date_facture:%Y%m%d}"),
            RAM.IssueDateTime(_horodatage(pose.le)),
            RAM.SenderTradeParty(RAM.RoleCode(PLATEFORME)),
            RAM.IssuerTradeParty(
                RAM.GlobalID(societe.siren, schemeID=SIREN), RAM.Name(societe.raison_sociale), RAM.RoleCode(ACHETEUR)
            ),
            RAM.RecipientTradeParty(
                RAM.GlobalID(lue.vendeur.siren, schemeID=SIREN),
                RAM.Name(lue.vendeur.nom),
                RAM.RoleCode(VENDEUR),
                RAM.URIUniversalCommunication(
                    RAM.URIID(lue.vendeur.electronique, schemeID=lue.vendeur.electronique_schema)
                ),
            ),
        ),
        RSM.AcknowledgementDocument(
            RAM.MultipleReferencesIndicator(UDT.Indicator("false")),
            RAM.TypeCode(TRAITEMENT),
            RAM.IssueDateTime(_horodatage(pose.le)),
            RAM.ReferenceReferencedDocument(
                RAM.IssuerAssignedID(lue.numero),
                RAM.TypeCode(lue.genre),
                RAM.FormattedIssueDateTime(QDT.DateTimeString(f"{lue.date_facture:%Y%m%d}", format="102")),
                RAM.ProcessConditionCode(pose.statut.value),
                RAM.ProcessCondition(LIBELLES[pose.statut]),
                RAM.IssuerTradeParty(RAM.GlobalID(lue.vendeur.siren, schemeID=SIREN)),
                *_details(pose),
            ),
        ),
    )
    rendu: bytes = etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return rendu


def _details(pose: StatutRecue) -> Iterator[etree._Element]:
    """Why (MDT-113, 114), or how much was paid and when (MDT-207, 215, 219)."""
    if pose.motif:
        dit = " : ".join(filter(None, (MOTIFS[pose.motif], pose.precision)))
        yield RAM.SpecifiedDocumentStatus(RAM.ReasonCode(pose.motif), RAM.Reason(dit), RAM.SequenceNumeric("1"))
    elif pose.montant_ttc is not None and pose.paye_le is not None:
        yield RAM.SpecifiedDocumentStatus(
            RAM.SequenceNumeric("1"),
            RAM.SpecifiedDocumentCharacteristic(
                RAM.TypeCode(PAYE),
                RAM.ValueChangedIndicator(UDT.IndicatorString("false")),
                RAM.ValueAmount(_montant(pose.montant_ttc), currencyID="EUR"),
                RAM.ValueDateTime(UDT.DateTimeString(f"{pose.paye_le:%Y%m%d}", format="102")),
            ),
        )
    elif pose.precision:
        yield RAM.SpecifiedDocumentStatus(RAM.SequenceNumeric("1"), RAM.IncludedNote(RAM.Content(pose.precision)))


def _horodatage(instant: datetime) -> etree._Element:
    return UDT.DateTimeString(_instant(instant), format="204")


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%Y%m%d%H%M%S}"


def _montant(montant: Decimal) -> str:
    return f"{montant:.2f}"
