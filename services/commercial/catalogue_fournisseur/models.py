"""Tables of the suppliers' references, of how their files are read, and of the imports."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from services.commercial.catalogue_fournisseur import rules
from services.commercial.catalogue_fournisseur.rules import EtatImport
from shared.contracts.commercial import ArticleRetenu, ImportCatalogueDemande
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Instant, Prix
from shared.database.search import Cherchable
from shared.fichiers.reception import Fichier


class ReferenceFournisseur(Cherchable, Base):
    """An article of a supplier, known by its reference there; `absente_le`: when its file no longer had it."""

    __tablename__ = "reference_fournisseur"
    __table_args__ = (
        Index("ix_reference_fournisseur_recherche", "recherche", postgresql_using="gin"),
        Index("ix_reference_fournisseur_reference", "reference"),
        Index("ix_reference_fournisseur_ean", "ean"),
    )

    fournisseur_id: Mapped[UUID] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    designation: Mapped[str]
    marque: Mapped[str]
    ean: Mapped[str]
    famille: Mapped[str]
    prix_achat_ht: Mapped[Prix]
    prix_public_ht: Mapped[Prix | None]
    stock: Mapped[Decimal | None]
    vu_le: Mapped[Instant]
    absente_le: Mapped[Instant | None]

    def retenir(self, produit_id: UUID) -> ArticleRetenu:
        """It is quoted as this product: to buy it, everybody must know it."""
        champs = ("fournisseur_id", "reference", "designation", "prix_achat_ht", "marque", "famille")
        valeurs = {champ: getattr(self, champ) for champ in champs}
        return ArticleRetenu(produit_id=produit_id, ean=rules.ean_lu(self.ean), **valeurs)


class ProfilCatalogue(Aggregate, Base):
    """How the files of a supplier are read: the title of the column of each field, and where they come from at night."""

    __tablename__ = "profil_catalogue"

    fournisseur_id: Mapped[UUID] = mapped_column(unique=True)
    colonnes: Mapped[dict[str, Any]]
    source: Mapped[str] = mapped_column(default="", info={"audit": False})  # an address may hold a password
    releve_le: Mapped[date | None]


class ImportCatalogue(Identifie, Base):
    """One file read, given or fetched from `source`; `est_essai`: to see what it would do, without doing it.

    `nb_absentes`: references known before that this file no longer has. `variations`: the largest changes of price.
    """

    __tablename__ = "import_catalogue"

    fournisseur_id: Mapped[UUID] = mapped_column(index=True)
    etat: Mapped[EtatImport] = mapped_column(enum_texte(EtatImport), default=EtatImport.DEMANDE)
    est_essai: Mapped[bool]
    colonnes: Mapped[dict[str, Any]]
    fichier_sha256: Mapped[str]
    fichier_nom: Mapped[str]
    fichier_type: Mapped[str]
    demande_le: Mapped[Instant]
    demande_par: Mapped[str]
    fini_le: Mapped[Instant | None]
    nb_lignes: Mapped[int] = mapped_column(default=0)
    nb_nouvelles: Mapped[int] = mapped_column(default=0)
    nb_modifiees: Mapped[int] = mapped_column(default=0)
    nb_erreurs: Mapped[int] = mapped_column(default=0)
    nb_hausses: Mapped[int] = mapped_column(default=0)
    nb_baisses: Mapped[int] = mapped_column(default=0)
    nb_absentes: Mapped[int] = mapped_column(default=0)
    variations: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(default="")
    erreurs: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    erreur: Mapped[str] = mapped_column(default="")

    def demander(self) -> ImportCatalogueDemande:
        """Work for our own jobs."""
        return ImportCatalogueDemande(fournisseur_id=self.fournisseur_id, import_id=self.id)

    def recevoir(self, fichier: Fichier) -> None:
        """The file was fetched."""
        self.fichier_sha256, self.fichier_nom, self.fichier_type = fichier.sha256, fichier.nom, fichier.type

    def finir(self, etat: EtatImport, *, le: datetime, erreur: str = "") -> None:
        """It was read to the end, or could not be."""
        self.etat, self.fini_le, self.erreur = etat, le, erreur
