"""The columns of a file attached to an object; each service adds `proprietaire_id`, the key of the object."""

from typing import Any, Self
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from shared.database.columns import Aggregate, Instant
from shared.fichiers.reception import Fichier
from shared.kernel.actor import Actor


class FichierJoint(Aggregate):
    """One edition of an attached file: who attached what and when (`cree_le`). `taille` in bytes.

    Files of one name are editions of the same one, numbered by `rang` from 1; the latest that nobody took off is
    `est_courant`. One that was taken off keeps its row: it can be put back, and the journal finds it.
    """

    proprietaire_id: Mapped[UUID]
    nom: Mapped[str]
    type: Mapped[str]
    taille: Mapped[int]
    sha256: Mapped[str]
    depose_par: Mapped[str]
    depose_par_id: Mapped[UUID | None]
    rang: Mapped[int] = mapped_column(default=1)
    est_courant: Mapped[bool] = mapped_column(default=True, info={"audit": False})
    retire_le: Mapped[Instant | None]
    retire_par: Mapped[str] = mapped_column(default="")

    @classmethod
    def de(cls, id_: UUID, proprietaire_id: UUID, pose: Fichier, rang: int, par: Actor) -> Self:
        """The row of a stored file that somebody attaches."""
        fichier: Any = cls
        joint: Self = fichier(
            id=id_,
            proprietaire_id=proprietaire_id,
            nom=pose.nom,
            type=pose.type,
            taille=pose.taille,
            sha256=pose.sha256,
            depose_par=par.nom,
            depose_par_id=par.id,
            rang=rang,
        )
        return joint

    @declared_attr.directive
    def __table_args__(cls) -> Any:  # noqa: N805
        table: str = vars(cls)["__tablename__"]
        nom = func.lower(text("nom"))
        return (
            Index(f"uq_{table}_edition", "proprietaire_id", nom, "rang", unique=True),
            Index(f"ix_{table}_courant", "proprietaire_id", "cree_le", "id", postgresql_where=text("est_courant")),
        )
