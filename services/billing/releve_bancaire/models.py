"""Tables of bank statements and their operations, and their verbs."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.billing.base import Base
from services.billing.errors import OperationDebitrice
from services.billing.releve_bancaire.rules import rapprochement
from services.billing.releve_bancaire.rules.rapprochement import EtatOperation
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Instant, Montant
from shared.database.search import Cherchable
from shared.kernel.money import ZERO
from shared.kernel.search import ecrire_montant, texte_recherche


class ReleveBancaire(Aggregate, Base):
    """A statement file, imported once; `doublons` counts the operations another file had already brought."""

    __tablename__ = "releve_bancaire"

    nom: Mapped[str]
    format: Mapped[str]
    compte: Mapped[str]
    debut: Mapped[date]
    fin: Mapped[date]
    solde_ouverture: Mapped[Montant | None]
    solde_cloture: Mapped[Montant | None]
    nouvelles: Mapped[int]
    doublons: Mapped[int]
    importe_par: Mapped[str]


class OperationBancaire(Cherchable, Aggregate, Base):
    """A line of a statement; `cle` keeps it unique whatever the files it comes back in."""

    __tablename__ = "operation_bancaire"
    __table_args__ = (
        Index("ix_operation_bancaire_etat", "etat", "le", "id"),
        Index("ix_operation_bancaire_recherche", "recherche", postgresql_using="gin"),
    )

    releve_bancaire_id: Mapped[UUID] = mapped_column(ForeignKey("releve_bancaire.id"), index=True)
    cle: Mapped[str] = mapped_column(unique=True)
    compte: Mapped[str]
    le: Mapped[date]
    libelle: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    montant: Mapped[Montant]
    etat: Mapped[EtatOperation] = mapped_column(enum_texte(EtatOperation), default=EtatOperation.A_RAPPROCHER)
    motif: Mapped[str] = mapped_column(default="")
    traitee_par: Mapped[str] = mapped_column(default="")
    traitee_le: Mapped[Instant | None]

    def indexer(self) -> None:
        """What the search finds it by: its words, and its amount as people type it."""
        self.recherche_texte = texte_recherche(self.libelle, self.reference, ecrire_montant(self.montant))

    def rapprocher(self, *, par: str, le: datetime) -> None:
        """Its invoices are known."""
        if self.montant <= ZERO:
            raise OperationDebitrice
        self._passer(EtatOperation.RAPPROCHEE, par, le)

    def ecarter(self, motif: str, *, par: str, le: datetime) -> None:
        """It settles no invoice, and somebody said what it is."""
        self._passer(EtatOperation.ECARTEE, par, le)
        self.motif = motif

    def rouvrir(self, *, par: str, le: datetime) -> None:
        """It was set aside by mistake."""
        self._passer(EtatOperation.A_RAPPROCHER, par, le)
        self.motif = ""

    def _passer(self, vise: EtatOperation, par: str, le: datetime) -> None:
        self.etat = rapprochement.passer(self.etat, vise)
        self.traitee_par, self.traitee_le = par, le
