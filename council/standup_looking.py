"""What happens of a standup by itself: people are asked, reminded, and their answers summed up, once each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from council.cadence import Ceremony, changes_of
from council.notice import Notice, NoticeKind, tell
from council.planning import channel_of
from council.post import Post
from council.rhythm import AT_ONCE, as_planned
from council.standup import Asked, Issue, Quiet, Standup, StandupOutcome, StandupState
from council.standup_asking import LATEST, Turn, not_asked, reminds_at, turns
from council.workspace import Workspace

NOT_HELD = frozenset({StandupState.SKIPPED, StandupState.MISSED})
"""What was reported for these goes on to the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a look needs to know besides the workspace.

    `spared`: who wants no question while nothing of theirs is open, and has nothing. `left`: what was
    reported for earlier ones that did not take place. `standing`: the standup whose summary stands.
    """

    spared: frozenset[str] = frozenset()
    left: tuple[Issue, ...] = ()
    standing: str = ""


def look_at_standup(
    standup: Standup, workspace: Workspace, now: datetime, around: Around | None = None
) -> StandupOutcome:
    """What now? Until the summary it follows its occurrence, and asks; until it closes it can be added to.

    Skipped, it may be held after all.
    """
    if standup.state is StandupState.SUMMED_UP:
        return _closing(standup, now)
    if standup.state not in (StandupState.PLANNED, StandupState.SKIPPED):
        return StandupOutcome(standup=standup)
    occurrence = as_planned(workspace.calendar, standup.ceremony, standup.on)
    ceremony = workspace.calendar.ceremony(standup.ceremony)
    if occurrence is None or ceremony is None or ceremony.prompt_at is None:
        return _skipped(standup, workspace, now)
    followed = replace(standup, state=StandupState.PLANNED, starts=occurrence.starts, ends=occurrence.ends)
    if now >= followed.ends:
        return StandupOutcome(standup=replace(followed, state=StandupState.MISSED))
    if now >= followed.summary_at:
        return _summed_up(followed, ceremony, workspace, now, around or Around())
    asked, notices = _ask(followed, ceremony, workspace, now, around or Around())
    reminded, reminders = _remind(asked, workspace, now)
    moved = _moved(standup, followed, workspace, now)
    return StandupOutcome(
        standup=reminded,
        notices=(*moved, *notices, *reminders),
        wake_at=next_look(reminded, workspace, now),
        whose=None if moved else (),
    )


def next_look(standup: Standup, workspace: Workspace, now: datetime) -> datetime | None:
    """When to look again: somebody is to be asked or reminded, the summary, the end (aware UTC)."""
    if standup.state is StandupState.SUMMED_UP:
        return max(standup.closes_at, now + AT_ONCE)
    if standup.state is not StandupState.PLANNED:
        return None
    ceremony = workspace.calendar.ceremony(standup.ceremony)
    asking = turns(standup, ceremony, workspace, now) if ceremony else ()
    reminding = (reminds_at(asked, standup, workspace) for asked in standup.asked)
    ahead = (*(turn.at for turn in asking), *reminding, standup.summary_at, standup.ends)
    return min((at for at in ahead if at and at > now), default=now + AT_ONCE)


def with_line(standing: Standup, later: Standup) -> Standup:
    """The standup whose summary stands, with a line on a later one at which nobody had anything."""
    if standing.quiet is not None and standing.quiet.starts > later.starts:
        return standing
    adding = later.state is StandupState.SUMMED_UP
    line = Quiet(starts=later.starts, open=adding, asked=later.asked, unasked=later.unasked)
    return replace(standing, quiet=None if later.issues else line)


def still_asked(notice: Notice, standup: Standup) -> bool:
    """Asked again directly before it is said: nobody hears what they have answered, or what is off again."""
    if notice.kind is NoticeKind.STANDUP_OFF:
        return standup.state is StandupState.SKIPPED
    if standup.state is not StandupState.PLANNED:
        return False
    if notice.kind is NoticeKind.STANDUP_MOVED:
        return notice.facts.get("starts") == standup.starts.isoformat()
    return standup.asked_of(notice.to) is not None and not standup.answer_of(notice.to)


def _closing(standup: Standup, now: datetime) -> StandupOutcome:
    if now < standup.closes_at:
        return StandupOutcome(standup=standup, wake_at=standup.closes_at)
    return StandupOutcome(standup=replace(standup, state=StandupState.OVER))


def _ask(
    standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime, around: Around
) -> tuple[Standup, tuple[Notice, ...]]:
    """Whose turn has come is asked, and that is kept with it: nobody is asked twice, or after an answer."""
    asked, notices = {each.person: each for each in standup.asked}, list[Notice]()
    for turn in turns(standup, ceremony, workspace, now):
        if turn.at > now:
            continue
        before = asked.get(turn.person)
        asked[turn.person] = _with_turn(before, turn, now, quiet=turn.person in around.spared)
        if before is None and turn.person not in around.spared and not standup.answer_of(turn.person):
            notice = tell(NoticeKind.STANDUP_ASKED, turn.person, workspace, now, priority=1, waits=False)
            notices.append(replace(notice, good_until=standup.summary_at - LATEST))
    return replace(standup, asked=tuple(asked.values())), tuple(notices)


def _with_turn(before: Asked | None, turn: Turn, now: datetime, *, quiet: bool) -> Asked:
    if before is None:
        return Asked(person=turn.person, at=now, seats=turn.seats, instead_of=turn.instead_of, quiet=quiet)
    away = (who for who in turn.instead_of if who not in before.instead_of)
    return replace(before, seats=(*before.seats, *turn.seats), instead_of=(*before.instead_of, *away))


def _remind(standup: Standup, workspace: Workspace, now: datetime) -> tuple[Standup, tuple[Notice, ...]]:
    """Who has not answered is reminded once; who is away by now is not."""
    asked, notices = list[Asked](), list[Notice]()
    for each in standup.asked:
        at = reminds_at(each, standup, workspace)
        due = at is not None and at <= now
        asked.append(replace(each, reminded=True) if due else each)
        if due and workspace.present(each.person, now):
            notice = tell(NoticeKind.STANDUP_REMINDED, each.person, workspace, now)
            notices.append(replace(notice, good_until=standup.summary_at))
    return replace(standup, asked=tuple(asked)), tuple(notices)


def _moved(before: Standup, after: Standup, workspace: Workspace, now: datetime) -> tuple[Notice, ...]:
    """Who was asked hears once when it takes place now, or that it does after all; their answer is kept."""
    if (before.starts, before.state) == (after.starts, after.state):
        return ()
    facts = {"starts": after.starts.isoformat(), "why": _why(after, workspace)}
    return _to_asked(after, NoticeKind.STANDUP_MOVED, workspace, now, after.starts, facts)


def _skipped(standup: Standup, workspace: Workspace, now: datetime) -> StandupOutcome:
    if standup.state is StandupState.SKIPPED:
        return StandupOutcome(standup=standup)
    off = replace(standup, state=StandupState.SKIPPED)
    facts = {"why": _why(standup, workspace)}
    told = _to_asked(off, NoticeKind.STANDUP_OFF, workspace, now, standup.ends, facts)
    return StandupOutcome(standup=off, notices=told)


def _why(standup: Standup, workspace: Workspace) -> str:
    """The reason of whoever moved or skipped it."""
    changes = changes_of(workspace.calendar, standup.ceremony, standup.on)
    return changes[-1].reason if changes else ""


def _to_asked(
    standup: Standup,
    kind: NoticeKind,
    workspace: Workspace,
    now: datetime,
    until: datetime,
    facts: Mapping[str, str],
) -> tuple[Notice, ...]:
    people = (asked.person for asked in standup.asked if not asked.quiet)
    told = (tell(kind, person, workspace, now) for person in people)
    return tuple(replace(notice, facts=facts, good_until=min(notice.good_until, until)) for notice in told)


def _summed_up(
    standup: Standup, ceremony: Ceremony, workspace: Workspace, now: datetime, around: Around
) -> StandupOutcome:
    """One message when somebody has something; else a line in the one that stands."""
    summed = replace(
        standup,
        state=StandupState.SUMMED_UP,
        issues=(*around.left, *standup.issues),
        unasked=not_asked(standup, ceremony, workspace, now),
    )
    if not summed.issues and around.standing:
        summed = replace(summed, line_on=around.standing)
    elif summed.issues or standup.asked:
        summed = replace(summed, posted=True)
    return StandupOutcome(
        standup=summed, posts=posts_of(summed, workspace), wake_at=next_look(summed, workspace, now)
    )


def posts_of(standup: Standup, workspace: Workspace) -> tuple[Post, ...]:
    """Its summary, once it has one, in the ceremony's channel."""
    ceremony = workspace.calendar.ceremony(standup.ceremony)
    channel = channel_of(ceremony, workspace) if ceremony else None
    return (Post("summary", channel),) if standup.posted and channel else ()
