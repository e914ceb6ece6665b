"""What holds of every conflict, whatever people do and whenever it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from council.afterwards import not_solved, solved
from council.alarm import due_at
from council.cadence import Change, occurrence_on
from council.changing import add_context, hand_over, leave, withdraw
from council.conflict import Conflict, Ladder
from council.correcting import Correction, correct
from council.deadlines import Deadline
from council.deciding import acknowledge, decide, take_over
from council.errors import TiebreakError, TooLate
from council.extending import agree, extend, keep
from council.matrix import NOT_SURE_TYPE, ConflictType
from council.notice import Notice, still_true
from council.outcome import Outcome
from council.people import Absence
from council.permissions import Act, may
from council.reopening import reopen
from council.reporting import join
from council.routing import Asked, route
from council.seats import stand_ins
from council.sorting import change_kind
from council.waking import wake
from tests.council.builders import (
    NAMES,
    RULING,
    TUESDAY,
    TYPES,
    facts,
    northwind,
    person,
    reported,
)

people = st.sampled_from(NAMES)
types = st.sampled_from([*TYPES, NOT_SURE_TYPE])
hours = st.integers(1, 60).map(lambda count: timedelta(hours=count))
rarely = st.integers(0, 9).map(lambda drawn: drawn == 9)
STAY = {"helen", "jonas"}
"""Sponsor and installer do not leave the company, so that somebody is always there to decide."""


@given(st.sets(people), st.sets(people), types, people)
def test_a_route_always_ends_at_someone(
    absent: set[str], gone: set[str], type: ConflictType, reporter: str
) -> None:
    """Whoever is away or has left: somebody decides, and they are here if anybody of the chain is."""
    week = timedelta(days=7)
    absences = [Absence(person=who, since=TUESDAY - week, until=TUESDAY + week) for who in sorted(absent)]
    company = northwind(*absences, gone=tuple(gone - {reporter}))
    way = route(Asked(type=type, reporter=reporter, account_owner="sam"), company, TUESDAY)
    assert not company.gone(way.owner)
    role = company.configuration.role(type.owner) or company.chair
    assert role is not None
    line = [role.holder, *stand_ins(role.holder, role, company, TUESDAY)]
    if any(company.present(who, TUESDAY) for who in line):
        assert company.present(way.owner, TUESDAY)
    told = [each.person for each in way.told]
    assert len(told) == len(set(told))
    assert not {way.owner, reporter} & set(told)


@given(types, st.lists(hours, min_size=1, max_size=12))
def test_however_seldom_it_is_looked_at_the_ladders_end_the_same(
    type: ConflictType, pauses: list[timedelta]
) -> None:
    """Rungs count from their own instants: late looks leave things out, but do not shift anything."""
    company, seldom = northwind(), reported(type=type).conflict
    often = Outcome(conflict=seldom, wake_at=TUESDAY)
    now = TUESDAY
    for pause in pauses:
        now += pause
        seldom = wake(seldom, company, now).conflict
    while often.wake_at is not None and often.wake_at <= now:
        often = wake(often.conflict, company, max(often.wake_at, TUESDAY))
    assert (seldom.acknowledge, seldom.due) == (often.conflict.acknowledge, often.conflict.due)


class Life(RuleBasedStateMachine):
    """One conflict, with everything that people, absences, meetings and late looks can do to it."""

    def __init__(self) -> None:
        super().__init__()
        self.now = TUESDAY
        self.company = northwind()
        self.outcome = reported()
        self.waiting: list[Notice] = []
        self.wished: tuple[str, Deadline] | None = None
        """Whose it was, and by when, at the time when a later deadline was asked for."""

    @property
    def conflict(self) -> Conflict:
        return self.outcome.conflict

    @initialize(type=types, by=people, later=hours, immediate=st.booleans())
    def report(self, type: ConflictType, by: str, later: timedelta, immediate: bool) -> None:
        self.now = TUESDAY + later
        self.outcome = reported(
            type=type, by=by, now=self.now, immediate=immediate, account="Acme", account_owner="sam"
        )
        self.waiting = list(self.outcome.notices)

    def take(self, outcome: Outcome) -> None:
        """As storage would: what has a timeline row is a new version, and no look lies in the past."""
        assert outcome.wake_at is None or outcome.wake_at > self.now
        assert outcome.timeline or outcome.conflict == self.conflict
        before, wish = self.conflict.wish, outcome.conflict.wish
        if wish and (before is None or before.asked_at != wish.asked_at):
            self.wished = (self.conflict.owner, self.conflict.deadline)
        version = self.conflict.version + bool(outcome.timeline)
        self.outcome = replace(outcome, conflict=replace(outcome.conflict, version=version))
        self.waiting += outcome.notices

    @rule(later=hours)
    def time_passes_and_every_look_is_on_time(self, later: timedelta) -> None:
        end = self.now + later
        while self.outcome.wake_at is not None and self.outcome.wake_at <= end:
            self.now = self.outcome.wake_at
            self.look()
        self.now = end

    @rule(later=hours, times=st.integers(1, 20))
    def nobody_looks_for_a_while(self, later: timedelta, times: int) -> None:
        self.now += later * times
        self.look()

    @rule()
    def look(self) -> None:
        before, outcome = self.conflict, wake(self.conflict, self.company, self.now)
        told = [notice.to for notice in outcome.notices]
        assert len(told) == len(set(told)), "one waking says at most one thing per person"
        kinds = {event.kind for event in outcome.timeline}
        assert before.is_open or kinds <= {"asked back", "look again"}, "after the end questions are left"
        if (before.owner, before.deadline) == (outcome.conflict.owner, outcome.conflict.deadline):
            for one, other in (
                (before.acknowledge, outcome.conflict.acknowledge),
                (before.due, outcome.conflict.due),
            ):
                assert climbs(one, other)
        assert all(still_true(notice, outcome.conflict) for notice in outcome.notices)
        self.take(outcome)
        due = due_at(self.conflict, self.company, self.now)
        assert due is None or due > self.now, "everything that is due has been done"
        again = wake(self.conflict, self.company, self.now)
        assert (again.conflict, again.timeline, again.notices) == (self.conflict, (), ())
        self.no_deadline_over_a_skipped_meeting()

    def no_deadline_over_a_skipped_meeting(self) -> None:
        due = self.conflict.deadline
        if self.conflict.is_open and due.ceremony and due.occurrence and due.limit > self.now:
            stands = occurrence_on(self.company.calendar, due.ceremony, due.occurrence)
            assert stands or due.kind == "extended"

    def attempt(self, act: Callable[..., Outcome], by: str, *typed: object, **more: object) -> None:
        """Saved when it is allowed; a refusal changes nothing."""
        with suppress(TiebreakError):
            self.take(act(self.conflict, *typed, by=person(by), workspace=self.company, now=self.now, **more))

    @rule(by=people)
    def somebody_acknowledges_takes_over_and_leaves(self, by: str) -> None:
        for act in (acknowledge, take_over, leave):
            self.attempt(act, by)

    @rule(by=people)
    def somebody_adds_context(self, by: str) -> None:
        self.attempt(add_context, by, "see tab 3")

    @rule(really=rarely)
    def the_reporter_withdraws(self, really: bool) -> None:
        if really:
            self.attempt(withdraw, self.conflict.reporter, "a typo")

    @rule()
    def the_owner_acknowledges(self) -> None:
        self.attempt(acknowledge, self.conflict.owner)

    @precondition(lambda self: self.conflict.reached)
    @rule()
    def whom_the_chain_reached_takes_over(self) -> None:
        self.attempt(take_over, self.conflict.reached[-1])

    @rule(to=people)
    def the_owner_hands_over(self, to: str) -> None:
        self.attempt(hand_over, self.conflict.owner, person(to), "he knows")

    @rule(by=people, later=hours)
    def somebody_extends(self, by: str, later: timedelta) -> None:
        limit = max(self.now, self.conflict.deadline.limit) + later
        for each in (self.conflict.owner, by):
            self.attempt(extend, each, limit, "data late")

    @precondition(lambda self: self.conflict.wish)
    @rule(by=people, later=hours, agrees=st.booleans())
    def somebody_answers_whether_it_may_be_later(self, by: str, later: timedelta, agrees: bool) -> None:
        """One who is not asked, one who answers another question, and the one who is asked."""
        wish = self.conflict.wish
        assert wish is not None
        for each, limit in ((by, wish.limit), (wish.of, wish.limit + later), (wish.of, wish.limit)):
            before = self.conflict
            self.attempt(agree if agrees else keep, each, limit)
            if (before.asked, before.due) != (self.conflict.asked, self.conflict.due):
                assert (agrees, self.conflict.deadline.limit) == (True, wish.limit)

    @rule(by=people, later=hours)
    def somebody_joins(self, by: str, later: timedelta) -> None:
        self.attempt(join, by, facts(needed_by=self.now + later))

    @rule(who=people, soon=hours, long=hours)
    def somebody_plans_an_absence(self, who: str, soon: timedelta, long: timedelta) -> None:
        """Saved elsewhere; the conflicts of who is away are looked at then."""
        since = self.now + soon - timedelta(hours=12)
        absence = Absence(person=who, since=since, until=since + long)
        self.company = replace(self.company, absences=(*self.company.absences, absence))
        self.look()

    @rule(who=people.filter(lambda who: who not in STAY))
    def somebody_leaves_the_company(self, who: str) -> None:
        gone = {**self.company.people, who: person(who, deactivated=True)}
        self.company = replace(self.company, people=gone)
        self.look()

    @rule(week=st.integers(0, 4), extra=hours, skipped=st.booleans())
    def a_forecast_meeting_moves_or_is_skipped(self, week: int, extra: timedelta, skipped: bool) -> None:
        on = date(2025, 11, 20) + timedelta(weeks=week)
        starts = None if skipped else datetime(on.year, on.month, on.day, 10, tzinfo=UTC) + extra
        change = Change(
            ceremony="forecast_meeting", on=on, starts=starts, skipped=skipped, known_from=self.now
        )
        self.company = replace(self.company, changes=(*self.company.changes, change))
        self.look()

    @rule(really=rarely)
    def the_owner_decides(self, really: bool) -> None:
        owner = person(self.conflict.owner)
        if not really:
            return
        try:
            ended = decide(self.conflict, RULING, by=owner, workspace=self.company, now=self.now)
        except TooLate:
            assert not self.conflict.is_open
            return
        told = [notice.to for notice in ended.notices]
        assert len(told) == len(set(told)), "after a decision each person is told once"
        self.take(ended)
        with pytest.raises(TooLate):
            decide(self.conflict, RULING, by=owner, workspace=self.company, now=self.now)

    @rule(really=rarely, by=people)
    def somebody_reopens_it(self, really: bool, by: str) -> None:
        if really:
            for each in (self.conflict.owner, by):
                self.attempt(reopen, each, "the export was wrong")

    @rule(by=people, to=types)
    def somebody_says_what_kind_it_is(self, by: str, to: ConflictType) -> None:
        for each in (self.conflict.owner, by):
            self.attempt(change_kind, each, to.key, "it is one", account="Acme", account_owner="sam")

    @rule(says=st.sampled_from(["3.1 M€", "3.0 M€"]), later=st.none() | hours)
    def the_reporter_corrects(self, says: str, later: timedelta | None) -> None:
        facts = self.conflict.facts
        correction = Correction(
            subject=facts.subject,
            says=tuple(says for _ in facts.signals),
            account=facts.account,
            needed_by=self.now + later if later else None,
        )
        self.attempt(correct, self.conflict.reporter, correction)

    @rule(whether=st.booleans())
    def the_reporter_says_whether_it_solved_it(self, whether: bool) -> None:
        if whether:
            self.attempt(solved, self.conflict.reporter)
        else:
            self.attempt(not_solved, self.conflict.reporter, "the numbers still differ")

    @invariant()
    def exactly_one_person_is_asked(self) -> None:
        conflict = self.conflict
        assert conflict.asked == conflict.owner or conflict.asked in conflict.reached
        assert conflict.owner not in conflict.reached

    @invariant()
    def a_later_deadline_is_asked_for_only_while_nothing_has_changed(self) -> None:
        wish = self.conflict.standing_wish
        if wish is not None:
            assert self.wished == (self.conflict.owner, self.conflict.deadline)
            assert wish.of != wish.by
            assert wish.of in self.conflict.insiders

    @invariant()
    def there_is_a_way_out(self) -> None:
        conflict = self.conflict
        if conflict.is_open:
            assert may(conflict.owner, Act.DECIDE, conflict, self.company, self.now)
            pings_ended = self.now >= conflict.overdue_at + timedelta(days=29)
            assert self.outcome.wake_at is not None or pings_ended

    @invariant()
    def who_was_ever_asked_takes_part(self) -> None:
        asked = {"owner asked", "chain asked", "handed over", "concerns you", "later deadline asked"}
        assert {notice.to for notice in self.waiting if notice.kind.value in asked} <= self.conflict.insiders

    @invariant()
    def nothing_that_asks_is_true_after_the_end(self) -> None:
        if not self.conflict.is_open:
            asking = ("asked", "reminded", "due", "still open", "handed")
            left = [
                n for n in self.waiting if n.kind.value.endswith(asking) or n.kind.value.startswith(asking)
            ]
            assert not any(still_true(notice, self.conflict) for notice in left)


def climbs(before: Ladder, after: Ladder) -> bool:
    """Never down, and whom it has asked stays asked."""
    return after.rung >= before.rung and after.asked[: len(before.asked)] == before.asked


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
