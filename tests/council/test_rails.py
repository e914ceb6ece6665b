"""Three guard rails, said to the chair, each once a quarter at most."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from council.hours import Hours
from council.notice import NoticeKind
from council.rails import MOST_SEATS, Course, Rail, last_quarter, next_look, rails
from council.roles import Role
from council.workspace import Workspace
from tests.council.builders import TUESDAY, northwind

COMPANY = northwind()
BERLIN = COMPANY.hours


def seated(count: int) -> Workspace:
    """The company with so many seats at the table."""
    roles = tuple(Role(key=f"seat_{each}", name=f"Seat {each}") for each in range(count))
    council = replace(COMPANY.configuration.council, seats=tuple(role.key for role in roles))
    whole = replace(COMPANY.configuration, roles=(*COMPANY.configuration.roles, *roles), council=council)
    return replace(COMPANY, configuration=whole)


def about(found: tuple[Rail, ...]) -> list[str]:
    return [str(rail.notice.facts["about"]) for rail in found]


@pytest.mark.parametrize(
    ("seats", "course", "said"),
    [
        (MOST_SEATS, Course(), []),
        (MOST_SEATS + 1, Course(), ["seats"]),
        (3, Course(carried=(("Renewals", 2),)), []),
        (3, Course(carried=(("Renewals", 3),)), ["carried"]),
        (3, Course(decided=1), []),
        (3, Course(decided=0), ["decisions"]),
        (3, Course(decided=None), []),
        (7, Course(carried=(("Renewals", 4),), decided=0), ["seats", "carried", "decisions"]),
        (0, Course(carried=(("Renewals", 4),), decided=0), []),
    ],
)
def test_a_rail_is_said_only_when_it_is_reached(seats: int, course: Course, said: list[str]) -> None:
    """A council that does well hears nothing; without a council there is nothing to say."""
    assert about(rails(seated(seats), course, TUESDAY)) == said


def test_the_one_carried_over_most_often_is_named_and_the_others_counted() -> None:
    """One line, not a list."""
    carried = (("Renewals", 3), ("Churn", 5), ("Leads", 4), ("Spend", 1))
    [rail] = rails(seated(3), Course(carried=carried), TUESDAY)
    facts = rail.notice.facts
    assert (facts["text"], facts["count"], facts["others"]) == ("Churn", 5, 2)
    assert rail.notice.kind is NoticeKind.GUARD_RAIL


def test_a_rail_is_the_same_one_all_quarter_and_another_one_in_the_next() -> None:
    """Saying it twice under one key says it once."""
    keys = [rails(seated(9), Course(), datetime(2026, month, 2, 9, tzinfo=UTC))[0].key for month in (1, 3, 4)]
    assert keys[0] == keys[1] == "seats:2026-1"
    assert keys[2] == "seats:2026-2"


@pytest.mark.parametrize(
    ("now", "begins", "ends"),
    [
        (datetime(2026, 2, 3, tzinfo=UTC), (2025, 9, 30, 22), (2025, 12, 31, 23)),
        (datetime(2026, 7, 1, 8, tzinfo=UTC), (2026, 3, 31, 22), (2026, 6, 30, 22)),
        (datetime(2026, 12, 31, 22, tzinfo=UTC), (2026, 6, 30, 22), (2026, 9, 30, 22)),
    ],
)
def test_the_last_quarter_is_one_of_the_workspaces_calendar(
    now: datetime, begins: tuple[int, ...], ends: tuple[int, ...]
) -> None:
    """Midnights of its own zone, winter and summer."""
    assert last_quarter(BERLIN, now) == (
        datetime(*begins, tzinfo=UTC),  # type: ignore[arg-type, misc]
        datetime(*ends, tzinfo=UTC),  # type: ignore[arg-type, misc]
    )


def test_it_is_looked_at_on_the_first_working_morning_of_a_month() -> None:
    """1 August 2026 is a Saturday."""
    hours = Hours(zone="UTC", opens=BERLIN.opens, closes=BERLIN.closes)
    looked = next_look(hours, datetime(2026, 7, 15, tzinfo=UTC))
    assert (looked.date().isoformat(), looked.time()) == ("2026-08-03", BERLIN.opens)
    assert next_look(hours, looked).date().isoformat() == "2026-09-01"
