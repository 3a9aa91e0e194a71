"""Tables of the affaire client and its verbs."""

from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from services.billing.base import Adressee, Base
from services.billing.errors import AffaireDejaFacturee, AffaireEnCorrection, AffaireNegative, AffaireVide, PrixAFixer
from shared.contracts.billing import AffaireClientCreee
from shared.database.base import enum_texte
from shared.database.columns import Aggregate, Identifie, Montant, Prix, Quantite, Taux
from shared.kernel.money import ZERO, totaux


class EtatAffaire(StrEnum):
    """Where an affaire client stands."""

    A_FACTURER = "a_facturer"
    FACTUREE = "facturee"
    ANNULEE = "annulee"


class AffaireClient(Adressee, Aggregate, Base):
    """Something delivered, done or due, waiting for its invoice. Amounts in euros.

    `cle` says what it bills ("feuille:<id>", "contrat:<id>:<period>", "sav:<demande>", "acompte:<devis>"): the database
    keeps it unique. `vente_id` is the signed devis (the first one, for an avenant) that ties a deposit to what it is
    deducted from, `facturee_par` the invoice issued, as a deduction names it.
    `regime_tva` is the VAT regime the devis was signed under; "" leaves that of the client.
    `tiers_secondaire_id` receives its invoice in place of the client, who owes it; `adressage` says at which address.
    `source_lignes` is the print of the lines its feuille last gave, `source_seq` the place of the last fact about it;
    `correction` tells accounts that the feuille is being, or was, corrected.
    """

    __tablename__ = "affaire_client"
    __table_args__ = (
        Index("ix_affaire_client_etat", "etat", "id"),
        Index("ix_affaire_client_tiers_secondaire_id", "tiers_secondaire_id"),
    )

    numero: Mapped[str] = mapped_column(unique=True)
    cle: Mapped[str] = mapped_column(unique=True)
    origine: Mapped[str]
    etat: Mapped[EtatAffaire] = mapped_column(enum_texte(EtatAffaire), default=EtatAffaire.A_FACTURER)
    tiers_id: Mapped[UUID] = mapped_column(index=True)
    tiers_nom: Mapped[str]
    objet: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    periode: Mapped[str | None]
    demande_id: Mapped[UUID | None] = mapped_column(index=True)
    affaire_id: Mapped[UUID | None] = mapped_column(index=True)
    contrat_id: Mapped[UUID | None] = mapped_column(index=True)
    vente_id: Mapped[UUID | None] = mapped_column(index=True)
    regime_tva: Mapped[str] = mapped_column(default="")
    facturee_par: Mapped[str] = mapped_column(default="")
    source_seq: Mapped[int] = mapped_column(BigInteger, default=0, info={"audit": False})
    source_lignes: Mapped[str] = mapped_column(default="", info={"audit": False})
    est_en_correction: Mapped[bool] = mapped_column(default=False)
    correction: Mapped[str] = mapped_column(default="")
    imprime_series: Mapped[bool] = mapped_column(default=True)
    prix_a_fixer: Mapped[bool] = mapped_column(default=False, info={"audit": False})
    total_ht: Mapped[Montant] = mapped_column(default=ZERO)
    total_tva: Mapped[Montant] = mapped_column(default=ZERO)
    total_ttc: Mapped[Montant] = mapped_column(default=ZERO)

    lignes: Mapped[list["LigneAffaire"]] = relationship(
        lazy="raise", order_by="LigneAffaire.position", cascade="all, delete-orphan"
    )

    @property
    def est_acompte(self) -> bool:
        """It asks for a part of a sale before the work."""
        return self.origine == "acompte"

    @property
    def acomptes_deduits(self) -> set[UUID]:
        """The deposits it deducts."""
        return {ligne.acompte_id for ligne in self.lignes if ligne.acompte_id is not None}

    def poser_lignes(self, lignes: list["LigneAffaire"]) -> None:
        """Replace the lines and recompute the totals; refused once invoiced."""
        self.refuser_si_close()
        self.lignes = lignes
        self.prix_a_fixer = any(ligne.prix_a_fixer for ligne in lignes)
        t = totaux((ligne.total_ht, ligne.taux_tva) for ligne in lignes)
        self.total_ht, self.total_tva, self.total_ttc = t.total_ht, t.total_tva, t.total_ttc

    def creer(self) -> AffaireClientCreee:
        """It is ready to be checked and invoiced."""
        return AffaireClientCreee.model_validate(
            {
                "affaire_client_id": self.id,
                **{
                    champ: getattr(self, champ)
                    for champ in (
                        "numero",
                        "tiers_id",
                        "tiers_nom",
                        "origine",
                        "total_ht",
                        "total_ttc",
                        "demande_id",
                        "affaire_id",
                        "contrat_id",
                    )
                },
            }
        )

    def rouvrir(self, note: str) -> None:
        """Its feuille is being corrected: it is not invoiced before; accounts know it when it already is."""
        self.est_en_correction, self.correction = self.etat is EtatAffaire.A_FACTURER, note

    def corriger(self, lignes: list["LigneAffaire"], source_lignes: str, note: str) -> None:
        """Its feuille was validated again: new lines are followed unless it is invoiced, which `note` then says.

        The same lines as before change nothing: what accounts corrected stays.
        """
        change = source_lignes != self.source_lignes
        self.est_en_correction, self.correction = False, ""
        if self.etat is not EtatAffaire.A_FACTURER:
            self.correction = note if change else ""
        elif change:
            self.poser_lignes(lignes)
        self.source_lignes = source_lignes

    def annuler(self, note: str) -> None:
        """Nothing is to be invoiced any more; `note` says why."""
        self.etat, self.correction = EtatAffaire.ANNULEE, note

    def facturer(self, par: str) -> None:
        """Its invoice is being issued, as `par` says."""
        self.etat, self.facturee_par = EtatAffaire.FACTUREE, par

    def verifier_facturable(self) -> None:
        """Refuse what may not be invoiced as it stands."""
        self.refuser_si_close()
        if self.est_en_correction:
            raise AffaireEnCorrection(numero=self.numero, correction=self.correction)
        if not self.lignes:
            raise AffaireVide(numero=self.numero)
        sans_prix = next((ligne for ligne in self.lignes if ligne.prix_a_fixer), None)
        if sans_prix is not None:
            raise PrixAFixer(designation=sans_prix.designation, numero=self.numero)
        if self.total_ttc < 0:
            raise AffaireNegative(numero=self.numero)

    def refuser_si_close(self) -> None:
        """Refuse to touch what is invoiced or cancelled."""
        if self.etat is not None and self.etat is not EtatAffaire.A_FACTURER:
            raise AffaireDejaFacturee(numero=self.numero)


class LigneAffaire(Identifie, Base):
    """A line to invoice; `prix_a_fixer` while nobody has said what it costs the client; `remise` and `taux_tva` in percent, `total_ht` with what each unit bears of contributions.

    `series`: the serial numbers delivered for it; `garantie`: until when what was delivered is guaranteed, in words.
    """

    __tablename__ = "ligne_affaire_client"

    affaire_client_id: Mapped[UUID] = mapped_column(ForeignKey("affaire_client.id"), index=True)
    position: Mapped[int]
    section: Mapped[str] = mapped_column(default="")
    designation: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    quantite: Mapped[Quantite]
    unite: Mapped[str] = mapped_column(default="u")
    prix_ht: Mapped[Prix]
    prix_a_fixer: Mapped[bool] = mapped_column(default=False)
    remise: Mapped[Taux] = mapped_column(default=Decimal(0))
    taux_tva: Mapped[Taux]
    total_ht: Mapped[Montant]
    deee_ht: Mapped[Prix] = mapped_column(default=ZERO)
    copie_privee_ht: Mapped[Prix] = mapped_column(default=ZERO)
    nature: Mapped[str] = mapped_column(default="bien")
    series: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    garantie: Mapped[str] = mapped_column(Text, default="")
    temps_id: Mapped[UUID | None] = mapped_column(index=True)  # the time it bills, while accounts left it as it came
    consommation_id: Mapped[UUID | None] = mapped_column(index=True)  # the same, for a part used on a demande
    acompte_id: Mapped[UUID | None] = mapped_column(index=True)  # the affaire of the deposit it deducts
