"""A private RabbitMQ node on a free port: for machines without one, and for tests that kill it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STARTS_WITHIN = 60
STARTED: "list[subprocess.Popen[bytes]]" = []  # nodes outlive the object that started them, within a run
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")  # not the wrapper of /usr/sbin: it changes user
ENVIRONMENT = {
    "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-rabbit disk_free_limit 50000000 -rabbit loopback_users []",
    "RABBITMQ_LOGS": "-",
    "RABBITMQ_CONF_ENV_FILE": "/dev/null",
    "RABBITMQ_CONFIG_FILE": "/nonexistent/rabbitmq",
}


class RabbitMissing(RuntimeError):
    """There is no RabbitMQ here and it could not be installed."""


def free_port() -> int:
    """A TCP port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def server_program() -> Path:
    """Where rabbitmq-server is, installing the Debian package when we are root and apt is there.

    AMANELA_TEST_RABBIT=absent behaves as a machine without it.
    """
    if os.environ.get("AMANELA_TEST_RABBIT") == "absent":
        raise RabbitMissing("AMANELA_TEST_RABBIT says there is none")
    if not SERVER.exists() and shutil.which("rabbitmq-server") is None:
        _install()
    if SERVER.exists():
        return SERVER
    found = shutil.which("rabbitmq-server")
    if found is None:
        raise RabbitMissing("no AMQP_URL, nothing on localhost:5672, no rabbitmq-server and no right to install it")
    return Path(found)


def _install() -> None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "rabbitmq-server"]
    for command in (["apt-get", "update", "-qq"], install):
        subprocess.run(command, check=False, env=environment, capture_output=True, timeout=600)


@dataclass(slots=True)
class LocalRabbit:
    """One node with its data in `folder`; it can be stopped, killed and started again on the same port."""

    folder: Path
    port: int = field(default_factory=free_port)
    epmd_port: int = field(default_factory=free_port)
    dist_port: int = field(default_factory=free_port)
    pid: int | None = None

    @property
    def url(self) -> str:
        """Its address, on the default virtual host."""
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it and wait until it accepts connections."""
        program = server_program()
        self.folder.mkdir(parents=True, exist_ok=True)
        log = (self.folder / "server.log").open("ab")
        with log:
            process = subprocess.Popen(
                [program], env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True, cwd=self.folder,
            )  # fmt: skip
        self.pid = process.pid
        STARTED.append(process)
        end = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if process.poll() is not None or time.monotonic() > end:
                tail = (self.folder / "server.log").read_text(errors="replace")[-2000:]
                raise RabbitMissing(f"rabbitmq-server did not start: {tail}")
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop it politely; its durable queues and messages stay in `folder`."""
        self._signal(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9, as a power cut would."""
        self._signal(signal.SIGKILL)

    def control(self, *arguments: str) -> str:
        """Run rabbitmqctl against this node."""
        program = SERVER.with_name("rabbitmqctl") if SERVER.exists() else "rabbitmqctl"
        command = [str(program), "-q", *arguments]
        done = subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=True, timeout=60)
        return done.stdout

    def dispose(self) -> None:
        """Kill it and remove its data."""
        self.kill()
        subprocess.run(["epmd", "-port", str(self.epmd_port), "-kill"], check=False, capture_output=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _signal(self, number: signal.Signals) -> None:
        if self.pid is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        self.pid = None

    def _answers(self) -> bool:
        """The AMQP port accepts a connection and says something to a protocol header."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
            connection.settimeout(2)
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(connection.recv(8))
        return False

    def _environment(self) -> dict[str, str]:
        return os.environ | ENVIRONMENT | {
            "HOME": str(self.folder),
            "RABBITMQ_NODENAME": f"amanela{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.dist_port),
            "ERL_EPMD_PORT": str(self.epmd_port),
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.folder / "config"),
        }  # fmt: skip


def temporary_rabbit() -> LocalRabbit:
    """A node in a new temporary folder, not started."""
    return LocalRabbit(Path(tempfile.mkdtemp(prefix="amanela-rabbit-")))
