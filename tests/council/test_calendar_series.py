"""What a calendar outside of Slack shows: since when a series stands as it does, and whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from council.cadence import Ceremony, Change
from council.calendar_series import Edition, Series, all_series, since_when, takes_part
from council.hours import Holidays, Hours
from council.workspace import Workspace
from tests.council.builders import northwind

BERLIN = Hours(zone="Europe/Berlin")
COUNCIL = Ceremony(
    key="council", name="Council", every="month", day="2nd tue", at=time(10), template="council"
)
STANDUP = Ceremony(key="standup", name="Standup", every="week", day="mon", at=time(10), minutes=15)
DAY = timedelta(days=1)
BEGUN = datetime(2026, 1, 5, 12, tzinfo=UTC)


def editions(*ceremonies: tuple[Ceremony, ...], hours: tuple[Hours, ...] = ()) -> list[Edition]:
    """Versions 1, 2 … of these ceremonies, a day apart, as they are asked: newest first."""
    each_hours = hours or (BERLIN,) * len(ceremonies)
    numbered = enumerate(zip(ceremonies, each_hours, strict=True), 1)
    return [
        Edition(version=number, at=BEGUN + (number - 1) * DAY, hours=at, ceremonies=held)
        for number, (held, at) in numbered
    ][::-1]


@pytest.mark.parametrize(
    ("after", "version", "planned_from"),
    [
        pytest.param(COUNCIL, 1, 5, id="nothing"),
        pytest.param(replace(COUNCIL, name="AI council"), 3, 5, id="its name: the series goes on"),
        pytest.param(replace(COUNCIL, where="Room 2"), 3, 5, id="its place: the series goes on"),
        pytest.param(replace(COUNCIL, at=time(11)), 3, 7, id="its time: another plan from that day on"),
        pytest.param(replace(COUNCIL, day="1st tue"), 3, 7, id="its day: another plan from that day on"),
        pytest.param(replace(COUNCIL, zone="Asia/Tokyo"), 3, 7, id="its zone: another plan from that day on"),
    ],
)
def test_since_when_a_ceremony_is_as_it_is(after: Ceremony, version: int, planned_from: int) -> None:
    """Its sequence is the version that changed anything of it; its plan begins where the plan changed."""
    found = since_when("council", editions((COUNCIL,), (COUNCIL, STANDUP), (after, STANDUP)))
    assert found is not None
    assert (found.version, found.planned_from) == (version, date(2026, 1, planned_from))
    assert found.at == BEGUN + (version - 1) * DAY


def test_what_is_gone_stands_no_more() -> None:
    """A ceremony that was removed has no series; one that came back begins anew."""
    assert since_when("council", editions((COUNCIL,), (STANDUP,))) is None
    assert since_when("council", []) is None
    again = since_when("council", editions((COUNCIL,), (), (COUNCIL,)))
    assert again is not None
    assert (again.version, again.planned_from) == (3, date(2026, 1, 7))


def test_holidays_and_the_workspaces_zone_are_the_ceremonys_too() -> None:
    """A new holiday is news about what recurs weekly only; another zone is another plan for all."""
    also = replace(BERLIN, holidays=Holidays(also=(date(2026, 2, 2),)))
    both = (COUNCIL, STANDUP)
    with_holiday = editions(both, both, hours=(BERLIN, also))
    moved = editions(both, both, hours=(BERLIN, Hours(zone="Asia/Tokyo")))
    versions = {
        (key, name): found.version
        for name, known in (("holiday", with_holiday), ("zone", moved))
        for key in ("council", "standup")
        if (found := since_when(key, known))
    }
    assert versions == {
        ("council", "holiday"): 1,
        ("standup", "holiday"): 2,
        ("council", "zone"): 2,
        ("standup", "zone"): 2,
    }


@pytest.mark.parametrize(
    ("ceremony", "theirs"),
    [
        pytest.param(COUNCIL, {"priya", "tomas", "dana", "lucia", "ben", "ravi"}, id="the council's seats"),
        pytest.param(
            replace(STANDUP, representatives=("sales_manager", "it_data")), {"dana", "ravi"}, id="its own"
        ),
        pytest.param(STANDUP, set(), id="only known about: nobody knows whose"),
    ],
)
def test_whose_ceremony_it_is(ceremony: Ceremony, theirs: set[str]) -> None:
    """That of whoever holds or deputises one of its seats."""
    workspace = northwind()
    asked = ("priya", "tomas", "dana", "lucia", "ben", "ravi", "nina")
    found = {person for person in asked if takes_part(person, ceremony, workspace)}
    assert found == theirs


def test_an_empty_seat_is_that_of_whoever_set_it_up() -> None:
    """Until somebody is named."""
    workspace = northwind()
    role = replace(workspace.configuration.roles[0], key="empty", holder=None, deputy=None)
    configuration = replace(workspace.configuration, roles=(role,))
    empty = replace(workspace, configuration=configuration)
    held = replace(STANDUP, representatives=("empty",))
    assert takes_part(empty.keepers[0], held, empty)
    assert not takes_part("priya", held, empty)


def series(workspace: Workspace, *ceremonies: Ceremony, person: str | None = None) -> tuple[Series, ...]:
    configuration = replace(workspace.configuration, ceremonies=ceremonies)
    known = editions(ceremonies)
    since = {each.key: found for each in ceremonies if (found := since_when(each.key, known))}
    return all_series(
        replace(workspace, configuration=configuration), since, date(2026, 12, 31), person=person
    )


def test_the_council_sees_all_and_somebody_what_is_theirs() -> None:
    """In the order of the configuration."""
    keys = [each.ceremony.key for each in series(northwind(), STANDUP, COUNCIL)]
    assert keys == ["standup", "council"]
    assert [each.ceremony.key for each in series(northwind(), STANDUP, COUNCIL, person="priya")] == [
        "council"
    ]
    assert series(northwind(), STANDUP, COUNCIL, person="nina") == ()


def test_what_the_plan_does_not_have_any_more_is_not_told() -> None:
    """A date that was moved before the ceremony got another day; and one from before the plan began."""
    late = datetime(2026, 3, 12, 9, tzinfo=UTC)
    moved = Change(ceremony="council", on=date(2026, 3, 11), starts=late, known_from=BEGUN)
    early = replace(moved, on=date(2025, 12, 9))
    (council,) = series(northwind(changes=(moved, early)), COUNCIL)
    assert council.differing == ()
    assert council.first == date(2026, 1, 13)


def test_an_extra_one_that_is_called_off_is_told_where_it_was() -> None:
    """Whoever has it in their calendar sees that it does not take place; the number has risen twice."""
    on, starts = date(2026, 3, 3), datetime(2026, 3, 3, 13, tzinfo=UTC)
    extra = Change(ceremony="council", on=on, starts=starts, extra=True, known_from=BEGUN)
    off = Change(ceremony="council", on=on, skipped=True, known_from=BEGUN + DAY, reason="No need")
    (council,) = series(northwind(changes=(extra, off)), COUNCIL)
    (told,) = council.differing
    assert (told.how, told.starts, told.planned, told.reason) == ("extra skipped", starts, None, "No need")
    assert (told.sequence, told.known_from) == (council.sequence + 2, BEGUN + DAY)
