"""Table of affaires and its verbs."""

from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.affaire.rules import PRIORITE_NORMALE, EtatAffaire
from services.commercial.base import Adressee, Base
from shared.contracts.commercial import Adressage, AffaireCreee, AffaireModifiee, FicheAffaire
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Montant
from shared.database.search import Cherchable
from shared.kernel.search import texte_recherche


class Affaire(Cherchable, Aggregate, Adressee, Base):
    """A project file. `priorite` 0 is the highest; `montant_ht` in euros.

    It is served from the depot of an agency, in one nature of stock; `emplacement` is where its goods are gathered.
    """

    __tablename__ = "affaire"
    __table_args__ = (
        Index("ix_affaire_recherche", "recherche", postgresql_using="gin"),
        Index("ix_affaire_etat", "etat", "id"),
        Index("ix_affaire_commerciaux", "commercial_ids", postgresql_using="gin"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    libelle: Mapped[str]
    libelle_abrege: Mapped[str]
    etat: Mapped[EtatAffaire] = mapped_column(enum_texte(EtatAffaire))
    tiers_id: Mapped[UUID | None] = mapped_column(index=True)
    tiers_nom: Mapped[str] = mapped_column(default="")
    priorite: Mapped[int] = mapped_column(default=PRIORITE_NORMALE)
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    montant_ht: Mapped[Montant | None]
    reference_externe: Mapped[str] = mapped_column(default="")
    depot_agence_id: Mapped[UUID | None] = mapped_column(index=True)
    nature_stock: Mapped[str]
    emplacement: Mapped[str] = mapped_column(default="")
    equipe_id: Mapped[UUID | None]
    tiers_secondaire_nom: Mapped[str] = mapped_column(default="")
    site_code: Mapped[str] = mapped_column(default="")
    chef_projet_client_id: Mapped[UUID | None]
    regime_tva: Mapped[str] = mapped_column(default="france")
    commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)
    groupe_commercial_ids: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), default=list)

    def _fiche(self) -> FicheAffaire:
        self.recherche_texte = texte_recherche(
            self.code, self.libelle, self.libelle_abrege, self.tiers_nom, self.reference_externe
        )
        return FicheAffaire(
            code=self.code,
            libelle=self.libelle,
            etat=self.etat.value,
            tiers_id=self.tiers_id,
            priorite=self.priorite,
            demande_id=self.demande_id,
            reference_externe=self.reference_externe,
            depot_agence_id=self.depot_agence_id,
            nature_stock=self.nature_stock,
            emplacement=self.emplacement,
            adressage=self.adressage(),
        )

    def creer(self) -> AffaireCreee:
        """The file is opened."""
        return AffaireCreee(affaire_id=self.id, fiche=self._fiche())

    def modifier(self, avant: Adressage) -> AffaireModifiee:
        """The file changed; its papers went to `avant`."""
        change = avant != self.adressage()
        return AffaireModifiee(affaire_id=self.id, fiche=self._fiche(), adressage_avant=avant if change else None)
