"""Being away: whose days they are, what goes where, and what a Slack status is taken for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from council.alarm import next_look
from council.away_status import says_away, taker
from council.coming_back import WhileAway
from council.errors import Invalid, Refused, Unknown
from council.going_away import Plan, come_back, deputy_of, go_away, what_follows
from council.people import Absence, Person
from council.waking import wake
from council.workspace import Workspace
from tests.council.builders import HOUR, TUESDAY, acknowledged, at, away, northwind, person, reported, said

LEAD = reported().conflict
TOMAS = replace(person("tomas"), zone="America/New_York")


def planned(
    first: str,
    last: str,
    *,
    who: Person | None = None,
    now: datetime = TUESDAY,
    before: Absence | None = None,
    stand_in: Person | None = None,
    workspace: Workspace | None = None,
) -> Absence:
    """The absence that comes of these days."""
    plan = Plan(first=date.fromisoformat(first), last=date.fromisoformat(last), stand_in=stand_in)
    company = workspace or northwind()
    return go_away(plan, id="a1", by=who or person("priya"), before=before, workspace=company, now=now)


@pytest.mark.parametrize(
    ("first", "last", "since", "until"),
    [
        pytest.param("2025-11-19", "2025-11-19", "2025-11-19 09:00", "2025-11-20 09:00", id="one day"),
        pytest.param("2025-11-19", "2025-11-21", "2025-11-19 09:00", "2025-11-24 09:00", id="until Friday"),
        pytest.param("2025-11-19", "2025-11-23", "2025-11-19 09:00", "2025-11-24 09:00", id="until Sunday"),
        pytest.param("2025-11-18", "2025-11-18", "2025-11-18 09:00", "2025-11-19 09:00", id="today"),
        pytest.param("2026-03-27", "2026-03-29", "2026-03-27 09:00", "2026-03-30 09:00", id="summer time"),
    ],
)
def test_from_an_opening_to_an_opening(first: str, last: str, since: str, until: str) -> None:
    """The last day is a day away; they are back when the next working day opens."""
    absence = planned(first, last)
    assert (absence.since, absence.until) == (at(since), at(until))


def test_days_are_read_by_the_persons_own_clock() -> None:
    """Nine in New York is fifteen o'clock in Berlin."""
    absence = planned("2025-11-19", "2025-11-19", who=TOMAS)
    assert (absence.since, absence.until) == (at("2025-11-19 15:00"), at("2025-11-20 15:00"))


def test_from_now_on_when_the_day_has_begun() -> None:
    """Ill at noon: away from noon."""
    assert planned("2025-11-18", "2025-11-18", now=TUESDAY + 3 * HOUR).since == TUESDAY + 3 * HOUR


def test_what_has_begun_keeps_its_beginning_when_it_is_made_longer() -> None:
    """On the second day it gets a third one; another first day makes it begin anew."""
    running = planned("2025-11-18", "2025-11-19")
    now = at("2025-11-19 11:00")
    longer = planned("2025-11-18", "2025-11-20", before=running, now=now)
    assert (longer.id, longer.since, longer.until) == (running.id, running.since, at("2025-11-21 09:00"))
    assert planned("2025-11-20", "2025-11-20", before=running, now=now).since == at("2025-11-20 09:00")


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("2025-11-17", "2025-11-19", "since"),
        ("2025-11-20", "2025-11-19", "until"),
        ("2025-11-19", "2028-11-19", "until"),
        ("9999-12-31", "9999-12-31", "since"),
    ],
)
def test_days_that_make_no_sense_are_said_under_their_field(first: str, last: str, field: str) -> None:
    """In the past, the wrong way round, far ahead."""
    with pytest.raises(Invalid) as raised:
        planned(first, last)
    assert field in raised.value.errors


def test_nothing_chosen_is_said_under_both() -> None:
    """Slack asks for both; who goes round it is told."""
    with pytest.raises(Invalid) as raised:
        go_away(Plan(), id="a1", by=person("priya"), before=None, workspace=northwind(), now=TUESDAY)
    assert set(raised.value.errors) == {"since", "until"}


def test_who_stands_in_has_to_be_there() -> None:
    """Not oneself, no guest, nobody who is away for a part of it; right after it is fine."""
    company = northwind(away("ravi", "2025-11-20 09:00", "2025-11-21 09:00"))
    for stand_in in (person("priya"), person("sam", guest=True), person("ravi")):
        with pytest.raises(Invalid) as raised:
            planned("2025-11-19", "2025-11-21", stand_in=stand_in, workspace=company)
        assert set(raised.value.errors) == {"stand_in"}
    assert planned("2025-11-19", "2025-11-19", stand_in=person("ravi"), workspace=company).stand_in == "ravi"


def test_everybody_sets_their_own_and_nobody_anothers() -> None:
    """Changing and ending are refused with who may; what is not there is not there."""
    hers = planned("2025-11-19", "2025-11-19")
    with pytest.raises(Refused):
        planned("2025-11-19", "2025-11-20", who=person("tomas"), before=hers)
    with pytest.raises(Refused):
        come_back(hers, by=person("tomas"), now=TUESDAY)
    with pytest.raises(Unknown):
        come_back(None, by=person("priya"), now=TUESDAY)


def test_coming_back_early_ends_it_and_given_up_it_never_begins() -> None:
    """A second time nothing changes."""
    hers, noon = planned("2025-11-18", "2025-11-21"), at("2025-11-19 12:00")
    ended = come_back(hers, by=person("priya"), now=noon)
    assert (ended.since, ended.until) == (hers.since, noon)
    assert come_back(ended, by=person("priya"), now=noon + HOUR) == ended
    never = come_back(planned("2025-11-25", "2025-11-26"), by=person("priya"), now=noon)
    assert not never.covers(at("2025-11-25 12:00"))


def test_it_says_where_everything_goes() -> None:
    """To whom she named, else to her deputy; with nobody there it stays."""
    named = planned("2025-11-19", "2025-11-19", stand_in=person("ravi"))
    plain = planned("2025-11-19", "2025-11-19")
    everybody = ("tomas", "helen", "kim", "jonas")
    alone = northwind(*(away(who, "2025-11-17 09:00", "2025-11-24 09:00") for who in everybody))
    for absence, company, to in (
        (named, northwind(), "ravi"),
        (plain, northwind(), "tomas"),
        (plain, alone, None),
    ):
        [goes] = what_follows(absence, [LEAD], company, TUESDAY)
        assert (goes.to, goes.at) == (to, at("2025-11-19 09:00"))
    assert deputy_of("priya", northwind()) == "tomas"
    assert deputy_of("nina", northwind()) is None


def test_nothing_happened_is_nothing_to_tell() -> None:
    """Action items alone are no news, unless one fell due."""
    assert WhileAway().nothing
    assert not WhileAway(again=(LEAD,)).nothing
    assert not WhileAway(fell_due=True).nothing


@pytest.mark.parametrize(
    ("text", "emoji", "says"),
    [
        ("", ":palm_tree:", True),
        ("", ":no_entry::skin-tone-2:", True),
        ("Vacationing", "", False),
        ("On vacation", ":coffee:", True),
        ("Out of Office until Monday", "", True),
        ("OOO", "", True),
        ("Urlaub", "", True),
        ("En congé", "", True),
        ("Föräldraledig", "", True),
        ("Parental leave", "", True),
        ("In a meeting", ":spiral_calendar_pad:", False),
        ("Working remotely", ":house_with_garden:", False),
        ("leave me alone, focusing", "", False),
        ("", "", False),
    ],
)
def test_which_statuses_say_away(text: str, emoji: str, says: bool) -> None:
    """A fixed list of emoji and words; whole words, without case and accents."""
    assert says_away(text, emoji) is says


def with_status(*who: str, until: datetime | None = None) -> Workspace:
    """The company with these statuses set."""
    company = northwind()
    people = {
        id: replace(each, status=":palm_tree:", status_until=until) if id in who else each
        for id, each in company.people.items()
    }
    return replace(company, people=people)


def test_the_deputy_hears_of_it_once_and_the_owner_stays_asked() -> None:
    """A second later it is looked at; then it is said, and not again."""
    company = with_status("priya")
    assert next_look(LEAD, company, TUESDAY) == TUESDAY + timedelta(seconds=1)
    outcome = wake(LEAD, company, TUESDAY)
    assert said(outcome) == [("tomas", "owner looks away")]
    changed = outcome.conflict
    assert (changed.owner, changed.asked, changed.reached) == ("priya", "priya", ("tomas",))
    assert wake(changed, company, TUESDAY + HOUR).notices == ()


def test_who_hears_of_it_is_somebody_who_can_take_over() -> None:
    """Nobody whose status says the same; and the chair's deputy does not overrule who is on it."""
    assert taker(LEAD, with_status("priya"), TUESDAY) == "tomas"
    assert taker(LEAD, with_status("priya", "tomas"), TUESDAY) is None
    on_it = acknowledged(LEAD, northwind(), TUESDAY)
    assert taker(on_it, with_status("priya"), TUESDAY) is None


def test_a_status_that_has_ended_when_it_would_be_said_is_none() -> None:
    """Set for the evening: the deputy would hear it only next morning."""
    evening = at("2025-11-18 20:00")
    assert taker(LEAD, with_status("priya", until=at("2025-11-18 23:00")), evening) is None
    assert taker(LEAD, with_status("priya", until=at("2025-11-19 12:00")), evening) == "tomas"
