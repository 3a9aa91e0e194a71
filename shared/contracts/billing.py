"""Facts announced by billing: billing documents, invoices, payments, the monthly campaign."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from shared.contracts.base import Cout, Fact, Part


class AffaireClientCreee(Fact, type="billing.affaire_client_creee.v1", key="affaire_client_id"):
    """Something is ready to be invoiced."""

    affaire_client_id: UUID
    numero: str
    tiers_id: UUID
    tiers_nom: str
    origine: Literal["feuille", "contrat", "sav", "libre", "acompte"]
    total_ht: Decimal
    total_ttc: Decimal
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    contrat_id: UUID | None = None


class FactureEmise(Fact, type="billing.facture_emise.v1", key="facture_id"):
    """An invoice got its number: it can no longer change."""

    facture_id: UUID
    affaire_client_id: UUID
    numero: str
    tiers_id: UUID
    tiers_nom: str
    nature: Literal["facture", "acompte", "avoir"] = "facture"
    emise_le: date
    echeance: date
    total_ht: Decimal
    total_tva: Decimal
    total_ttc: Decimal
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    contrat_id: UUID | None = None
    periode: str | None = None


class EnvoiFactureDemande(Fact, type="billing.envoi_facture_demande.v1", key="facture_id"):
    """Staff asked for an invoice to be sent: work for billing itself."""

    facture_id: UUID
    envoi_id: UUID
    demande_id: UUID | None = None


class FactureEnvoyee(Fact, type="billing.facture_envoyee.v1", key="facture_id"):
    """The client was sent the invoice. `est_definitive`: neither a deposit nor a credit note, the work itself is billed."""

    facture_id: UUID
    numero: str
    tiers_id: UUID
    canal: Literal["mail", "chorus", "papier"]
    destinataires: tuple[str, ...] = ()
    demande_id: UUID | None = None
    affaire_id: UUID | None = None
    est_definitive: bool = True


class FacturePayee(Fact, type="billing.facture_payee.v1", key="facture_id"):
    """A payment was recorded; `solde_ttc` is what remains due."""

    facture_id: UUID
    numero: str
    tiers_id: UUID
    montant_ttc: Decimal
    solde_ttc: Decimal
    demande_id: UUID | None = None
    affaire_id: UUID | None = None


class FichiersFactureModifies(Fact, type="billing.fichiers_facture_modifies.v1", key="facture_id"):
    """A file was attached to an invoice, taken off or put back: who looks at them reads them again, or at its client's."""

    facture_id: UUID
    demande_id: UUID | None = None
    tiers_id: UUID


class FichiersAchatModifies(Fact, type="billing.fichiers_achat_modifies.v1", key="affaire_fournisseur_id"):
    """A file was attached to a supplier invoice, taken off or put back: its page, or its supplier's, reads them again."""

    affaire_fournisseur_id: UUID
    fournisseur_id: UUID


class AffaireFournisseurCreee(Fact, type="billing.affaire_fournisseur_creee.v1", key="affaire_fournisseur_id"):
    """A supplier invoice is expected or arrived, mirrored from a reception."""

    affaire_fournisseur_id: UUID
    numero: str
    fournisseur_id: UUID
    fournisseur_nom: str
    reception_id: UUID
    facture_fournisseur: str
    total_ht: Cout


class FactureFournisseurBloquee(Fact, type="billing.facture_fournisseur_bloquee.v1", key="affaire_fournisseur_id"):
    """A supplier invoice differs from what was ordered and received; whoever may release it is told. No amount: few may see costs."""

    affaire_fournisseur_id: UUID
    numero: str
    fournisseur_nom: str


class FactureFournisseurLiberee(Fact, type="billing.facture_fournisseur_liberee.v1", key="affaire_fournisseur_id"):
    """Somebody let a supplier invoice on hold through."""

    affaire_fournisseur_id: UUID
    numero: str
    liberee_par: str


class LigneChiffree(Part):
    """What a received line costs by the supplier's invoice: its price, and its share of the fees and credits.

    `cout_ht` is that of the whole line, `cout_avant_ht` what was told before: the same when the invoice changes nothing.
    `ligne_recue_id` is None for what was received before lines were named.
    """

    ligne_recue_id: UUID | None = None
    produit_id: UUID
    quantite: Decimal
    prix_ht: Cout
    cout_ht: Cout
    cout_avant_ht: Cout


class ReceptionChiffree(Fact, type="billing.reception_chiffree.v1", key="affaire_fournisseur_id"):
    """The supplier's invoice of a reception was accepted: its number, and what each line definitively costs.

    `revision` grows with each announcement of an affaire. `facture_fournisseur` is empty when the invoice was refused:
    the goods cost again what their reception said.
    """

    affaire_fournisseur_id: UUID
    numero: str
    revision: int
    reception_id: UUID
    fournisseur_nom: str
    facture_fournisseur: str
    date_facture: date | None = None
    acceptee_le: datetime
    acceptee_par: str
    lignes: tuple[LigneChiffree, ...]


class CampagneTerminee(Fact, type="billing.campagne_terminee.v1", key="campagne_id"):
    """A monthly run of contract invoices ended."""

    campagne_id: UUID
    periode: str
    factures: int
    erreurs: int
    total_ht: Decimal
