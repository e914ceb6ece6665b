"""The one line in a channel when a meeting is moved, skipped or added."""

from __future__ import annotations

import re
from datetime import date

import pytest

from council.planning import Planned, Seen, Slot, add_extra, move, skip, standing, with_change
from handlers.ceremonies.lines import plan_line
from handlers.conflicts.spoken import Telling
from handlers.texts import Texts
from tests.council.builders import METRIC, TUESDAY, at, northwind, person, reported

COUNCIL_DAY = date(2025, 12, 9)
SEEN = Seen(ceremony="council_meeting", on=COUNCIL_DAY, starts=at("2025-12-09 10:00"))
ON_IT = (reported(type=METRIC).conflict,)
HOSTILE = "*we* <!channel> `travel`"


def to(day: int, reason: str = "") -> Slot:
    return Slot(day=date(2025, 12, day), at=at("2025-12-09 10:00").time().replace(hour=10), reason=reason)


def planned(what: str, reason: str) -> Planned:
    """Northwind's council in December is moved, skipped, or held twice, by Priya."""
    company, priya = northwind(), person("priya")
    if what == "moved":
        return move(SEEN, to(11, reason), ON_IT, by=priya, workspace=company, now=TUESDAY)
    if what == "skipped":
        return skip(SEEN, reason, ON_IT * 3, by=priya, workspace=company, now=TUESDAY)
    return add_extra("council_meeting", to(2, reason), ON_IT, by=priya, workspace=company, now=TUESDAY)


def line(what: str, reason: str = "") -> str:
    """What the channel reads, dates as days of December."""
    company, change = northwind(), planned(what, reason)
    changed = with_change(company, change.change)
    date_now = standing(changed.calendar, "council_meeting", change.change.on)
    assert date_now is not None
    (notice,) = change.notices
    telling = Telling(kind=notice.kind, to=notice.to, facts=notice.facts)
    fallback, blocks = plan_line(telling, date_now, changed, Texts())
    assert fallback
    words: str = blocks[0].to_dict()["text"]["text"]
    return re.sub(r"<!date\^\d+\^[^|]*\|\w+ (\d+) [^>]*>", r"Dec \1", words)


@pytest.mark.parametrize(
    ("what", "reason", "words"),
    [
        ("moved", "", "Priya moved *Council*: Dec 9 → Dec 11.\nOne open deadline moves with it."),
        (
            "skipped",
            "a fair",
            "Priya skipped *Council* of Dec 9.\nWhy: a fair\n3 open deadlines move.",
        ),
        ("added", "", "Priya added an extra *Council*: Dec 2."),
        ("added", "much to do", "Priya added an extra *Council*: Dec 2.\nWhy: much to do"),
    ],
)
def test_what_the_channel_reads(what: str, reason: str, words: str) -> None:
    """From when to when, by whom, why, and how many deadlines move with it."""
    assert line(what, reason) == words


def test_a_reason_pings_nobody() -> None:
    """What somebody typed is shown as it was typed."""
    assert "Why: *we* &lt;!channel&gt; `travel`" in line("moved", HOSTILE)
