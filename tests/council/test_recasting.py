"""A changed cadence: what is refused, which dates follow, and what becomes of dates changed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from council.cadence import Change, upcoming
from council.configuring import PutCeremony, configured
from council.errors import Invalid, Refused
from council.people import Channel
from council.recasting import DAYS, Effect, Recast, effect, line, recast
from council.sentence import When
from council.workspace import Configuration, Workspace
from tests.council.builders import FORECAST, METRIC, TUESDAY, at, northwind, person, reported

LAST_TUESDAY = Recast(every="month", day="last tue", at=time(10), minutes=60)
MONTHLY = replace(LAST_TUESDAY, day="2nd tue")
"""As Northwind's council is held now."""
ON_METRIC = (reported(type=METRIC).conflict, reported(type=FORECAST).conflict)


def recasted(chosen: Recast, company: Workspace, who: str = "jonas") -> Configuration:
    """Northwind's configuration with its council held as chosen."""
    council = company.calendar.ceremony("council_meeting")
    assert council is not None
    edit = PutCeremony(row=recast(council, chosen))
    return configured(edit, company.configuration, by=person(who), workspace=company)


def effect_of(chosen: Recast, *changes: Change, company: Workspace | None = None) -> Effect:
    company = company or northwind(changes=changes)
    changed = recasted(chosen, company)
    return effect("council_meeting", changed, ON_METRIC, company, TUESDAY)


def change(on: str, to: str = "", *, extra: bool = False) -> Change:
    """Skipped, or moved or added `to` then."""
    return Change(
        ceremony="council_meeting",
        on=date.fromisoformat(on),
        starts=at(to) if to else None,
        skipped=not to,
        extra=extra,
        known_from=TUESDAY,
    )


def words(found: Effect) -> list[str]:
    """What becomes of changed dates, with days by the clocks of Berlin."""
    return [
        each.text.format(
            **{
                key: f"{fact.instant + timedelta(hours=1):%d %b}" if isinstance(fact, When) else fact
                for key, fact in each.facts.items()
            }
        )
        for each in found.fates
    ]


def test_the_next_dates_before_and_after() -> None:
    """Only what is ahead; the line in the channel says the new ones."""
    found = effect_of(LAST_TUESDAY)
    assert [f"{each.starts:%d %b}" for each in found.before] == ["09 Dec", "13 Jan", "10 Feb"]
    assert [f"{each.starts:%d %b}" for each in found.after] == ["25 Nov", "30 Dec", "27 Jan"]
    (said,) = line(found, by="jonas", workspace=northwind(), now=TUESDAY)
    assert (said.to, said.facts["starts"]) == ("C-council", at("2025-11-25 10:00").isoformat())


def test_nothing_is_said_when_only_the_link_changes() -> None:
    """Those who meet have the same dates as before."""
    company = northwind()
    changed = recasted(replace(MONTHLY, where="https://meet/x"), company)
    found = effect("council_meeting", changed, ON_METRIC, company, TUESDAY)
    assert not found.reschedules
    assert line(found, by="jonas", workspace=company, now=TUESDAY) == ()
    assert found.follows == ()


def test_deadlines_move_to_the_nearest_new_date() -> None:
    """What hangs on a date that is none any more; what hangs on other meetings stays."""
    found = effect_of(LAST_TUESDAY)
    ((conflict, moved),) = found.follows
    assert conflict.facts.type == "metric_contradiction"
    assert moved.deadline.limit == at("2025-11-25 11:00")


@pytest.mark.parametrize(
    ("chosen", "made", "said"),
    [
        pytest.param(
            LAST_TUESDAY,
            change("2025-12-09", "2025-12-11 10:00"),
            ["The one moved to 11 Dec is dropped: 09 Dec is none of its dates any more."],
            id="moved, and its date is gone",
        ),
        pytest.param(
            LAST_TUESDAY,
            change("2025-12-09"),
            ["That 09 Dec was skipped makes no difference any more."],
            id="skipped, and its date is gone",
        ),
        pytest.param(
            replace(MONTHLY, at=time(15)),
            change("2025-12-09", "2025-12-11 10:00"),
            ["The one moved to 11 Dec stays there."],
            id="moved, and only the time changes",
        ),
        pytest.param(
            replace(MONTHLY, at=time(15)),
            change("2025-12-09"),
            ["The one of 09 Dec stays skipped."],
            id="skipped, and only the time changes",
        ),
        pytest.param(
            LAST_TUESDAY,
            change("2025-12-02", "2025-12-02 10:00", extra=True),
            ["The extra one of 02 Dec stays."],
            id="extra",
        ),
        pytest.param(
            LAST_TUESDAY,
            change("2025-11-25", "2025-11-25 15:00", extra=True),
            ["The extra one of 25 Nov takes the place of the regular one, 25 Nov."],
            id="extra on what is a date now",
        ),
        pytest.param(LAST_TUESDAY, change("2025-11-11"), [], id="of the past nothing is said"),
    ],
)
def test_what_becomes_of_dates_changed_by_hand(chosen: Recast, made: Change, said: list[str]) -> None:
    """Those that still make sense are kept; the others are dropped, and both are said before."""
    assert words(effect_of(chosen, made)) == said


@pytest.mark.parametrize(
    ("chosen", "field", "reason"),
    [
        pytest.param(replace(MONTHLY, day="31st"), "day", "choose the 1st to 4th, or the last", id="a date"),
        pytest.param(replace(MONTHLY, day="5th tue"), "day", "Not every month has", id="the fifth Tuesday"),
        pytest.param(replace(MONTHLY, every="week"), "day", "is not a weekday", id="a month's day each week"),
        pytest.param(replace(MONTHLY, day=None), "day", "Pick a day", id="no day"),
        pytest.param(
            replace(MONTHLY, every="quarter", month=4), "day", "is not a month", id="a fourth month"
        ),
        pytest.param(replace(MONTHLY, at=None), "at", "Pick a time", id="no time"),
        pytest.param(replace(MONTHLY, minutes=0), "minutes", "whole minutes", id="no length"),
        pytest.param(replace(MONTHLY, minutes=481), "minutes", "whole minutes", id="longer than a day"),
        pytest.param(replace(MONTHLY, minutes=None), "minutes", "whole minutes", id="not a number"),
        pytest.param(
            replace(MONTHLY, zone="Mars/Base"), "time_zone", "is not a time zone", id="no such zone"
        ),
        pytest.param(
            replace(MONTHLY, agenda_before=28),
            "agenda_before",
            "before the meeting before",
            id="due too early",
        ),
        pytest.param(
            replace(MONTHLY, prompt_at=time(11)),
            "prompt_at",
            "before the meeting begins",
            id="asked too late",
        ),
        pytest.param(
            replace(MONTHLY, representatives=("ghost",)), "representatives", "no role", id="an unknown role"
        ),
        pytest.param(
            replace(MONTHLY, channel=Channel(id="C1", shared=True)), "channel", "Other organ", id="shared"
        ),
        pytest.param(
            replace(MONTHLY, channel=Channel(id="C1", archived=True)), "channel", "archived", id="archived"
        ),
        pytest.param(
            replace(MONTHLY, channel=Channel(id="C1", kind="private")), "channel", "I am not in", id="private"
        ),
        pytest.param(MONTHLY, "form", "Nothing is changed", id="as it is"),
    ],
)
def test_what_is_refused_with_its_reason(chosen: Recast, field: str, reason: str) -> None:
    """Under the field that mends it."""
    with pytest.raises(Invalid) as invalid:
        recasted(chosen, northwind())
    assert list(invalid.value.errors) == [field]
    assert reason in invalid.value.errors[field].text


def test_only_an_admin_changes_a_cadence() -> None:
    """The chair plans single dates; how it recurs is part of the set-up."""
    with pytest.raises(Refused, match="can change the set-up"):
        recasted(LAST_TUESDAY, northwind(), "priya")


def test_a_channel_that_was_there_before_stays() -> None:
    """Who brought it has seen what it is."""
    company = northwind()
    ceremonies = tuple(replace(each, channel="C9") for each in company.configuration.ceremonies)
    company = replace(company, configuration=replace(company.configuration, ceremonies=ceremonies))
    kept = replace(LAST_TUESDAY, channel=Channel(id="C9", kind="private"))
    changed = recasted(kept, company)
    assert changed.ceremonies[1].channel == "C9"


def test_what_one_may_not_have_meant_is_said() -> None:
    """A Sunday, and a holiday."""
    sunday = effect_of(replace(MONTHLY, day="2nd sun"))
    assert [each.text for each in sunday.remarks] == ["That is no working day."]
    company = northwind()
    hours = replace(company.hours, holidays=replace(company.hours.holidays, also=(date(2025, 12, 30),)))
    company = replace(company, configuration=replace(company.configuration, hours=hours))
    assert "the chair is asked" in effect_of(LAST_TUESDAY, company=company).remarks[0].text


recasts = st.sampled_from(list(DAYS)).flatmap(
    lambda every: st.builds(
        Recast,
        every=st.just(every),
        day=st.sampled_from(DAYS[every]),
        month=st.integers(1, 3) if every in ("quarter", "half-year") else st.none(),
        at=st.builds(time, st.integers(0, 23)),
        minutes=st.just(60),
        zone=st.sampled_from([None, "America/New_York", "Australia/Lord_Howe"]),
    )
)


@given(recasts)
def test_whatever_is_offered_comes_again_and_again(chosen: Recast) -> None:
    """No choice of the form never happens, and none happens more often than it says."""
    company = northwind()
    assume(chosen != MONTHLY)
    changed = recasted(chosen, company)
    calendar = replace(company, configuration=changed).calendar
    until = datetime(2027, 11, 18, tzinfo=UTC)
    found = [
        each.starts
        for each in takewhile(
            lambda each: each.starts < until, upcoming(calendar, "council_meeting", TUESDAY)
        )
    ]
    often = {"week": 104, "month": 24, "quarter": 8, "half-year": 4}[chosen.every]
    assert abs(len(found) - often) <= 1
    assert len(set(found)) == len(found)
