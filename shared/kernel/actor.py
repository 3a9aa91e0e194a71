"""Who acts: a person with permissions, or a service reacting to a fact."""

from dataclasses import dataclass, field
from uuid import UUID

from shared.kernel.etendue import Etendue, Qui


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of a change. `permissions` may hold wildcards: "devis.*" or "*".

    `etendues` names the kinds of records whose reach is narrowed (("devis", "siens")); `autres_agences` are those reached
    besides their own.
    """

    nom: str
    id: UUID | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    agence_id: UUID | None = None
    origine: str = "interne"
    etendues: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    autres_agences: frozenset[UUID] = field(default_factory=frozenset)

    @staticmethod
    def systeme(nom: str, *, id: UUID | None = None) -> "Actor":
        """A service acting by itself: it may do everything in its own database."""
        return Actor(nom=nom, id=id, permissions=frozenset({"*"}), origine="automatique")

    def may(self, permission: str) -> bool:
        """Whether `permission` ("aggregate.verb") is granted, directly or by wildcard."""
        aggregate = permission.partition(".")[0]
        return not self.permissions.isdisjoint((permission, f"{aggregate}.*", "*"))

    def etendue(self, genre: str) -> Etendue:
        """How far they reach among the records of a kind."""
        return next((Etendue(etendue) for nom, etendue in self.etendues if nom == genre), Etendue.TOUT)

    def reduit_a(self, genre: str) -> Qui | None:
        """Whose records of a kind they reach; None when they reach all of them."""
        etendue = self.etendue(genre)
        if etendue is Etendue.TOUT:
            return None
        agences = self.autres_agences | ({self.agence_id} if self.agence_id else set())
        return Qui(self.id, tuple(sorted(agences)) if etendue is Etendue.AGENCE else ())
