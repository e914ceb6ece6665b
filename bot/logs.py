"""Logs are events with fields on standard error; never texts of messages, never tokens."""

from __future__ import annotations

import logging
import sys

import structlog

QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "aiosqlite", "asyncio")
"""Libraries that log bodies or every tick at INFO; bolt's receiver logs whole requests."""


def configure_logs() -> None:
    """One line per event: readable on a terminal, JSON otherwise."""
    terminal = sys.stderr.isatty()
    shown = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            shown,
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
