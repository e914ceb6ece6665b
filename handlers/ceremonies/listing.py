"""`/ai-council next`: what takes place next, of every ceremony; the chair can move and skip it there."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from council.cadence import Occurrence, PassedOver, changes_of, planned_start
from council.coming import Coming, coming
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private
from handlers.ceremonies.names import Acts, Views
from handlers.conflicts.card import place
from handlers.conflicts.not_set_up import set_up
from handlers.turn import Turn

MOST_SHOWN = 15
TITLE = "What takes place next"
NOTHING = "No ceremony is planned yet."


async def list_next(turn: Turn, words: str = "") -> Answer:
    """What takes place next, the soonest first."""
    return await _listed(turn)


async def on_next(turn: Turn) -> Answer:
    """**All meetings**: the same in a window of its own."""
    answer = await _listed(turn)
    await turn.show(forms.modal(Views.NEXT, TITLE, answer.blocks, close="Done"))
    return None


async def _listed(turn: Turn) -> Private:
    workspace = await set_up(turn)
    return listing(coming(workspace.calendar, turn.desk.clock()), turn.person_id, workspace)


def listing(found: tuple[Coming, ...], reader: str, workspace: Workspace) -> Private:
    """The answer; whoever chairs the council gets the buttons."""
    if not found:
        return Private(NOTHING, [kit.text(NOTHING)])
    rows = [block for each in found[:MOST_SHOWN] for block in _entry(each, reader, workspace)]
    more = [kit.small(f"and {len(found) - MOST_SHOWN} more.")] if len(found) > MOST_SHOWN else []
    extra = kit.buttons([kit.button("Add an extra one", Acts.EXTRA, "add")])
    return Private(
        f"{TITLE}.",
        [kit.text(f"*{TITLE}*"), *rows, *more, *(extra if reader in workspace.chairing else [])],
    )


def _entry(each: Coming, reader: str, workspace: Workspace) -> list[Block]:
    lines = [head(each, workspace), *_remarks(each, workspace)]
    return [kit.text("\n".join(lines)), *kit.buttons(planning_buttons(each.occurrence, reader, workspace))]


def head(each: Coming, workspace: Workspace) -> str:
    """What, when, how long, where."""
    ceremony, at = each.ceremony, kit.when(each.occurrence.starts, workspace.hours.zone)
    link = place(ceremony.where or "")
    return f"{kit.strong(ceremony.name, 100)} · {at} · {ceremony.minutes} min{link}"


def _remarks(each: Coming, workspace: Workspace) -> Iterator[str]:
    for date in each.left_out:
        yield _left_out(date, workspace)
    occurrence, zone = each.occurrence, workspace.hours.zone
    latest = changes_of(workspace.calendar, occurrence.ceremony, occurrence.on)[-1:]
    why = f": {kit.quoted(latest[0].reason, 200)}" if latest and latest[0].reason else ""
    regular = planned_start(workspace.calendar, occurrence.ceremony, occurrence.on)
    if occurrence.extra:
        yield f"Extraordinary{why}"
    elif occurrence.moved and regular:
        yield f"Moved from {kit.when(regular, zone)}{why}"


def _left_out(date: PassedOver, workspace: Workspace) -> str:
    at = kit.when(date.starts, workspace.hours.zone)
    return f"{at} is skipped: {kit.quoted(date.why, 200)}" if date.why else f"{at} is a holiday"


def all_meetings() -> kit.Pressable:
    """**All meetings**, for everybody."""
    return kit.button("All meetings", Acts.NEXT, "all")


def planning_buttons(occurrence: Occurrence, reader: str, workspace: Workspace) -> list[kit.Pressable]:
    """**Move** and **Skip**, for whoever chairs the council."""
    if reader not in workspace.chairing:
        return []
    value = f"{occurrence.ceremony}:{occurrence.on.isoformat()}"
    return [kit.button("Move", Acts.MOVE, value), kit.button("Skip", Acts.SKIP, value)]
