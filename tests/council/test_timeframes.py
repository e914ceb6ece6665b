"""Timeframes in words, as forms and lists show them."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from pydantic import TypeAdapter

from council.cadence import Calendar, Ceremony
from council.hours import Hours
from council.timeframes import AtNext, Before, Timeframe, Within, describe, in_words

FORECAST = Ceremony(key="forecast", name="Forecast meeting", every="week", day="thu", at=time(14))
COUNCIL = Ceremony(key="council", name="AI Coordination Council", every="month", day="2nd tue", at=time(10))
CALENDAR = Calendar(hours=Hours(zone="Europe/Berlin"), ceremonies=(FORECAST, COUNCIL))
HOUR = timedelta(hours=1)

CASES = [
    pytest.param(Within(target=48 * HOUR, limit=48 * HOUR), "48 hours on working days", id="48 hours"),
    pytest.param(
        Within(target=48 * HOUR, limit=48 * HOUR, count="calendar"), "48 hours", id="by the calendar"
    ),
    pytest.param(
        Within(target=24 * HOUR, limit=48 * HOUR), "24–48 hours on working days", id="24 to 48 hours"
    ),
    pytest.param(
        Within(target=24 * HOUR, limit=48 * HOUR, count="calendar"),
        "24–48 hours",
        id="24 to 48 by the calendar",
    ),
    pytest.param(
        Within(target=HOUR / 2, limit=HOUR, count="calendar"), "30 minutes – 1 hour", id="half an hour to one"
    ),
    pytest.param(Before(ceremony="forecast"), "before the Forecast meeting", id="before a meeting"),
    pytest.param(AtNext(ceremony="council"), "at the next AI Coordination Council", id="at the council"),
    pytest.param(
        AtNext(ceremony="council", or_emergency_call=True),
        "at the next AI Coordination Council, or an emergency call",
        id="at the council or by an emergency call",
    ),
    pytest.param(Before(ceremony="gone"), "before the gone", id="a ceremony that was deleted has its key"),
]


@pytest.mark.parametrize(("timeframe", "words"), CASES)
def test_a_timeframe_reads_as_it_is_promised(timeframe: Timeframe, words: str) -> None:
    """The matrix, the form and the card all say it in the same words."""
    sentence = describe(timeframe, CALENDAR)
    assert sentence.text.format(**sentence.facts) == words


@pytest.mark.parametrize(("timeframe", "words"), CASES)
def test_a_timeframe_survives_being_stored(timeframe: Timeframe, words: str) -> None:
    """Written as JSON and read again it is of the same kind."""
    stored: TypeAdapter[Timeframe] = TypeAdapter(Timeframe)
    assert stored.validate_json(stored.dump_json(timeframe)) == timeframe


@pytest.mark.parametrize(
    ("span", "words"),
    [
        pytest.param(timedelta(days=2), "48 hours", id="days are said in hours"),
        pytest.param(timedelta(minutes=90), "90 minutes", id="no fractions of hours"),
        pytest.param(HOUR, "1 hour", id="one hour"),
        pytest.param(timedelta(minutes=1), "1 minute", id="one minute"),
    ],
)
def test_spans_in_words(span: timedelta, words: str) -> None:
    """Whole hours as hours, everything else in minutes."""
    assert in_words(span) == words
