"""Somebody tries something by the bare payload, whatever their screen would have offered."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from council import deciding, reporting
from council.action_item import ActionItem
from council.agenda import Agenda, Reading
from council.calling import asked_for
from council.configuring import Proposal, PutCeremony
from council.conflict import Conflict, ExtensionWish, Facts, Ruling, Signal
from council.doing import given
from council.meeting import Meeting
from council.notice import NoticeKind, tell
from council.outcome import Outcome
from council.people import Absence
from council.standup import Asked, Issue, Standup
from council.workspace import Workspace
from handlers.guard import Listener
from sandbox import events, payloads
from sandbox.envelopes import Envelope, Reply
from sandbox.methods.views import new_view
from sandbox.views import View
from storage import actions, configuring, conflicts, drafts, outbox, prepared, workspaces
from storage import feeds as links
from storage import tables as rows
from storage.applying import apply, apply_item
from storage.codec import dump_facts
from storage.people import find_people
from storage.store import Unit
from storage.tables import absences, changes, homes, notices, people, wakes
from storage.tables_council import feeds, meetings, spared
from storage.upserts import put
from tests.handlers.attempts import WISHED, Attempt, Scene
from tests.handlers.held import called_for, held
from tests.stories.company import BOARD, SALES
from tests.stories.house import House

SIGNALS = (Signal(source="Clari AI", says="4.2 M€"), Signal(source="Rep roll-up", says="3.1 M€"))


SEARCHED = {"source": "roll", "into": "pipeline", "seat": "vp"}


@dataclass(frozen=True, slots=True)
class Trial:
    """One attempt: on which conflict, by whom, with which draft of theirs."""

    house: House
    listener: Listener
    attempt: Attempt
    person: str
    conflict: str
    draft: str
    other: str
    scene: Scene
    version: int
    """Of the configuration in force."""

    async def run(self) -> Reply:
        """Deliver it; events answer nothing."""
        if self.listener.kind == "event":
            await self._event()
            return Reply()
        return await self.house.slack.ask(self._envelope())

    def _envelope(self) -> Envelope:
        slack, person = self.house.slack, self.person
        if self.listener.kind == "command":
            return payloads.command(
                slack, person, slack.workspace.channels[self.scene.place], self.listener.name, ""
            )
        if self.listener.kind == "shortcut":
            return self._interaction(*self._shortcut())
        if self.listener.kind == "view":
            view = self._view(self.listener.name)
            return self._interaction("view_submission", {"view": view.as_json()}, view.id)
        if self.listener.kind == "options":
            more = {
                "action_id": "field",
                "block_id": f"{self.listener.name}_0",
                "value": SEARCHED[self.listener.name],
            }
            return self._interaction("block_suggestion", more)
        return self._pressed()

    def _interaction(self, kind: str, more: dict[str, Any], view: str = "") -> Envelope:
        slack = self.house.slack
        trigger = slack.trigger(self.person, view)
        return payloads.interaction(slack, kind, self.person, trigger_id=trigger, **more)

    def _shortcut(self) -> tuple[str, dict[str, Any]]:
        slack, name = self.house.slack, self.listener.name
        more: dict[str, Any] = {"callback_id": name, "action_ts": slack.ids.ts()}
        if name == "report_conflict":
            return "shortcut", more
        message = {"type": "message", "user": "U0NINA", "ts": "1700000000.000100", "text": "4.2 M€"}
        return "message_action", more | self._place() | {"message": message, "message_ts": message["ts"]}

    def _place(self) -> dict[str, Any]:
        place = self.scene.place
        url = self.house.slack.response_url("actions", self.person, place)
        return {
            "channel": {"id": place, "name": "privategroup" if place == BOARD else "sales"},
            "response_url": url,
        }

    def _pressed(self) -> Envelope:
        slack, value = self.house.slack, self._filled(self.attempt.value)
        action = {"type": "button", "block_id": "b", "action_id": self.listener.name}
        told = {**action, "value": value, "action_ts": slack.ids.ts()}
        if self.attempt.within:
            view = self._view(self.attempt.within)
            more = {**payloads.of_view(view), "actions": [told]}
            return self._interaction("block_actions", more, view.id)
        container = {"type": "message", "message_ts": "1700000000.000100", "channel_id": self.scene.place}
        return self._interaction("block_actions", {"container": container, "actions": [told]} | self._place())

    def _view(self, callback: str) -> View:
        """A window of that name, open, with everything filled in."""
        slack = self.house.slack
        element = {"type": "plain_text_input", "action_id": "field"}
        blocks = [
            {"type": "input", "block_id": block, "label": _plain(block), "element": element}
            for block in self.attempt.state or ("nothing",)
        ]
        content: dict[str, Any] = {
            "type": "modal",
            "callback_id": callback,
            "title": _plain("x"),
            "submit": _plain("x"),
        }
        carried = {**json.loads(self._filled(self.attempt.meta)), "here": self.scene.place}
        content |= {"blocks": blocks, "private_metadata": json.dumps(carried)}
        view = new_view(slack, self.person, content)
        view.state = {block: {"field": self._held(held)} for block, held in self.attempt.state.items()}
        slack.stacks[self.person] = [view.id]
        return view

    def _held(self, held: dict[str, Any]) -> dict[str, Any]:
        if "value" in held:
            return {**held, "value": self._filled(held["value"])}
        if option := held.get("selected_option"):
            return {**held, "selected_option": {**option, "value": self._filled(option["value"])}}
        return held

    def _filled(self, words: str) -> str:
        return words.format(
            id=self.conflict,
            draft=self.draft,
            other=self.other,
            item=f"item.{self.conflict}",
            absence=f"absence.{self.conflict}",
            agenda=f"agenda.{self.conflict}",
            version=self.version,
            standup=f"standup.{self.conflict}",
            meeting=f"meeting.{self.conflict}",
            gathered=f"gathered.0.{self.conflict}",
        )

    async def _event(self) -> None:
        """*ack* in the thread of the card, or 👀 on it, even from who cannot write there."""
        slack, home = self.house.slack, self.scene.home
        channel = slack.workspace.channels[home]
        card = max(ts for ts, message in channel.messages.items() if message.bot_id == slack.app.bot_id)
        inner: dict[str, Any] = {"user": self.person, "event_ts": slack.ids.ts()}
        if self.listener.name == "message":
            inner |= {"type": "message", "text": "ack", "channel": home, "channel_type": "channel"}
            inner |= {"ts": slack.ids.ts(), "thread_ts": card, "parent_user_id": slack.app.bot_user}
        else:
            item = {"type": "message", "channel": home, "ts": card}
            inner |= {"type": "reaction_added", "reaction": "eyes", "item": item}
            inner |= {"item_user": slack.app.bot_user}
        payload = events.wrapped(slack, inner, channel)
        slack.send_event(Envelope(slack.ids.uuid(), "events_api", payload, answerable=False))
        await self.house.server.settle()


def _plain(words: str) -> dict[str, str]:
    return {"type": "plain_text", "text": words}


def prepare(
    unit: Unit,
    person: str,
    scene: Scene,
    *,
    ended: bool,
    two: bool,
    called: bool,
    linked: bool,
    agenda: bool,
    meeting: str,
) -> tuple[str, str, str]:
    """A forecast that Vera owns and Dean was asked about, a draft of this person's own, and another one.

    Vera has asked Nina whether it may be decided later. `ended`: Vera has decided the first one.
    `two`: there is another one. `called`: an emergency meeting is asked for. `linked`: the council's
    calendar has a link. `agenda`: a meeting is ahead. `meeting`: how far one is that has the first conflict
    on its agenda.
    """
    links.close(unit, links.COUNCIL, "U0REMY")
    if linked:
        links.renew(unit, links.COUNCIL, "the one before", "U0REMY")
    connection, now = unit.connection, unit.clock()
    for table in (
        absences,
        wakes,
        notices,
        homes,
    ):  # of the attempts before, which would make each one slower
        connection.execute(delete(table))
    workspace = workspaces.load(connection, unit.team, ["U0NINA"], now=now)
    assert workspace is not None
    facts = Facts(
        type="pipeline_forecast",
        subject="Q4 pipeline",
        signals=SIGNALS,
        confidential=scene.confidential,
        reported_in=SALES,
    )
    nina = find_people(connection, unit.team, ["U0NINA"])["U0NINA"]
    way: dict[str, Any] = {"by": nina, "home": scene.home, "workspace": workspace, "now": now}
    other = apply(connection, unit.ids, reporting.report(facts, id=unit.ids(), **way), now) if two else None
    outcome = reporting.report(facts, id=unit.ids(), **way)
    wished = datetime.fromtimestamp(WISHED, UTC)
    wish = ExtensionWish(limit=wished, why="Late.", by="U0VERA", of="U0NINA", asked_at=now)
    made = replace(outcome.conflict, asked="U0DEAN", reached=("U0DEAN",), wish=wish)
    made = asked_for(made, "U0NINA", "The board meets.", workspace, now) if called else made
    made = called_for(made, now) if meeting == "called" else made
    saved = apply(connection, unit.ids, replace(outcome, conflict=made), now)
    fix = ActionItem(
        id=f"item.{saved.id}",
        team=unit.team,
        text="Fix it",
        owner="U0DEAN",
        due=workspace.today(now),
        asked_by="U0VERA",
        at=now,
        conflict=saved.id,
    )
    apply_item(connection, unit.ids, given(fix, workspace, now), now)
    _said_together(unit, fix, workspace, now)
    planned = now + timedelta(days=99)
    trip = Absence(person="U0VERA", since=planned, until=planned + timedelta(days=1))
    workspaces.save_absence(connection, unit.team, f"absence.{saved.id}", trip, now)
    prepared.save(connection, _standup(unit.team, saved.id, now))
    connection.execute(delete(meetings).where(meetings.c.id.startswith("meeting.")))
    if meeting and meeting != "called":
        prepared.save(connection, held(saved, meeting, now))
    if ended:
        apply(connection, unit.ids, _decided(saved, workspace, now), now)
    if agenda:
        prepared.save(connection, _meeting(saved, now))
    draft = unit.ids()
    drafts.keep(connection, unit.team, draft, person, dump_facts(facts), now)
    council = next(each for each in workspace.configuration.ceremonies if each.key == "council_meeting")
    edit = PutCeremony(row=replace(council, day="last tue"))
    configuring.keep(unit, f"cadence.{saved.id}", person, Proposal(edit=edit, based_on=workspace.version))
    return saved.id, draft, other.id if other else ""


def _meeting(conflict: Conflict, now: datetime) -> Meeting:
    """A meeting that is ahead, for which Vera was asked what a shared metric shows."""
    return Meeting(
        id=f"agenda.{conflict.id}",
        team=conflict.team,
        ceremony="council_meeting",
        on=now.date() + timedelta(days=conflict.number),
        starts=now + timedelta(days=1),
        ends=now + timedelta(days=1, hours=1),
        agenda=Agenda(asked_at=now, readings=(Reading(metric="pipeline", of="U0VERA"),)),
    )


def _standup(team: str, conflict: str, now: datetime) -> Standup:
    """Dean was asked, and Nina has reported an issue; each is another ceremony's, as none has two a day."""
    issue = Issue(id="i1", by="U0NINA", at=now, system="Gong", what="No calls")
    starts = now + timedelta(days=9)
    return Standup(
        id=f"standup.{conflict}",
        team=team,
        ceremony=f"standup.{conflict}",
        on=starts.date(),
        starts=starts,
        ends=starts + timedelta(minutes=15),
        asked=(Asked(person="U0DEAN", at=now, seats=("sales_manager",)),),
        issues=(issue,),
    )


def _said_together(unit: Unit, item: ActionItem, workspace: Workspace, now: datetime) -> None:
    """Two reminders of it in one message to its owner."""
    for place in (0, 1):
        notice = tell(NoticeKind.ITEM_DUE, item.owner, workspace, now, rung=1)
        id, about = f"gathered.{place}.{item.conflict}", actions.subject_of(item.id)
        told, _ = outbox.waiting(unit.team, [(id, notice)], conflict=None, subject=about, version=90 + place)
        put(unit.connection, [told])
        outbox.call_together(unit.connection, [id], now, told_with=item.id)
        outbox.say(unit.connection, [id])


def _decided(conflict: Conflict, workspace: Workspace, now: datetime) -> Outcome:
    ruling = Ruling(
        stands="one",
        source=SIGNALS[0].source,
        decision="Use it.",
        why="The other counts twice.",
        by="",
        role="",
        at=now,
    )
    return deciding.decide(conflict, ruling, by=workspace.people["U0VERA"], workspace=workspace, now=now)


def fingerprint(connection: Connection, team: str, conflict: str) -> tuple[Any, ...]:
    """All that an act could change: the conflict, its context, how many there are, and these tables."""
    found, workspace = conflicts.find(connection, team, conflict), workspaces.find(connection, team)
    assert found is not None
    assert workspace is not None
    _, contexts = conflicts.contexts(connection, conflict)
    item = actions.find(connection, team, f"item.{conflict}")
    kept = connection.execute(select(rows.drafts.c.id).order_by(rows.drafts.c.id)).scalars().all()
    standup = prepared.find_standup(connection, team, f"standup.{conflict}")
    others = [
        connection.execute(select(table).order_by(*table.primary_key)).all()
        for table in (absences, changes, feeds, meetings, spared)
    ]
    files = ("calendar file", "minutes as a file")
    sent = select(notices.c.id).where(notices.c.kind.in_(files)).order_by(notices.c.id)
    mornings = select(people.c.id, people.c.morning).order_by(people.c.id)
    others += [connection.execute(query).all() for query in (sent, mornings)]
    known = found.version, found.state, contexts
    return item, standup, *known, workspace._mapping, kept, others


def version_of(connection: Connection, team: str) -> int:
    """The version of the configuration in force."""
    row = workspaces.find(connection, team)
    assert row is not None
    return int(row._mapping["configuration"])


def retire_one(unit: Unit) -> None:
    """A second version of the configuration, with a conflict type that is not offered any more."""
    workspace = workspaces.load(unit.connection, unit.team, now=unit.clock())
    assert workspace is not None
    before = workspace.configuration
    resting = replace(before.matrix[0], key="resting", name="Resting", retired=True)
    after = replace(before, matrix=(*before.matrix, resting))
    workspaces.save_configuration(unit.connection, unit.team, after, author=None, reason="", now=unit.clock())
