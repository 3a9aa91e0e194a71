"""The name of this test run, shared by its xdist workers, so that runs never meet and dead ones can be cleaned."""

import os
import re
import socket
import time
from contextlib import suppress

VARIABLE = "AMANELA_TEST_RUN"
PRIVATE = "AMANELA_TEST_PRIVATE_SERVERS"  # "1": start our own servers even where localhost has some
OLDEST = 6 * 3600  # seconds after which a run of another machine is taken for dead
_NAME = re.compile(r"^amt_(?P<started>\d+)_(?P<pid>\d+)_")


def run_name() -> str:
    """ "amt_<start>_<pid>": the first caller (the main pytest process) fixes it for its workers."""
    if VARIABLE not in os.environ:
        os.environ[VARIABLE] = f"amt_{int(time.time())}_{os.getpid()}"
    return os.environ[VARIABLE]


def worker_name() -> str:
    """ "gw0", "gw1"... or "main" without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


def found_on_localhost(port: int) -> bool:
    """Whether a server to use listens on `port` of this machine."""
    if os.environ.get(PRIVATE) == "1":
        return False
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def is_leftover(name: str, *, same_machine: bool) -> bool:
    """Whether `name` (a database, a virtual host) belongs to a run that no longer exists."""
    match = _NAME.match(name)
    if match is None or name.startswith(f"{run_name()}_"):
        return False
    if time.time() - int(match["started"]) > OLDEST:
        return True
    return same_machine and not _is_alive(int(match["pid"]))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
