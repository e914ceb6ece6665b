"""Answers before, at and after a standup; what is made of an issue; what the summary says of all of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from council.cadence import Change
from council.errors import Invalid, Refused, TooLate, Unknown
from council.notice import NoticeKind, tell
from council.people import Person
from council.standup import Asked, Issue, Severity, Standup, StandupOutcome, StandupState
from council.standup_answering import (
    MOST_ISSUES,
    Typed,
    became_conflict,
    change_issue,
    make_item,
    nothing_to_report,
    own_issue,
    read_by,
    report_issue,
)
from council.standup_leading import agenda_for_issues
from council.standup_looking import Around, still_asked, with_line
from tests.council.builders import at, person
from tests.council.standups import MONDAY, company, looked, once, standup

NINE, SUMMARY, ENDS = at("2025-11-24 09:00"), at("2025-11-24 09:55"), at("2025-11-24 10:15")
WORKSPACE = company()
PRIYA = Asked(person="priya", at=NINE, seats=("revops_lead",))
ASKED = standup(asked=(PRIYA,))
TWICE = Typed(system=" Salesforce  ↔ HubSpot ", what="Leads are created twice", severity="numbers are wrong")
ISSUE = Issue(id="i0", by="priya", at=NINE, system="Gong", what="Logs me out")
SUMMED_UP = replace(ASKED, state=StandupState.SUMMED_UP, posted=True)


def reported(
    about: Standup = ASKED, typed: Typed = TWICE, by: Person | None = None, **more: Any
) -> StandupOutcome:
    ways = {"id": "i1", "by": by or person("priya"), "workspace": WORKSPACE, "now": NINE, **more}
    return report_issue(about, typed, **ways)


def nothing(about: Standup = ASKED, by: str = "priya", **more: Any) -> StandupOutcome:
    ways = {"by": person(by), "workspace": WORKSPACE, "now": NINE, **more}
    return nothing_to_report(about, **ways)


def test_an_issue_is_kept_as_it_was_typed() -> None:
    """Nobody else's message changes by it, and nothing is posted before the summary."""
    outcome = reported()
    assert outcome.standup.issues[0].system == "Salesforce ↔ HubSpot"
    assert outcome.standup.answer_of("priya") == "issues"
    assert (outcome.whose, outcome.posts, outcome.notices) == (("priya",), (), ())


def test_an_issue_takes_back_nothing_to_report() -> None:
    """And taking it back leaves nothing to report."""
    heard = nothing().standup
    assert heard.answer_of("priya") == "nothing"
    again = reported(heard).standup
    assert again.asked[0].nothing_at is None
    left = change_issue(again, "i1", None, by=person("priya"), workspace=WORKSPACE, now=NINE).standup
    assert (left.issues, left.answer_of("priya")) == ((), "nothing")


def test_R24_nothing_said_twice_is_said_once() -> None:
    """The second time changes nothing."""
    first = nothing().standup
    assert nothing(first, now=NINE + timedelta(minutes=1)).standup == first


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(TWICE, system="  "), "system"),
        (replace(TWICE, what=""), "what"),
        (replace(TWICE, severity=""), "severity"),
        (replace(TWICE, whom=person("ben", guest=True)), "whom"),
    ],
)
def test_what_is_missing_stands_under_its_field(typed: Typed, field: str) -> None:
    """Nothing is taken before."""
    with pytest.raises(Invalid) as problem:
        reported(typed=typed)
    assert set(problem.value.errors) == {field}


def test_anybody_may_report_but_only_who_was_asked_has_nothing() -> None:
    """Who was not asked does not count as heard."""
    assert reported(by=person("nina")).standup.issues[0].by == "nina"
    with pytest.raises(Refused, match="You were not asked"):
        nothing(by="nina")
    quiet = replace(ASKED, asked=(replace(PRIYA, quiet=True),))
    with pytest.raises(Refused, match="You were not asked"):
        nothing(quiet)
    with pytest.raises(Refused, match="Guests"):
        reported(by=person("nina", guest=True))


def test_nothing_to_report_does_not_throw_away_an_issue() -> None:
    """It says how to take it back."""
    with pytest.raises(Refused, match="Change it"):
        nothing(reported().standup)


def test_only_who_reported_an_issue_changes_it_and_only_before_the_summary() -> None:
    """Nor once something was made of it."""
    about = replace(ASKED, issues=(ISSUE,))
    with pytest.raises(Refused, match="who reported it"):
        own_issue(about, "i0", by=person("dana"))
    with pytest.raises(TooLate, match="summary is out"):
        own_issue(replace(about, state=StandupState.SUMMED_UP), "i0", by=person("priya"))
    with pytest.raises(TooLate, match="made of it"):
        own_issue(replace(about, issues=(replace(ISSUE, number=3, conflict="c3"),)), "i0", by=person("priya"))
    with pytest.raises(Unknown):
        own_issue(about, "i9", by=person("priya"))


def test_R44_late_answers_reach_the_summary_until_a_day_after() -> None:
    """One that had nothing to say gets a message of its own then."""
    late = reported(SUMMED_UP, now=ENDS + timedelta(hours=23))
    assert [post.kind for post in late.posts] == ["summary"]
    quiet = replace(ASKED, state=StandupState.SUMMED_UP, line_on="s0")
    assert reported(quiet, now=ENDS).standup.posted
    for state in (StandupState.OVER, StandupState.SKIPPED, StandupState.MISSED):
        with pytest.raises(TooLate):
            reported(replace(ASKED, state=state))
    with pytest.raises(TooLate, match="is over"):
        nothing(SUMMED_UP, now=ENDS + timedelta(hours=24))
    with pytest.raises(Unknown):
        nothing_to_report(None, by=person("priya"), workspace=WORKSPACE, now=NINE)


def test_a_standup_takes_sixty_issues_and_no_more() -> None:
    """More is no standup any more."""
    full = replace(ASKED, issues=tuple(replace(ISSUE, id=f"i{n}") for n in range(MOST_ISSUES)))
    with pytest.raises(Refused, match="issues already"):
        reported(full)


def test_an_issue_becomes_one_conflict() -> None:
    """The second time it stays what it became."""
    about = replace(SUMMED_UP, issues=(ISSUE,))
    outcome = became_conflict(about, "i0", "c12", 12, workspace=WORKSPACE, now=NINE)
    assert outcome is not None
    assert outcome.standup.issues[0].number == 12
    assert became_conflict(outcome.standup, "i0", "c13", 13, workspace=WORKSPACE, now=NINE) is None
    assert became_conflict(None, "i0", "c13", 13, workspace=WORKSPACE, now=NINE) is None


def made(about: Standup, by: str, **more: Any) -> Any:
    ways = {"id": "a1", "by": person(by), "workspace": WORKSPACE, "now": NINE, **more}
    return make_item(about, "i0", "Fix it", person("ravi"), date(2025, 12, 1), **ways)


@pytest.mark.parametrize(("who", "may"), [("priya", True), ("dana", True), ("tomas", True), ("nina", False)])
def test_who_may_make_it_an_action_item(who: str, *, may: bool) -> None:
    """Who reported it, whoever was asked, the chair and the chair's deputy."""
    about = replace(ASKED, issues=(ISSUE,), asked=(PRIYA, replace(PRIYA, person="dana")))
    if not may:
        with pytest.raises(Refused, match="who reported it"):
            made(about, who)
        return
    outcome, item = made(about, who)
    assert outcome.standup.issues[0].item_owner == "ravi"
    assert [notice.to for notice in item.notices] == ["ravi"]
    with pytest.raises(TooLate, match="action item"):
        made(outcome.standup, who)


def test_an_action_item_needs_somebody_and_a_day() -> None:
    """Said under their fields."""
    with pytest.raises(Invalid) as problem:
        make_item(
            replace(ASKED, issues=(ISSUE,)),
            "i0",
            " ",
            None,
            None,
            id="a1",
            by=person("priya"),
            workspace=WORKSPACE,
            now=NINE,
        )
    assert set(problem.value.errors) == {"text", "owner", "due"}


def test_one_summary_is_posted_in_the_channel_of_the_standup() -> None:
    """When somebody has something, whatever stands there already."""
    about = replace(ASKED, issues=(ISSUE,))
    outcome = once(about, WORKSPACE, SUMMARY, Around(standing="s0"))
    assert [(post.kind, post.channel) for post in outcome.posts] == [("summary", "C-council")]
    assert outcome.wake_at == ENDS + timedelta(hours=24)
    over = once(outcome.standup, WORKSPACE, ENDS + timedelta(hours=24))
    assert (over.standup.state, over.wake_at) == (StandupState.OVER, None)


def test_nobody_has_anything_and_nothing_new_is_posted() -> None:
    """A line in the summary that stands follows; the first time there is none, so one is posted."""
    quiet = once(ASKED, WORKSPACE, SUMMARY, Around(standing="s0"))
    assert (quiet.posts, quiet.standup.line_on) == ((), "s0")
    assert len(once(ASKED, WORKSPACE, SUMMARY).posts) == 1
    before = replace(SUMMED_UP, id="s0", starts=MONDAY - timedelta(days=7))
    line = with_line(before, quiet.standup).quiet
    assert line is not None
    assert line.open
    late = reported(quiet.standup, now=ENDS)
    assert late.standup.posted
    assert with_line(before, late.standup).quiet is None
    older = replace(quiet.standup, starts=MONDAY - timedelta(days=1))
    assert with_line(with_line(before, quiet.standup), older).quiet == line


def test_what_was_reported_for_one_that_was_not_held_is_in_the_next_summary() -> None:
    """Before what is new."""
    outcome = once(
        replace(ASKED, issues=(ISSUE,)), WORKSPACE, SUMMARY, Around(left=(replace(ISSUE, id="x"),))
    )
    assert [issue.id for issue in outcome.standup.issues] == ["x", "i0"]


@pytest.mark.parametrize(
    ("now", "state"),
    [
        ("2025-11-24 09:54", StandupState.PLANNED),
        ("2025-11-24 10:14", StandupState.SUMMED_UP),
        ("2025-11-24 10:15", StandupState.MISSED),
    ],
)
def test_looked_at_late(now: str, state: StandupState) -> None:
    """While people meet the summary comes late; after that it comes no more, and that is kept."""
    assert once(replace(ASKED, issues=(ISSUE,)), WORKSPACE, at(now)).standup.state is state


def changed(**what: Any) -> Change:
    return Change(ceremony="standup", on=date(2025, 11, 24), known_from=NINE, reason="Snow.", **what)


def test_moved_it_keeps_its_answers_and_says_so_once() -> None:
    """Whoever was asked hears it; nobody is asked again."""
    asked, _ = looked(standup(), WORKSPACE, NINE)
    later = company(changes=(changed(starts=at("2025-11-25 15:00")),))
    outcome = once(replace(asked, issues=(ISSUE,)), later, at("2025-11-24 09:10"))
    assert {notice.kind for notice in outcome.notices} == {NoticeKind.STANDUP_MOVED}
    assert {notice.to for notice in outcome.notices} == {each.person for each in asked.asked}
    assert outcome.standup.issues == (ISSUE,)
    assert once(outcome.standup, later, at("2025-11-24 09:11")).notices == ()


def test_skipped_it_says_so_once_and_held_after_all_it_says_that() -> None:
    """Nobody is asked twice."""
    asked, _ = looked(standup(), WORKSPACE, NINE)
    off = once(asked, company(changes=(changed(skipped=True),)), at("2025-11-24 09:10"))
    assert off.standup.state is StandupState.SKIPPED
    assert {notice.kind for notice in off.notices} == {NoticeKind.STANDUP_OFF}
    assert once(off.standup, company(changes=(changed(skipped=True),)), at("2025-11-24 09:11")).notices == ()
    on = once(off.standup, WORKSPACE, at("2025-11-24 09:20"))
    assert {notice.kind for notice in on.notices} == {NoticeKind.STANDUP_MOVED}


STILL = {
    "asked": (NoticeKind.STANDUP_ASKED, ASKED, True),
    "asked, answered since": (NoticeKind.STANDUP_ASKED, nothing().standup, False),
    "asked, another now": (NoticeKind.STANDUP_ASKED, standup(), False),
    "reminded": (NoticeKind.STANDUP_REMINDED, ASKED, True),
    "reminded, summed up since": (NoticeKind.STANDUP_REMINDED, SUMMED_UP, False),
    "moved": (NoticeKind.STANDUP_MOVED, ASKED, True),
    "moved once more": (NoticeKind.STANDUP_MOVED, replace(ASKED, starts=ENDS), False),
    "off": (NoticeKind.STANDUP_OFF, replace(ASKED, state=StandupState.SKIPPED), True),
    "on again": (NoticeKind.STANDUP_OFF, ASKED, False),
}


@pytest.mark.parametrize(("kind", "about", "true"), STILL.values(), ids=STILL)
def test_only_what_is_still_true_is_said(kind: NoticeKind, about: Standup, *, true: bool) -> None:
    """Asked again directly before it is said."""
    notice = tell(kind, "priya", WORKSPACE, NINE, starts=MONDAY.isoformat())
    assert still_asked(notice, about) is true


def test_severities_are_ordered_from_the_worst() -> None:
    """Wrong numbers before what costs work before what annoys."""
    assert sorted(Severity, key=lambda each: each.rank) == list(Severity)
    assert agenda_for_issues(WORKSPACE) is None


@pytest.mark.parametrize(
    ("reader", "here", "may"),
    [("priya", False, True), ("tomas", False, True), ("nina", False, False), ("nina", True, True)],
)
def test_the_summary_of_a_private_channel_is_read_by_those_it_concerns(
    reader: str, *, here: bool, may: bool
) -> None:
    """Who was asked, who reported, the chair, and whoever is in the channel; elsewhere by everybody."""
    assert read_by(SUMMED_UP, reader, WORKSPACE, private=False, here=False) == SUMMED_UP
    if may:
        assert read_by(SUMMED_UP, reader, WORKSPACE, private=True, here=here) == SUMMED_UP
    else:
        with pytest.raises(Unknown):
            read_by(SUMMED_UP, reader, WORKSPACE, private=True, here=here)
