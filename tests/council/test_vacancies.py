"""Seats that stand empty although somebody holds them: holder and deputy away at once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from council.people import Absence
from council.vacancies import Vacancy, vacancies
from tests.council.builders import TUESDAY, at, away, northwind

MONTH = TUESDAY + timedelta(days=30)
PRIYA = away("priya", "2025-11-20 09:00", "2025-11-28 09:00")


def found(*absences: Absence, gone: tuple[str, ...] = (), seat: str = "revops_lead") -> list[Vacancy]:
    company = northwind(*absences, gone=gone)
    return [each for each in vacancies(company, TUESDAY, MONTH) if each.role.key == seat]


def spans(*absences: Absence, gone: tuple[str, ...] = (), seat: str = "revops_lead") -> list[tuple[str, str]]:
    """When the seat is empty, by the clocks of Berlin; "-" is for ever."""
    berlin = [(each.since, each.until) for each in found(*absences, gone=gone, seat=seat)]
    return [(_day(since), _day(until) if until else "-") for since, until in berlin]


def _day(instant: object) -> str:
    return next(day for day in DAYS if at(day) == instant)


DAYS = [f"2025-{month}-{day:02} 09:00" for month in (11, 12) for day in range(1, 31)]


def test_with_one_of_them_there_the_seat_is_taken() -> None:
    """The holder away, the deputy there, and the other way round."""
    assert spans(PRIYA) == []
    assert spans(away("tomas", "2025-11-20 09:00", "2025-11-28 09:00")) == []


def test_it_is_empty_exactly_while_both_are_away() -> None:
    """Two absences overlap for two days."""
    tomas = away("tomas", "2025-11-26 09:00", "2025-12-03 09:00")
    assert spans(PRIYA, tomas) == [("2025-11-26 09:00", "2025-11-28 09:00")]


def test_one_after_the_other_is_one_gap() -> None:
    """The deputy leaves again and comes back in between: two gaps; the holder's two weeks are one."""
    again = away("priya", "2025-11-28 09:00", "2025-12-05 09:00")
    tomas = away("tomas", "2025-11-20 09:00", "2025-12-05 09:00")
    assert spans(PRIYA, again, tomas) == [("2025-11-20 09:00", "2025-12-05 09:00")]
    two = (
        away("tomas", "2025-11-20 09:00", "2025-11-22 09:00"),
        away("tomas", *"2025-11-25 09:00|2025-11-28 09:00".split("|")),
    )
    assert spans(PRIYA, *two) == [
        ("2025-11-20 09:00", "2025-11-22 09:00"),
        ("2025-11-25 09:00", "2025-11-28 09:00"),
    ]


def test_whom_the_absent_holder_named_stands_in() -> None:
    """As long as they are there themselves."""
    tomas = away("tomas", "2025-11-20 09:00", "2025-11-28 09:00")
    named = away("priya", "2025-11-20 09:00", "2025-11-28 09:00", stand_in="ravi")
    ravi = away("ravi", "2025-11-24 09:00", "2025-11-25 09:00")
    assert spans(named, tomas) == []
    assert spans(named, tomas, ravi) == [("2025-11-24 09:00", "2025-11-25 09:00")]


def test_a_seat_without_a_deputy_is_empty_with_its_holder_away() -> None:
    """Dana alone is Sales Manager; who left leaves it empty for ever."""
    dana = away("dana", "2025-11-20 09:00", "2025-11-21 09:00")
    assert spans(dana, seat="sales_manager") == [("2025-11-20 09:00", "2025-11-21 09:00")]
    [left] = found(gone=("dana",), seat="sales_manager")
    assert (left.since, left.until) == (TUESDAY, None)


def test_what_begins_after_the_month_is_not_said_yet() -> None:
    """And a gap that began before goes on to its real end."""
    assert spans(away("dana", "2025-12-19 09:00", "2025-12-20 09:00"), seat="sales_manager") == []
    long = away("dana", "2025-12-17 09:00", "2025-12-30 09:00")
    assert spans(long, seat="sales_manager") == [("2025-12-17 09:00", "2025-12-30 09:00")]


@pytest.mark.parametrize(
    ("absences", "seat", "words"),
    [
        (
            [away("dana", "2025-11-10 09:00", "2025-11-20 09:00")],
            "sales_manager",
            "Nobody sits on {role} now until {until}: {holder} is missing and has no deputy",
        ),
        (
            [PRIYA, away("tomas", "2025-11-26 09:00", "2025-12-03 09:00")],
            "revops_lead",
            "Nobody sits on {role} from {since} until {until}: {holder} and {deputy} are both missing",
        ),
    ],
    ids=["now", "later"],
)
def test_it_is_said_with_who_is_missing(absences: list[Absence], seat: str, words: str) -> None:
    """Since when, until when, and who."""
    [vacancy] = found(*absences, seat=seat)
    sentence = vacancy.words(TUESDAY)
    assert sentence.text == words
    assert sentence.text.format_map(sentence.facts)
