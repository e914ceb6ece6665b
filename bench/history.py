"""What it costs to report, list, show, look at App Home and search when there is much history.

The databases take turns, act by act, so that all see the same machine.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.copies import kept, words
from bench.row import Row, Scale, ms, p50, p99, times
from bench.stage import REPORTER, Line, staged
from bot.compose import Bot
from council.finding import asked
from sandbox import events
from sandbox.envelopes import Envelope
from storage.search import search

MOST_TIMES = 1.2
MOST_MILLISECONDS = 20


@dataclass(frozen=True, slots=True)
class Years:
    """A company with that many conflicts behind it."""

    size: int
    line: Line
    bot: Bot


Act = Callable[[Years, int], Awaitable[float]]


async def reporting(years: Years, n: int) -> float:
    """A full report."""
    return await years.line.timed(years.line.report(20_000_000 + n))


async def listing(years: Years, n: int) -> float:
    """`/ai-conflict list`."""
    return await years.line.timed(years.line.command("list"))


async def showing(years: Years, n: int) -> float:
    """`/ai-conflict show 12`: any of them."""
    return await years.line.timed(years.line.command(f"show {1 + n * 7919 % years.size}"))


async def opening_home(years: Years, n: int) -> float:
    """App Home is opened, and drawn."""
    start = perf_counter()
    await years.line.timed(home_opened(years.line))
    await years.bot.clock.look()
    return perf_counter() - start


def home_opened(line: Line) -> Envelope:
    """Slack says that somebody looks at the tab."""
    inner = {"type": "app_home_opened", "user": REPORTER, "tab": "home", "channel": "D0NINA"}
    return Envelope(line.slack.ids.uuid(), "events_api", events.wrapped(line.slack, inner), answerable=False)


async def searching(years: Years, n: int) -> float:
    """Two words: a frequent one and a rare one."""
    return await _found(years, " ".join(("pipeline", words(n)[1])))


async def searching_in_vain(years: Years, n: int) -> float:
    """Four words, each of which a quarter of all conflicts have, no two of them together."""
    return await _found(years, "customer forecast contradiction lead")


async def _found(years: Years, typed: str) -> float:
    question, today = asked(typed), datetime.now(UTC).date()
    look = partial(search, team=years.line.team, person=REPORTER, question=question, today=today)
    start = perf_counter()
    await years.bot.store.read(look)
    return perf_counter() - start


async def asking_which(years: Years, n: int) -> float:
    """`/ai-council which` with the two words of a decision."""
    return await years.line.timed(years.line.command(f"which {' '.join(words(n))}", "/ai-council"))


ACTS: Mapping[str, Act] = {
    "list": listing,
    "show": showing,
    "App Home": opening_home,
    "search": searching,
    "search for frequent words that never meet": searching_in_vain,
    "which": asking_which,
    "report": reporting,
}
ABSOLUTE = {"search", "search for frequent words that never meet", "which"}
"""What may grow with the logarithm; the others may not grow at all."""


async def rows(scale: Scale) -> AsyncIterator[Row]:
    """Each act at each size."""
    with TemporaryDirectory() as folder:
        async with AsyncExitStack() as stack:
            all_years = [await _years(stack, size, Path(folder)) for size in scale.sizes]
            for name, act in ACTS.items():
                taken: dict[int, list[float]] = {size: [] for size in scale.sizes}
                for n in range(scale.warm + scale.reports):
                    for years in all_years:
                        taken[years.size].append(await act(years, n))
                least = p50(taken[scale.sizes[0]][scale.warm :])
                for size, seconds in taken.items():
                    yield _row(name, size, seconds[scale.warm :], least, last=size == scale.sizes[-1])


async def _years(stack: AsyncExitStack, size: int, folder: Path) -> Years:
    url = f"sqlite+aiosqlite:///{await kept(size, folder)}"
    line, bot = await stack.enter_async_context(staged(url, furnished=True))
    return Years(size, line, bot)


def _row(name: str, size: int, seconds: list[float], least: float, *, last: bool) -> Row:
    what, half = f"{name} at {size:,} conflicts", p50(seconds)
    figures = f"p50 {ms(half)}, p99 {ms(p99(seconds))}"
    if not last:
        return Row(what, figures)
    if name in ABSOLUTE:
        return Row(what, figures, f"≤ {MOST_MILLISECONDS} ms", half * 1000 <= MOST_MILLISECONDS)
    ratio = half / least
    return Row(what, f"{times(ratio)} ({figures})", f"≤ {MOST_TIMES} × the fewest", ratio <= MOST_TIMES)
