"""Logs are events with fields on standard error; never texts of people, never tokens, never addresses.

What goes wrong may carry a text in its message: a row that could not be saved, a template that broke. So
the log says of an exception which kind it was and where it came from, and of a library's line only its
first words.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "aiosqlite", "asyncio")
"""Libraries that log bodies or every tick at INFO; bolt's receiver logs whole requests."""
_WORDS = re.compile(r"^[^\n:({<\"'%]*")
"""How a line begins, before anything is put into it."""


def configure_logs(stream: TextIO = sys.stderr) -> None:
    """One line per event: readable on a terminal, JSON otherwise."""
    shown: Processor = structlog.processors.JSONRenderer()
    if stream.isatty():
        shown = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    stamps = (structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso", utc=True))
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *stamps, without_messages, shown],
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    others = logging.StreamHandler(stream)
    others.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, without_messages, shown],
            foreign_pre_chain=[structlog.contextvars.merge_contextvars, *stamps, of_a_library],
            use_get_message=False,
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[others], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def of_a_library(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Which library, and its first words, up to where something was put in."""
    record: logging.LogRecord = event["_record"]
    words = _WORDS.match(str(event["event"]))
    return {**event, "event": words[0].strip() if words else "", "library": record.name}


def without_messages(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Kinds and places of an exception and its causes, instead of what they say."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    problem = found[1] if isinstance(found, tuple) else found
    if isinstance(problem, BaseException):
        event["exception"] = "\n".join(_places(problem))
    return event


def _places(problem: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    cause: BaseException | None = problem
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
