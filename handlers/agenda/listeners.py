"""**Add an item**, **Propose a tool**, **Arrange** and **Answer**: opened, and taken."""

from __future__ import annotations

from council import arranging as rule
from council.arranging import Arrangement, Tool, Wish, chairing
from council.errors import Invalid, Refused
from council.meeting import Meeting, MeetingOutcome
from council.people import Person
from council.sentence import say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.agenda.forms import (
    ACCEPT,
    DECLINE,
    AddForm,
    ToolForm,
    add_modal,
    answers,
    arrange_modal,
    changed_numbers,
    metrics_modal,
    ticked,
    tool_modal,
)
from handlers.agenda.metrics import asked_of
from handlers.agenda.reading import read_agenda, settle
from handlers.answers import Answer, Update
from handlers.looking import meet
from handlers.turn import Turn
from handlers.wording import name
from storage.store import Unit


async def on_add(turn: Turn) -> Answer:
    """**Add an item**: the form, for the next meeting when this one is over."""
    await turn.show(add_modal(await read_agenda(turn, turn.value), turn.person_id))
    return None


async def on_added(turn: Turn) -> Answer:
    """On the agenda, or proposed; the receipt says which."""
    form = forms.read(AddForm, turn.view)
    owner = await _looked_up(turn, form.owner)
    wish = Wish(text=form.text, box=form.box, minutes=form.minutes, owner=owner)

    def add(unit: Unit, meeting: Meeting, workspace: Workspace) -> MeetingOutcome:
        return rule.add(meeting, wish, id=unit.ids(), by=turn.person, workspace=workspace, now=unit.clock())

    return _receipt("Add an item", await settle(turn, str(turn.meta["meeting"]), add, _added))


async def on_propose(turn: Turn) -> Answer:
    """**Propose a tool**."""
    await turn.show(tool_modal(await read_agenda(turn, turn.value), turn.person_id))
    return None


async def on_proposed(turn: Turn) -> Answer:
    """The same."""
    form = forms.read(ToolForm, turn.view)
    tool = Tool(what=form.what, whom=form.whom, data=form.data, why=form.why)

    def propose(unit: Unit, meeting: Meeting, workspace: Workspace) -> MeetingOutcome:
        now = unit.clock()
        return rule.propose(meeting, tool, id=unit.ids(), by=turn.person, workspace=workspace, now=now)

    return _receipt("Propose a tool", await settle(turn, str(turn.meta["meeting"]), propose, _added))


def _added(meeting: Meeting, workspace: Workspace) -> str:
    point = meeting.agenda.points[-1]
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    at = kit.when(meeting.starts, workspace.hours.zone)
    if point.accepted:
        return f"It is on the agenda of {called}, {at}."
    chair = name(workspace.chairing[0], workspace.people) if workspace.chairing else "the chair"
    return f"It is proposed for {called}, {at}; {chair} decides whether it comes on the agenda."


async def on_arrange(turn: Turn) -> Answer:
    """**Arrange**: the chair."""
    read = await read_agenda(turn, turn.value)
    chairing(turn.person, read.workspace, turn.desk.clock())
    await turn.show(arrange_modal(read))
    return None


async def on_changed(turn: Turn) -> Answer:
    """Minutes were chosen: the sum follows, in place."""
    read = await read_agenda(turn, str(turn.meta["meeting"]))
    chairing(turn.person, read.workspace, turn.desk.clock())
    await turn.redraw(arrange_modal(read, turn.view))
    return None


async def on_arranged(turn: Turn) -> Answer:
    """Only what was changed in the form is changed: whoever arranged meanwhile loses nothing by it."""
    view, chosen = turn.view, forms.values(turn.view)
    on, off = ticked(view)
    decided = answers(view, "proposed:")
    owner = await _looked_up(turn, chosen.get("owner"))
    if (owner is None) != ("point" not in chosen):
        missing = "owner" if owner is None else "point"
        raise Invalid({missing: say("Choose both: the item, and who brings it.")})
    wanted = Arrangement(
        minutes=changed_numbers(view, "minutes:"),
        places=changed_numbers(view, "place:"),
        on=(*on, *(id for id, what in decided.items() if what == ACCEPT)),
        off=(*off, *(id for id, what in decided.items() if what == DECLINE)),
        given=(chosen["point"], owner) if owner else None,
    )

    def arrange(unit: Unit, meeting: Meeting, workspace: Workspace) -> MeetingOutcome:
        return rule.arrange(meeting, wanted, by=turn.person, workspace=workspace, now=unit.clock())

    return _receipt("Arrange", await settle(turn, str(turn.meta["meeting"]), arrange, _arranged))


def _arranged(meeting: Meeting, workspace: Workspace) -> str:
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    return f"The agenda of {called}, {kit.when(meeting.starts, workspace.hours.zone)}, is saved."


async def on_metrics(turn: Turn) -> Answer:
    """**Answer**: all that this person was asked for; the chair may answer for everybody."""
    read = await read_agenda(turn, turn.value)
    asked = asked_of(read.meeting, turn.person_id, read.workspace)
    if not asked:
        raise Refused(rule.who_was_asked(read.meeting.agenda))
    await turn.show(metrics_modal(asked, read.meeting, read.workspace))
    return None


async def on_answered(turn: Turn) -> Answer:
    """It stands on the agenda at once."""
    values = {key: str(value) for key, value in forms.values(turn.view).items()}

    def answer(unit: Unit, meeting: Meeting, workspace: Workspace) -> MeetingOutcome:
        return rule.answer(meeting, values, by=turn.person, workspace=workspace, now=unit.clock())

    return _receipt("Shared metrics", await settle(turn, str(turn.meta["meeting"]), answer, _answered))


def _answered(meeting: Meeting, workspace: Workspace) -> str:
    called = kit.strong(workspace.calendar.name_of(meeting.ceremony), 100)
    return f"Thank you. It stands on the agenda of {called}."


def _receipt(title: str, words: str) -> Answer:
    return Update(forms.modal("told", title, [kit.text(words)], close="Done"))


async def _looked_up(turn: Turn, person: str | None) -> Person | None:
    return await meet(turn.desk, turn.client, turn.team, person) if person else None
