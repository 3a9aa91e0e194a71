"""Structured logs: JSON lines on a server, readable lines in the demo; libraries go through the same door."""

import logging
import sys

import structlog
from structlog.typing import Processor

from shared.settings import LogFormat, Settings

QUIET = {"httpx": logging.WARNING, "aiormq": logging.WARNING, "mail.log": logging.WARNING}


def configure_logging(settings: Settings, *, process: str) -> None:
    """Send every log of this process to stderr; `process` ("inventory worker") is on each line."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(process=process)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last(settings)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(settings.log_level.upper())
    for name, level in QUIET.items():
        logging.getLogger(name).setLevel(level)


def _last(settings: Settings) -> list[Processor]:
    """How a line is written, by format."""
    remove = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if settings.log_format is LogFormat.JSON:
        return [remove, structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return [
        remove,
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback),
    ]
