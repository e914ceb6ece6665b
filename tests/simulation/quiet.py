"""How often people are pinged: direct messages that nobody asked for, by person and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.simulation.watch import ASKING

OWNERS_MOST, OTHERS_MOST = 6, 3
"""Pings a week, for who is asked to decide something that week and for everybody else."""

Pings = Mapping[tuple[str, str, str], int]
"""By person, week, and kind of notice."""


def by_week(pings: Pings) -> Counter[tuple[bool, int]]:
    """How many person-weeks had so many pings; True for those in which the person was asked to decide."""
    totals: Counter[tuple[str, str]] = Counter()
    asked = {(person, week) for person, week, kind in pings if kind in ASKING}
    for (person, week, _), times in pings.items():
        totals[person, week] += times
    return Counter((whose in asked, times) for whose, times in totals.items())


def told(weeks: Counter[tuple[bool, int]], all_weeks: int) -> Iterable[str]:
    """In words, of so many person-weeks in all."""
    for asked, name, most in ((True, "asked to decide", OWNERS_MOST), (False, "others", OTHERS_MOST)):
        mine = {times: number for (who, times), number in weeks.items() if who is asked}
        number, pings = sum(mine.values()), sum(times * number for times, number in mine.items())
        over = sum(number for times, number in mine.items() if times > most)
        yield (
            f"{name}: {number} person-weeks with pings, {pings / max(number, 1):.1f} on average, "
            f"{max(mine, default=0)} at most, {over} above {most}"
        )
    pings = sum(times * number for (_, times), number in weeks.items())
    yield f"all: {pings / max(all_weeks, 1):.2f} pings a person and week"
