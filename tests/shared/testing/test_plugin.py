"""Rows held by tests: recorded when they pass, refused when unknown; a missing broker is said loudly."""

import json
import os
import subprocess
import sys
from pathlib import Path

from shared.testing.features import report

ROOT = Path(__file__).parents[3]
CONFTEST = 'pytest_plugins = ["shared.testing.fixtures", "shared.testing.plugin"]\n'
SUITE = """
import pytest

@pytest.mark.feature("CT-01", "CT-02")
def test_passes(): pass

@pytest.mark.feature("CT-02")
def test_fails(): assert False

@pytest.fixture
def falls():
    yield
    raise RuntimeError

@pytest.mark.feature("CT-03")
def test_falls_afterwards(falls): pass
"""


def run(folder: Path, suite: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "tests").mkdir()
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = feature\nasyncio_mode = auto\n")
    rows = "".join(f'CT-0{n} = "Ligne {n}"\n' for n in range(1, 5))
    (folder / "tests" / "features.toml").write_text(f"[features]\n{rows}")
    (folder / "tests" / "test_it.py").write_text(suite)
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "AMANELA_TEST"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=inherited | {"PYTHONPATH": str(ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_only_tests_that_passed_hold_a_row(tmp_path: Path) -> None:
    run(tmp_path, SUITE, "--features-out=test-results/features.json")
    held = json.loads((tmp_path / "test-results" / "features.json").read_text())
    assert held == {"CT-01": ["tests/test_it.py::test_passes"], "CT-02": ["tests/test_it.py::test_passes"]}
    assert report(tmp_path).splitlines()[-1] == "features: 2 of 4 held"


def test_the_workers_of_xdist_tell_the_same(tmp_path: Path) -> None:
    run(tmp_path, SUITE, "--features-out=test-results/features.json", "-n", "2")
    assert set(json.loads((tmp_path / "test-results" / "features.json").read_text())) == {"CT-01", "CT-02"}


def test_an_unknown_row_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, SUITE.replace("CT-03", "CT-99"))
    assert done.returncode != 0
    assert "no row 'CT-99'" in done.stdout + done.stderr


def test_a_missing_broker_is_said_loudly(tmp_path: Path) -> None:
    suite = "def test_wants_a_broker(broker_url): pass\n"
    done = run(tmp_path, suite, AMQP_URL="", AMANELA_TEST_PRIVATE_SERVERS="1", AMANELA_TEST_RABBIT="absent")
    assert "RABBITMQ IS MISSING" in done.stdout
    assert "These 1 tests could not run" in done.stdout
    assert "tests/test_it.py::test_wants_a_broker" in done.stdout
