"""Servers started for a test run: one per run whatever the number of xdist workers, stopped by the main process."""

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from shared.testing.run import run_name


def run_folder() -> Path:
    """A folder for the files of this run, removed at its end."""
    folder = Path(tempfile.gettempdir()) / run_name()
    folder.mkdir(mode=0o755, exist_ok=True)
    return folder


def once(name: str, make: Callable[[], str]) -> str:
    """The value of `make()`, called by the first worker that asks and read by the others."""
    value = run_folder() / f"{name}.value"
    with (run_folder() / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not value.exists():
            value.write_text(make())
        return value.read_text()


def made(name: str) -> str | None:
    """The value some worker made under `name`, if any did."""
    value = run_folder() / f"{name}.value"
    return value.read_text() if value.exists() else None


def remove_run_folder() -> None:
    """Forget the files of this run."""
    shutil.rmtree(run_folder(), ignore_errors=True)


def stop_process(pid: int) -> None:
    """Ask the process group of `pid`, started by us, to end."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGTERM)
