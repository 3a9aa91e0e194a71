"""What surrounds a test run: the rows of tests/features.toml each test holds, missing parts said loudly, servers stopped."""

import asyncio
import json
import os
import tomllib
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from shared.testing.broker import private_node
from shared.testing.fixtures import NO_BROKER
from shared.testing.once import made, remove_run_folder, run_folder
from shared.testing.postgres import Databases, started_server
from shared.testing.run import run_name

FEATURES = Path("tests/features.toml")
# Tests that start every service at once: PostgreSQL allows a hundred connections, so they follow one another in one process.
WHOLE_SYSTEMS = ("tests/journeys/", "tests/faults/test_rafale.py", "tests/deploy/test_demo.py")
HELD: defaultdict[str, set[str]] = defaultdict(set)
FAILED: set[str] = set()


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def pytest_addoption(parser: pytest.Parser) -> None:
    """--features-out: where `make test` leaves which test held which row."""
    parser.addoption("--features-out", type=Path, default=None, help="write {row id: [tests that passed]} there")


def pytest_configure(config: pytest.Config) -> None:
    """Name the run before xdist starts its workers. Properties are true or false, however busy the machine is."""
    del config
    hypothesis.settings.register_profile(
        "amanela", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("amanela")
    run_name()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the rows on the reports, and refuse an id that is not in the table."""
    source = config.rootpath / FEATURES
    known = set(tomllib.loads(source.read_text())["features"]) if source.exists() else set()
    for item in items:
        for mark in item.iter_markers("feature"):
            for row in mark.args:
                if known and row not in known:
                    raise pytest.UsageError(f"{item.nodeid}: no row {row!r} in {FEATURES}")
                item.user_properties.append(("feature", row))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file in one process, and all those that need a whole system in the same one."""
    from xdist.scheduler import LoadScopeScheduling

    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = _together
    return scheduler


def _together(test: str) -> str:
    """What runs with a test in one process."""
    return "whole systems" if test.startswith(WHOLE_SYSTEMS) else test.partition("::")[0]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember who passed; an error in the cleaning of a test counts against it."""
    rows = {str(value) for name, value in report.user_properties if name == "feature"}
    if report.when == "call" and report.passed:
        for row in rows:
            HELD[row].add(report.nodeid)
    if report.failed:
        FAILED.add(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the rows held, drop the databases and stop the servers of this run."""
    if _is_worker(session.config):
        return
    out: Path | None = session.config.getoption("--features-out")
    if out is not None:
        held = {row: sorted(tests - FAILED) for row, tests in sorted(HELD.items()) if tests - FAILED}
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n")
    _stop_servers()


def _stop_servers() -> None:
    if (url := made("postgres")) is not None:
        if (server := started_server()) is not None:
            server.remove()
        else:
            with suppress(OSError):
                asyncio.run(Databases(url).drop_run())
    if (description := made("rabbit")) is not None:
        private_node(description).dispose()
    if run_folder().exists():
        remove_run_folder()
    os.environ.pop("AMANELA_TEST_RUN", None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly which tests could not run for want of a broker."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_BROKER in str(report.longrepr)]
    if not skipped:
        return
    terminalreporter.section("RABBITMQ IS MISSING", sep="!", red=True, bold=True)
    terminalreporter.line(str(skipped[0].longrepr[-1] if isinstance(skipped[0].longrepr, tuple) else ""))
    terminalreporter.line(f"These {len(skipped)} tests could not run:")
    for report in skipped:
        terminalreporter.line(f"  {report.nodeid}")
