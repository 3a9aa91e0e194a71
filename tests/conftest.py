"""Every fixture comes from shared/testing; nothing of the environment of the machine decides what a test does."""

import os

import structlog

os.environ["AMANELA_MODE"] = "embedded"
os.environ.setdefault("TZ", "UTC")

pytest_plugins = ["shared.testing.fixtures", "shared.testing.plugin"]

structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])
