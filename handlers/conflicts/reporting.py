"""Reporting a conflict: every door into the form, the form itself, and its receipt."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from typing import Any

from slack_sdk.models.views import View

from council import reporting as rule
from council.conflict import Facts
from council.duplicates import Likely, likely
from council.errors import Invalid, Refused, Unknown
from council.people import Channel
from council.sentence import say
from council.visibility import Place, card_place, seen, starts_confidential
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Options, Update
from handlers.conflicts.duplicates_form import DuplicatesForm, answered_receipt, duplicates_modal
from handlers.conflicts.links import permalink
from handlers.conflicts.message_source import signal_of
from handlers.conflicts.preview import preview
from handlers.conflicts.receipt import receipt
from handlers.conflicts.report_form import Opened, ReportForm, facts_of, report_modal
from handlers.looking import enter
from handlers.turn import Turn
from storage import conflicts, drafts, sources, workspaces
from storage.applying import apply
from storage.codec import dump_facts, load_facts
from storage.people import find_channels
from storage.store import Unit

MOST_OFFERED = 8


async def open_form(turn: Turn, form: ReportForm, *, reported_in: Channel | None, link: str = "") -> None:
    """Open the form; from a private place it starts confidential."""
    workspace = await ready(turn)
    private = starts_confidential(reported_in)
    if private:
        form = form.model_copy(update={"flags": ["confidential"]})
    opened = Opened(reported_in=reported_in.id if reported_in else None, private=private, link=link)
    view = await _form_view(turn, form, opened, workspace, reported_in)
    await turn.client.views_open(trigger_id=turn.trigger, view=view)


async def ready(turn: Turn, *people: str | None) -> Workspace:
    """The workspace, or a kind word about who can set it up."""
    workspace = await turn.desk.workspace(turn.team, turn.person_id, *people)
    if workspace is None or not workspace.configuration.matrix:
        raise Refused(
            say("Tiebreak is not set up here yet. Whoever installed it can do it: `tiebreak import`.")
        )
    return workspace


async def _form_view(
    turn: Turn, form: ReportForm, opened: Opened, workspace: Workspace, reported_in: Channel | None
) -> View:
    channels = await _homes(turn, form, workspace)
    box = preview(form, turn.person_id, workspace, reported_in, channels, turn.desk.clock())
    meta = json.dumps(opened.dump())
    return report_modal(form, opened, workspace, box.blocks, meta=meta, near_meeting=box.near_meeting)


async def _homes(turn: Turn, form: ReportForm, workspace: Workspace) -> dict[str, Channel]:
    row = next((row for row in workspace.configuration.offered if row.key == form.type), None)
    wanted = [row.home_channel if row else None, workspace.configuration.channels.council]
    ids = [channel for channel in wanted if channel]
    return await turn.desk.store.read(lambda connection: find_channels(connection, turn.team, ids))


async def on_message_shortcut(turn: Turn) -> Answer:
    """*Report AI conflict* on a message: it becomes the first signal, its app the source."""
    message, channel = turn.body.get("message") or {}, turn.body.get("channel") or {}
    source, says = signal_of(message)
    reported_in, site = await asyncio.gather(
        enter(turn.desk, turn.client, turn.team, str(channel.get("id")), str(channel.get("name", ""))),
        turn.desk.store.read(lambda connection: workspaces.find(connection, turn.team)),
    )
    url = str(site._mapping["url"]) if site else ""
    link = permalink(url, str(channel.get("id")), str(turn.body.get("message_ts", "")))
    await open_form(turn, ReportForm(source_0=source, says_0=says), reported_in=reported_in, link=link)
    return None


async def on_global_shortcut(turn: Turn) -> Answer:
    """*Report AI conflict* from anywhere."""
    await open_form(turn, ReportForm(), reported_in=None)
    return None


async def on_form_changed(turn: Turn) -> Answer:
    """A choice was made in the open form: the box and the fields follow, in place."""
    workspace = await ready(turn)
    opened = Opened.load(turn.meta)
    if turn.payload.get("action_id") == "add_details":
        opened = replace(opened, more=True)
    form = forms.read(ReportForm, turn.view)
    reported_in = await _where(turn, opened)
    view = await _form_view(turn, form, opened, workspace, reported_in)
    await turn.client.views_update(view_id=str(turn.view["id"]), hash=str(turn.view["hash"]), view=view)
    return None


async def _where(turn: Turn, opened: Opened) -> Channel | None:
    if opened.reported_in is None:
        return None
    return await enter(turn.desk, turn.client, turn.team, opened.reported_in)


async def on_source_typed(turn: Turn) -> Answer:
    """Known sources that fit; what is typed comes first, cut at Slack's 75 characters."""
    typed = str(turn.payload.get("value") or turn.body.get("value") or "").strip()
    workspace = await turn.desk.workspace(turn.team)
    known = await turn.desk.store.read(lambda connection: sources.search(connection, turn.team, typed))
    agreed = [rule.stands for rule in workspace.configuration.precedence] if workspace else []
    fitting = [name for name in agreed if typed.casefold() in name.casefold()]
    names = dict.fromkeys(kit.clip(name, kit.MOST_OPTION) for name in (typed, *known, *fitting) if name)
    return Options([kit.option(name, name) for name in list(names)[:100]])


async def on_submit(turn: Turn) -> Answer:
    """**Report**: taken, or a second view when it is likely the same thing as something known."""
    facts = facts_of(forms.read(ReportForm, turn.view), Opened.load(turn.meta))
    done = await turn.write(lambda unit: _take(unit, turn, facts))
    return await _shown(turn, done)


def _take(unit: Unit, turn: Turn, facts: Facts) -> dict[str, Any]:
    """All of it in one transaction, so that a repeated delivery gets the same answer."""
    workspace = _loaded(unit, turn, facts)
    problems = rule.problems(facts, workspace, unit.clock())
    if problems:
        raise Invalid(problems)
    known = conflicts.comparable(unit.connection, unit.team, turn.person_id, facts.type)
    found = likely(facts, known, workspace.today(unit.clock()))[:MOST_OFFERED]
    if not found:
        return {"taken": _report(unit, turn, facts, workspace)}
    draft, body = unit.ids(), dump_facts(facts)
    drafts.keep(unit.connection, unit.team, draft, turn.person_id, body, unit.clock())
    return {"draft": draft, "likely": [[each.conflict.id, each.kind] for each in found]}


def _loaded(unit: Unit, turn: Turn, facts: Facts) -> Workspace:
    people = [person for person in (turn.person_id, facts.account_owner) if person]
    workspace = workspaces.load(unit.connection, unit.team, people, now=unit.clock())
    if workspace is None:
        raise Refused(say("Tiebreak is not set up here yet."))
    return workspace


def _report(unit: Unit, turn: Turn, facts: Facts, workspace: Workspace) -> str:
    place = _place(unit, facts, workspace)
    outcome = rule.report(
        facts, by=turn.person, id=unit.ids(), home=place.channel, workspace=workspace, now=unit.clock()
    )
    return apply(unit.connection, unit.ids, outcome, unit.clock()).id


def _place(unit: Unit, facts: Facts, workspace: Workspace) -> Place:
    """What is not known of the channel counts as private."""
    row = workspace.configuration.conflict_type(facts.type)
    homes = (row.home_channel, workspace.configuration.channels.council)
    wanted = [channel for channel in (facts.reported_in, *homes) if channel]
    known = find_channels(unit.connection, unit.team, wanted)
    here = facts.reported_in
    reported_in = known.get(here) or Channel(id=here, kind="private") if here else None
    return card_place(reported_in, homes, known, confidential=facts.confidential)


async def _shown(turn: Turn, done: dict[str, Any]) -> Answer:
    if "taken" in done:
        return await _receipt(turn, done["taken"])
    ids = [id for id, _ in done["likely"]]
    found = await turn.desk.store.read(lambda c: [conflicts.find(c, turn.team, id) for id in ids])
    kinds = dict(done["likely"])
    offered = tuple(Likely(conflict, kinds[conflict.id]) for conflict in found if conflict)
    workspace = await ready(turn, *(each.conflict.owner for each in offered))
    return Update(duplicates_modal(offered, done["draft"], workspace))


async def _receipt(turn: Turn, id: str, *, joined: bool = False) -> Answer:
    conflict = await turn.desk.store.read(lambda c: conflicts.find(c, turn.team, id))
    if conflict is None:
        raise Unknown(say("There is no such conflict here that you can see."))
    workspace = await ready(turn, *conflict.insiders)
    return Update(receipt(conflict, turn.person_id, workspace, joined=joined))


async def on_continue(turn: Turn) -> Answer:
    """**Continue** after the duplicates step: it answers it, join, or report it separately."""
    choice = forms.read(DuplicatesForm, turn.view).choice
    done = await turn.write(lambda unit: _continue(unit, turn, choice))
    if "answered" in done:
        return await _answered(turn, done["answered"])
    return await _receipt(turn, done["taken"], joined=bool(done.get("joined")))


def _continue(unit: Unit, turn: Turn, choice: str) -> dict[str, Any]:
    draft = str(turn.meta.get("draft"))
    body = drafts.find(unit.connection, unit.team, draft, turn.person_id)
    if body is None:
        raise Refused(say("What you typed was kept for a day and is gone now; please report it again."))
    facts = load_facts(body)
    workspace = _loaded(unit, turn, facts)
    drafts.drop(unit.connection, unit.team, draft)
    kind, _, id = choice.partition(":")
    if kind == "separate":
        return {"taken": _report(unit, turn, facts, workspace)}
    if kind == "answers":
        return {"answered": id}
    conflict = seen(turn.person_id, conflicts.find(unit.connection, unit.team, id))
    outcome = rule.join(conflict, facts, by=turn.person, workspace=workspace, now=unit.clock())
    return {"taken": apply(unit.connection, unit.ids, outcome, unit.clock()).id, "joined": True}


async def _answered(turn: Turn, id: str) -> Answer:
    conflict = await turn.desk.store.read(lambda c: conflicts.find(c, turn.team, id))
    conflict = seen(turn.person_id, conflict)
    workspace = await ready(turn, *conflict.insiders)
    return Update(answered_receipt(conflict, workspace))
