"""Tables of the equipment and its verbs."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.maintenance.base import Base
from services.maintenance.errors import EquipementDejaRetire
from services.maintenance.parc.models import Groupe, Lieu
from shared.contracts.maintenance import EquipementAjoute, EquipementModifie, FicheEquipement
from shared.database.columns import Aggregate, Identifie, Instant, Quantite
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche
from shared.kernel.text import normaliser_recherche


class Equipement(Aggregate, Cherchable, Base):
    """An object of a client's parc. `historique_id` is the thread back to the supplier invoice; none when `est_tiers`.

    `remplace_id`: what it took the place of.
    """

    __tablename__ = "equipement"
    __table_args__ = (
        Index("ix_equipement_recherche", "recherche", postgresql_using="gin"),
        Index("ix_equipement_nom", "nom_tri", "id"),
        Index("ix_equipement_parc", "tiers_id", "est_retire", "nom_tri", "id"),
    )

    tiers_id: Mapped[UUID]
    tiers_nom: Mapped[str]
    designation: Mapped[str]
    nom_tri: Mapped[str] = mapped_column(info={"audit": False})
    reference: Mapped[str] = mapped_column(default="")
    type_code: Mapped[str | None] = mapped_column(index=True)
    type_libelle: Mapped[str | None]
    numero_serie: Mapped[str | None] = mapped_column(index=True)
    etiquette: Mapped[str | None] = mapped_column(unique=True)
    quantite: Mapped[Quantite]
    lieu_id: Mapped[UUID | None] = mapped_column(ForeignKey("lieu.id"), index=True)
    groupe_id: Mapped[UUID | None] = mapped_column(ForeignKey("groupe.id"), index=True)
    historique_id: Mapped[UUID | None] = mapped_column(unique=True)
    produit_id: Mapped[UUID | None] = mapped_column(index=True)
    est_tiers: Mapped[bool] = mapped_column(default=False)
    fournisseur_nom: Mapped[str | None]
    facture_fournisseur: Mapped[str | None]
    reception_numero: Mapped[str | None]
    feuille_id: Mapped[UUID | None] = mapped_column(index=True)
    feuille_numero: Mapped[str | None]
    devis_numero: Mapped[str | None]
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    installe_le: Mapped[date | None]
    garantie_jusqu_au: Mapped[date | None]
    notes: Mapped[str] = mapped_column(default="")
    contrat_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_numero: Mapped[str | None]
    est_retire: Mapped[bool] = mapped_column(default=False)
    retire_le: Mapped[date | None]
    motif_retrait: Mapped[str] = mapped_column(default="")
    remplace_id: Mapped[UUID | None] = mapped_column(ForeignKey("equipement.id"), index=True)
    libelles: Mapped[dict[str, str]] = mapped_column(JSONB, default=dict, info={"audit": False})

    lieu: Mapped[Lieu | None] = relationship(lazy="raise")
    groupe: Mapped[Groupe | None] = relationship(lazy="raise")

    @classmethod
    def nouveau(cls, tiers_id: UUID, tiers_nom: str, **valeurs: Any) -> Self:
        """An object that just came, with no place, no contract, nothing against it."""
        base = {
            "quantite": Decimal(1),
            "est_tiers": False,
            "est_retire": False,
            "motif_retrait": "",
            "notes": "",
            "libelles": {},
        }
        return cls(tiers_id=tiers_id, tiers_nom=tiers_nom, lieu=None, groupe=None, **base | valeurs)

    def indexer(self) -> None:
        """Recompute what searches look at."""
        self.nom_tri = normaliser_recherche(self.designation)
        self.recherche_texte = texte_recherche(
            self.designation, self.reference, self.numero_serie, self.etiquette, self.type_libelle, self.tiers_nom
        )

    def fiche(self) -> FicheEquipement:
        """What the other services keep of it."""
        return FicheEquipement(
            tiers_id=self.tiers_id,
            tiers_nom=self.tiers_nom,
            designation=self.designation,
            historique_id=self.historique_id,
            produit_id=self.produit_id,
            type_code=self.type_code,
            numero_serie=self.numero_serie,
            etiquette=self.etiquette,
            lieu=self.lieu.chemin if self.lieu else "",
            groupe=self.groupe.nom if self.groupe else "",
            contrat_id=self.contrat_id,
            contrat_numero=self.contrat_numero,
            est_retire=self.est_retire,
        )

    def ajouter(self) -> EquipementAjoute:
        """It enters the parc."""
        self.indexer()
        return EquipementAjoute(equipement_id=self.id, fiche=self.fiche(), demande_id=self.demande_id)

    def modifier(self) -> EquipementModifie:
        """Something of it changed."""
        self.indexer()
        return EquipementModifie(equipement_id=self.id, fiche=self.fiche())

    def nommer(self, libelles: Mapping[str, str]) -> None:
        """How the workshop calls the fields of its form; what it no longer names keeps its last name."""
        self.libelles = {**self.libelles, **libelles}

    def couvrir(self, contrat_id: UUID | None, numero: str | None) -> EquipementModifie:
        """A contract covers it from now on, or none does."""
        self.contrat_id, self.contrat_numero = contrat_id, numero
        return self.modifier()

    def retirer(self, le: date, motif: str) -> EquipementModifie:
        """It leaves the parc: sold, broken, replaced. Its history stays."""
        if self.est_retire:
            raise EquipementDejaRetire(designation=self.designation)
        self.est_retire, self.retire_le, self.motif_retrait = True, le, motif
        self.contrat_id = self.contrat_numero = None
        return self.modifier()

    def demenager(self, tiers_id: UUID, tiers_nom: str) -> None:
        """The same object was delivered to another client: his parc now, with no place yet."""
        self.tiers_id, self.tiers_nom = tiers_id, tiers_nom
        self.lieu, self.groupe = None, None
        self.contrat_id = self.contrat_numero = None
        self.est_retire, self.retire_le, self.motif_retrait = False, None, ""


class ValeurEquipement(Identifie, Base):
    """One value of a field at a date: the last one (by `le`, then `id`) is the present one. Never rewritten."""

    __tablename__ = "valeur_equipement"
    __table_args__ = (Index("ix_valeur_equipement_suite", "equipement_id", "champ", "le", "id"),)

    equipement_id: Mapped[UUID] = mapped_column(ForeignKey("equipement.id"))
    champ: Mapped[str]
    valeur: Mapped[str]
    le: Mapped[date]
    saisi_le: Mapped[Instant]
    par: Mapped[str]
    source: Mapped[str]
    source_id: Mapped[UUID | None]
