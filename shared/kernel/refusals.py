"""How the domain says no: one class per refusal, whose docstring is the French sentence staff read."""

import re
from typing import Any, ClassVar


class Refusal(Exception):
    """L’opération n’est pas possible."""

    code: ClassVar[str] = "refus"

    def __init_subclass__(cls) -> None:
        cls.code = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def __init__(self, **contexte: Any) -> None:
        self.contexte = contexte
        super().__init__(self.detail)

    @property
    def detail(self) -> str:
        """The docstring of the class, filled with the keyword arguments given."""
        sentence = " ".join((type(self).__doc__ or "").split())
        return sentence.format_map(_Lacunaire(self.contexte))


class _Lacunaire(dict[str, Any]):
    """Leaves a missing word visible rather than failing while refusing."""

    def __missing__(self, key: str) -> str:
        return "…"


class NotFound(Refusal):
    """L’élément demandé n’existe pas ou n’existe plus."""


class Forbidden(Refusal):
    """Vous n’avez pas le droit d’effectuer cette opération ; demandez-le à votre administrateur."""


class Conflict(Refusal):
    """L’opération n’est pas possible dans l’état actuel."""


class Invalid(Refusal):
    """Une valeur saisie n’est pas acceptable."""


class PermissionManquante(Forbidden):
    """Il vous manque le droit « {permission} » ; demandez-le à votre administrateur."""


class VersionPerimee(Conflict):
    """La fiche a été modifiée entre-temps ; comparez les changements, puis enregistrez de nouveau."""
