"""One date of a ceremony is moved, skipped or added: who may, what is refused, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.cadence import Change, Occurrence, changes_of, occurrence_on, upcoming
from council.errors import Invalid, Refused, Unknown
from council.moving import follow_meeting
from council.planning import Planned, Seen, Slot, add_extra, move, skip, with_change
from council.workspace import Workspace
from tests.council.builders import FORECAST, METRIC, TUESDAY, at, northwind, person, reported

COUNCIL_DAY = date(2025, 12, 9)
COUNCIL = Seen(ceremony="council_meeting", on=COUNCIL_DAY, starts=at("2025-12-09 10:00"))
THURSDAY = Seen(ceremony="forecast_meeting", on=date(2025, 11, 20), starts=at("2025-11-20 14:00"))
PRIYA = person("priya")
ON_METRIC = reported(type=METRIC).conflict
ON_FORECAST = reported(type=FORECAST).conflict


def slot(text: str, reason: str = "") -> Slot:
    """A date and time on the wall: "2025-12-11 10:00"."""
    chosen = datetime.fromisoformat(text)
    return Slot(day=chosen.date(), at=chosen.time(), reason=reason)


def moved(to: str, seen: Seen = COUNCIL, company: Workspace | None = None, who: str = "priya") -> Planned:
    return move(seen, slot(to), (), by=person(who), workspace=company or northwind(), now=TUESDAY)


def skipped(seen: Seen = COUNCIL, company: Workspace | None = None, who: str = "priya") -> Planned:
    return skip(seen, "half of us travel", (), by=person(who), workspace=company or northwind(), now=TUESDAY)


def added(
    to: str, key: str = "council_meeting", company: Workspace | None = None, who: str = "priya"
) -> Planned:
    return add_extra(key, slot(to), (), by=person(who), workspace=company or northwind(), now=TUESDAY)


def after(*planned: Planned) -> Workspace:
    company = northwind()
    for each in planned:
        company = with_change(company, each.change)
    return company


def council_days(company: Workspace, count: int = 3) -> list[str]:
    """When the council meets next, by the clocks of Berlin in winter."""
    found = upcoming(company.calendar, "council_meeting", TUESDAY)
    return [f"{each.starts + timedelta(hours=1):%d %b %H:%M}" for each in islice(found, count)]


@pytest.mark.parametrize(
    ("planned", "days"),
    [
        pytest.param((), ["09 Dec 10:00", "13 Jan 10:00", "10 Feb 10:00"], id="the plan"),
        pytest.param(
            (moved("2025-12-11 09:30"),), ["11 Dec 09:30", "13 Jan 10:00", "10 Feb 10:00"], id="moved"
        ),
        pytest.param((skipped(),), ["13 Jan 10:00", "10 Feb 10:00", "10 Mar 10:00"], id="skipped"),
        pytest.param(
            (added("2025-11-25 10:00"),), ["25 Nov 10:00", "09 Dec 10:00", "13 Jan 10:00"], id="added"
        ),
        pytest.param(
            (moved("2026-01-20 10:00"),), ["13 Jan 10:00", "20 Jan 10:00", "10 Feb 10:00"], id="past the next"
        ),
        pytest.param(
            (added("2025-12-09 15:00"),), ["09 Dec 10:00", "09 Dec 15:00", "13 Jan 10:00"], id="two on a day"
        ),
    ],
)
def test_what_takes_place_next(planned: tuple[Planned, ...], days: list[str]) -> None:
    """Moved, skipped or added: nothing else changes its place."""
    assert council_days(after(*planned)) == days


def test_what_is_moved_back_stands_as_planned() -> None:
    """It then follows its plan again: nothing pins it to an instant."""
    there = after(moved("2025-12-11 10:00"))
    elsewhere = replace(COUNCIL, starts=at("2025-12-11 10:00"))
    back = moved("2025-12-09 10:00", elsewhere, there)
    found = occurrence_on(with_change(there, back.change).calendar, "council_meeting", COUNCIL_DAY)
    assert found is not None
    assert (found.starts, found.moved) == (COUNCIL.starts, False)


def test_a_skipped_one_takes_place_after_all_when_one_is_added_that_day() -> None:
    """It is the same occurrence again, not an extra one beside it."""
    off = after(skipped())
    again = added("2025-12-09 10:00", company=off)
    assert (again.change.on, again.change.extra, again.change.starts) == (COUNCIL_DAY, False, None)
    assert council_days(with_change(off, again.change), 1) == ["09 Dec 10:00"]


def test_a_weekly_one_on_a_holiday_takes_place_when_somebody_adds_it() -> None:
    """It has skipped itself; adding that day brings back that one."""
    company = northwind()
    hours = replace(company.hours, holidays=replace(company.hours.holidays, also=(date(2025, 11, 20),)))
    off = replace(company, configuration=replace(company.configuration, hours=hours))
    assert occurrence_on(off.calendar, "forecast_meeting", date(2025, 11, 20)) is None
    again = added("2025-11-20 14:00", "forecast_meeting", off)
    found = occurrence_on(with_change(off, again.change).calendar, "forecast_meeting", date(2025, 11, 20))
    assert found is not None
    assert (found.starts, found.extra) == (at("2025-11-20 14:00"), False)


def test_everything_that_was_done_to_it_stays() -> None:
    """Twice moved, then skipped, in one and the same instant: three facts, the last holds."""
    company, starts = northwind(), COUNCIL.starts
    for to in ("2025-12-11 10:00", "2025-12-12 10:00"):
        company = with_change(company, moved(to, replace(COUNCIL, starts=starts), company).change)
        starts = at(to)
    last = skipped(replace(COUNCIL, starts=starts), company)
    company = with_change(company, last.change)
    done = changes_of(company.calendar, "council_meeting", COUNCIL_DAY)
    assert [change.skipped for change in done] == [False, False, True]
    assert len({change.known_from for change in done}) == 3
    assert {change.by for change in done} == {"priya"}
    assert last.notices[0].facts["sequence"] == 3
    assert council_days(company, 1) == ["13 Jan 10:00"]


@pytest.mark.parametrize("who", ["priya", "tomas"])
def test_the_chair_and_their_deputy_plan(who: str) -> None:
    """The deputy always, not only while the chair is away."""
    assert moved("2025-12-11 10:00", who=who).change.by == who
    assert skipped(who=who).change.by == who
    assert added("2025-12-11 10:00", who=who).change.by == who


@pytest.mark.parametrize("who", ["helen", "jonas", "marcus"])
def test_nobody_else_plans_and_all_read_who_does(who: str) -> None:
    """Neither the sponsor nor an admin nor a colleague."""
    with pytest.raises(Refused, match="can move, skip or add meetings"):
        moved("2025-12-11 10:00", who=who)
    with pytest.raises(Refused, match="can move, skip or add meetings"):
        skipped(who=who)
    with pytest.raises(Refused, match="can move, skip or add meetings"):
        added("2025-12-11 10:00", who=who)


@pytest.mark.parametrize(
    ("chosen", "field", "words"),
    [
        pytest.param(Slot(), "day", "Pick a day", id="no day"),
        pytest.param(Slot(day=COUNCIL_DAY), "at", "Pick a time", id="no time"),
        pytest.param(slot("2025-11-17 10:00"), "day", "from today on", id="yesterday"),
        pytest.param(slot("2025-11-18 08:30"), "at", "after now", id="earlier today"),
        pytest.param(slot("2028-01-01 10:00"), "day", "within two years", id="in a far future"),
        pytest.param(slot("2025-12-09 10:00"), "day", "already", id="where it is"),
        pytest.param(slot("2026-01-13 10:30"), "at", "Another one takes place then", id="in the next one"),
        pytest.param(slot("2026-01-13 09:01"), "at", "Another one takes place then", id="into the next one"),
    ],
)
def test_where_it_can_not_be_moved(chosen: Slot, field: str, words: str) -> None:
    """Each is said under the field that mends it."""
    with pytest.raises(Invalid) as invalid:
        move(COUNCIL, chosen, (), by=PRIYA, workspace=northwind(), now=TUESDAY)
    assert list(invalid.value.errors) == [field]
    assert words in invalid.value.errors[field].text


@pytest.mark.parametrize("to", ["2026-01-13 09:00", "2026-01-13 11:00", "2025-12-09 10:30"])
def test_it_may_touch_another_one_and_overlap_where_it_was(to: str) -> None:
    """One ends as the other begins."""
    assert moved(to).change.starts == at(to)


def test_a_skip_needs_its_reason() -> None:
    """Whoever waits for it reads why."""
    with pytest.raises(Invalid) as invalid:
        skip(COUNCIL, "  ", (), by=PRIYA, workspace=northwind(), now=TUESDAY)
    assert list(invalid.value.errors) == ["reason"]


@pytest.mark.parametrize(
    ("company", "now", "words"),
    [
        pytest.param(after(skipped()), TUESDAY, "has skipped it meanwhile", id="skipped meanwhile"),
        pytest.param(
            after(moved("2025-12-11 10:00")), TUESDAY, "has moved it meanwhile", id="moved meanwhile"
        ),
        pytest.param(northwind(), COUNCIL.starts, "It began", id="it has begun"),
    ],
)
def test_a_form_that_is_older_than_what_happened_changes_nothing(
    company: Workspace, now: datetime, words: str
) -> None:
    """Two chairs at once: the second one reads what the first one did."""
    with pytest.raises(Refused, match=words):
        move(COUNCIL, slot("2025-12-16 10:00"), (), by=person("tomas"), workspace=company, now=now)
    with pytest.raises(Refused, match=words):
        skip(COUNCIL, "no time", (), by=person("tomas"), workspace=company, now=now)


def test_what_the_plan_does_not_have_any_more_can_not_be_moved() -> None:
    """The cadence was changed, or the ceremony is gone."""
    company = northwind()
    firsts = tuple(
        replace(each, day="1st wed") if each.key == "council_meeting" else each
        for each in company.configuration.ceremonies
    )
    changed = replace(company, configuration=replace(company.configuration, ceremonies=firsts))
    with pytest.raises(Refused, match="not planned for that day any more"):
        moved("2025-12-11 10:00", company=changed)
    gone = replace(company, configuration=replace(company.configuration, ceremonies=()))
    for attempt in (moved, added):
        with pytest.raises(Unknown, match="not held any more"):
            attempt("2025-12-11 10:00", company=gone)


def test_the_line_says_from_when_to_when_why_and_what_moves_with_it() -> None:
    """In the ceremony's channel, else in the council's; good until the meeting begins."""
    planned = move(
        COUNCIL,
        slot("2025-12-11 10:00", "half of us travel"),
        (ON_METRIC, ON_FORECAST),
        by=PRIYA,
        workspace=northwind(),
        now=TUESDAY,
    )
    (line,) = planned.notices
    assert (line.to, line.facts["why"], line.facts["deadlines"]) == ("C-council", "half of us travel", 1)
    assert line.facts["was"] == at("2025-12-09 10:00").isoformat()
    assert line.facts["starts"] == at("2025-12-11 10:00").isoformat()
    assert [conflict.facts.type for conflict, _ in planned.follows] == ["metric_contradiction"]


def test_what_is_said_to_follow_is_what_follows() -> None:
    """The form and the line promise what looking at the conflict then does."""
    for planned in (
        move(
            THURSDAY, slot("2025-11-21 10:00"), (ON_FORECAST,), by=PRIYA, workspace=northwind(), now=TUESDAY
        ),
        skip(THURSDAY, "a fair", (ON_FORECAST,), by=PRIYA, workspace=northwind(), now=TUESDAY),
    ):
        ((conflict, promised),) = planned.follows
        outcome = follow_meeting(conflict, with_change(northwind(), planned.change), TUESDAY)
        assert outcome.conflict.deadline == promised.deadline


def test_a_deadline_stays_with_its_meeting_when_an_extra_one_is_added_before() -> None:
    """What was promised for December is not due in November by surprise."""
    extra = add_extra(
        "council_meeting",
        slot("2025-11-25 10:00"),
        (ON_METRIC,),
        by=PRIYA,
        workspace=northwind(),
        now=TUESDAY,
    )
    assert extra.follows == ()


steps = st.lists(
    st.tuples(
        st.sampled_from(["move", "skip", "add"]), st.integers(0, 3), st.integers(0, 40), st.integers(7, 18)
    ),
    max_size=12,
)


def walked(company: Workspace, chosen: list[tuple[str, int, int, int]]) -> Iterator[tuple[Workspace, Change]]:
    """The company after each step that is allowed, with its change."""
    for what, which, day, hour in chosen:
        found: Occurrence = next(islice(upcoming(company.calendar, "forecast_meeting", TUESDAY), which, None))
        seen = Seen(ceremony=found.ceremony, on=found.on, starts=found.starts)
        to = Slot(day=date(2025, 11, 18) + timedelta(days=day), at=time(hour))
        try:
            if what == "move":
                planned = move(seen, to, (), by=PRIYA, workspace=company, now=TUESDAY)
            elif what == "skip":
                planned = skip(seen, "a fair", (), by=PRIYA, workspace=company, now=TUESDAY)
            else:
                planned = add_extra("forecast_meeting", to, (), by=PRIYA, workspace=company, now=TUESDAY)
        except Invalid:
            continue
        company = with_change(company, planned.change)
        yield company, planned.change


@given(steps)
def test_no_occurrence_is_there_twice_and_none_is_lost(chosen: list[tuple[str, int, int, int]]) -> None:
    """Each step adds, takes or keeps exactly one; what was done last is what holds."""
    company, horizon = northwind(), TUESDAY + timedelta(days=80)

    def ahead(of: Workspace) -> dict[date, Occurrence]:
        every = upcoming(of.calendar, "forecast_meeting", TUESDAY)
        found = list(takewhile(lambda each: each.starts <= horizon, every))
        assert len({each.on for each in found}) == len(found)
        for one, other in pairwise(found):
            assert one.ends <= other.starts
        return {each.on: each for each in found}

    before = ahead(company)
    for changed, change in walked(company, chosen):
        after_it = ahead(changed)
        untouched = {on: each for on, each in before.items() if on != change.on}
        assert {on: each for on, each in after_it.items() if on != change.on} == untouched
        assert (change.on in after_it) is not change.skipped
        before = after_it


@given(steps)
def test_deadlines_follow_wherever_their_meeting_goes(chosen: list[tuple[str, int, int, int]]) -> None:
    """Each hangs on a date that stands, or counts by itself; none is overdue at once."""
    conflict = ON_FORECAST
    for company, _ in walked(northwind(), chosen):
        conflict = follow_meeting(conflict, company, TUESDAY).conflict
        assert conflict.overdue_at > TUESDAY
        if conflict.hangs_on and conflict.deadline.occurrence:
            found = occurrence_on(company.calendar, conflict.hangs_on, conflict.deadline.occurrence)
            assert found is not None
            assert found.starts == conflict.deadline.meeting_at
        assert follow_meeting(conflict, company, TUESDAY).timeline == ()


def test_an_extra_one_needs_its_ceremony() -> None:
    """Nothing is guessed."""
    with pytest.raises(Invalid) as invalid:
        added("2025-12-11 10:00", key="")
    assert list(invalid.value.errors) == ["ceremony"]
