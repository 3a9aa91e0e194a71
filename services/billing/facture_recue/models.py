"""Tables of received electronic invoices and their verbs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.base import Base
from services.billing.errors import FactureRecueAStatut, FactureRecueRepondue, FactureRecueTraitee, StatutInconnu
from services.billing.facture_recue.rules import etat as etats
from services.billing.facture_recue.rules import statut as statuts
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.lue import FactureLue
from services.billing.facture_recue.rules.statut import Statut
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.money import ZERO
from shared.kernel.search import ecrire_montant, texte_recherche

GARDEE = text("etat <> 'ecartee'")


class FactureRecue(Cherchable, Aggregate, Base):
    """An electronic invoice as received: the file, and `contenu`, what was read of it once.

    `vendeur` is what tells its supplier from others: SIREN, VAT number, else name. `manques` says, a line each, what it
    waits for; `remarques` what accounts should know of a matched one; `motif` why it was set aside. `statut` is the last thing its supplier was to be told of it,
    `statuts` all of them. A credit note (`est_avoir`) has a total below zero; it is on the affaire whose
    invoice it corrects, or on the credit that a return awaits (`attendu_id`).
    """

    __tablename__ = "facture_recue"
    __table_args__ = (
        Index("uq_facture_recue_fichier", "sha256", unique=True, postgresql_where=GARDEE),
        Index("uq_facture_recue_numero", "vendeur", "numero", unique=True, postgresql_where=GARDEE),
        Index("ix_facture_recue_etat", "etat", "id"),
        Index("ix_facture_recue_recherche", "recherche", postgresql_using="gin"),
    )

    sha256: Mapped[str]
    nom: Mapped[str]
    type: Mapped[str]
    vendeur: Mapped[str]
    numero: Mapped[str]
    date_facture: Mapped[date]
    echeance: Mapped[date | None]
    fournisseur_id: Mapped[UUID | None] = mapped_column(index=True)
    fournisseur_nom: Mapped[str]
    total_ht: Mapped[Montant]
    contenu: Mapped[dict[str, Any]] = mapped_column(info={"audit": False})
    etat: Mapped[EtatRecue] = mapped_column(enum_texte(EtatRecue), default=EtatRecue.A_RAPPROCHER)
    achat_id: Mapped[UUID | None] = mapped_column(ForeignKey("affaire_fournisseur.id"), index=True)
    achat_numero: Mapped[str] = mapped_column(default="")
    est_avoir: Mapped[bool] = mapped_column(default=False)
    attendu_id: Mapped[UUID | None] = mapped_column(ForeignKey("avoir_attendu.id"), index=True)
    attendu_numero: Mapped[str] = mapped_column(default="")
    manques: Mapped[str] = mapped_column(default="")
    remarques: Mapped[str] = mapped_column(default="")
    motif: Mapped[str] = mapped_column(default="")
    deposee_par: Mapped[str]
    statut: Mapped[Statut | None] = mapped_column(enum_texte(Statut))

    statuts: Mapped[list["StatutRecue"]] = relationship(
        lazy="raise", order_by="StatutRecue.id", cascade="all, delete-orphan"
    )

    @property
    def lue(self) -> FactureLue:
        """What was read of it."""
        return FactureLue.model_validate(self.contenu)

    def indexer(self) -> None:
        """What a search finds it by: the numbers it says or is matched with, its supplier, its totals as people type them."""
        lue = self.lue
        numeros = (self.numero, lue.commande, lue.corrige, self.achat_numero, self.attendu_numero)
        montants = (ecrire_montant(lue.total_ht), ecrire_montant(lue.total_ttc))
        self.recherche_texte = texte_recherche(self.fournisseur_nom, *lue.vendeur.identifiants, *numeros, *montants)

    def attendre(self, manques: list[str]) -> None:
        """It is not matched yet, and why."""
        self.manques = "\n".join(manques)

    def rapprocher(self, achat_id: UUID, achat_numero: str, remarques: list[str]) -> None:
        """What it says is on this affaire fournisseur; FactureRecueTraitee."""
        self.etat = etats.passer(self.etat, EtatRecue.RAPPROCHEE, numero=self.numero)
        self.achat_id, self.achat_numero, self.manques = achat_id, achat_numero, ""
        self.remarques = "\n".join(remarques)
        self.indexer()

    def crediter_retour(self, attendu_id: UUID, retour_numero: str, remarques: list[str]) -> None:
        """It is the credit that this return awaited; FactureRecueTraitee."""
        self.etat = etats.passer(self.etat, EtatRecue.RAPPROCHEE, numero=self.numero)
        self.attendu_id, self.attendu_numero, self.manques = attendu_id, retour_numero, ""
        self.remarques = "\n".join(remarques)
        self.indexer()

    def detacher(self) -> None:
        """It was put on what it does not bill: it waits again; FactureRecueTraitee, FactureRecueRepondue."""
        if self.statut is not None:
            raise FactureRecueRepondue(numero=self.numero, statut=statuts.MOTS[self.statut])
        self.etat = etats.passer(self.etat, EtatRecue.A_RAPPROCHER, numero=self.numero)
        quitte = self.achat_numero or self.attendu_numero
        self.achat_id = self.attendu_id = None
        self.achat_numero = self.attendu_numero = self.remarques = ""
        self.attendre([f"elle a été retirée de {quitte}" if not self.est_avoir else f"il a été retiré de {quitte}"])
        self.indexer()

    def ecarter(self, motif: str) -> None:
        """It is none of ours; FactureRecueTraitee, FactureRecueAStatut."""
        if self.statut is not None:
            raise FactureRecueAStatut(numero=self.numero, statut=statuts.MOTS[self.statut])
        self.etat = etats.passer(self.etat, EtatRecue.ECARTEE, numero=self.numero)
        self.motif, self.manques = motif, ""

    @property
    def paye_ttc(self) -> Decimal:
        """What its supplier was told to be paid; with its statuses loaded."""
        return sum((pose.montant_ttc for pose in self.statuts if pose.montant_ttc is not None), ZERO)

    def pose(self, statut_id: UUID) -> "StatutRecue":
        """One of its statuses; with them loaded; StatutInconnu."""
        trouvee = next((pose for pose in self.statuts if pose.id == statut_id), None)
        if trouvee is None:
            raise StatutInconnu
        return trouvee

    def poser(self, pose: "StatutRecue") -> None:
        """What its supplier is told of it; FactureRecueTraitee, StatutImpossible, PaiementTransmisTropGrand."""
        if self.etat is EtatRecue.ECARTEE:
            raise FactureRecueTraitee(numero=self.numero, actuel=etats.MOTS[self.etat])
        self.statut = statuts.passer(self.statut, pose.statut, numero=self.numero, est_avoir=self.est_avoir)
        if pose.montant_ttc is not None:
            statuts.payer(self.lue.total_ttc, self.paye_ttc, pose.montant_ttc)
        if pose.statut is Statut.REFUSEE:
            self.etat, self.manques = etats.passer(self.etat, EtatRecue.REFUSEE, numero=self.numero), ""
        self.statuts.append(pose)


class StatutRecue(Identifie, Base):
    """A status given to a received invoice: it never changes, but for `transmis_le`, when the platform took it.

    `motif` is a code of the reform, `precision` what was written beside it. `montant_ttc` and `paye_le` are those of a payment.
    """

    __tablename__ = "statut_recue"
    __table_args__ = (Index("ix_statut_recue_a_transmettre", "id", postgresql_where=text("transmis_le IS NULL")),)

    recue_id: Mapped[UUID] = mapped_column(ForeignKey("facture_recue.id"), index=True)
    statut: Mapped[Statut] = mapped_column(enum_texte(Statut))
    le: Mapped[Instant]
    par_nom: Mapped[str]
    motif: Mapped[str] = mapped_column(default="")
    precision: Mapped[str] = mapped_column(default="")
    montant_ttc: Mapped[Montant | None]
    paye_le: Mapped[date | None]
    transmis_le: Mapped[Instant | None]
    transmis_par: Mapped[str] = mapped_column(default="")

    def transmettre(self, *, par: str, le: datetime) -> None:
        """The platform took it; said twice, the first time stays."""
        if self.transmis_le is None:
            self.transmis_le, self.transmis_par = le, par
