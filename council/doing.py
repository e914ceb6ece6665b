"""The life of an action item: given to somebody, reminded of, done, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from council.action_item import ActionItem, ItemOutcome, ItemState
from council.conflict import Context
from council.errors import Invalid, Refused, TooLate, Unknown, require
from council.links import require_link
from council.notice import Notice, NoticeKind, tell
from council.people import Person
from council.permissions import WHO_MAY, Act, Part, admit
from council.reminders import due_for, next_look, passed, said_of
from council.sentence import Sentence, When, Who, say
from council.workspace import Workspace

NO_SUCH_ITEM = say("There is no such action item that you can see.")


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
    # Reminders whose time is over by now are left out: it has just been said.
    fresh = replace(item, reminded=passed(item, workspace, now))
    return ItemOutcome(
        item=fresh,
        happened="handed over" if before else "given",
        notices=() if own else told,
        wake_at=next_look(fresh, workspace, now),
    )


def remind(item: ActionItem, workspace: Workspace, now: datetime) -> ItemOutcome:
    """What now? The owner is reminded; when they are away, whoever asked for it hears that.

    After a long stop it is said once. Asked too early it changes nothing and is armed again.
    """
    at = due_for(item, workspace)
    if at is None or now < at:
        return ItemOutcome(item=item, wake_at=next_look(item, workspace, now))
    over = max(item.reminded, passed(item, workspace, now))
    reminded = replace(item, reminded=over, snoozed=None)
    here = workspace.present(item.owner, now)
    to = item.owner if here else item.asked_by
    notice = tell(NoticeKind.ITEM_DUE, to, workspace, now, rung=said_of(item, workspace, now))
    told = () if workspace.gone(to) else (notice,)
    look = next_look(reminded, workspace, now)
    return ItemOutcome(item=reminded, happened="due", notices=told, wake_at=look)


def done(
    item: ActionItem, words: str, link: str, *, by: Person | None, workspace: Workspace, now: datetime
) -> ItemOutcome:
    """The owner has done it; an answer to a request for data is needed, and whoever asked hears it."""
    member = admit(by)
    allow_item(member, Act.DO_ITEM, item, workspace)
    if item.data:
        require(words, "words", say("Say what you found."))
    require_link(link)
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
    handed = replace(item, owner=to.id, due=due or item.due, snoozed=None)
    return given(handed, workspace, now, before=member.id)


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
