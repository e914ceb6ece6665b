"""Numbers of record: the list, the form, a narrower one, the end of one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from council.configuring import FORM, Proposal, PutRule, configured
from council.conflict import Conflict
from council.errors import Invalid, Refused
from council.matrix import PrecedenceRule
from council.sentence import say
from council.visibility import seen
from council.workspace import Configuration, Workspace
from handlers import forms, kit
from handlers.answers import Answer, Update
from handlers.conflicts.rows import one_line
from handlers.setup.names import Acts, Views
from handlers.setup.previewing import preview_of
from handlers.setup.rule_form import RuleForm, form_of, rule_modal, rule_of
from handlers.setup.window import carrying, for_admin, go
from handlers.turn import Turn
from storage import configuring, conflicts
from storage.store import Unit

SIZE = 40
INTRO = "Which source stands until somebody decides. Of several that fit the narrowest holds."
NONE = "Nothing is agreed yet: every report says that nothing stands until it is decided."


async def on_rules(turn: Turn) -> Answer:
    """**Numbers of record**, **Back** and **More**."""
    return await list_rules(turn, int(turn.value) if turn.value.isdecimal() else 0)


async def list_rules(turn: Turn, start: int = 0) -> Answer:
    """What stands for what; those that have ended last."""
    workspace = await for_admin(turn)
    await go(turn, _listed(workspace, start, turn, carrying(turn)))
    return None


def _listed(workspace: Workspace, start: int, turn: Turn, meta: str) -> View:
    today = workspace.today(turn.desk.clock())
    order = {row.key: place for place, row in enumerate(workspace.configuration.matrix)}
    rules = list(enumerate(workspace.configuration.precedence))
    rules.sort(key=lambda each: (_ended(each[1], today), order.get(each[1].type, 0), each[1].narrowness))
    shown = rules[start : start + SIZE]
    blocks: list[Block] = [kit.text(INTRO if rules else NONE)]
    blocks += [_row(place, rule, workspace) for place, rule in shown if not _ended(rule, today)]
    ended: list[Block] = [_row(place, rule, workspace) for place, rule in shown if _ended(rule, today)]
    blocks += [DividerBlock(), kit.text("*Ended*"), *ended] if ended else []
    row = [kit.button("Add a number of record", Acts.ADD_RULE, "new")]
    if start + SIZE < len(rules):
        row.append(kit.button("More", Acts.RULES, str(start + SIZE)))
    row.append(kit.button("Set up", Acts.HUB, "all"))
    return forms.modal(
        Views.RULES, "Numbers of record", [*blocks, *kit.buttons(row)], close="Done", meta=meta
    )


def _ended(rule: PrecedenceRule, today: Any) -> bool:
    return rule.until is not None and rule.until < today


def _row(place: int, rule: PrecedenceRule, workspace: Workspace) -> Block:
    name = next((row.name for row in workspace.configuration.matrix if row.key == rule.type), rule.type)
    scope = [one_line(name, 80), *(one_line(each, 60) for each in scopes(rule))]
    because = ": ".join(one_line(each, 150) for each in (rule.team, rule.because) if each)
    period = [f"from {rule.since}" if rule.since else "", f"until {rule.until}" if rule.until else ""]
    origin = f"from #{rule.decision}" if rule.decision else ""
    line = " · ".join(filter(None, (because, *period, origin)))
    block = kit.text(f"{', '.join(scope)}: {kit.strong(rule.stands, 100)}\n{line}")
    block.accessory = kit.button("Edit", Acts.EDIT_RULE, f"{workspace.version}.{place}")
    return block


def scopes(rule: PrecedenceRule) -> tuple[str, ...]:
    """What narrows it."""
    return tuple(filter(None, (rule.metric, rule.segment, rule.account)))


async def on_edit(turn: Turn) -> Answer:
    """**Edit**: the form with what the rule is."""
    workspace = await for_admin(turn)
    rule = await _rule(turn, turn.value, workspace)
    await go(turn, _form(turn, form_of(rule), workspace, place=turn.value))
    return None


async def on_add(turn: Turn) -> Answer:
    """**Add a number of record**."""
    workspace = await for_admin(turn)
    await go(turn, _form(turn, RuleForm(), workspace))
    return None


async def on_narrow(turn: Turn) -> Answer:
    """**Narrow it**: another one beside it, for a part of what it holds for."""
    workspace = await for_admin(turn)
    rule = await _rule(turn, turn.value, workspace)
    head = (
        f"{kit.strong(rule.stands, 100)} goes on to hold for everything else. Say for what another one holds."
    )
    form = form_of(replace(rule, stands="", team="", because="", since=None, until=None))
    await go(turn, _form(turn, form, workspace, head=head))
    return None


async def on_from_decision(turn: Turn) -> Answer:
    """**Look at it**: what a decision proposes as a rule, in the form of a new one."""
    workspace = await for_admin(turn)
    found = await turn.desk.store.read(lambda c: conflicts.find(c, turn.team, turn.value))
    conflict = seen(turn.person_id, found, workspace.members)
    form = form_of(proposed(conflict))
    await go(turn, _form(turn, form, workspace, decision=conflict.number, head=_said(conflict)))
    return None


def proposed(conflict: Conflict) -> PrecedenceRule:
    """The decision as a rule; raises `Refused` when it is none any more, or names no source."""
    ruling = conflict.ruling
    if ruling is None or conflict.is_open or not ruling.source:
        raise Refused(say("There is no decision for one source on #{number} now.", number=conflict.number))
    known = any(signal.source == ruling.source for signal in conflict.facts.signals)
    team = next((s.team for s in conflict.facts.signals if s.source == ruling.source), "") if known else ""
    return PrecedenceRule(
        type=conflict.facts.type,
        stands=kit.clip(ruling.source, 75),
        team=kit.clip(team, 75),
        because=kit.clip(" ".join(ruling.why.split()), 300),
        account=kit.clip(conflict.facts.account, 75) or None,
        decision=conflict.number,
    )


def _said(conflict: Conflict) -> str:
    decision = conflict.ruling.decision if conflict.ruling else ""
    return f"#{conflict.number} was decided so: {kit.quoted(decision, 300)}"


async def on_end(turn: Turn) -> Answer:
    """**Retire**: it held until yesterday; what that changes."""
    await go(turn, await preview_of(turn, ask=f"end:{turn.value}"))
    return None


async def _rule(turn: Turn, place: str, workspace: Workspace) -> PrecedenceRule:
    return await turn.desk.store.read(lambda c: configuring.rule_at(c, turn.team, place, workspace))


def _form(
    turn: Turn,
    form: RuleForm,
    workspace: Workspace,
    *,
    place: str = "",
    decision: int | None = None,
    head: str = "",
) -> View:
    meta = carrying(turn, rule=place, based_on=workspace.version, decision=decision)
    return rule_modal(form, workspace, place=place, meta=meta, head=head)


def again(turn: Turn, edit: PutRule, workspace: Workspace) -> View:
    """The form once more, with what was typed."""
    rule = edit.row
    place = configuring.place_of(edit.was, workspace) if edit.was else ""
    form = form_of(rule) if rule else RuleForm()
    return _form(turn, form, workspace, place=place, decision=rule.decision if rule else None)


async def on_sent(turn: Turn) -> Answer:
    """**Next**: kept, and what it changes is shown before anything is saved."""
    form, place = forms.read(RuleForm, turn.view), str(turn.meta.get("rule", ""))

    def change(unit: Unit) -> str:
        workspace = configuring.known(unit)
        was = configuring.rule_at(unit.connection, unit.team, place, workspace) if place else None
        number = was.decision if was else turn.meta.get("decision")
        edit = PutRule(was=was, row=rule_of(form, int(number) if number else None))
        _check(edit, workspace.configuration, turn, workspace)
        proposal = Proposal(edit=edit, based_on=workspace.version)
        return configuring.keep_new(unit, turn.person_id, proposal)

    draft = await turn.write(change)
    return Update(await preview_of(turn, draft=draft))


def _check(edit: PutRule, base: Configuration, turn: Turn, workspace: Workspace) -> None:
    """A rule for what another holds for already stands under what makes it another one."""
    try:
        configured(edit, base, by=turn.person, workspace=workspace)
    except Invalid as wrong:
        if set(wrong.errors) != {FORM} or "same scope" not in wrong.errors[FORM].text:
            raise
        twice = say("Another one holds for just this already; change that one, or narrow this.")
        raise Invalid({"metric": twice}) from None
