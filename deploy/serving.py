"""Serving an application over HTTP inside our own event loop, stopped by us rather than by uvicorn's signals."""

import asyncio
import contextlib
import gc
import os
import signal
import socket
from collections.abc import Callable, Generator
from typing import Any

import uvicorn

SUPERVISOR = "AMANELA_SUPERVISOR_PID"
LOOK_EVERY = 1.0
FINISH_WITHIN = 5  # seconds given to requests in hand
COLLECTED_AFTER = (10_000, 20, 20)  # objects made, then collections: a request makes thousands that die by themselves
BACKLOG = 2048  # connections that wait for us to take them


class Server(uvicorn.Server):
    """A uvicorn server that leaves the signals to `stop_requested`."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Nothing to capture."""
        yield


def _server(application: Any, trusted_proxies: str) -> Server:
    configuration = uvicorn.Config(
        application,
        loop="none",
        http="httptools",
        ws="none",
        lifespan="auto",
        backlog=BACKLOG,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=trusted_proxies,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=FINISH_WITHIN,
    )
    return Server(configuration)


def stop_requested() -> asyncio.Event:
    """An event set by SIGINT, SIGTERM, or the death of the supervisor that started us."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    if SUPERVISOR in os.environ:
        _stop_with(int(os.environ[SUPERVISOR]), stop, loop)
    return stop


def _stop_with(parent: int, stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """An orphan would keep the port its successor needs."""
    if os.getppid() != parent:
        stop.set()
    elif not stop.is_set():
        loop.call_later(LOOK_EVERY, _stop_with, parent, stop, loop)


async def serve_until(
    stop: asyncio.Event,
    application: Any,
    listening: socket.socket,
    *,
    trusted_proxies: str,
    end_streams: Callable[[], None] | None = None,
) -> None:
    """Serve on a bound socket until `stop`, then let requests in hand finish; `end_streams` ends those that never would."""
    http = _server(application, trusted_proxies)
    serving = asyncio.create_task(http.serve(sockets=[listening]))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
    http.should_exit = True
    if end_streams:
        end_streams()
    stopping.cancel()
    await serving


def settle() -> None:
    """What is loaded at start lives until the end: collections to come need not walk it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def bind(host: str, port: int, *, tries: int = 1) -> socket.socket:
    """A socket on `port`, or on the first free one of the `tries` after it; OSError when none is.

    It listens at once: whoever comes between the address being told and the server being up waits instead of being refused.
    """
    for candidate in range(port, port + tries):
        listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, candidate))
            listening.listen(BACKLOG)
        except OSError:
            listening.close()
            if candidate == port + tries - 1:
                raise
            continue
        return listening
    raise OSError(f"no free port from {port} to {port + tries - 1}")
