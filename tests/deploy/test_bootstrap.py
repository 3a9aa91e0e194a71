"""The first words of `make demo` on machines that have little: which interpreter is taken, and what is said when none will do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "bootstrap.sh"
PRESENT = ("bash", "cut", "dirname", "env", "id", "mkdir", "rm", "sort")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A clone on a machine with a shell and nothing else; programs are added to its `bin`."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "deploy").mkdir()
    shutil.copy(SCRIPT, tmp_path / "deploy")
    for name in PRESENT:
        found = shutil.which(name)
        assert found is not None, name
        (tmp_path / "bin" / name).symlink_to(found)
    return tmp_path


def _interpreter(machine: Path, name: str, *, optimised: bool) -> None:
    """An interpreter that suits, without the module venv; it keeps a trace of what is asked of it."""
    program = machine / "bin" / name
    rank = 1 if optimised else 2
    program.write_text(
        f"#!{machine}/bin/bash\n"
        f'if [ "$1" = -c ]; then echo "{rank} $3"; else echo "{name} $*" >> "{machine}/asked"; exit 1; fi\n'
    )
    program.chmod(0o755)


def _start(machine: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(machine / "bin" / "bash"), str(machine / "deploy" / "bootstrap.sh"), "demo"],
        env={"PATH": str(machine / "bin")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the machine is made of links to programs of Linux")
class TestInterpreters:
    """Names that are absent never stop the search."""

    def test_a_machine_without_python_is_told_what_to_install(self, machine: Path) -> None:
        started = _start(machine)
        assert started.returncode == 1
        assert "Amanela demande Python 3.11, 3.12 ou 3.13" in started.stderr

    def test_one_name_alone_is_enough(self, machine: Path) -> None:
        _interpreter(machine, "python3", optimised=True)
        assert "Le module venv de Python manque" in _start(machine).stderr
        assert (machine / "asked").read_text().startswith("python3 -m venv")

    def test_the_one_with_optimisations_comes_first(self, machine: Path) -> None:
        _interpreter(machine, "python3.11", optimised=False)
        _interpreter(machine, "python3.12", optimised=True)
        _start(machine)
        assert (machine / "asked").read_text().split()[0] == "python3.12"
