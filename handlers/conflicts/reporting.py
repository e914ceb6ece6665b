"""Reporting a conflict: every door into the form, the form itself, and its receipt."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.models.blocks import OptionGroup
from slack_sdk.models.views import View

from council import reporting as rule
from council.conflict import Conflict, Facts
from council.duplicates import Likely, likely
from council.errors import Invalid, Refused, Unknown
from council.people import Channel
from council.sentence import say
from council.visibility import Place, card_place, starts_confidential
from council.workspace import Workspace
from handlers import forms, kit
from handlers.answers import Answer, Options, OptionsInGroups, Update
from handlers.conflicts.duplicates_form import DuplicatesForm, answered_receipt, duplicates_modal
from handlers.conflicts.links import permalink
from handlers.conflicts.message_source import signal_of
from handlers.conflicts.names import Acts
from handlers.conflicts.not_set_up import not_set_up, set_up
from handlers.conflicts.preview import Looking, preview
from handlers.conflicts.receipt import receipt
from handlers.conflicts.report_form import Opened, ReportForm, begun_by, facts_of, kind_of, report_modal
from handlers.conflicts.seeing import private_place, see, seen_here
from handlers.conflicts.taken import DONE, Done
from handlers.looking import app_name, enter, meet
from handlers.turn import Turn
from handlers.wording import plain
from storage import conflicts, drafts, sources, standups, workspaces
from storage.applying import apply
from storage.codec import dump_facts, load_facts
from storage.comparing import comparable
from storage.people import find_channels
from storage.store import Unit

MOST_OFFERED = 8
MOST_OPTIONS = 100
REFINE = "Known sources: the latest ones that fit; type more to see others"


async def open_form(
    turn: Turn,
    form: ReportForm,
    *,
    reported_in: Channel | None,
    link: str = "",
    focus: bool = False,
    issue: str = "",
) -> None:
    """Open the form; from a private place it starts confidential. `focus`: the first source is missing."""
    workspace = await ready(turn)
    private = starts_confidential(reported_in)
    if private:
        form = form.model_copy(update={"flags": ["confidential"]})
    opened = Opened(
        reported_in=reported_in.id if reported_in else None,
        called=turn.channel_name if reported_in else "",
        private=private,
        unsure=_unsure(reported_in),
        link=link,
        issue=issue,
    )
    view = await _form_view(turn, form, opened, workspace, reported_in, focus=focus)
    await turn.show(view)


def _unsure(channel: Channel | None) -> bool:
    """True when Slack did not say in time what kind of channel it is."""
    return channel is not None and channel.kind in ("public", "private") and channel.fetched_at is None


async def ready(turn: Turn, *people: str | None) -> Workspace:
    """The workspace, or a kind word about who can set it up."""
    return await set_up(turn, *people)


async def _form_view(
    turn: Turn,
    form: ReportForm,
    opened: Opened,
    workspace: Workspace,
    reported_in: Channel | None,
    note: str = "",
    *,
    focus: bool = False,
) -> View:
    channels = await _homes(turn, form, workspace)
    looking = Looking(turn.person_id, reported_in, channels)
    box = preview(form, looking, workspace, turn.desk.clock(), note)
    return report_modal(
        form,
        opened,
        workspace,
        box.blocks,
        near_meeting=box.near_meeting,
        too_late=box.too_late,
        focus=focus,
    )


async def _homes(turn: Turn, form: ReportForm, workspace: Workspace) -> dict[str, Channel]:
    """The channels the card may stand in; nothing is read before a kind is chosen."""
    row = kind_of(form, workspace)
    if row is None:
        return {}
    ids = [channel for channel in (row.home_channel, workspace.configuration.channels.council) if channel]
    return await turn.desk.store.read(lambda connection: find_channels(connection, turn.team, ids))


async def on_message_shortcut(turn: Turn) -> Answer:
    """*Report AI conflict* on a message: it becomes the first signal, its app the source."""
    message = turn.body.get("message") or {}
    source, says = signal_of(message, turn.bot)
    if not source and message.get("bot_id") and message.get("user") != turn.bot:
        source = kit.clip(await app_name(turn.desk, turn.client, str(message["bot_id"])), kit.MOST_OPTION)
    site = await turn.desk.store.read(lambda connection: workspaces.find(connection, turn.team))
    url = str(site._mapping["url"]) if site else ""
    link = permalink(url, turn.channel_id, str(turn.body.get("message_ts", "")))
    form = begun_by(source, says)
    await open_form(turn, form, reported_in=turn.channel, link=link, focus=not source)
    return None


async def on_global_shortcut(turn: Turn) -> Answer:
    """*Report AI conflict* from anywhere."""
    await open_form(turn, ReportForm(), reported_in=None)
    return None


async def on_form_changed(turn: Turn) -> Answer:
    """A choice was made in the open form: the box and the fields follow, in place."""
    opened = Opened.load(turn.meta)
    if turn.payload.get("action_id") == Acts.ADD_DETAILS:
        opened = replace(opened, more=True)
    form = forms.read(ReportForm, turn.view)
    reported_in = await _where(turn, opened)
    await _known_owner(turn, form)
    workspace = await ready(turn, form.account_owner)
    await turn.redraw(await _form_view(turn, form, opened, workspace, reported_in))
    return None


async def _where(turn: Turn, opened: Opened) -> Channel | None:
    if opened.reported_in is None:
        return None
    return await enter(turn.desk, turn.client, turn.team, opened.reported_in, opened.called)


async def _known_owner(turn: Turn, form: ReportForm) -> None:
    """Whoever is named as the account's owner is looked up, so that nobody is told who can't take part."""
    if form.account_owner is None:
        return
    owner = await meet(turn.desk, turn.client, turn.team, form.account_owner)
    if owner is not None and owner.barred and turn.kind == "view":
        raise Invalid({"account_owner": say("Choose a colleague who is a full member here.")})


async def on_source_typed(turn: Turn) -> Answer:
    """Known sources that fit; what is typed comes first, cut at Slack's 75 characters."""
    typed = str(turn.payload.get("value") or "").strip()
    workspace = await turn.desk.workspace(turn.team)
    known = await turn.desk.store.read(lambda connection: sources.search(connection, turn.team, typed))
    agreed = [rule.stands for rule in workspace.configuration.precedence] if workspace else []
    fitting = [name for name in agreed if typed.casefold() in name.casefold()]
    names = dict.fromkeys(kit.clip(name, kit.MOST_OPTION) for name in (typed, *known, *fitting) if name)
    options = [kit.option(name, name) for name in list(names)[:MOST_OPTIONS]]
    if len(known) < sources.MOST_OFFERED:
        return Options(options)
    return OptionsInGroups([OptionGroup(label=kit.plain(REFINE), options=options)])


async def on_submit(turn: Turn) -> Answer:
    """**Report**: taken, or a second view when it is likely the same thing as something known."""
    form, opened = forms.read(ReportForm, turn.view), Opened.load(turn.meta)
    if opened.unsure:
        await _where(turn, opened)
    facts = facts_of(form, opened)
    try:
        await _known_owner(turn, form)
        done = await turn.write(lambda unit: _take(unit, turn, facts, private=opened.private), DONE)
    except Invalid as problem:
        errors = {form.block_of(field): sentence for field, sentence in problem.errors.items()}
        if errors.keys() <= set(turn.inputs):
            raise Invalid(errors) from problem
        return await _asked_again(turn, form, opened, problem)
    return await _shown(turn, done, facts)


async def _asked_again(turn: Turn, form: ReportForm, opened: Opened, problem: Invalid) -> Answer:
    """It was sent before the form could show all that its kind asks for."""
    workspace = await ready(turn, form.account_owner)
    note = " ".join(kit.escape(plain(sentence, workspace)) for sentence in problem.errors.values())
    reported_in = await _where(turn, opened)
    return Update(await _form_view(turn, form, opened, workspace, reported_in, f"*{note}*"))


def _take(unit: Unit, turn: Turn, facts: Facts, *, private: bool) -> Done:
    """All of it in one transaction, so that a repeated delivery gets the same answer."""
    workspace = _loaded(unit, turn, facts)
    problems = rule.problems(facts, workspace, unit.clock())
    if problems:
        raise Invalid(problems)
    here = private_place(unit.connection, turn) if private else ""
    known = comparable(unit.connection, unit.team, turn.person_id, facts, here)
    found = likely(facts, known, workspace.today(unit.clock()))[:MOST_OFFERED]
    if not found:
        return _report(unit, turn, facts, workspace)
    draft, body = unit.ids(), dump_facts(facts)
    drafts.keep(unit.connection, unit.team, draft, turn.person_id, body, unit.clock())
    unit.unfinished()
    return Done(draft=draft, likely=tuple((each.conflict.id, each.kind) for each in found))


def _loaded(unit: Unit, turn: Turn, facts: Facts) -> Workspace:
    people = [person for person in (turn.person_id, facts.account_owner) if person]
    workspace = unit.known.workspace(people, now=unit.clock())
    if workspace is None:
        raise not_set_up(unit.connection, unit.team)
    return workspace


def _report(unit: Unit, turn: Turn, facts: Facts, workspace: Workspace) -> Done:
    place = _place(unit, facts, workspace)
    outcome = rule.report(
        facts, by=turn.person, id=unit.ids(), home=place.channel, workspace=workspace, now=unit.clock()
    )
    saved = apply(unit.connection, unit.ids, outcome, unit.clock())
    standups.became(unit, facts.issue, saved, workspace)
    return Done(taken=saved.id, fresh=(saved, workspace))


def _place(unit: Unit, facts: Facts, workspace: Workspace) -> Place:
    """What is not known of the channel counts as private."""
    row = workspace.configuration.conflict_type(facts.type)
    homes = (row.home_channel, workspace.configuration.channels.council)
    wanted = [channel for channel in (facts.reported_in, *homes) if channel]
    known = unit.known.channels(wanted)
    here = facts.reported_in
    reported_in = known.get(here) or Channel(id=here, kind="private") if here else None
    return card_place(reported_in, homes, known, confidential=facts.confidential)


async def _shown(turn: Turn, done: Done, typed: Facts) -> Answer:
    if done.taken:
        return await _receipt(turn, done, typed)
    ids = [id for id, _ in done.likely]
    found = await turn.desk.store.read(lambda c: [conflicts.find(c, turn.team, id) for id in ids])
    kinds = dict(done.likely)
    offered = tuple(Likely(conflict, kinds[conflict.id]) for conflict in found if conflict)
    workspace = await ready(turn, *(each.conflict.owner for each in offered))
    return Update(duplicates_modal(offered, done.draft, workspace))


async def _receipt(turn: Turn, done: Done, typed: Facts | None = None) -> Answer:
    conflict, workspace = done.fresh or await _read_again(turn, done.taken)
    return Update(receipt(conflict, turn.person_id, workspace, joined=done.joined, typed=typed))


async def _read_again(turn: Turn, id: str) -> tuple[Conflict, Workspace]:
    conflict = await turn.desk.store.read(lambda c: conflicts.find(c, turn.team, id))
    if conflict is None:
        raise Unknown(say("There is no such conflict here that you can see."))
    return conflict, await ready(turn, *conflict.insiders)


async def on_continue(turn: Turn) -> Answer:
    """**Continue** after the duplicates step: it answers it, join, or report it separately."""
    choice = forms.read(DuplicatesForm, turn.view).choice
    done = await turn.write(lambda unit: _continue(unit, turn, choice), DONE)
    return await (_answered(turn, done.answered) if done.answered else _receipt(turn, done))


def _continue(unit: Unit, turn: Turn, choice: str) -> Done:
    draft = str(turn.meta.get("draft"))
    body = drafts.find(unit.connection, unit.team, draft, turn.person_id)
    if body is None:
        raise Refused(say("What you typed was kept for a day and is gone now; please report it again."))
    facts = load_facts(body)
    workspace = _loaded(unit, turn, facts)
    drafts.drop(unit.connection, unit.team, draft)
    kind, _, id = choice.partition(":")
    if kind == "separate":
        return _report(unit, turn, facts, workspace)
    if kind == "answers":
        return Done(answered=id)
    conflict, members = seen_here(unit.connection, turn, conflicts.find(unit.connection, unit.team, id))
    workspace = replace(workspace, members=members)
    outcome = rule.join(conflict, facts, by=turn.person, workspace=workspace, now=unit.clock())
    saved = apply(unit.connection, unit.ids, outcome, unit.clock())
    standups.became(unit, facts.issue, saved, workspace)
    return Done(taken=saved.id, joined=True)


async def _answered(turn: Turn, id: str) -> Answer:
    conflict = await see(turn, lambda connection: conflicts.find(connection, turn.team, id))
    workspace = await ready(turn, *conflict.insiders)
    return Update(answered_receipt(conflict, workspace))
