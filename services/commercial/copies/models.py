"""Tables of the copies. `seq` is that of the last fact applied: an older one is ignored."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.database.columns import Montant, Prix, Quantite
from shared.database.search import Cherchable


class CopieTiers(Base):
    """A tiers as its last fact told it; `fiche` is the contract's FicheTiers."""

    __tablename__ = "copie_tiers"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    email: Mapped[str | None]
    fiche: Mapped[dict[str, Any]]


class CopieEncours(Base):
    """What a client owes and will owe, HT, to compare with the limit of its file."""

    __tablename__ = "copie_encours"

    tiers_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    encours_ht: Mapped[Montant]


class CopieProduit(Cherchable, Base):
    """A product of the catalogue: what a hidden product needs, and what searches look at.

    `chez_fournisseurs` says how each supplier names it: `copies.use_cases.chez`.
    One with `composants`, [{"produit_id", "quantite"}], is a kit: its parts are needed, never itself.
    """

    __tablename__ = "copie_produit"
    __table_args__ = (
        Index("ix_copie_produit_recherche", "recherche", postgresql_using="gin"),
        Index("ix_copie_produit_reference", "reference", "produit_id"),
        Index("ix_copie_produit_ean", "ean"),
        Index("ix_copie_produit_chez_fournisseurs", "chez_fournisseurs", postgresql_using="gin"),
    )

    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    reference: Mapped[str]
    designation: Mapped[str]
    description: Mapped[str]
    famille: Mapped[str]
    unite: Mapped[str]
    nature: Mapped[str]
    est_stockable: Mapped[bool]
    ean: Mapped[str | None]
    prix_achat_ht: Mapped[Prix]
    prix_vente_ht: Mapped[Prix | None]
    taux_tva: Mapped[Decimal]
    deee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    copie_privee_ht: Mapped[Prix] = mapped_column(default=Decimal(0))
    maintenance_requise: Mapped[bool]
    est_actif: Mapped[bool]
    fournisseur_id: Mapped[UUID | None]
    chez_fournisseurs: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    composants: Mapped[list[dict[str, Any]]] = mapped_column(default=list)


class CopieStock(Base):
    """What an agency has available of a product, in one nature of stock."""

    __tablename__ = "copie_stock"

    produit_id: Mapped[UUID] = mapped_column(primary_key=True)
    agence_id: Mapped[UUID] = mapped_column(primary_key=True)
    nature: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    disponible: Mapped[Quantite]


class CopieNature(Base):
    """A nature of stock; one is the main one of the company."""

    __tablename__ = "copie_nature"

    code: Mapped[str] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    libelle: Mapped[str]
    est_principale: Mapped[bool]


class CopieSociete(Base):
    """The company, as documents show it; `fiche` is the contract's SocieteModifiee."""

    __tablename__ = "copie_societe"

    societe_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    convention_marge: Mapped[str]
    fiche: Mapped[dict[str, Any]]


class CopieCollaborateur(Base):
    """A member of staff."""

    __tablename__ = "copie_collaborateur"

    collaborateur_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    email: Mapped[str]
    telephone: Mapped[str | None]
    est_actif: Mapped[bool]


class CopiePersonne(Base):
    """Somebody who may sign in, under the id by which requests name them, and the keys of their roles."""

    __tablename__ = "copie_personne"

    personne_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    nom: Mapped[str]
    roles: Mapped[list[str]] = mapped_column(ARRAY(Text))
    est_actif: Mapped[bool]


class CopieDemande(Cherchable, Base):
    """A demande: what an etude starts from."""

    __tablename__ = "copie_demande"
    __table_args__ = (Index("ix_copie_demande_recherche", "recherche", postgresql_using="gin"),)

    demande_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    numero: Mapped[str]
    objet: Mapped[str]
    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    agence_id: Mapped[UUID | None] = mapped_column(index=True)
    responsable_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None]
    cree_le: Mapped[datetime]
