"""A place of its own on a RabbitMQ for each test process: a virtual host, or failing that a name prefix."""

import json
import os
import shutil
import subprocess
import urllib.request
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from shared.testing.once import once, run_folder
from shared.testing.rabbit import LocalRabbit
from shared.testing.run import found_on_localhost, is_leftover, run_name, worker_name

LOCAL = "amqp://guest:guest@127.0.0.1:5672/"
MANAGEMENT_PORT = 15672


@dataclass(slots=True)
class Broker:
    """Where tests may declare what they like: `url`, and `prefix` for every exchange and queue ("" on a private vhost)."""

    url: str
    prefix: str = ""
    _vhost: str | None = None
    _doors: "list[Door]" = field(default_factory=list)

    def drop(self) -> None:
        """Remove the virtual host and all its queues."""
        if self._vhost is not None:
            self._doors[0].remove(self._vhost)


def open_broker() -> Broker:
    """A fresh place on AMQP_URL, else on localhost:5672, else on a private node started for this run."""
    if url := os.environ.get("AMQP_URL"):
        return _place(url)
    if found_on_localhost(5672):
        return _place(LOCAL)
    node = private_node(once("rabbit", _start_private))
    return _place(node.url, node)


def private_node(description: str) -> LocalRabbit:
    """The node another process of this run started."""
    return LocalRabbit(run_folder() / "rabbit", **json.loads(description))


def _start_private() -> str:
    node = LocalRabbit(run_folder() / "rabbit")
    node.start()
    ports = {"port": node.port, "epmd_port": node.epmd_port, "dist_port": node.dist_port}
    return json.dumps({**ports, "pid": node.pid})


def _place(url: str, node: LocalRabbit | None = None) -> Broker:
    """A virtual host when one of the doors lets us make it, else the given one with a prefix."""
    for door in (ControlDoor(url, node), ManagementDoor(url)):
        with suppress(OSError, subprocess.SubprocessError):
            door.clean()
            name = f"{run_name()}_{worker_name()}"
            door.add(name)
            return Broker(_on(url, name), "", name, [door])
    return Broker(url, f"{run_name()}_{worker_name()}_")


def _on(url: str, vhost: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/" + quote(vhost, safe=""), parts.query, ""))


class Door:
    """A way to make and remove virtual hosts."""

    def __init__(self, url: str) -> None:
        self.parts = urlsplit(url)
        self.user = unquote(self.parts.username or "guest")

    def add(self, vhost: str) -> None:
        """Make it and give our user every right on it."""
        raise NotImplementedError

    def remove(self, vhost: str) -> None:
        """Remove it, with its queues."""
        raise NotImplementedError

    def names(self) -> list[str]:
        """Every virtual host."""
        raise NotImplementedError

    def clean(self) -> None:
        """Remove those of dead test runs."""
        for name in self.names():
            if is_leftover(name, same_machine=self.parts.hostname in {"127.0.0.1", "localhost"}):
                self.remove(name)


class ControlDoor(Door):
    """rabbitmqctl, for a node of this machine."""

    def __init__(self, url: str, node: LocalRabbit | None) -> None:
        super().__init__(url)
        self.node = node

    def add(self, vhost: str) -> None:
        self._run("add_vhost", vhost)
        self._run("set_permissions", "-p", vhost, self.user, ".*", ".*", ".*")

    def remove(self, vhost: str) -> None:
        with suppress(subprocess.SubprocessError):
            self._run("delete_vhost", vhost)

    def names(self) -> list[str]:
        return self._run("list_vhosts", "name").split()

    def _run(self, *arguments: str) -> str:
        if self.node is not None:
            return self.node.control(*arguments)
        program = shutil.which("rabbitmqctl")
        if (
            program is None
            or self.parts.hostname not in {"127.0.0.1", "localhost"}
            or self.parts.port not in {None, 5672}
        ):
            raise FileNotFoundError("rabbitmqctl speaks to the standard node of this machine only")
        done = subprocess.run([program, "-q", *arguments], check=True, capture_output=True, text=True, timeout=60)
        return done.stdout


class ManagementDoor(Door):
    """The HTTP interface of the management plugin, on the broker's machine."""

    def add(self, vhost: str) -> None:
        self._ask("PUT", f"vhosts/{quote(vhost, safe='')}")
        rights = {"configure": ".*", "write": ".*", "read": ".*"}
        self._ask("PUT", f"permissions/{quote(vhost, safe='')}/{quote(self.user)}", rights)

    def remove(self, vhost: str) -> None:
        self._ask("DELETE", f"vhosts/{quote(vhost, safe='')}")

    def names(self) -> list[str]:
        return [vhost["name"] for vhost in json.loads(self._ask("GET", "vhosts"))]

    def _ask(self, method: str, path: str, body: dict[str, str] | None = None) -> bytes:
        address = f"http://{self.parts.hostname}:{MANAGEMENT_PORT}/api/{path}"
        request = urllib.request.Request(address, json.dumps(body or {}).encode(), method=method)
        secret = f"{self.user}:{unquote(self.parts.password or 'guest')}"
        request.add_header("Authorization", "Basic " + b64encode(secret.encode()).decode())
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            content: bytes = answer.read()
            return content
