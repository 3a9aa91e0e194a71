"""What the shell knows about the person looking at it."""

from dataclasses import dataclass, field

from shared.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Recent:
    """A record seen lately, listed at the bottom of the left panel."""

    titre: str
    href: str
    sous_titre: str = ""
    icone: str = "history"


@dataclass(frozen=True, slots=True)
class Session:
    """The signed-in person, as the shell needs them. The gateway puts it in `request.state.session`."""

    nom: str
    initiales: str
    identifiant: str = ""
    permissions: frozenset[str] = field(default_factory=frozenset)
    page_entree: str = "/"
    csrf: str = ""
    theme: str = "systeme"
    societe: str = "Amanela"
    fonction: str = ""
    recents: tuple[Recent, ...] = ()

    def may(self, permission: str | None) -> bool:
        """Whether the person holds `permission`; everybody holds None."""
        return permission is None or Actor(nom=self.nom, permissions=self.permissions).may(permission)
