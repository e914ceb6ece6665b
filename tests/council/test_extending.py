"""A later deadline: at once, or after somebody who needs it earlier has agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from council.changing import hand_over, withdraw
from council.conflict import Conflict, State
from council.deciding import take_over
from council.errors import Invalid, Refused, TooLate
from council.extending import agree, asked_first, extend, keep
from council.notice import still_true
from council.outcome import Outcome
from council.reporting import join
from council.waking import wake
from council.workspace import Workspace
from tests.council.builders import (
    FORECAST,
    HOUR,
    TUESDAY,
    acknowledged,
    at,
    away,
    decided,
    facts,
    northwind,
    person,
    reported,
    said,
    woken,
)

COMPANY = northwind()
LEAD = reported().conflict
FOR_MEETING = reported(type=FORECAST).conflict
"""Marcus decides before the forecast meeting, Thursday 14:00, at 13:00; Nina reported it."""
NOW = TUESDAY + HOUR
LATER = at("2025-11-21 12:00")
LATER_STILL = at("2025-11-21 15:00")


def extended(
    conflict: Conflict,
    limit: datetime | None = LATER,
    by: str = "priya",
    *,
    company: Workspace = COMPANY,
    now: datetime = NOW,
) -> Outcome:
    return extend(conflict, limit, "data late", by=person(by), workspace=company, now=now)


def agreed(
    conflict: Conflict,
    limit: datetime = LATER,
    by: str = "nina",
    *,
    company: Workspace = COMPANY,
    now: datetime = NOW + HOUR,
) -> Outcome:
    return agree(conflict, limit, by=person(by), workspace=company, now=now)


def kept(conflict: Conflict, limit: datetime = LATER, by: str = "nina") -> Outcome:
    return keep(conflict, limit, by=person(by), workspace=COMPANY, now=NOW + HOUR)


ASKED = extended(FOR_MEETING, by="marcus")
AGREED = agreed(ASKED.conflict)
KEPT = kept(ASKED.conflict)


def test_extending_tells_the_reporter_and_keeps_the_acknowledgement() -> None:
    """With a reason that the reporter hears; the ladder of the deadline begins anew."""
    outcome = extended(acknowledged(LEAD, COMPANY, TUESDAY))
    assert (outcome.conflict.deadline.limit, outcome.conflict.extended) == (LATER, 1)
    assert outcome.conflict.state is State.ACKNOWLEDGED
    assert said(outcome) == [("nina", "deadline moved")]
    assert outcome.notices[0].facts["why"] == "data late"


@pytest.mark.parametrize("limit", [None, NOW, at("2025-11-20 08:00")], ids=["none", "now", "earlier"])
def test_an_extension_has_to_be_later(limit: datetime | None) -> None:
    """The sentence stands under the field."""
    with pytest.raises(Invalid) as invalid:
        extended(LEAD, limit)
    assert list(invalid.value.errors) == ["limit"]


def test_a_second_time_only_the_chair_extends() -> None:
    """Aiko's was extended once: she may not again, Priya may, and so may Priya's deputy."""
    conflict = replace(LEAD, owner="aiko", extended=1)
    with pytest.raises(Refused) as refused:
        extended(conflict, by="aiko")
    assert "a second time only {who} can" in refused.value.sentence.text
    for chair in ("priya", "tomas"):
        outcome = extended(conflict, by=chair)
        assert said(outcome) == [("nina", "deadline moved"), ("aiko", "deadline moved")]


def test_the_chairs_own_is_extended_again_by_the_sponsor() -> None:
    """Priya's own: neither she nor her deputy, but Helen."""
    conflict = replace(LEAD, extended=1)
    for chair in ("priya", "tomas"):
        with pytest.raises(Refused):
            extended(conflict, by=chair)
    assert extended(conflict, by="helen").conflict.extended == 2


@pytest.mark.parametrize(
    ("conflict", "by", "limit", "asks"),
    [
        pytest.param(FOR_MEETING, "marcus", "2025-11-20 14:00", False, id="until its meeting begins"),
        pytest.param(FOR_MEETING, "marcus", "2025-11-20 14:01", True, id="past its meeting"),
        pytest.param(
            reported(needed_by=at("2025-11-19 12:00")).conflict,
            "priya",
            "2025-11-19 12:01",
            True,
            id="past the needed-by",
        ),
        pytest.param(
            reported(by="marcus", type=FORECAST).conflict,
            "marcus",
            "2025-11-21 12:00",
            False,
            id="past its meeting, by the reporter",
        ),
    ],
)
def test_the_reporter_is_asked_when_it_becomes_later_than_they_need_it(
    conflict: Conflict, by: str, limit: str, asks: bool
) -> None:
    """Nobody else can say that; up to there it moves at once."""
    outcome = extended(conflict, at(limit), by)
    told = [("nina", "later deadline asked")] if asks else [("nina", "deadline moved")]
    assert said(outcome) == (told if by != conflict.reporter else [])
    assert (outcome.conflict.deadline.limit == at(limit)) is not asks


def test_until_the_answer_the_deadline_stands_and_the_ladders_go_on() -> None:
    """Only the wish is new; the reminder and the chain come when they would have come."""
    assert replace(ASKED.conflict, wish=None) == FOR_MEETING
    assert ASKED.wake_at == wake(FOR_MEETING, COMPANY, NOW).wake_at
    for times in (("2025-11-18 13:00",), ("2025-11-20 13:00",)):
        asked, outcome = woken(ASKED.conflict, COMPANY, *times)
        plain, expected = woken(FOR_MEETING, COMPANY, *times)
        assert (outcome.notices, outcome.timeline) == (expected.notices, expected.timeline)
        assert replace(asked, wish=None) == plain


def test_agreeing_is_the_extension_and_the_owner_hears_it_once() -> None:
    """The story names both, the card the one who asked; it was the owner's one extension."""
    conflict = AGREED.conflict
    assert (conflict.deadline.limit, conflict.extended, conflict.wish) == (LATER, 1, None)
    assert said(AGREED) == [("marcus", "deadline moved")]
    [event] = AGREED.timeline
    assert event.words.text == "{asker} asked for {limit} instead of {before}, and {who} agreed: {why}"
    assert conflict.deadline.because.text == "extended by {who}: {why}"
    assert conflict.due.since == NOW + HOUR


def test_keeping_ends_the_wish_and_tells_who_asked() -> None:
    """Nothing else changes, and the owner may ask for something nearer."""
    assert KEPT.conflict == FOR_MEETING
    assert said(KEPT) == [("marcus", "deadline kept")]
    assert still_true(KEPT.notices[0], KEPT.conflict)
    assert extended(KEPT.conflict, LATER_STILL, "marcus").conflict.wish is not None


def test_what_the_chair_asks_for_is_told_to_owner_and_chair() -> None:
    """A second extension past the meeting: Priya asks, Nina agrees, Marcus and Priya hear it."""
    once = replace(FOR_MEETING, extended=1)
    outcome = agreed(extended(once, by="priya").conflict)
    assert said(outcome) == [("marcus", "deadline moved"), ("priya", "deadline moved")]
    assert outcome.conflict.extended == 2


def test_pressing_twice_changes_nothing() -> None:
    """Neither button does anything the second time; changing one's mind is answered with what holds."""
    for done, again in ((AGREED, agreed(AGREED.conflict)), (KEPT, kept(KEPT.conflict))):
        assert (again.conflict, again.timeline, again.notices) == (done.conflict, (), ())
    with pytest.raises(Refused) as refused:
        kept(AGREED.conflict)
    assert refused.value.sentence.text.startswith("That is not asked any more")
    with pytest.raises(Refused):
        agreed(KEPT.conflict)


@pytest.mark.parametrize("by", ["marcus", "priya", "dana", "sam", "helen"])
def test_only_who_is_asked_answers(by: str) -> None:
    """Not even the owner who asked, nor the chair."""
    for answer in (agreed, kept):
        with pytest.raises(Refused) as refused:
            answer(ASKED.conflict, by=by)
        assert refused.value.sentence.text.startswith("Only {who} can agree")


MOOT = {
    "handed over": hand_over(
        ASKED.conflict, person("priya"), "so", by=person("marcus"), workspace=COMPANY, now=NOW
    ),
    "handed over and back": hand_over(
        hand_over(
            ASKED.conflict, person("priya"), "so", by=person("marcus"), workspace=COMPANY, now=NOW
        ).conflict,
        person("marcus"),
        "so",
        by=person("priya"),
        workspace=COMPANY,
        now=NOW,
    ),
    "taken over": take_over(
        woken(ASKED.conflict, COMPANY, "2025-11-20 13:00")[0],
        by=person("dana"),
        workspace=COMPANY,
        now=at("2025-11-20 13:01"),
    ),
    "extended as far as nobody minds": extended(ASKED.conflict, at("2025-11-20 13:30"), "marcus"),
    "needed earlier by one who joins": join(
        ASKED.conflict,
        facts(FORECAST, needed_by=at("2025-11-19 12:00")),
        by=person("ravi"),
        workspace=COMPANY,
        now=NOW,
    ),
    "its own time has passed": wake(ASKED.conflict, COMPANY, LATER),
    "the owner is away": wake(
        ASKED.conflict, northwind(away("marcus", "2025-11-18 10:00", "2025-11-24 00:00")), NOW
    ),
}


@pytest.mark.parametrize("how", MOOT)
def test_a_wish_ends_when_something_else_comes_first(how: str) -> None:
    """The question is not said any more; who presses all the same reads what holds now."""
    conflict = MOOT[how].conflict
    assert conflict.wish is None
    assert not still_true(ASKED.notices[0], conflict)
    with pytest.raises(Refused) as refused:
        agreed(conflict, now=at("2025-11-20 13:02"))
    assert refused.value.sentence.text.startswith("That is not asked any more")


def test_after_the_end_an_answer_comes_too_late() -> None:
    """Decided or withdrawn: it says how it ended."""
    withdrawn = withdraw(ASKED.conflict, "typo", by=person("nina"), workspace=COMPANY, now=NOW)
    for ended in (decided(ASKED.conflict, COMPANY, NOW), withdrawn):
        assert not still_true(ASKED.notices[0], ended.conflict)
        with pytest.raises(TooLate):
            agreed(ended.conflict)


def test_another_wish_replaces_the_one_before() -> None:
    """The same one again is not asked twice; the button under the older message agrees to nothing new."""
    with pytest.raises(Invalid) as invalid:
        extended(ASKED.conflict, LATER, "marcus")
    assert list(invalid.value.errors) == ["limit"]
    second = extended(ASKED.conflict, LATER_STILL, "marcus")
    assert not still_true(ASKED.notices[0], second.conflict)
    assert still_true(second.notices[0], second.conflict)
    for answer in (agreed, kept):
        with pytest.raises(Refused) as refused:
            answer(second.conflict, LATER)
        assert "please answer the newest message" in refused.value.sentence.text
    assert agreed(second.conflict, LATER_STILL).conflict.deadline.limit == LATER_STILL


def test_a_wish_that_nobody_answers_ends_when_its_own_time_has_passed() -> None:
    """In the story, without a ping: it is overdue by then, and the chain was asked."""
    in_time, _ = woken(ASKED.conflict, COMPANY, "2025-11-18 13:00", "2025-11-18 17:00", "2025-11-20 13:00")
    assert in_time.wish == ASKED.conflict.wish
    outcome = wake(in_time, COMPANY, LATER)
    assert outcome.timeline[-1].words.text == "Nobody agreed to {limit}; the deadline stayed"
    assert "later deadline asked" not in [kind for _, kind in said(outcome)]
    with pytest.raises(Refused):
        agreed(in_time, now=LATER)


def test_overdue_the_reporter_can_still_agree() -> None:
    """The owner is the one asked again, and the chain begins anew from the new deadline."""
    late, _ = woken(ASKED.conflict, COMPANY, "2025-11-20 13:00")
    assert late.asked == "dana"
    outcome = agreed(late, now=at("2025-11-20 13:05"))
    assert (outcome.conflict.asked, outcome.conflict.reached) == ("marcus", ())
    assert not outcome.conflict.overdue(at("2025-11-20 13:05"))


LEFT = northwind(gone=("nina",))


@pytest.mark.parametrize(
    ("company", "asker", "asked"),
    [
        pytest.param(COMPANY, "marcus", "nina", id="the reporter"),
        pytest.param(
            northwind(away("nina", "2025-11-18 00:00", "2025-11-24 00:00")),
            "marcus",
            "nina",
            id="though away",
        ),
        pytest.param(LEFT, "marcus", "priya", id="who has left: the chair"),
        pytest.param(
            northwind(away("priya", "2025-11-18 00:00", "2025-11-24 00:00"), gone=("nina",)),
            "marcus",
            "tomas",
            id="who has left, and the chair is away: the chair's deputy",
        ),
        pytest.param(LEFT, "priya", "helen", id="who has left, and the chair asks: the sponsor"),
        pytest.param(COMPANY, "nina", None, id="not the reporter by themselves"),
        pytest.param(
            replace(northwind(gone=("nina", "jonas"), roles=()), installer=None),
            "marcus",
            None,
            id="who has left, and there is nobody else",
        ),
    ],
)
def test_whom_it_is_asked_of(company: Workspace, asker: str, asked: str | None) -> None:
    """One person, never the one who asks; somebody away reads it in Slack all the same."""
    assert asked_first(FOR_MEETING, asker, company, NOW) == asked


def test_of_a_reporter_who_has_left_the_chair_is_asked_and_hears_how_it_ends() -> None:
    """Priya agrees in Nina's place; a refusal says so, and a confidential one is hers to see from now on."""
    hidden = replace(FOR_MEETING, facts=replace(FOR_MEETING.facts, confidential=True))
    hidden = replace(hidden, route=replace(hidden.route, told=()))
    assert "priya" not in hidden.insiders
    outcome = extended(hidden, by="marcus", company=LEFT)
    assert said(outcome) == [("priya", "later deadline asked")]
    assert "priya" in outcome.conflict.insiders
    with pytest.raises(Refused) as refused:
        agreed(outcome.conflict, by="marcus", company=LEFT)
    assert refused.value.sentence.text.startswith("The reporter of #{number} has left; only {who}")
    done = agreed(outcome.conflict, by="priya", company=LEFT)
    assert said(done) == [("marcus", "deadline moved")]


def test_a_reporter_who_leaves_before_answering_is_replaced() -> None:
    """Looked at then, the chair is asked, once; Nina's own button does nothing for her any more."""
    outcome = wake(ASKED.conflict, LEFT, NOW)
    assert said(outcome) == [("priya", "later deadline asked")]
    assert not still_true(ASKED.notices[0], outcome.conflict)
    again = wake(outcome.conflict, LEFT, NOW)
    assert (again.notices, again.timeline) == ((), ())
    with pytest.raises(Refused):
        agree(
            outcome.conflict,
            LATER,
            by=person("nina", deactivated=True),
            workspace=LEFT,
            now=NOW,
        )


def test_nobody_is_told_two_things_in_one_waking() -> None:
    """Priya is asked to take over in the same moment, so her deputy is asked to agree."""
    asked = extended(FOR_MEETING, LATER_STILL, "marcus").conflict
    reached, _ = woken(asked, COMPANY, "2025-11-20 13:00")
    outcome = wake(reached, LEFT, at("2025-11-21 13:00"))
    assert said(outcome) == [("priya", "chain asked"), ("tomas", "later deadline asked")]


@pytest.mark.parametrize(
    ("immediate", "limit", "at_once"),
    [
        pytest.param(False, LATER, False, id="in working hours"),
        pytest.param(False, at("2025-11-20 23:30"), True, id="too late by then"),
        pytest.param(True, LATER, True, id="immediate"),
    ],
)
def test_the_question_waits_for_working_hours_unless_they_come_too_late(
    immediate: bool, limit: datetime, at_once: bool
) -> None:
    """Asked on Thursday at 19:00, when the meeting is over."""
    night = at("2025-11-20 19:00")
    conflict = reported(type=FORECAST, immediate=immediate).conflict
    [notice] = extended(conflict, limit, "marcus", now=night).notices
    assert notice.not_before == (night if at_once else at("2025-11-21 09:00"))
