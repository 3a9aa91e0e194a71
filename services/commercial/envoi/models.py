"""Tables of sendings and their links."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from services.commercial.base import Base
from shared.contracts.commercial import DevisNonRemis, EnvoiDevisDemande, EnvoiDevisEchoue
from shared.courriel.envoi import EnvoiCourriel
from shared.database.columns import Identifie, Instant


class Envoi(EnvoiCourriel, Base):
    """A devis mailed; `revision` is the text its file says, the one that was read when it was asked for."""

    __tablename__ = "envoi"

    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    revision: Mapped[int | None]
    message_id: Mapped[str] = mapped_column(default="")

    def demander(self, demande_id: UUID) -> EnvoiDevisDemande:
        """Work for our own jobs."""
        return EnvoiDevisDemande(proposition_id=self.proposition_id, demande_id=demande_id, envoi_id=self.id)

    def renoncer(self, raison: str, *, demande_id: UUID, numero: str) -> EnvoiDevisEchoue:
        """It will not leave, and whoever asked must know."""
        self.echouer(raison)
        return EnvoiDevisEchoue(
            proposition_id=self.proposition_id,
            demande_id=demande_id,
            envoi_id=self.id,
            numero=numero,
            raison=raison,
            demandeur_id=self.demande_par,
        )

    def non_remis(self, lien: "LienSignature", *, demande_id: UUID, numero: str) -> DevisNonRemis:
        """One of its mails came back, and whoever asked must know."""
        return DevisNonRemis(
            proposition_id=self.proposition_id,
            demande_id=demande_id,
            envoi_id=self.id,
            numero=numero,
            destinataire=lien.destinataire,
            raison=lien.rejet,
            demandeur_id=self.demande_par,
        )


class LienSignature(Identifie, Base):
    """A link mailed to one person. Only its fingerprint is kept: what is stored cannot open the page.

    `ouvert_le`, `vu_le`: the first and the last time its page was asked for, `ouvertures` times; `telecharge_le`: the
    first time its file was. `courriel_id` begins the Message-ID of its mail, `rejet` says why that mail came back.
    What is asked by the browser, and nothing else: no mail of ours holds an image that tells.
    """

    __tablename__ = "lien_signature"

    envoi_id: Mapped[UUID] = mapped_column(ForeignKey("envoi.id"), index=True)
    proposition_id: Mapped[UUID] = mapped_column(ForeignKey("proposition.id"), index=True)
    empreinte: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    destinataire: Mapped[str] = mapped_column(default="")
    cree_le: Mapped[Instant]
    remplace_le: Mapped[Instant | None]
    ouvert_le: Mapped[Instant | None]
    vu_le: Mapped[Instant | None]
    ouvertures: Mapped[int] = mapped_column(default=0)
    telecharge_le: Mapped[Instant | None]
    courriel_id: Mapped[UUID | None] = mapped_column(index=True)
    rejete_le: Mapped[Instant | None]
    rejet: Mapped[str] = mapped_column(default="")
