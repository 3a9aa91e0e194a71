"""The whole system on one screen: which services exist, their databases, ports and workers.

A mode (embedded, one server, cluster) only chooses transports and processes; it reads this table and nothing else.
Import paths are strings on purpose: `amanela serve inventory` must load inventory and nothing else.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One service (or the gateway): where its code, database and HTTP port are."""

    name: str
    port: int
    workers: int = 1  # event worker processes started by `amanela up`

    @property
    def folder(self) -> str:
        """The package that holds it."""
        return "gateway" if self.name == "gateway" else f"services.{self.name}"

    def exists(self) -> bool:
        """Whether its application can be imported."""
        return find_spec(self.folder) is not None and find_spec(f"{self.folder}.app") is not None

    def versions(self) -> Path:
        """The folder of its migrations."""
        spec = find_spec(self.folder)
        if spec is None or not spec.submodule_search_locations:
            raise LookupError(f"{self.folder} is not a package")
        return Path(next(iter(spec.submodule_search_locations))) / "migrations" / "versions"

    @property
    def database(self) -> str:
        """The name of its own database."""
        return f"amanela_{self.name}"

    def app_factory(self) -> Callable[..., Any]:
        """Its `create_app`."""
        factory: Callable[..., Any] = import_module(f"{self.folder}.app").create_app
        return factory

    def hourly(self) -> Callable[[Any], Awaitable[None]] | None:
        """What time alone causes in this part: `taches_periodiques(database)` of its periodique.py, if it has one."""
        return self._tasks("taches_periodiques")

    def every_minute(self) -> Callable[[Any], Awaitable[None]] | None:
        """What must not wait an hour: `taches_frequentes(database)` of its periodique.py, if it has one."""
        return self._tasks("taches_frequentes")

    def always(self) -> Callable[[Any], Awaitable[None]] | None:
        """What never ends: `tache_continue(database)` of its periodique.py, if it has one."""
        return self._tasks("tache_continue")

    def _tasks(self, name: str) -> Callable[[Any], Awaitable[None]] | None:
        if find_spec(f"{self.folder}.periodique") is None:
            return None
        tasks: Callable[[Any], Awaitable[None]] | None
        tasks = getattr(import_module(f"{self.folder}.periodique"), name, None)
        return tasks

    def load_models(self) -> None:
        """Every table of the part: foreign keys name tables that the code at hand may never import by itself."""
        for module in walk_packages(import_module(self.folder).__path__, f"{self.folder}."):
            if module.name.rpartition(".")[2] == "models":
                import_module(module.name)

    def subscriptions(self) -> Any:
        """The facts it reacts to: the `subscriptions` object of its module of that name."""
        return import_module(f"{self.folder}.subscriptions").subscriptions


SERVICES: tuple[Part, ...] = (
    Part("contacts", 8101),
    Part("demandes", 8102),
    Part("commercial", 8103),
    Part("purchasing", 8104),
    Part("inventory", 8105),
    Part("billing", 8106, workers=2),  # month end: PDF and mail jobs
    Part("maintenance", 8107),
)
GATEWAY = Part("gateway", 8000)
PARTS: tuple[Part, ...] = (*SERVICES, GATEWAY)
BY_NAME: dict[str, Part] = {part.name: part for part in PARTS}
