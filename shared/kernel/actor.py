"""Who acts: a person with permissions, or a service reacting to a fact."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """The author of a change. `permissions` may hold wildcards: "devis.*" or "*"."""

    nom: str
    id: UUID | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    agence_id: UUID | None = None
    origine: str = "interne"

    @staticmethod
    def systeme(nom: str, *, id: UUID | None = None) -> "Actor":
        """A service acting by itself: it may do everything in its own database."""
        return Actor(nom=nom, id=id, permissions=frozenset({"*"}), origine="automatique")

    def may(self, permission: str) -> bool:
        """Whether `permission` ("aggregate.verb") is granted, directly or by wildcard."""
        aggregate = permission.partition(".")[0]
        return not self.permissions.isdisjoint((permission, f"{aggregate}.*", "*"))
