"""import-linter's contracts are kept by the tree, and each is seen broken by a planted import."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / ".importlinter"


def lint(root: Path, *contracts: str) -> tuple[bool, str]:
    """Run the contracts on the packages of `root`."""
    only = [argument for contract in contracts for argument in ("--contract", contract)]
    program = (
        "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command; lint_imports_command()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", *only], cwd=root, capture_output=True, text=True, check=False
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_the_tree_keeps_every_contract() -> None:
    kept, said = lint(ROOT)
    assert kept, said


PLANTED = [
    ("independent", "services/a/x/rules.py", "import services.b.app"),
    ("gateway", "services/a/app.py", "import gateway.app"),
    ("services-behind-http", "gateway/app.py", "import services.a.app"),
    ("shared", "shared/x.py", "import services.a.app"),
    ("kernel", "shared/kernel/money.py", "import pydantic"),
    ("contracts", "shared/contracts/base.py", "import sqlalchemy"),
    ("rules", "services/a/x/rules.py", "import sqlalchemy"),
    ("no-http", "services/a/x/use_cases.py", "import fastapi"),
    ("directions", "services/a/x/models.py", "import services.a.x.use_cases"),
    ("acyclic", "services/a/x/models.py", "import services.a.y.models"),
]
SKELETON = [
    *(f"services/{s}/{name}.py" for s in "ab" for name in ("app",)),
    *(
        f"services/a/{a}/{m}.py"
        for a in "xy"
        for m in ("rules", "models", "repository", "use_cases", "queries", "routes")
    ),
    *(f"shared/{m}.py" for m in ("x", "settings", "kernel/money", "kernel/clock", "contracts/base")),
    *(f"shared/{m}/y.py" for m in ("database", "bus", "web", "documents")),
    "gateway/app.py",
    "deploy/topology.py",
]


def plant(root: Path, path: str, content: str) -> None:
    """Write `content` in a module, with its packages."""
    module = root / path
    module.parent.mkdir(parents=True, exist_ok=True)
    module.write_text(content + "\n")
    for parent in module.relative_to(root).parents[:-1]:
        (root / parent / "__init__.py").touch()


def skeleton(root: Path) -> None:
    """A small tree that keeps every contract; half of a cycle is there, which is none."""
    shutil.copy(CONFIGURATION, root)
    for module in SKELETON:
        plant(root, module, "")
    plant(root, "services/a/y/models.py", "import services.a.x.models")


def test_the_skeleton_keeps_every_contract(tmp_path: Path) -> None:
    skeleton(tmp_path)
    kept, said = lint(tmp_path)
    assert kept, said


@pytest.mark.parametrize(("contract", "path", "statement"), PLANTED, ids=[planted[0] for planted in PLANTED])
def test_a_planted_import_is_refused(contract: str, path: str, statement: str, tmp_path: Path) -> None:
    skeleton(tmp_path)
    plant(tmp_path, path, statement)
    kept, said = lint(tmp_path, contract)
    assert not kept
    assert "BROKEN" in said


def test_every_contract_has_its_planted_violation() -> None:
    configuration = configparser.ConfigParser()
    configuration.read(CONFIGURATION)
    contracts = {
        section.rpartition(":")[2] for section in configuration if section.startswith("importlinter:contract:")
    }
    assert contracts == {planted[0] for planted in PLANTED}
