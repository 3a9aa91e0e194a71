"""Pages of docs/ generated from the code: settings, facts. `make settings-doc`, `make events-doc`; tests compare."""

import re
import sys
from collections import defaultdict
from importlib import import_module

from pydantic import SecretStr

from deploy.platform import present
from deploy.topology import PARTS
from shared.contracts.base import FACTS, Fact
from shared.settings import PREFIX, Settings

PASSWORD = re.compile(r"(://[^:/@\s]+):[^@\s]+@")
CONTRACTS = (
    *(
        "contacts",
        "demandes",
        "commercial",
        "purchasing",
        "inventory",
        "inventory_sav",
        "inventory_cout",
        "billing",
        "maintenance",
    ),
    "gateway",
)

SETTINGS_INTRODUCTION = """# Settings

Generated from `shared/settings.py` by `make settings-doc`. Everything comes from the environment.
Outside the embedded mode a process refuses to start with a default or short secret.

| variable | default | meaning |
|---|---|---|
"""
EVENTS_INTRODUCTION = """# Facts: who announces, who listens

Generated from `shared/contracts` and every `subscriptions.py` by `make events-doc`; a test fails when it is not true.
A listener is `service.handler` with its group: *ordonne* (one worker, order kept per key), *parallele*, *travaux* (jobs).

| fact | key | listeners |
|---|---|---|
"""


def settings_page() -> str:
    """docs/settings.md."""
    lines = []
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory else str(getattr(field.default, "value", field.default))
        shown = (
            "*(refused in server mode)*"
            if isinstance(field.default, SecretStr) and default
            else f"`{default}`"
            if default
            else ""
        )
        lines.append(f"| `{_variable(name)}` | {shown} | {field.description} |")
    return SETTINGS_INTRODUCTION + "\n".join(lines) + "\n"


def settings_values(settings: Settings) -> str:
    """Each variable and its value in this process; secrets stay stars."""
    lines = (f"{_variable(name)}={getattr(settings, name)}\n" for name in Settings.model_fields)
    return "".join(PASSWORD.sub(r"\1:**********@", line) for line in lines)


def _variable(name: str) -> str:
    special = {"database_urls": "AMANELA_DATABASE_URL_<SERVICE>", "amqp_url": "AMQP_URL"}
    return special.get(name, PREFIX + name.upper())


def all_facts() -> dict[str, type[Fact]]:
    """Every contract, by type."""
    for emitter in CONTRACTS:
        import_module(f"shared.contracts.{emitter}")
    return {name: fact for name, fact in sorted(FACTS.items()) if fact.__module__.startswith("shared.contracts.")}


def listeners() -> dict[str, list[str]]:
    """Fact type -> its listeners."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for part in present(PARTS):
        for subscription in part.subscriptions():
            for fact_type in subscription.types:
                found[fact_type].append(f"{part.name}.{subscription.name} ({subscription.groupe.value})")
    return {name: sorted(names) for name, names in found.items()}


def events_page() -> str:
    """docs/events.md."""
    heard = listeners()
    lines, emitter = [], ""
    for name, fact in all_facts().items():
        if name.partition(".")[0] != emitter:
            emitter = name.partition(".")[0]
            lines.append(f"| **{emitter}** | | |")
        lines.append(f"| `{name}` | `{fact.key_field}` | {'<br>'.join(heard.get(name, ['nobody yet']))} |")
    return EVENTS_INTRODUCTION + "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write({"events": events_page, "settings": settings_page}[sys.argv[1]]())
