"""Asking for data: the owner needs something from somebody before they can decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from council.action_item import ActionItem, ItemOutcome
from council.alarm import next_look
from council.conflict import Conflict, Event
from council.doing import given, problems
from council.errors import Invalid
from council.outcome import Outcome
from council.people import Person
from council.permissions import Act, allow
from council.sentence import Sentence, Who, say
from council.windows import take_part
from council.workspace import Workspace

MOST_ITEMS = 5
"""So many action items can come out of one decision."""


def ask_for_data(
    conflict: Conflict,
    whom: Person | None,
    what: str,
    due: date | None,
    *,
    id: str,
    by: Person | None,
    workspace: Workspace,
    now: datetime,
) -> Outcome:
    """An action item of whoever has it, named in every reminder; from then on they take part."""
    member = allow(by, Act.ASK_FOR_DATA, conflict, workspace, now)
    found = problems(what, whom, due, workspace.today(now))
    if found or whom is None or due is None:
        raise Invalid(found)
    item = replace(
        item_of(conflict, id=id, text=what, owner=whom.id, due=due, by=member.id, now=now), data=True
    )
    words = say("{who} asked {whom} for data: {what}", who=Who(member.id), whom=Who(whom.id), what=what)
    changed = take_part(conflict, (whom.id,))
    return Outcome(
        conflict=changed,
        timeline=(Event(kind="asked for data", at=now, by=member.id, words=words),),
        items=(given(item, workspace, now),),
        wake_at=next_look(changed, workspace, now),
    )


def item_of(
    conflict: Conflict, *, id: str, text: str, owner: str, due: date, by: str, now: datetime
) -> ActionItem:
    """An action item that comes from the conflict."""
    return ActionItem(
        id=id,
        team=conflict.team,
        text=text.strip(),
        owner=owner,
        due=due,
        asked_by=by,
        at=now,
        conflict=conflict.id,
        number=conflict.number,
        subject=conflict.facts.subject,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An action item as it was typed into a decision; `id` is the one it gets."""

    id: str
    text: str
    owner: Person | None
    due: date | None


def wanted_problems(wanted: tuple[Wanted, ...], today: date) -> dict[str, Sentence]:
    """What has to be mended, by *text_0*, *owner_0*, *due_0* and so on."""
    return {
        f"{field}_{place}": sentence
        for place, each in enumerate(wanted)
        for field, sentence in problems(each.text, each.owner, each.due, today).items()
    }


def items_of(
    conflict: Conflict, wanted: tuple[Wanted, ...], by: str, workspace: Workspace, now: datetime
) -> tuple[ItemOutcome, ...]:
    """What came out of the decision, each given to its owner."""
    made = (
        item_of(conflict, id=each.id, text=each.text, owner=each.owner.id, due=each.due, by=by, now=now)
        for each in wanted
        if each.owner is not None and each.due is not None
    )
    return tuple(given(item, workspace, now) for item in made)
