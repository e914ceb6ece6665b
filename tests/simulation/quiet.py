"""How often people are pinged: direct messages that nobody asked for, by person and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.simulation.watch import ASKING

OWNERS_MOST, OTHERS_MOST = 6, 3
"""Pings a week, for who is asked to decide something that week and for everybody else."""

Pings = Mapping[tuple[str, str, str], int]
"""By person, week, and kind of notice."""


Week = tuple[bool, int, int]
"""Whether somebody was asked to decide in it, how many pings they had, and how many of them asked."""


def by_week(pings: Pings) -> Counter[Week]:
    """How many person-weeks there were of each kind."""
    totals: Counter[tuple[str, str]] = Counter()
    asking: Counter[tuple[str, str]] = Counter()
    for (person, week, kind), times in pings.items():
        totals[person, week] += times
        asking[person, week] += times if kind in ASKING else 0
    return Counter((asking[whose] > 0, times, asking[whose]) for whose, times in totals.items())


def told(weeks: Counter[Week], all_weeks: int) -> Iterable[str]:
    """In words, of so many person-weeks in all."""
    for asked, name, most in ((True, "asked to decide", OWNERS_MOST), (False, "others", OTHERS_MOST)):
        mine = {week[1:]: number for week, number in weeks.items() if week[0] is asked}
        number, pings = sum(mine.values()), sum(times * count for (times, _), count in mine.items())
        over = sum(count for (times, _), count in mine.items() if times > most)
        alone = sum(count for (_, asking), count in mine.items() if asking > most)
        yield (
            f"{name}: {number} person-weeks with pings, {pings / max(number, 1):.1f} on average, "
            f"{max((times for times, _ in mine), default=0)} at most, {over} above {most}, "
            f"{alone} of them by what asks alone"
        )
    pings = sum(times * number for (_, times, _), number in weeks.items())
    yield f"all: {pings / max(all_weeks, 1):.2f} pings a person and week"
