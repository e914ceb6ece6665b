"""The forms of an agenda: **Add an item**, **Propose a tool**, **Arrange**, and the shared metrics."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.agenda import Filled, Point, Reading
from council.arranging import MOST_TEXT, MOST_VALUE, seated
from council.drawing import drawn
from council.meeting import Meeting
from council.templates import Metric
from council.workspace import Workspace
from handlers import forms, kit
from handlers.agenda.names import Acts, Views
from handlers.agenda.reading import Read
from handlers.conflicts.rows import one_line
from handlers.forms import Form, field
from handlers.wording import name, plain_name

MINUTES = (0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 60, 90)
MOST_TICKS, MOST_PROPOSED = 10, 10
ACCEPT, LATER, DECLINE = "accept", "later", "decline"


class AddForm(Form):
    """*Add an item*."""

    text: str = ""
    box: str = ""
    minutes: int | None = None
    owner: str | None = None


class ToolForm(Form):
    """*Propose a tool*."""

    what: str = ""
    whom: str = ""
    data: str = ""
    why: str = ""


def _meta(meeting: Meeting) -> str:
    return json.dumps({"meeting": meeting.id})


def _about(meeting: Meeting, workspace: Workspace, more: str = "") -> Block:
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    return kit.text(f"{called} · {kit.when(meeting.starts, workspace.hours.zone)}{more}")


def _proposing(reader: str, workspace: Workspace) -> str:
    if reader in seated(workspace):
        return ""
    chair = name(workspace.chairing[0], workspace.people) if workspace.chairing else "the chair"
    return f"\nYou propose it; {chair} decides whether it comes on the agenda."


def add_modal(read: Read, reader: str) -> View:
    """What, in which box, and for how long."""
    meeting, template = read.meeting, read.template
    options = [kit.option(filled.box.title, filled.box.key) for filled in read.filled]
    usual = template.drawing("proposals").key
    tool = kit.text("A new tool for the team?")
    tool.accessory = kit.button("Propose a tool", Acts.PROPOSE, meeting.id)
    lengths = [kit.option(f"{minutes} min", str(minutes)) for minutes in MINUTES if minutes]
    blocks: list[Block] = [
        _about(meeting, read.workspace, _proposing(reader, read.workspace)),
        field("text", "What is it about?", forms.line(most=MOST_TEXT, tall=True, focus=True)),
        field("box", "Where does it belong?", forms.select(options, usual)),
        field("minutes", "Minutes", forms.select(lengths), optional=True),
        field("owner", "Who brings it?", forms.person(reader), optional=True),
        tool,
    ]
    return forms.modal(Views.ADD, "Add an item", blocks, submit="Add", meta=_meta(meeting))


def tool_modal(read: Read, reader: str) -> View:
    """What, for whom, what shared data it touches, why."""
    data = "Which data of other teams does it read or write? “None” is an answer."
    blocks: list[Block] = [
        _about(read.meeting, read.workspace, _proposing(reader, read.workspace)),
        field("what", "Which tool?", forms.line(most=60, focus=True)),
        field("whom", "For whom?", forms.line(most=60)),
        field("data", "What shared data does it touch?", forms.line(most=80), hint=data),
        field("why", "Why?", forms.line(most=90)),
    ]
    return forms.modal(Views.PROPOSE, "Propose a tool", blocks, submit="Propose", meta=_meta(read.meeting))


def metrics_modal(asked: tuple[tuple[Metric, Reading], ...], meeting: Meeting, workspace: Workspace) -> View:
    """All that one person was asked for."""
    rows: list[Block] = [
        field(metric.key, metric.name, forms.line(reading.value, most=MOST_VALUE), optional=True)
        for metric, reading in asked
    ]
    blocks = [_about(meeting, workspace), *rows]
    return forms.modal(Views.METRICS, "Shared metrics", blocks, submit="Send", meta=_meta(meeting))


def arrange_modal(read: Read, view: Mapping[str, Any] | None = None) -> View:
    """Boxes with their time and place, what stands in them, and what is proposed.

    `view` is the form as it is filled in now: the sum follows it, and what it began with stays what is
    compared with, whoever has arranged meanwhile.
    """
    meeting, chosen = read.meeting, forms.values(view or {})
    first = _shown_first(view or {})
    shown = drawn(replace(meeting.agenda, dropped=()), read.template, read.material)
    blocks: list[Block] = [
        _about(meeting, read.workspace),
        kit.text(total(read, chosen), block_id="total"),
        *_proposals(read),
        *(block for place, each in enumerate(shown) for block in _box(place, each, len(shown), read, first)),
        *_bringing(shown),
    ]
    return forms.modal(Views.ARRANGE, "Arrange", blocks, submit="Save", meta=_meta(meeting))


def total(read: Read, chosen: Mapping[str, Any]) -> str:
    """All minutes together, against the length of the meeting."""
    taken = sum(int(chosen.get(f"minutes:{filled.box.key}", filled.box.minutes)) for filled in read.filled)
    length = int((read.meeting.ends - read.meeting.starts).total_seconds()) // 60
    over = f": {taken - length} too many" if taken > length else ""
    return f"*{taken} of {length} min*{over}"


def _proposals(read: Read) -> Iterator[Block]:
    """Each waits for one answer."""
    options = [
        kit.option("Put it on the agenda", ACCEPT),
        kit.option("Leave it for later", LATER),
        kit.option("Not this time", DECLINE),
    ]
    for point in read.meeting.agenda.proposed[:MOST_PROPOSED]:
        by = name(point.by, read.workspace.people) if point.by else "Somebody"
        yield kit.text(f"{by} proposes: {one_line(point.text, 300)}")
        yield field(f"proposed:{point.id}", "What shall become of it?", forms.radios(options, LATER))


def _box(place: int, filled: Filled, count: int, read: Read, first: Mapping[str, Any]) -> Iterator[Block]:
    """Its time, its place, and a tick for each of its points."""
    box = filled.box
    lengths = [kit.option(f"{each} min", str(each)) for each in sorted({*MINUTES, box.minutes})]
    timing = forms.select(lengths, first.get(f"minutes:{box.key}", str(box.minutes)))
    timing.action_id = Acts.CHANGED
    places = [kit.option(str(each), str(each)) for each in range(1, count + 1)]
    yield field(f"minutes:{box.key}", f"{box.title}: minutes", timing, dispatch=True)
    yield field(
        f"place:{box.key}",
        f"{box.title}: place",
        forms.select(places, first.get(f"place:{box.key}", str(place + 1))),
    )
    points = [point for point in filled.points if point.kind != "metric"]
    for start in range(0, len(points), MOST_TICKS):
        some = points[start : start + MOST_TICKS]
        options = [kit.option(label(point, read.workspace), point.id) for point in some]
        block = f"points:{box.key}:{start // MOST_TICKS}"
        on = [point.id for point in some if point.id not in read.meeting.agenda.dropped]
        on = first.get(block, []) if first else on
        yield field(block, f"{box.title}: stays on the agenda", forms.ticks(options, on), optional=True)


def _bringing(shown: tuple[Filled, ...]) -> Iterator[Block]:
    points = [point for filled in shown for point in filled.points if can_be_given(point)]
    if points:
        options = [kit.option(_plain(point), point.id) for point in points[: forms.MOST]]
        yield field("point", "Who brings what? The item", forms.select(options), optional=True)
        yield field("owner", "Who brings it", forms.person(), optional=True)


def can_be_given(point: Point) -> bool:
    """A conflict and an action item have an owner already, a metric its holder."""
    return point.conflict is None and point.item is None and point.kind != "metric"


def label(point: Point, workspace: Workspace) -> str:
    """A point where Slack shows no markup."""
    who = plain_name(point.owner, workspace.people) if point.owner else ""
    return kit.clip(_plain(point), 55) + (f" · {kit.clip(who, 16)}" if who else "")


def _plain(point: Point) -> str:
    if point.confidential:
        return f"confidential #{point.number}"
    number = f"#{point.number} " if point.number else ""
    return f"{number}{' '.join(point.text.split())}"


def ticked(view: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which points were ticked anew, and which were unticked, since the form was shown."""
    now = _points(forms.values(view))
    before = _points(_shown_first(view))
    return tuple(sorted(now - before)), tuple(sorted(before - now))


def _points(values: Mapping[str, Any]) -> set[str]:
    return {id for block, ids in values.items() if block.startswith("points:") for id in ids}


def changed_numbers(view: Mapping[str, Any], prefix: str) -> dict[str, int]:
    """The minutes or places that were chosen otherwise than the form was shown, by box."""
    before = _shown_first(view)
    return {
        block.removeprefix(prefix): int(value)
        for block, value in forms.values(view).items()
        if block.startswith(prefix) and value != before.get(block)
    }


def _shown_first(view: Mapping[str, Any]) -> dict[str, Any]:
    """What each input held when the form was shown."""
    found: dict[str, Any] = {}
    for block in view.get("blocks") or []:
        element = block.get("element") or {}
        if option := element.get("initial_option"):
            found[str(block["block_id"])] = option["value"]
        if options := element.get("initial_options"):
            found[str(block["block_id"])] = [each["value"] for each in options]
    return found


def answers(view: Mapping[str, Any], prefix: str) -> dict[str, str]:
    """What was chosen in inputs whose name begins like this, by the rest of it."""
    values = forms.values(view).items()
    return {block.removeprefix(prefix): str(value) for block, value in values if block.startswith(prefix)}
