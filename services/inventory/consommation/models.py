"""The table of parts used."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.inventory.base import Base
from services.inventory.errors import ConsommationDejaAnnulee
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.database.columns import Aggregate, Instant, Montant, Prix, Quantite, Taux
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO


class Consommation(Aggregate, Base):
    """An object, or a quantity, used on a demande and left at its client; `prix_ht` is what a unit is sold, 0 to be decided.

    `de_depot_id`, `de_emplacement_id` and `de_nature` are where it was taken, and where it goes back when it is cancelled.
    """

    __tablename__ = "consommation"
    __table_args__ = (Index("ix_consommation_demande", "demande_id", "id"),)

    demande_id: Mapped[UUID]
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    historique_id: Mapped[UUID] = mapped_column(ForeignKey("historique.id"), index=True)
    produit_id: Mapped[UUID] = mapped_column(ForeignKey("produit.id"))
    reference: Mapped[str]
    designation: Mapped[str]
    unite: Mapped[str]
    numero_serie: Mapped[str | None]
    quantite: Mapped[Quantite]
    est_facturable: Mapped[bool]
    prix_ht: Mapped[Prix | None]
    taux_tva: Mapped[Taux]
    deee_ht: Mapped[Prix]
    copie_privee_ht: Mapped[Prix]
    cout_ht: Mapped[Montant]
    de_libelle: Mapped[str]
    de_depot_id: Mapped[UUID]
    de_emplacement_id: Mapped[UUID | None]
    de_nature: Mapped[str]
    consommee_par: Mapped[str]
    consommee_le: Mapped[Instant]
    annulee_par: Mapped[str | None]
    annulee_le: Mapped[Instant | None]

    @property
    def prix_a_fixer(self) -> bool:
        """The client pays it, and nobody has said how much."""
        return self.est_facturable and self.prix_ht is None

    def annoncer(self, affaire_id: UUID | None) -> ConsommationSaisie:
        """The fact that tells it."""
        champs = (
            *("demande_id", "tiers_id", "historique_id", "produit_id", "reference", "designation", "unite"),
            *("numero_serie", "quantite", "est_facturable", "prix_a_fixer", "taux_tva", "deee_ht", "copie_privee_ht"),
            *("cout_ht", "consommee_par", "consommee_le"),
        )
        valeurs = {champ: getattr(self, champ) for champ in champs}
        prix_ht = self.prix_ht or ZERO
        return ConsommationSaisie(consommation_id=self.id, affaire_id=affaire_id, prix_ht=prix_ht, **valeurs)

    def annuler(self, tx: Transaction) -> ConsommationAnnulee:
        """It was not used after all; ConsommationDejaAnnulee."""
        if self.annulee_le is not None:
            raise ConsommationDejaAnnulee(designation=self.designation)
        self.annulee_par, self.annulee_le = tx.actor.nom, tx.now
        return ConsommationAnnulee(
            consommation_id=self.id,
            demande_id=self.demande_id,
            tiers_id=self.tiers_id,
            historique_id=self.historique_id,
            designation=self.designation,
            est_facturable=self.est_facturable,
        )
