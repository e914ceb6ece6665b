"""What is said is asked again directly before: is it still true?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from council.afterwards import not_solved
from council.away_status import tell_taker
from council.cadence import Occurrence
from council.calling import after_call, ask_for_call, call_meeting, close_call, decline_call
from council.carrying import carry
from council.changing import hand_over, withdraw
from council.conflict import Conflict
from council.deciding import take_over
from council.extending import agree, extend, keep
from council.merging import merge
from council.notice import KEEPS, Notice, NoticeKind, said_along, still_true, tell
from council.outcome import Outcome
from council.reopening import reopen
from council.sorting import change_kind
from council.waking import wake
from tests.council.builders import (
    HOUR,
    METRIC,
    RULING,
    TUESDAY,
    acknowledged,
    at,
    decided,
    northwind,
    person,
    reported,
)

COMPANY = northwind()
REPORT = reported()
LEAD = REPORT.conflict


def after(conflict: Conflict, *times: str) -> Outcome:
    outcome = Outcome(conflict=conflict)
    for each in times:
        outcome = wake(outcome.conflict, COMPANY, at(each))
    return outcome


def the(outcome: Outcome, to: str) -> Notice:
    return next(notice for notice in outcome.notices if notice.to == to)


REMINDED = after(LEAD, "2025-11-18 13:00")
CHAIN = after(LEAD, "2025-11-18 13:00", "2025-11-18 17:00")
NEXT = after(CHAIN.conflict, "2025-11-19 12:30")
ON_IT = acknowledged(LEAD, COMPANY, TUESDAY + HOUR)
DUE = after(ON_IT, "2025-11-19 14:06")
OVERDUE = after(DUE.conflict, "2025-11-20 09:00")
HIGHER = after(OVERDUE.conflict, "2025-11-21 09:00")
WEEKLY = after(HIGHER.conflict, "2025-11-28 09:00")
LATE = at("2025-11-28 10:00")
HANDED = hand_over(LEAD, person("ravi"), "so", by=person("priya"), workspace=COMPANY, now=TUESDAY + HOUR)
HANDED_BACK = hand_over(
    HANDED.conflict, person("priya"), "so", by=person("ravi"), workspace=COMPANY, now=TUESDAY + 2 * HOUR
)
AWAY_AND = hand_over(
    REMINDED.conflict, person("ravi"), "so", by=person("priya"), workspace=COMPANY, now=at("2025-11-18 13:10")
)
RETURNED = hand_over(
    AWAY_AND.conflict, person("priya"), "so", by=person("ravi"), workspace=COMPANY, now=at("2025-11-18 13:20")
)
TAKEN = take_over(CHAIN.conflict, by=person("tomas"), workspace=COMPANY, now=at("2025-11-18 17:10"))
EXTENDED = extend(
    ON_IT, at("2025-11-21 12:00"), "late", by=person("priya"), workspace=COMPANY, now=TUESDAY + 2 * HOUR
)
LATER = extend(
    DUE.conflict,
    at("2025-11-21 12:00"),
    "late",
    by=person("priya"),
    workspace=COMPANY,
    now=at("2025-11-19 15:00"),
)
TWICE = extend(
    EXTENDED.conflict,
    at("2025-11-24 12:00"),
    "late",
    by=person("helen"),
    workspace=COMPANY,
    now=TUESDAY + 3 * HOUR,
)
NEEDED = reported(needed_by=at("2025-11-19 12:00")).conflict
WISHED = extend(NEEDED, at("2025-11-21 12:00"), "late", by=person("priya"), workspace=COMPANY, now=TUESDAY)
OTHER_WISH = extend(
    WISHED.conflict, at("2025-11-21 15:00"), "later", by=person("priya"), workspace=COMPANY, now=TUESDAY
)
AGREED = agree(
    WISHED.conflict, at("2025-11-21 12:00"), by=person("nina"), workspace=COMPANY, now=TUESDAY + HOUR
)
KEPT = keep(WISHED.conflict, at("2025-11-21 12:00"), by=person("nina"), workspace=COMPANY, now=TUESDAY + HOUR)
DECIDED = decided(LEAD, COMPANY, TUESDAY + HOUR)
RESOLVED = decided(LEAD, COMPANY, TUESDAY + HOUR, replace(RULING, stands="resolved"))
WITHDRAWN = withdraw(LEAD, "typo", by=person("nina"), workspace=COMPANY, now=TUESDAY + HOUR)
ON_IT_ALREADY = tell(NoticeKind.ON_IT, "priya", COMPANY, TUESDAY)
OFFERED = tell(NoticeKind.TAKE_OVER_OFFERED, "tomas", COMPANY, TUESDAY)


WAITING = reported(type=METRIC).conflict


def carried(conflict: Conflict) -> Outcome:
    """By the meeting that it waits for, to Ravi."""
    due = conflict.deadline
    assert due.ceremony
    assert due.occurrence
    assert due.meeting_at
    meeting = Occurrence(ceremony=due.ceremony, on=due.occurrence, starts=due.meeting_at, ends=due.limit)
    return carry(conflict, "ravi", meeting, "", by="priya", workspace=COMPANY, now=due.meeting_at)


CARRIED = carried(WAITING)
CARRIED_AGAIN = carried(CARRIED.conflict)


def saved(outcome: Outcome) -> Conflict:
    """As storage keeps it: one version on."""
    return replace(outcome.conflict, version=outcome.conflict.version + 1)


REOPENED = reopen(saved(DECIDED), "wrong", by=person("priya"), workspace=COMPANY, now=LATE)
SORTED = change_kind(LEAD, "pipeline_forecast", "it is one", by=person("priya"), workspace=COMPANY, now=LATE)
LOOKS_AWAY = tell_taker(LEAD, "tomas", COMPANY, TUESDAY)
MERGED, _ = merge(
    LEAD, replace(NEEDED, id="c13", number=13), by=person("priya"), workspace=COMPANY, now=TUESDAY
)
WEEK_LATER = wake(saved(DECIDED), COMPANY, TUESDAY + 8 * timedelta(days=1))
NOT_SOLVED = not_solved(
    saved(DECIDED), "two numbers still", by=person("nina"), workspace=COMPANY, now=TUESDAY + timedelta(days=8)
)
AGAIN = tell(NoticeKind.LOOK_AGAIN, "priya", COMPANY, TUESDAY)
WANTED = ask_for_call(LEAD, "today", by=person("nina"), workspace=COMPANY, now=TUESDAY)
CALLED = call_meeting(
    WANTED.conflict, at("2025-11-18 15:00"), "", (), by=person("priya"), workspace=COMPANY, now=TUESDAY
)
_OVER = after_call(CALLED.conflict, COMPANY, at("2025-11-18 15:30"))
assert _OVER
CALL_OVER = _OVER
CALL_CLOSED = close_call(
    CALL_OVER.conflict, decided=False, by=person("tomas"), workspace=COMPANY, now=at("2025-11-18 15:31")
)
DECLINED = decline_call(WANTED.conflict, "no", by=person("priya"), workspace=COMPANY, now=TUESDAY)


STILL_TRUE = [
    (the(REPORT, "priya"), LEAD, True, "owner asked, and still the owner"),
    (the(REPORT, "priya"), REMINDED.conflict, True, "owner asked, whatever rung was climbed meanwhile"),
    (the(REPORT, "priya"), HANDED.conflict, False, "owner asked, handed over since"),
    (the(REPORT, "priya"), DECIDED.conflict, False, "owner asked, decided since"),
    (the(REPORT, "dana"), NEXT.conflict, True, "concerns you, still open"),
    (the(REPORT, "dana"), WITHDRAWN.conflict, False, "concerns you, withdrawn since"),
    (the(REMINDED, "priya"), REMINDED.conflict, True, "reminded, not acknowledged yet"),
    (the(REMINDED, "priya"), acknowledged(LEAD, COMPANY, LATE), False, "R9 reminded, acknowledged since"),
    (the(REMINDED, "priya"), CHAIN.conflict, False, "reminded, the next rung was climbed since"),
    (the(REMINDED, "priya"), RETURNED.conflict, False, "reminded, handed over and back since"),
    (the(CHAIN, "tomas"), CHAIN.conflict, True, "chain asked, nobody has answered"),
    (the(CHAIN, "tomas"), acknowledged(CHAIN.conflict, COMPANY, LATE), False, "R9 chain, acknowledged since"),
    (the(CHAIN, "tomas"), NEXT.conflict, False, "chain asked, the next level since"),
    (the(CHAIN, "tomas"), TAKEN.conflict, False, "chain asked, taken over since"),
    (the(CHAIN, "tomas"), decided(CHAIN.conflict, COMPANY, LATE).conflict, False, "R8 chain, decided since"),
    (the(DUE, "priya"), DUE.conflict, True, "due soon"),
    (the(DUE, "priya"), OVERDUE.conflict, False, "due soon, overdue since"),
    (the(DUE, "priya"), LATER.conflict, False, "due soon, extended since"),
    (the(OVERDUE, "tomas"), OVERDUE.conflict, True, "overdue: chain asked, though somebody is on it"),
    (the(OVERDUE, "tomas"), HIGHER.conflict, False, "overdue: the next level since"),
    (the(WEEKLY, "helen"), WEEKLY.conflict, True, "weekly line, still open"),
    (the(WEEKLY, "helen"), decided(WEEKLY.conflict, COMPANY, LATE).conflict, False, "weekly line, decided"),
    (the(HANDED, "ravi"), HANDED.conflict, True, "handed over"),
    (the(HANDED, "ravi"), HANDED_BACK.conflict, False, "handed over, and back since"),
    (OFFERED, CHAIN.conflict, True, "take over offered, and reached by the chain"),
    (OFFERED, TAKEN.conflict, False, "take over offered, taken over since"),
    (the(TAKEN, "priya"), TAKEN.conflict, True, "taken over"),
    (
        the(TAKEN, "priya"),
        decided(TAKEN.conflict, COMPANY, LATE).conflict,
        False,
        "taken over, decided since",
    ),
    (the(EXTENDED, "nina"), EXTENDED.conflict, True, "deadline moved"),
    (the(EXTENDED, "nina"), TWICE.conflict, False, "deadline moved, and again since"),
    (the(WISHED, "nina"), WISHED.conflict, True, "later deadline asked, not answered yet"),
    (the(WISHED, "nina"), OTHER_WISH.conflict, False, "later deadline asked, another one since"),
    (the(WISHED, "nina"), AGREED.conflict, False, "later deadline asked, agreed since"),
    (the(WISHED, "nina"), KEPT.conflict, False, "later deadline asked, kept since"),
    (the(CARRIED, "ravi"), CARRIED.conflict, True, "carried over by a meeting"),
    (the(CARRIED, "ravi"), CARRIED_AGAIN.conflict, False, "carried over, and again since"),
    (the(KEPT, "priya"), KEPT.conflict, True, "deadline kept"),
    (the(KEPT, "priya"), AGREED.conflict, False, "deadline kept, moved since"),
    (the(DECIDED, "nina"), saved(DECIDED), True, "decided"),
    (the(DECIDED, "nina"), REOPENED.conflict, False, "decided, reopened since"),
    (the(REOPENED, "nina"), REOPENED.conflict, True, "reopened"),
    (the(REOPENED, "nina"), saved(DECIDED), False, "reopened, decided since"),
    (the(SORTED, "marcus"), SORTED.conflict, True, "asked, because it is of another kind"),
    (tell(NoticeKind.KIND_CHANGED, "dana", COMPANY, LATE), SORTED.conflict, True, "kind changed"),
    (tell(NoticeKind.KIND_CHANGED, "marcus", COMPANY, LATE), SORTED.conflict, False, "and back since"),
    (tell(NoticeKind.RULE_PROPOSED, "jonas", COMPANY, LATE), saved(DECIDED), True, "standing rule proposed"),
    (tell(NoticeKind.RULE_PROPOSED, "jonas", COMPANY, LATE), LEAD, False, "proposed, reopened since"),
    (tell(NoticeKind.REROUTED, "dana", COMPANY, LATE), SORTED.conflict, True, "sent on by the set-up"),
    (tell(NoticeKind.REROUTED, "marcus", COMPANY, LATE), SORTED.conflict, False, "and sent back since"),
    (the(LOOKS_AWAY, "tomas"), LOOKS_AWAY.conflict, True, "status says away"),
    (the(LOOKS_AWAY, "tomas"), LEAD, False, "status says away, the ladders began anew since"),
    (the(MERGED, "nina"), MERGED.conflict, True, "put into another one"),
    (the(MERGED, "nina"), LEAD, False, "put into another one, of one that is open"),
    (the(WEEK_LATER, "nina"), WEEK_LATER.conflict, True, "did it solve it"),
    (the(WEEK_LATER, "nina"), replace(DECIDED.conflict, solved=True), False, "answered since"),
    (the(NOT_SOLVED, "priya"), NOT_SOLVED.conflict, True, "not solved"),
    (the(NOT_SOLVED, "priya"), REOPENED.conflict, False, "not solved, reopened since"),
    (ON_IT_ALREADY, acknowledged(LEAD, COMPANY, TUESDAY), True, "on it already"),
    (ON_IT_ALREADY, saved(DECIDED), False, "on it already, decided since"),
    (AGAIN, saved(DECIDED), True, "look again"),
    (AGAIN, REOPENED.conflict, False, "look again, reopened since"),
    (the(WANTED, "priya"), WANTED.conflict, True, "call asked for"),
    (the(WANTED, "priya"), CALLED.conflict, False, "call asked for, called since"),
    (the(CALLED, "nina"), CALLED.conflict, True, "called"),
    (the(CALL_OVER, "priya"), CALL_OVER.conflict, True, "the call is over"),
    (the(CALL_OVER, "priya"), CALL_CLOSED.conflict, False, "the call is over, answered since"),
    (the(CALL_CLOSED, "priya"), CALL_CLOSED.conflict, True, "not decided in the call"),
    (the(CALL_CLOSED, "priya"), DECIDED.conflict, False, "not decided in the call, decided since"),
    (the(DECLINED, "nina"), DECLINED.conflict, True, "declined"),
    (the(DECLINED, "nina"), CALLED.conflict, False, "declined, called since"),
    (the(DECIDED, "C-log"), saved(DECIDED), True, "the line in the log"),
    (the(DECIDED, "C-log"), LEAD, False, "the line in the log, reopened since"),
    (the(RESOLVED, "nina"), saved(RESOLVED), True, "resolved itself"),
    (the(WITHDRAWN, "priya"), WITHDRAWN.conflict, True, "withdrawn"),
    (the(WITHDRAWN, "priya"), LEAD, False, "withdrawn, of one that is open"),
]


@pytest.mark.parametrize(
    ("notice", "conflict", "true"), [pytest.param(*case[:3], id=case[3]) for case in STILL_TRUE]
)
def test_only_what_is_still_true_is_said(notice: Notice, conflict: Conflict, true: bool) -> None:
    """What is not true any more is dropped and recorded."""
    assert still_true(notice, conflict) is true


NEWS = {NoticeKind.JOINED, NoticeKind.CONTEXT}
PLACES = {NoticeKind.CARD_MOVED}
ITEMS = {NoticeKind.ITEM_GIVEN, NoticeKind.ITEM_DUE, NoticeKind.ITEM_DONE}
"""Asked of the action item: see `still_wanted`."""
RHYTHM = {
    NoticeKind.GUARD_RAIL,
    NoticeKind.METRICS_ASKED,
    NoticeKind.CADENCE_CHANGED,
    NoticeKind.TOOK_PLACE,
    NoticeKind.NOT_FINISHED,
    NoticeKind.MINUTES,
    NoticeKind.MINUTES_DRAFTED,
    NoticeKind.MEETING_ADDED,
    NoticeKind.MEETING_MOVED,
    NoticeKind.MEETING_SKIPPED,
    NoticeKind.CADENCE_CHANGED,
    NoticeKind.STANDUP_ASKED,
    NoticeKind.STANDUP_REMINDED,
    NoticeKind.STANDUP_MOVED,
    NoticeKind.STANDUP_OFF,
    NoticeKind.ON_HOLIDAY,
}
"""About no conflict; what they are about is asked for itself."""
BACK = {NoticeKind.RETURNED, NoticeKind.SUCCESSOR_WANTED}
"""Asked of what happened meanwhile: see `WhileAway.nothing` and `vacated`."""
ANSWERS = {
    NoticeKind.CALENDAR_FILE,
    NoticeKind.MINUTES_FILE,
    NoticeKind.TYPED_ANSWER,
    NoticeKind.WHICH_ONE,
    NoticeKind.CAN_DO,
    NoticeKind.TROUBLE,
}


def test_every_kind_of_notice_is_told_apart() -> None:
    """A new kind needs its row above, or is news, or an answer."""
    elsewhere = NEWS | PLACES | ITEMS | BACK | RHYTHM | ANSWERS
    assert {case[0].kind for case in STILL_TRUE} == set(NoticeKind) - elsewhere


@pytest.mark.parametrize("kind", sorted(NEWS))
def test_news_of_an_open_conflict_end_with_it(kind: NoticeKind) -> None:
    """Nobody needs context on what is decided."""
    notice = tell(kind, "priya", COMPANY, TUESDAY)
    assert still_true(notice, LEAD)
    assert not still_true(notice, DECIDED.conflict)


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_who_typed_something_gets_an_answer(kind: NoticeKind) -> None:
    """Whatever became of the conflict; trouble is about the bot, and always said."""
    assert still_true(tell(kind, "jonas", COMPANY, TUESDAY), DECIDED.conflict)


def test_R47_saying_waits_for_the_receivers_own_working_hours() -> None:
    """Saturday 02:00: Monday's opening for a colleague in Tokyo, at once for what does not wait."""
    night = at("2025-11-22 02:00")
    company = replace(COMPANY, people={"aiko": person("aiko", zone="Asia/Tokyo")})
    waiting = tell(NoticeKind.DUE, "aiko", company, night)
    assert (waiting.at, waiting.not_before) == (night, at("2025-11-24 01:00"))
    assert waiting.good_until == waiting.not_before + KEEPS
    assert tell(NoticeKind.DUE, "aiko", company, night, waits=False).not_before == night


def test_what_is_said_along_is_what_is_so_this_time() -> None:
    """Tried again after somebody else introduced us, a message does not claim to be the first."""
    plain = tell(NoticeKind.OWNER_ASKED, "marcus", northwind(), TUESDAY, why="late")
    tried = replace(plain, facts=said_along(plain, introduces=True, similar="c4"))
    assert (tried.introduces, tried.similar, tried.facts["why"]) == (True, "c4", "late")
    again = replace(tried, facts=said_along(tried, introduces=False, similar=""))
    assert again == plain
