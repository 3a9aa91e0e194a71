"""The generated pages of docs/ say what the code does."""

from pathlib import Path

from deploy import pages
from deploy.topology import GATEWAY, PARTS

DOCS = Path(__file__).parents[2] / "docs"


def test_the_table_of_facts_is_true() -> None:
    assert (DOCS / "events.md").read_text() == pages.events_page(), "run make events-doc"


def test_the_page_of_settings_is_true() -> None:
    assert (DOCS / "settings.md").read_text() == pages.settings_page(), "run make settings-doc"


def test_every_listener_listens_to_a_known_fact() -> None:
    assert set(pages.listeners()) <= set(pages.all_facts())


def test_ports_and_databases_are_each_used_once() -> None:
    assert len({part.port for part in PARTS}) == len({part.database for part in PARTS}) == len(PARTS)
    assert PARTS[-1] is GATEWAY


def test_compose_runs_every_part_of_the_topology() -> None:
    compose = (DOCS.parent / "deploy" / "compose.yaml").read_text()
    for part in PARTS:
        assert f"command: [serve, {part.name}]" in compose
        scale = f", scale: {part.workers}" if part.workers > 1 else ""
        assert f"command: [worker, {part.name}]{scale} }}" in compose
