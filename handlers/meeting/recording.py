"""**Record decision**, **Name an owner**, **Carry over**: what comes of an item."""

from __future__ import annotations

from council import results
from council.action_item import ActionItem
from council.asking import Wanted
from council.cadence import next_occurrence
from council.conflict import Conflict
from council.errors import Refused
from council.finishing import Conflicts, brings_back, running
from council.holding import item_of
from council.meeting import Meeting, MeetingOutcome
from council.permissions import Act, allow, hold
from council.visibility import may_see
from council.workspace import Workspace
from handlers import forms
from handlers.answers import Answer
from handlers.conflicts import deciding as on_card
from handlers.conflicts.decide_form import DecideForm, Deciding, decide_modal
from handlers.conflicts.seeing import seen_here
from handlers.meeting.forms import CarryForm, OwnerForm, RecordForm, carry_modal, owner_modal, record_modal
from handlers.meeting.names import parsed
from handlers.meeting.settling import conflict_on, knowing, look_up, looked_up, settle
from handlers.meeting.wording import item_title
from handlers.turn import Turn
from storage import actions
from storage.conflicts import find
from storage.store import Unit


async def on_record(turn: Turn) -> Answer:
    """**Record decision**: of a conflict the form of its card, of anything else a sentence and why."""
    id, item = parsed(turn.value)
    meeting, conflicts, workspace = await look_up(turn, id)
    running(meeting)
    conflict = conflict_on(meeting, item, conflicts)
    if conflict is not None:
        return await _decide(turn, conflict)
    hold(turn.person, workspace, turn.desk.clock())
    about = item_of(meeting, item)
    await turn.show(record_modal(meeting.id, about, item_title(about, None)))
    return None


async def _decide(turn: Turn, about: Conflict) -> Answer:
    turn.meta["conflict"] = about.id
    conflict, workspace, contexts = await on_card.look_up(turn, about.id)
    allow(turn.person, Act.DECIDE_IN_MEETING, conflict, workspace, turn.desk.clock())
    until = on_card.hold_of(conflict, workspace, turn)
    deciding = Deciding(conflict.id, meeting=turn.value)
    await turn.show(decide_modal(DecideForm(), deciding, conflict, contexts, until))
    return None


async def on_recorded(turn: Turn) -> Answer:
    """A decision in a sentence, and why."""
    form, item = forms.read(RecordForm, turn.view), str(turn.meta["item"])
    return await settle(
        turn,
        str(turn.meta["meeting"]),
        lambda unit, meeting, _, workspace: results.record(
            meeting, item, form.decision, form.why, by=turn.person, workspace=workspace, now=unit.clock()
        ),
    )


async def on_decided(turn: Turn) -> Answer:
    """**Decide** in the meeting: card, log, messages and the meeting's own line, all or nothing."""
    form, deciding = forms.read(DecideForm, turn.view), Deciding.load(turn.meta)
    owners, (id, item) = await on_card.owners_of(turn, form), parsed(deciding.meeting)

    def decide(unit: Unit, meeting: Meeting, _: Conflicts, workspace: Workspace) -> MeetingOutcome:
        conflict, _members = seen_here(
            unit.connection, turn, find(unit.connection, unit.team, deciding.conflict)
        )
        return results.decide_conflict(
            meeting,
            item,
            conflict,
            form.ruling(conflict, turn.person_id, unit.clock()),
            on_card.wanted_in(form, owners, unit),
            by=turn.person,
            workspace=knowing(workspace, *owners.values()),
            now=unit.clock(),
        )

    try:
        await settle(turn, id, decide)
    except Refused as late:
        return await on_card.too_late(turn, late, form, deciding)
    return None


async def on_owner(turn: Turn) -> Answer:
    """**Name an owner**: who does what by when."""
    id, item = parsed(turn.value)
    meeting, conflicts, workspace = await look_up(turn, id)
    hold(turn.person, workspace, turn.desk.clock())
    running(meeting)
    about, known = item_of(meeting, item), await _known(turn, meeting, item)
    title = item_title(about, conflict_on(meeting, item, conflicts))
    await turn.show(owner_modal(meeting.id, about, title, known))
    return None


async def _known(turn: Turn, meeting: Meeting, item: str) -> ActionItem | None:
    """The action item that is talked about; one of a confidential conflict is not shown here."""
    point = item_of(meeting, item).point
    wanted = point.item if point and not point.confidential else None
    if wanted is None:
        return None
    return await turn.desk.store.read(lambda c: actions.find(c, turn.team, wanted))


async def on_owner_named(turn: Turn) -> Answer:
    """It becomes an action item, and its owner is told."""
    form, item = forms.read(OwnerForm, turn.view), str(turn.meta["item"])
    owner = await looked_up(turn, form.owner)

    def name(unit: Unit, meeting: Meeting, conflicts: Conflicts, workspace: Workspace) -> MeetingOutcome:
        point = item_of(meeting, item).point
        wanted = point.item if point and not point.confidential else None
        return results.name_owner(
            meeting,
            item,
            Wanted(id=unit.ids(), text=form.text, owner=owner, due=form.due),
            conflict_on(meeting, item, conflicts),
            actions.find(unit.connection, unit.team, wanted) if wanted else None,
            by=turn.person,
            workspace=knowing(workspace, owner),
            now=unit.clock(),
        )

    return await settle(turn, str(turn.meta["meeting"]), name)


async def on_carry(turn: Turn) -> Answer:
    """**Carry over**: who brings it back."""
    id, item = parsed(turn.value)
    meeting, conflicts, workspace = await look_up(turn, id)
    member = hold(turn.person, workspace, turn.desk.clock())
    running(meeting)
    about, conflict = item_of(meeting, item), conflict_on(meeting, item, conflicts)
    unseen = conflict is not None and not may_see(member.id, conflict, workspace.members)
    owner = None if unseen else brings_back(about, conflict, member.id, workspace)
    following = next_occurrence(workspace.calendar, meeting.ceremony, max(meeting.starts, turn.desk.clock()))
    until = (following.starts, workspace.hours.zone) if following else None
    await turn.show(carry_modal(meeting.id, about, item_title(about, conflict), owner, until))
    return None


async def on_carried(turn: Turn) -> Answer:
    """It is on the next agenda; a conflict that waited for this meeting has a new limit."""
    form, item = forms.read(CarryForm, turn.view), str(turn.meta["item"])
    owner = await looked_up(turn, form.owner)
    return await settle(
        turn,
        str(turn.meta["meeting"]),
        lambda unit, meeting, conflicts, workspace: results.carry_over(
            meeting,
            item,
            owner,
            form.why,
            conflict_on(meeting, item, conflicts),
            by=turn.person,
            workspace=knowing(workspace, owner),
            now=unit.clock(),
        ),
    )
