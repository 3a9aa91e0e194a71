"""Tables of the rows of a proposition, and what a signed one tells of them."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.proposition.rules.chiffrage import ChiffresLigne, Ligne
from shared.contracts.commercial import LigneDevis, ProduitAttendu
from shared.database.columns import Identifie, Instant, Montant, Prix, Quantite, Taux
from shared.kernel.money import ZERO

DITS = ("designation", "description", "quantite", "unite", "remise", "taux_tva", "cout_ht", "nature")


class LigneProposition(Identifie, Base):
    """A row of a proposition; `prix_ht` and `total_ht` are what the rules gave."""

    __tablename__ = "ligne_proposition"
    __table_args__ = (Index("ix_ligne_proposition_ordre", "proposition_id", "position"),)

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"))
    position: Mapped[int]
    genre: Mapped[str]
    designation: Mapped[str]
    description: Mapped[str]
    quantite: Mapped[Quantite]
    unite: Mapped[str]
    cout_ht: Mapped[Prix]
    marge: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    prix_fixe_ht: Mapped[Prix | None]
    remise: Mapped[Taux]
    taux_tva: Mapped[Taux]
    deee_ht: Mapped[Prix]
    copie_privee_ht: Mapped[Prix]
    nature: Mapped[str]
    maintenance_souhaitee: Mapped[bool]
    est_option: Mapped[bool]
    variante: Mapped[str]
    est_retenue: Mapped[bool]
    a_prix_masques: Mapped[bool]
    caches_suivent: Mapped[bool] = mapped_column(default=True)
    origine_id: Mapped[UUID | None]
    produit_id: Mapped[UUID | None]
    prix_convenu_ht: Mapped[Prix | None]
    prix_ht: Mapped[Prix | None]
    total_ht: Mapped[Montant]


class ProduitCacheLigne(Identifie, Base):
    """A hidden product of a line: never on a document, a mail or the client's page."""

    __tablename__ = "produit_cache"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    ligne_id: Mapped[UUID] = mapped_column(ForeignKey("ligne_proposition.id", ondelete="CASCADE"), index=True)
    rang: Mapped[int]
    produit_id: Mapped[UUID] = mapped_column(index=True)
    reference: Mapped[str]
    designation: Mapped[str]
    quantite: Mapped[Quantite]
    note: Mapped[str]
    cout_ht: Mapped[Prix]
    est_stockable: Mapped[bool]
    quantite_dite: Mapped[Quantite | None]
    dite_pour: Mapped[Quantite | None]


class CoutRetire(Identifie, Base):
    """What a row or a hidden product cost when it was taken out: put back by who sees no cost, it is not lost. For a day."""

    __tablename__ = "cout_retire"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    cout_ht: Mapped[Prix]
    marge: Mapped[Decimal] = mapped_column(Numeric(9, 4))
    retire_le: Mapped[Instant]


def ligne_devis(ligne: Ligne, chiffres: ChiffresLigne, position: int, section: str) -> LigneDevis:
    """A line as everybody is told of it, at the price the client signed."""
    deee_ht, copie_privee_ht = ligne.contributions
    return LigneDevis(
        ligne_id=ligne.id,
        position=position,
        section=section,
        **{nom: getattr(ligne, nom) for nom in DITS},
        prix_ht=chiffres.prix_ht or ZERO,  # signed: every line has one
        total_ht=chiffres.total_ht,
        maintenance_souhaitee=ligne.maintenance_souhaitee,
        deee_ht=deee_ht,
        copie_privee_ht=copie_privee_ht,
        produits=tuple(
            ProduitAttendu.model_validate({nom: getattr(p, nom) for nom in ProduitAttendu.model_fields})
            for p in ligne.produits
        ),
    )
