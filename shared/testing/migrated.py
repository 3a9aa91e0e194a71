"""The migrations of a service, applied to a database of the tests."""

from importlib.util import find_spec
from pathlib import Path

from shared.database import migrations


async def migrate(service: str, url: str) -> None:
    """Bring `url` to the last migration of `service`, "gateway" included."""
    await migrations.upgrade(service, url, versions=versions_of(service))


def versions_of(service: str) -> Path:
    """The folder of its migrations."""
    package = service if service == "gateway" else f"services.{service}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise LookupError(f"{package} is not a package")
    return Path(next(iter(spec.submodule_search_locations))) / "migrations" / "versions"
