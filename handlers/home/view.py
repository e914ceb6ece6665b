"""App Home, whole: useful when empty, and within Slack's hundred blocks whatever is behind it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from council.coming import Coming, coming
from council.conflict import Conflict
from council.drawing import drawn
from council.errors import Refused
from council.people import Person
from council.permissions import admit
from council.preparing import template_of
from council.workspace import Workspace
from handlers import kit
from handlers.actions.item_message import buttons
from handlers.actions.listing import state as item_state
from handlers.agenda.message import topics
from handlers.agenda.names import Acts as Agendas
from handlers.away.message import standing
from handlers.away.names import Acts as Away
from handlers.ceremonies.listing import all_meetings, head, planning_buttons
from handlers.conflicts.decided import verdict
from handlers.conflicts.names import COMMAND, Acts
from handlers.conflicts.rows import one_line
from handlers.council.names import COMMAND as COUNCIL
from handlers.council.names import Acts as Council
from handlers.morning.names import Acts as Morning
from handlers.setup.hub import ways
from handlers.standup.message import answering, question
from handlers.standup.names import Acts as Standups
from handlers.wording import name, plain
from storage.overview import Overview

NOTHING = "Nothing is waiting for you."
WHAT_FOR = (
    "When two AI signals disagree, type `{command}` in any channel, or use the message shortcut "
    "*Report AI conflict* on one of them: the right person decides, on time, and everybody can find it later."
)
NOT_SET_UP = "Tiebreak is not set up here yet. Whoever installed it can do that."
MOST_GAPS = 6


def home(
    seen: Overview, reader: str, person: Person | None, workspace: Workspace | None, now: datetime
) -> View:
    """What this person sees when they open the app."""
    return View(type="home", blocks=_blocks(seen, reader, person, workspace, now))


def _blocks(
    seen: Overview, reader: str, person: Person | None, workspace: Workspace | None, now: datetime
) -> list[Block]:
    if workspace is None or not workspace.configuration.matrix:
        return [kit.text(NOT_SET_UP)]
    try:
        admit(person)
    except Refused as refusal:
        return [kit.text(plain(refusal.sentence, workspace))]
    return [
        *_head(seen, reader, workspace, now),
        *_waiting(seen, reader, workspace, now),
        *_reported(seen, workspace, now),
        *_meeting(seen, reader, workspace, now),
        *_decided(seen, workspace),
        *_for_chair(seen, reader, workspace),
        *_set_up(seen, reader, workspace, now),
    ]


def _head(seen: Overview, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    row: list[kit.Pressable] = [kit.button("Report a conflict", Acts.REPORT, "new", "primary")]
    row.append(kit.button("Which number stands?", Council.ASK_WHICH, "ask"))
    row.append(kit.button("All open", Acts.LIST_OPEN, "list"))
    row.append(kit.button("I'm away", Away.AWAY, "away"))
    row.append(kit.button("Morning hour", Morning.HOUR, "hour"))
    return [
        *kit.buttons(row),
        *standing(reader, workspace, now),
        *(_spared() if seen.only_when_open else []),
        kit.small(f"as of {kit.when(now, workspace.hours.zone)}"),
    ]


def _spared() -> list[Block]:
    block = kit.text("Before a standup you are asked only when something of yours is open.")
    block.accessory = kit.button("Always ask me", Standups.ALWAYS, "home")
    return [block]


def _section(title: str) -> list[Block]:
    return [DividerBlock(), kit.text(f"*{title}*")]


def _waiting(seen: Overview, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """What to decide, overdue first; then what to do."""
    rows: list[Block] = [_to_decide(each, reader, workspace, now) for each in seen.waiting]
    for item in seen.items:
        words = f"Action: {kit.quoted(item.text, 200)}\n{item_state(item, workspace, now)}"
        rows += [kit.text(words), *kit.buttons(buttons(item, reader))]
    if seen.standup is not None:
        rows += [kit.text(question(seen.standup, workspace)), *kit.buttons(answering(seen.standup, reader))]
    if not rows:
        return [*_section("Waiting for you"), kit.text(f"{NOTHING}\n{WHAT_FOR.format(command=COMMAND)}")]
    more = [*_more(seen.waiting_in_all - len(seen.waiting), f"{COMMAND} list mine")]
    more += _more(seen.items_in_all - len(seen.items), f"{COUNCIL} actions")
    return [*_section("Waiting for you"), *rows, *more]


def _more(count: int, command: str) -> list[Block]:
    return [kit.small(f"and {count} more: `{command}` shows them.")] if count > 0 else []


def _to_decide(conflict: Conflict, reader: str, workspace: Workspace, now: datetime) -> Block:
    at = kit.when(conflict.overdue_at, workspace.hours.zone)
    due = f"*Overdue since {at}*" if conflict.overdue(now) else f"decide by {at}"
    own = conflict.owner == reader
    asked = "" if own else f" · {name(conflict.owner, workspace.people)} has not answered; you are asked"
    block = kit.text(f"*#{conflict.number}* {one_line(conflict.facts.subject, 150)}\n{due}{asked}")
    act = ("Decide", Acts.DECIDE) if own else ("Take over", Acts.TAKE_OVER)
    block.accessory = kit.button(*act, conflict.id)
    return block


def _reported(seen: Overview, workspace: Workspace, now: datetime) -> list[Block]:
    if not seen.reported:
        return []
    return [
        *_section("You reported"),
        *(_row(each, _standing(each, workspace, now)) for each in seen.reported),
    ]


def _standing(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    if conflict.ruling is not None and not conflict.is_open:
        return f"decided: {verdict(conflict.ruling)}"
    if not conflict.is_open:
        return conflict.state.value
    at, owner = kit.when(conflict.overdue_at, workspace.hours.zone), name(conflict.owner, workspace.people)
    return f"overdue since {at}" if conflict.overdue(now) else f"{owner} decides by {at}"


def _row(conflict: Conflict, words: str) -> Block:
    block = kit.text(f"*#{conflict.number}* {one_line(conflict.facts.subject, 150)}\n{words}")
    block.accessory = kit.button("Details", Acts.DETAILS, conflict.id)
    return block


def _meeting(seen: Overview, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """Whichever ceremony takes place next, and the next one that has an agenda."""
    found = coming(workspace.calendar, now)
    if not found:
        return []
    planning = [*planning_buttons(found[0].occurrence, reader, workspace), all_meetings()]
    date, count, row = _with_agenda(seen, found)
    if date is None or date is found[0]:
        first = kit.text(f"{head(found[0], workspace)}{count}")
        return [*_section("Next meeting"), first, *kit.buttons([*row, *planning])]
    first, second = kit.text(head(found[0], workspace)), kit.text(f"{head(date, workspace)}{count}")
    return [*_section("Next meeting"), first, *kit.buttons(planning), second, *kit.buttons(row)]


def _with_agenda(seen: Overview, found: tuple[Coming, ...]) -> tuple[Coming | None, str, list[kit.Pressable]]:
    """The next meeting with an agenda, how much stands on it, and the buttons that lead there."""
    meeting, material = seen.agenda or (None, None)
    on = (meeting.ceremony, meeting.on) if meeting else None
    date = next((each for each in found if (each.ceremony.key, each.occurrence.on) == on), None)
    template = template_of(date.ceremony) if date else None
    if meeting is None or material is None or template is None:
        return None, "", []
    count = topics(drawn(meeting.agenda, template, material))
    row: list[kit.Pressable] = [
        kit.button("Agenda", Agendas.SHOW, meeting.id),
        kit.button("Add an item", Agendas.ADD, meeting.id),
    ]
    return date, f" · {count} item{'' if count == 1 else 's'}", row


def _decided(seen: Overview, workspace: Workspace) -> list[Block]:
    rows = [
        _row(each, f"{verdict(each.ruling)} {name(each.ruling.by, workspace.people)}")
        for each in seen.decided
        if each.ruling
    ]
    searching = kit.buttons([kit.button("Search", Council.SEARCH, "search")])
    return [*_section("Recent decisions"), *rows, *searching] if rows else []


def _for_chair(seen: Overview, reader: str, workspace: Workspace) -> list[Block]:
    """One person who owns more than half of what is open is said to the chair, and to nobody else."""
    if seen.loaded is None or reader not in workspace.chairing:
        return []
    who = "You own" if seen.loaded == reader else f"{name(seen.loaded, workspace.people)} owns"
    return [*_section("For the chair"), kit.text(f"{who} more than half of what is open.")]


def _set_up(seen: Overview, reader: str, workspace: Workspace, now: datetime) -> list[Block]:
    """For those who look after it: what is missing, what stands still."""
    if reader not in workspace.keepers:
        return []
    gaps = list(_gaps(workspace, now))
    if seen.stuck:
        have = "receiver has" if seen.stuck == 1 else "receivers have"
        gaps.append(f"{seen.stuck} {have} taken nothing for a quarter of an hour; `tiebreak check` says more")
    changing = kit.buttons(ways())
    if not gaps:
        return [
            *_section("Set up"),
            kit.text("Every seat is held and has a deputy, and nothing stands still."),
            *changing,
        ]
    lines = [f"⚠ {gap}." for gap in gaps[:MOST_GAPS]]
    more = [f"and {len(gaps) - MOST_GAPS} more"] if len(gaps) > MOST_GAPS else []
    return [*_section("Set up"), kit.text("\n".join([*lines, *more])), *changing]


def _gaps(workspace: Workspace, now: datetime) -> Iterator[str]:
    for role in workspace.configuration.roles:
        called = kit.quoted(role.name, 80)
        if role.holder is None or workspace.gone(role.holder):
            yield f"Nobody holds {called}"
        elif role.deputy is None or workspace.gone(role.deputy):
            yield f"{called} has no deputy"
        elif not workspace.present(role.holder, now) and not workspace.present(role.deputy, now):
            yield f"{called}: holder and deputy are both away"
