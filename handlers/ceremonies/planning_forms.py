"""The forms **Move**, **Skip** and **Add an extra one**, and what they say will follow."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import InputInteractiveElement
from slack_sdk.models.views import View

from council.cadence import occurrence_on
from council.conflict import Conflict
from council.hours import wall
from council.moves import Moved
from council.planning import Planned, Seen, Slot, with_change
from council.workspace import Workspace
from handlers import forms, kit
from handlers.ceremonies.names import Acts, Views
from handlers.forms import Form, field
from handlers.wording import listed

E = TypeVar("E", bound=InputInteractiveElement)
MOST_SHOWN = 8
MOST_REASON = 300
READ_BY = "Whoever waits for it reads this."
PICK = "Pick a date and a time to see what follows."
ELSEWHERE = "Pick another date or time to see what follows."


class PlanForm(Form):
    """*Move*, *Skip* or *Add an extra one*, as filled in; day and time are those of the ceremony's zone."""

    ceremony: str = ""
    day: date | None = None
    at: time | None = None
    reason: str = ""

    @property
    def slot(self) -> Slot:
        """What was chosen, for the rule."""
        return Slot(day=self.day, at=self.at, reason=self.reason)


def seen_of(meta: Mapping[str, Any]) -> Seen:
    """The occurrence as it was when the form was opened."""
    starts = datetime.fromtimestamp(int(meta["starts"]), UTC)
    return Seen(ceremony=str(meta["ceremony"]), on=date.fromisoformat(meta["on"]), starts=starts)


def _meta(seen: Seen) -> str:
    starts = int(seen.starts.timestamp())
    return json.dumps({"ceremony": seen.ceremony, "on": seen.on.isoformat(), "starts": starts})


def where_it_is(seen: Seen, workspace: Workspace) -> PlanForm:
    """The form *Move* as it opens: with the date and time the occurrence has."""
    local = wall(seen.starts, workspace.calendar.zone_of(seen.ceremony))
    return PlanForm(ceremony=seen.ceremony, day=local.date(), at=local.time())


def move_modal(seen: Seen, form: PlanForm, effect: Sequence[str], workspace: Workspace) -> View:
    """Where to; `effect` says what follows, a line each."""
    blocks: list[Block] = [_about(seen, workspace), *_when(form, seen.ceremony, workspace), _reason(form)]
    return forms.modal(Views.MOVE, "Move", [*blocks, _effect(effect)], submit="Move", meta=_meta(seen))


def skip_modal(seen: Seen, effect: Sequence[str], workspace: Workspace) -> View:
    """Why it does not take place."""
    why = field("reason", "Why?", forms.line(most=MOST_REASON), hint=READ_BY)
    blocks = [_about(seen, workspace), why, _effect(effect)]
    return forms.modal(Views.SKIP, "Skip", blocks, submit="Skip", meta=_meta(seen))


def extra_modal(form: PlanForm, effect: Sequence[str], workspace: Workspace) -> View:
    """Of which ceremony, and when."""
    options = [kit.option(each.name, each.key) for each in workspace.configuration.ceremonies]
    which = _listened(forms.select(options, form.ceremony or None))
    blocks: list[Block] = [
        field("ceremony", "Which ceremony?", which, dispatch=True),
        *_when(form, form.ceremony, workspace),
        _reason(form),
        _effect(effect),
    ]
    return forms.modal(Views.EXTRA, "Add an extra one", blocks, submit="Add")


def _about(seen: Seen, workspace: Workspace) -> Block:
    name = kit.strong(workspace.calendar.name_of(seen.ceremony), 100)
    return kit.text(f"{name} · {kit.when(seen.starts, workspace.hours.zone)}")


def _when(form: PlanForm, key: str, workspace: Workspace) -> list[Block]:
    clocks = f"By the clocks of {workspace.calendar.zone_of(key)}."
    return [
        field("day", "Date", _listened(forms.day(form.day)), dispatch=True),
        field("at", "Time", _listened(forms.clock(form.at)), hint=clocks, dispatch=True),
    ]


def _reason(form: PlanForm) -> Block:
    line = forms.line(form.reason, most=MOST_REASON)
    return field("reason", "Why?", line, hint=READ_BY, optional=True)


def _listened(element: E) -> E:
    """With an action id of its own, so that each choice comes to this form."""
    element.action_id = Acts.CHANGED
    return element


def _effect(lines: Sequence[str]) -> Block:
    return kit.text("\n".join(lines or [PICK]))


def hangs(numbers: Sequence[int]) -> list[str]:
    """What moves with it wherever it goes, while nobody has said where to."""
    return [_move_with_it(numbers), ELSEWHERE]


def about(planned: Planned, workspace: Workspace) -> str:
    """What was planned, in bold."""
    return kit.strong(workspace.calendar.name_of(planned.change.ceremony), 100)


def effect_of(planned: Planned, workspace: Workspace) -> list[str]:
    """What follows from a change, a line each: before it is saved, and in the receipt."""
    change, zone = planned.change, workspace.hours.zone
    found = occurrence_on(with_change(workspace, change).calendar, change.ceremony, change.on)
    takes_place = (
        f"It takes place {kit.when(found.starts, zone)}." if found else "It does not take place that day."
    )
    return [takes_place, *follows(planned.follows, workspace)]


def follows(moving: Sequence[tuple[Conflict, Moved]], workspace: Workspace) -> list[str]:
    """Which open deadlines move, and until when; only numbers, because some may be confidential."""
    rows = [_due(conflict, moved, workspace) for conflict, moved in moving[:MOST_SHOWN]]
    more = [f"and {len(moving) - MOST_SHOWN} more"] if len(moving) > MOST_SHOWN else []
    return [_move_with_it([conflict.number for conflict, _ in moving]), *rows, *more]


def _move_with_it(numbers: Sequence[int]) -> str:
    if not numbers:
        return "No open deadline moves with it."
    many = "One open deadline moves" if len(numbers) == 1 else f"{len(numbers)} open deadlines move"
    return f"{many} with it: {listed([f'#{number}' for number in numbers])}."


def _due(conflict: Conflict, moved: Moved, workspace: Workspace) -> str:
    at = kit.when(moved.deadline.limit, workspace.hours.zone)
    late = ", more than a week later: its owner is asked whether that will do" if moved.ask_owner else ""
    return f"• #{conflict.number} is then due {at}{late}."


def settled_modal(title: str, words: str) -> View:
    """The same window as a receipt."""
    return forms.modal("told", title, [kit.text(words)], close="Done")
