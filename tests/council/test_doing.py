"""Action items: given to somebody, reminded of, done, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from council.action_item import ActionItem, ItemState
from council.asking import Wanted, ask_for_data
from council.deciding import decide
from council.doing import done, given, pass_on, remind
from council.errors import Invalid, Refused, TooLate, Unknown
from council.notice import NoticeKind
from council.outcome import Outcome
from council.people import Absence
from council.reminders import AHEAD
from tests.council.builders import FORECAST, RULING, TUESDAY, at, northwind, person, reported

COMPANY = northwind()
OPEN = reported(COMPANY, FORECAST).conflict
FIX = ActionItem(
    id="i1",
    team="T1",
    text="Fix the renewal double count",
    owner="ravi",
    due=date(2025, 11, 21),
    asked_by="marcus",
    at=TUESDAY,
    conflict=OPEN.id,
)
GIVEN = replace(given(FIX, COMPANY, TUESDAY).item, version=1)


def test_its_owner_is_told_at_once_and_who_takes_it_is_not() -> None:
    """Nobody gets a message about what they took themselves."""
    outcome = given(FIX, COMPANY, TUESDAY)
    assert [(n.kind, n.to) for n in outcome.notices] == [(NoticeKind.ITEM_GIVEN, "ravi")]
    assert not given(replace(FIX, owner="marcus"), COMPANY, TUESDAY).notices


def test_it_is_reminded_of_the_working_day_before_on_the_day_and_once_it_is_overdue() -> None:
    """When the owner's day begins, looked at a minute before; and then no more."""
    looks = [given(FIX, COMPANY, TUESDAY)]
    while (now := looks[-1].wake_at) is not None:
        looks.append(remind(looks[-1].item, COMPANY, now))
        assert [notice.to for notice in looks[-1].notices] == ["ravi"]
    mornings = [at("2025-11-20 09:00"), at("2025-11-21 09:00"), at("2025-11-24 09:00")]
    assert [look.wake_at for look in looks] == [*(morning - AHEAD for morning in mornings), None]
    assert [
        notice.not_before for look in looks for notice in look.notices if "rung" in notice.facts
    ] == mornings


def test_a_day_off_is_reminded_of_on_the_last_working_day_before() -> None:
    """Due on a Sunday: Thursday and Friday."""
    outcome = given(replace(FIX, due=date(2025, 11, 23)), COMPANY, TUESDAY)
    assert outcome.wake_at == at("2025-11-20 09:00") - AHEAD


def test_what_is_given_late_is_reminded_of_only_once_more() -> None:
    """Given on the day before: the next word comes on the day; given on the day: only when it is overdue."""
    day_before = given(FIX, COMPANY, at("2025-11-20 11:00"))
    assert day_before.wake_at == at("2025-11-21 09:00") - AHEAD
    assert given(FIX, COMPANY, at("2025-11-21 11:00")).wake_at == at("2025-11-24 09:00") - AHEAD


@every(st.lists(st.integers(1, 80), max_size=12))
def test_however_seldom_it_is_looked_at_nobody_is_reminded_more_than_three_times(pauses: list[int]) -> None:
    """After a long stop there is one sensible message, and asked too early nothing happens."""
    item, now, said = GIVEN, TUESDAY, 0
    for pause in pauses:
        now += timedelta(hours=pause)
        outcome = remind(item, COMPANY, now)
        assert outcome.wake_at is None or outcome.wake_at > now
        said += len(outcome.notices)
        item = outcome.item
    assert said <= 3


def test_while_its_owner_is_away_whoever_gave_it_hears_that_it_is_due() -> None:
    """Nobody who is away is asked."""
    away = Absence(person="ravi", since=TUESDAY, until=TUESDAY + timedelta(days=14))
    outcome = remind(GIVEN, northwind(away), at("2025-11-20 09:00"))
    assert [notice.to for notice in outcome.notices] == ["marcus"]


def test_done_ends_it_and_only_its_owner_says_so() -> None:
    """Others are told who can; to who has no part in it it is not there."""
    ended = done(GIVEN, "", "", by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    assert (ended.item.state, ended.notices, ended.context) == (ItemState.DONE, (), ())
    with pytest.raises(Refused):
        done(GIVEN, "", "", by=person("marcus"), workspace=COMPANY, now=TUESDAY)
    with pytest.raises(Unknown):
        done(GIVEN, "", "", by=person("sam"), workspace=COMPANY, now=TUESDAY)
    with pytest.raises(TooLate):
        done(ended.item, "", "", by=person("ravi"), workspace=COMPANY, now=TUESDAY)


def test_an_answer_to_a_request_for_data_becomes_context() -> None:
    """Whoever asked hears it; an empty one is not taken."""
    asked = replace(GIVEN, data=True)
    with pytest.raises(Invalid):
        done(asked, " ", "", by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    ended = done(asked, "0.9 M€ are counted twice", "", by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    assert [context.words for context in ended.context] == ["0.9 M€ are counted twice"]
    assert [(n.kind, n.to) for n in ended.notices] == [(NoticeKind.ITEM_DONE, "marcus")]


def test_it_can_be_handed_over_by_whoever_has_it_or_gave_it_and_by_the_chair() -> None:
    """The new owner is told, by the same day or another one."""
    for who in ("ravi", "marcus", "priya"):
        passed = pass_on(GIVEN, person("lucia"), None, by=person(who), workspace=COMPANY, now=TUESDAY)
        assert (passed.item.owner, passed.item.due) == ("lucia", GIVEN.due)
        assert [notice.to for notice in passed.notices] == ["lucia"]
    back = pass_on(GIVEN, person("marcus"), None, by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    assert [notice.to for notice in back.notices] == ["marcus"]
    for to in (None, person("ravi"), person("sam", guest=True)):
        with pytest.raises(Invalid):
            pass_on(GIVEN, to, None, by=person("ravi"), workspace=COMPANY, now=TUESDAY)
    with pytest.raises(Invalid):
        pass_on(GIVEN, person("lucia"), date(2025, 11, 1), by=person("ravi"), workspace=COMPANY, now=TUESDAY)


def test_asking_for_data_is_the_owners_and_makes_an_item_of_it() -> None:
    """Whom it is asked of takes part from then on; who may not ask is told who may."""
    how: dict[str, Any] = {"id": "i2", "workspace": COMPANY, "now": TUESDAY}
    outcome = ask_for_data(
        OPEN, person("ravi"), "Which renewals?", date(2025, 11, 19), by=person("marcus"), **how
    )
    (item,) = (each.item for each in outcome.items)
    assert (item.data, item.owner, item.conflict) == (True, "ravi", OPEN.id)
    assert "ravi" in outcome.conflict.insiders
    assert outcome.conflict.asked == OPEN.asked
    with pytest.raises(Refused):
        ask_for_data(OPEN, person("ravi"), "Which?", date(2025, 11, 19), by=person("sam"), **how)
    with pytest.raises(Invalid) as wrong:
        ask_for_data(OPEN, None, "", date(2025, 11, 1), by=person("marcus"), **how)
    assert set(wrong.value.errors) == {"text", "owner", "due"}


def test_a_decision_gives_its_action_items_to_their_owners() -> None:
    """What is missing stands by the row it is missing in."""
    acted = acting_on()
    assert [(each.item.owner, each.item.asked_by) for each in acted.items] == [("ravi", "marcus")]
    assert acted.conflict.items == 1
    with pytest.raises(Invalid) as wrong:
        acting_on(Wanted(id="i4", text="", owner=None, due=datetime(2025, 11, 1, tzinfo=UTC).date()))
    assert set(wrong.value.errors) == {"item_text_1", "item_owner_1", "item_due_1"}


def acting_on(*more: Wanted) -> Outcome:
    fix = Wanted(id="i3", text="Fix the double count", owner=person("ravi"), due=date(2025, 11, 21))
    return decide(OPEN, RULING, wanted=(fix, *more), by=person("marcus"), workspace=COMPANY, now=TUESDAY)
