"""The benchmarks still run: each figure at its smallest, without a word about how fast it was."""

from __future__ import annotations

import pytest

from bench.__main__ import FIGURES, arguments, line, main, markdown
from bench.row import SMALLEST, Row, p50, p99

FIGURES_OF = {
    "report": {"a full report on SQLite", "3 reports at once on SQLite"},
    "due": {"a report while 20 wake-ups are due"},
    "opening": {"opening the form"},
    "chatter": {"messages after a report", "pings of its owner, until it is decided"},
    "small": {"ready after", "resident"},
    "history": {"report at 60 conflicts", "list at 60 conflicts", "App Home at 60 conflicts"},
}
FAST_ENOUGH = ("ready after", "resident", "full report", " at ", "while", "idle seconds")
"""What depends on the machine; everything else is promised on every one."""


@pytest.mark.parametrize("name", FIGURES)
async def test_a_figure_is_measured(name: str) -> None:
    """It runs to its end, gives what it is there for, and keeps every promise that is not about speed."""
    shown: list[Row] = []
    measured = await main([name], SMALLEST, shown.append)
    assert shown == measured
    assert {row.what for row in measured} >= FIGURES_OF[name]
    broken = [row for row in measured if row.met is False and not any(w in row.what for w in FAST_ENOUGH)]
    assert broken == []


def test_a_row_says_what_was_promised_and_whether_it_was_kept() -> None:
    """For the eye in columns, for the README as a table."""
    row = Row("a full report", "5.20 × the floor", "≤ 6 ×", met=True)
    assert line(row).split() == "a full report ≤ 6 × met 5.20 × the floor".split()
    assert markdown(row) == "| a full report | ≤ 6 × | 5.20 × the floor | met |"
    assert (Row("x", "1").verdict, Row("x", "1", met=False).verdict) == ("", "not met")


def test_figures_can_be_chosen() -> None:
    """All of them unless some are named; an unknown one is refused."""
    assert arguments([]).figures == []
    assert arguments(["report", "small"]).figures == ["report", "small"]
    with pytest.raises(SystemExit):
        arguments(["reports"])


def test_half_take_no_longer_and_one_of_a_hundred_does() -> None:
    """p50 and p99 of a hundred and one runs."""
    seconds = [float(n) for n in range(101)]
    assert (p50(seconds), p99(seconds)) == (50, 99)
