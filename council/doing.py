"""The life of an action item: given to somebody, reminded of, done, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from council.action_item import ActionItem, ItemOutcome, ItemState
from council.conflict import Context
from council.errors import Invalid, Refused, TooLate, Unknown, require
from council.notice import Notice, NoticeKind, tell
from council.people import Person
from council.permissions import WHO_MAY, Act, Part, admit
from council.sentence import Sentence, When, Who, say
from council.workspace import Workspace

LAST_REMINDER = 2
NO_SUCH_ITEM = say("There is no such action item that you can see.")
AT_ONCE = timedelta(seconds=1)


def problems(text: str, owner: Person | None, due: date | None, today: date) -> dict[str, Sentence]:
    """What has to be mended before it can be given to somebody, per field."""
    found: dict[str, Sentence] = {}
    if not text.strip():
        found["text"] = say("Say what is to be done.")
    if owner is None:
        found["owner"] = say("Choose who does it.")
    elif owner.barred:
        found["owner"] = say("{who} can't take it; choose a full member.", who=Who(owner.id))
    if due is None:
        found["due"] = say("Pick the day by which it is done.")
    elif due < today:
        found["due"] = say("Pick a day from today on.")
    return found


def given(item: ActionItem, workspace: Workspace, now: datetime, *, before: str = "") -> ItemOutcome:
    """Its owner is told at once, unless they took it themselves; `before`: who had it."""
    told = (tell(NoticeKind.ITEM_GIVEN, item.owner, workspace, now, priority=1, waits=False, before=before),)
    own = item.owner == (before or item.asked_by)
    fresh = replace(item, reminded=_reminded_by(item, workspace, now))
    return ItemOutcome(
        item=fresh,
        happened="handed over" if before else "given",
        notices=() if own else told,
        wake_at=_next(fresh, workspace, now),
    )


def _reminded_by(item: ActionItem, workspace: Workspace, now: datetime) -> int:
    """Reminders whose time is over when it is given are left out: it has just been said."""
    return sum(at <= now for at in _reminders(item, workspace))


def _reminders(item: ActionItem, workspace: Workspace) -> tuple[datetime, datetime]:
    """At the opening of the working day before, and of the day; a day off is reminded of before it."""
    hours = workspace.hours
    day = item.due if hours.is_working_day(item.due) else hours.add_working_days(item.due, -1)
    return hours.opening_of(hours.add_working_days(day, -1)), hours.opening_of(day)


def _next(item: ActionItem, workspace: Workspace, now: datetime) -> datetime | None:
    if not item.is_open or item.reminded >= LAST_REMINDER:
        return None
    return max(_reminders(item, workspace)[item.reminded], now + AT_ONCE)


def remind(item: ActionItem, workspace: Workspace, now: datetime) -> ItemOutcome:
    """What now? The owner is reminded; when they are away, whoever asked for it hears that.

    After a long stop it is said once. Asked too early it changes nothing and is armed again.
    """
    due = _reminded_by(item, workspace, now)
    if not item.is_open or due <= item.reminded:
        return ItemOutcome(item=item, wake_at=_next(item, workspace, now))
    reminded = replace(item, reminded=due)
    here = workspace.present(item.owner, now)
    to = item.owner if here else item.asked_by
    notice = tell(NoticeKind.ITEM_DUE, to, workspace, now, rung=due)
    told = () if workspace.gone(to) else (notice,)
    look = _next(reminded, workspace, now)
    return ItemOutcome(item=reminded, happened="due", notices=told, wake_at=look)


def done(
    item: ActionItem, words: str, link: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> ItemOutcome:
    """The owner has done it; an answer to a request for data is needed, and whoever asked hears it."""
    member = admit(by)
    allow_item(member, Act.DO_ITEM, item, workspace)
    if item.data:
        require(words, "words", say("Say what you found."))
    if link and not link.startswith(("https://", "http://")):
        raise Invalid({"link": say("A link begins with https://.")})
    ended = replace(item, state=ItemState.DONE, ended_at=now)
    asker = item.asked_by
    told = item.data and asker != member.id and not workspace.gone(asker)
    notice = tell(NoticeKind.ITEM_DONE, asker, workspace, now, waits=False, words=words)
    answer = Context(conflict=item.conflict or "", by=member.id, at=now, words=words, link=link)
    return ItemOutcome(
        item=ended,
        happened="done",
        notices=(notice,) if told else (),
        context=(answer,) if item.data and item.conflict else (),
    )


def pass_on(
    item: ActionItem,
    to: Person | None,
    due: date | None,
    *,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> ItemOutcome:
    """To somebody else, by the same or another day: its owner, whoever asked for it, or the chair."""
    member = admit(by)
    allow_item(member, Act.PASS_ON_ITEM, item, workspace)
    found = problems(item.text, to, due or item.due, workspace.today(now))
    if to is not None and to.id == item.owner:
        found["owner"] = say("It is with {who} already.", who=Who(to.id))
    absence = workspace.absence(to.id, now) if to else None
    if to is not None and absence is not None:
        sentence = say("{who} is away until {until}.", who=Who(to.id), until=When(absence.until))
        found["owner"] = sentence
    if found or to is None:
        raise Invalid(found)
    passed = replace(item, owner=to.id, due=due or item.due)
    return given(passed, workspace, now, before=member.id)


def still_wanted(notice: Notice, item: ActionItem) -> bool:
    """Asked again directly before it is said: nobody hears of what is done, or with somebody else."""
    if notice.kind is NoticeKind.ITEM_DONE:
        return not item.is_open
    asked = item.owner if notice.kind is NoticeKind.ITEM_GIVEN else notice.to
    return item.is_open and notice.to == asked and notice.to in (item.owner, item.asked_by)


def concerned(person: str, item: ActionItem, workspace: Workspace) -> frozenset[Part]:
    """Every part the person plays towards the item; whoever plays none does not get to see it."""
    playing = {
        Part.ITEM_OWNER: person == item.owner,
        Part.ITEM_ASKER: person == item.asked_by,
        Part.CHAIR: person in workspace.chairing,
    }
    return frozenset(part for part, plays in playing.items() if plays)


def allow_item(by: Person | None, act: Act, item: ActionItem | None, workspace: Workspace) -> ActionItem:
    """The item, when this person may do this to it now.

    Raises `Unknown` for who may not even see it, `Refused` saying who may, `TooLate` when it is done.
    """
    member = admit(by)
    playing = concerned(member.id, item, workspace) if item else frozenset[Part]()
    if item is None or not playing:
        raise Unknown(NO_SUCH_ITEM)
    if not playing & WHO_MAY[act]:
        raise Refused(say("Only {who} can say that it is done.", who=Who(item.owner)))
    if not item.is_open:
        raise TooLate(say("It is done already."))
    return item
