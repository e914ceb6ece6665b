"""One story from its seed to its end, and what came of it.

    python -m tests.simulation.story SEED [WEEKS]

prints what happened, what was wrong, and the hash of all calls: the same for the same seed, everywhere.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog

from bot.demo.company import colleagues
from storage.migrate import migrate
from tests.simulation.defects import unprovoked
from tests.simulation.quiet import by_week, told
from tests.simulation.settled import unsettled
from tests.simulation.world import World

FAST_FOLDER = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Story:
    """What came of it: the hash of all calls, how often what happened, who was pinged, what was wrong."""

    seed: int
    weeks: int
    trace: str
    counts: Counter[str]
    pings: Counter[tuple[str, str, str]]
    wrong: list[str]


def play(seed: int, weeks: int) -> Story:
    """Let a story of so many weeks happen."""
    with complaints() as complained, lived(seed, weeks) as world:
        wrong = [*world.watch.wrong, *unsettled(world), *unprovoked(world), *complained]
        return Story(seed, weeks, world.trace, world.counts, world.watch.pings, wrong)


@contextlib.contextmanager
def lived(seed: int, weeks: int, *, troubled: bool = True) -> Iterator[World]:
    """The world after so many weeks, with its file."""
    with folder_with_database() as database:
        world = World(seed, database, troubled)
        world.furnish()
        try:
            world.run(weeks)
        finally:
            world.end()
        yield world
        world.watch.close()


@contextlib.contextmanager
def folder_with_database() -> Iterator[Path]:
    """An empty database as `run` prepares it, for a while."""
    fast = FAST_FOLDER if FAST_FOLDER.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="tiebreak-story-", dir=fast) as folder:
        file = Path(folder) / "story.sqlite3"
        asyncio.run(migrate(f"sqlite+aiosqlite:///{file}"))
        yield file


@contextlib.contextmanager
def complaints() -> Iterator[list[str]]:
    """What the bot itself logs as an error meanwhile; its warnings are news of made trouble."""
    found: list[str] = []

    def keep(_: Any, level: str, event: Any) -> Any:
        if level in ("error", "exception", "critical"):
            found.append(f"the bot logs: {event}")
        raise structlog.DropEvent

    before, logger = structlog.get_config()["processors"], logging.getLogger("slack_bolt")
    bolts = _Heard(found)
    logger.addHandler(bolts)
    structlog.configure(processors=[structlog.processors.format_exc_info, keep])
    try:
        yield found
    finally:
        structlog.configure(processors=before)
        logger.removeHandler(bolts)


class _Heard(logging.Handler):
    """What bolt logs as an error."""

    def __init__(self, found: list[str]) -> None:
        super().__init__(logging.ERROR)
        self._found = found

    def emit(self, record: logging.LogRecord) -> None:
        self._found.append(f"bolt logs: {record.getMessage()}")


def main(seed: int, weeks: int = 2) -> int:
    """Print it; 1 when something was wrong."""
    story = play(seed, weeks)
    for what, times in sorted(story.counts.items()):
        print(f"{times:6} {what}")
    print(*told(by_week(story.pings), weeks * len(colleagues())), sep="\n")
    for what in story.wrong:
        print(f"WRONG  {what}")
    print(f"seed {seed}, {weeks} weeks: {story.trace}")
    return bool(story.wrong)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
