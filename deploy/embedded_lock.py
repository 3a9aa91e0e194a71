"""The folder of an embedded installation: one owner at a time, which says where it listens."""

import fcntl
import time
from io import TextIOWrapper
from pathlib import Path
from typing import Literal

DemoState = Literal["", "en_cours", "chargee"]
STARTS_WITHIN = 120.0


class Ground:
    """`.amanela/`: data, secrets, mails, files, and the lock of the process that uses them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self._held: TextIOWrapper | None = None

    def take(self) -> bool:
        """Become the owner; False when another process is. A crashed owner holds nothing."""
        lock = self._lock.open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        lock.truncate(0)
        self._held = lock
        return True

    def announce(self, address: str) -> None:
        """Say where the owner listens."""
        self._lock.write_text(address)

    def release(self) -> None:
        """Stop being the owner."""
        if self._held is not None:
            self._held.truncate(0)
            self._held.close()
            self._held = None

    def address_of_owner(self) -> str | None:
        """Where the running owner listens, waiting while it starts; None when it ended meanwhile."""
        end = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < end:
            if address := self._lock.read_text():
                return address
            if self.take():
                self.release()
                return None
            time.sleep(0.3)
        return None

    @property
    def _lock(self) -> Path:
        return self.folder / "amanela.lock"

    @property
    def demo_state(self) -> DemoState:
        """How far the demo company is loaded; the marker is a file, `demo-en_cours` or `demo-chargee`."""
        states: tuple[DemoState, ...] = ("chargee", "en_cours")
        return next((state for state in states if (self.folder / f"demo-{state}").exists()), "")

    @demo_state.setter
    def demo_state(self, state: DemoState) -> None:
        if state:
            (self.folder / f"demo-{state}").touch()
        for other in {"en_cours", "chargee"} - {state}:
            (self.folder / f"demo-{other}").unlink(missing_ok=True)
