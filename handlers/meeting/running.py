"""**Start meeting**, **Next**, **Back**, **Attendance**, **Arrange**, **Finish**: going through a meeting."""

from __future__ import annotations

from council import finishing, holding
from council.course import items_of
from council.finishing import channel_of
from council.meeting import Meeting, MeetingOutcome
from council.permissions import hold
from council.results import nothing_to_do
from council.sentence import Where, say
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Private
from handlers.meeting.forms import ArrangeForm, AttendanceForm, arrange_modal, attendance_modal
from handlers.meeting.names import Entries, parsed
from handlers.meeting.settling import look_up, settle
from handlers.turn import Turn
from handlers.wording import read
from storage.holding import drawn_now
from storage.store import Unit


async def on_start(turn: Turn) -> Answer:
    """**Start meeting**: a new message in its channel, with the first item."""
    return await _begin(turn, afterwards=False)


async def on_record_outcomes(turn: Turn) -> Answer:
    """**Record outcomes**: the same afterwards, without the time."""
    return await _begin(turn, afterwards=True)


async def _begin(turn: Turn, *, afterwards: bool) -> Answer:
    def begin(
        unit: Unit, meeting: Meeting, conflicts: finishing.Conflicts, workspace: Workspace
    ) -> MeetingOutcome:
        now = unit.clock()
        drawn = drawn_now(unit.connection, meeting, workspace, now)
        how = {"afterwards": afterwards}
        return holding.start(meeting, drawn, conflicts, **how, by=turn.person, workspace=workspace, now=now)

    await settle(turn, turn.value, begin)
    meeting, _, workspace = await look_up(turn, turn.value)
    place = channel_of(meeting, workspace)
    if place is None or place == turn.channel_id:
        return None
    words = read(say("It goes on in {place}.", place=Where(place)), workspace)
    return Private(words, [kit.text(words)])


async def on_not_held(turn: Turn) -> Answer:
    """**It did not**: what was on its agenda waits for the next one."""
    return await settle(
        turn,
        turn.value,
        lambda unit, meeting, _, workspace: finishing.not_held(
            meeting, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_next(turn: Turn) -> Answer:
    """**Next**."""
    id, item = parsed(turn.value)
    return await settle(
        turn,
        id,
        lambda unit, meeting, _, workspace: holding.next_item(
            meeting, item, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_back(turn: Turn) -> Answer:
    """**Back to the items**, from the list of what has no outcome."""
    return await _back(turn, turn.value)


async def _back(turn: Turn, carried: str) -> Answer:
    id, item = parsed(carried)
    return await settle(
        turn,
        id,
        lambda unit, meeting, _, workspace: holding.back(
            meeting, item, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_finish(turn: Turn) -> Answer:
    """**Finish**: over, or first the list of what has no outcome."""
    id, item = parsed(turn.value)
    return await settle(
        turn,
        id,
        lambda unit, meeting, conflicts, workspace: holding.finish_here(
            meeting, item, conflicts, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_finish_now(turn: Turn) -> Answer:
    """**Finish** in the message that asks for it, wherever the meeting is."""
    await settle(
        turn,
        turn.value,
        lambda unit, meeting, conflicts, workspace: finishing.finish(
            meeting, conflicts, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )
    meeting, _, workspace = await look_up(turn, turn.value)
    place = channel_of(meeting, workspace)
    if meeting.course is None or not meeting.course.closing or place is None:
        return None
    text = "Some items have neither a decision nor an owner: look at the list in {place}."
    words = read(say(text, place=Where(place)), workspace)
    return Private(words, [kit.text(words)])


async def on_carry_rest(turn: Turn) -> Answer:
    """**Carry over the rest to their owners**: nothing is left behind, and the meeting is over."""
    return await settle(
        turn,
        turn.value,
        lambda unit, meeting, conflicts, workspace: finishing.carry_rest(
            meeting, conflicts, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_menu(turn: Turn) -> Answer:
    """The … menu: **Back**, **Attendance**, **Arrange**, **Nothing to do**."""
    entry, _, carried = turn.value.partition(":")
    if entry == Entries.BACK:
        return await _back(turn, carried)
    if entry == Entries.NOTHING:
        return await _nothing(turn, carried)
    id, _ = parsed(carried)
    meeting, conflicts, workspace = await look_up(turn, id)
    hold(turn.person, workspace, turn.desk.clock())
    course = finishing.running(meeting)
    if entry == Entries.ARRANGE:
        items = items_of(meeting.agenda.fixed)
        await turn.show(arrange_modal(meeting.id, items, course.at, conflicts))
    else:
        here = course.attended or holding.expected(workspace, turn.desk.clock())
        await turn.show(attendance_modal(meeting.id, here))
    return None


async def _nothing(turn: Turn, carried: str) -> Answer:
    id, item = parsed(carried)
    return await settle(
        turn,
        id,
        lambda unit, meeting, _, workspace: nothing_to_do(
            meeting, item, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_attendance_sent(turn: Turn) -> Answer:
    """Who is there."""
    form = forms.read(AttendanceForm, turn.view)
    return await settle(
        turn,
        str(turn.meta["meeting"]),
        lambda unit, meeting, _, workspace: holding.note_attendance(
            meeting, form.people, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_arranged(turn: Turn) -> Answer:
    """On with another item, and perhaps one more in the box of where it is now."""
    form = forms.read(ArrangeForm, turn.view)
    return await settle(
        turn,
        str(turn.meta["meeting"]),
        lambda unit, meeting, _, workspace: holding.go_to(
            meeting,
            form.item,
            form.added,
            id=unit.ids(),
            by=turn.person,
            workspace=workspace,
            now=unit.clock(),
        ),
    )
