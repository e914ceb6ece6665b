"""*What this changes*: read before anything is saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from council.configuring import GoBack, Proposal, PutRule, PutTexts, Succeed, UseType, configured
from council.conflict import Conflict
from council.matrix import PrecedenceRule
from council.replaying import MOST, SPAN, Effect, Move, Replay
from council.sentence import Sentence
from council.visibility import may_see
from council.workspace import Workspace
from handlers import forms, kit
from handlers.forms import field
from handlers.reworded import rendered
from handlers.setup.names import Acts, Views
from handlers.setup.window import carrying, for_admin
from handlers.turn import Turn
from handlers.wording import name, plain_name, read
from storage import actions, configuring, versions
from storage.replaying import Preview, preview

MOST_LINES = 30
MOST_ASKED = 20
"""So many open conflicts are asked about one by one; the others together."""
MOVE, REST = "move", "move_rest"
ITEMS = "items"
STAYS, GOES = "stays", "goes"
MOST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is about to be saved, what it does, and what others have changed since it was begun."""

    proposal: Proposal
    preview: Preview
    items: int = 0
    """How many action items somebody who left would hand on."""
    author: str | None = None
    meanwhile: tuple[Sentence, ...] = ()


async def preview_of(turn: Turn, *, draft: str = "", ask: str = "", since: int = 0) -> View:
    """The step that shows it: of what was typed, or of what a button asks; `since`: the version begun at."""
    workspace = await for_admin(turn)
    seen = await turn.desk.store.read(
        lambda connection: _look(connection, turn, workspace, draft, ask, since)
    )
    asked = max((move.conflict.number for move in seen.preview.effect.moves), default=0)
    carried = carrying(turn, draft=draft, ask=ask, based_on=seen.proposal.based_on, asked=asked)
    return _drawn(seen, turn, carried)


def _look(connection: Any, turn: Turn, workspace: Workspace, draft: str, ask: str, since: int) -> Seen:
    found = proposal(connection, turn, workspace, draft, ask)
    base = configuring.base_of(connection, turn.team, found.based_on, workspace)
    after = configured(found.edit, base, by=turn.person, workspace=workspace)
    shown = preview(connection, workspace, after, turn.desk.clock())
    items = 0
    if isinstance(found.edit, Succeed):
        _, items = actions.open_of(connection, turn.team, found.edit.gone, most=1)
    if not since:
        return Seen(proposal=found, preview=shown, items=items)
    newest = versions.page(connection, turn.team, 1)[0]
    meanwhile = versions.changes(connection, turn.team, since, workspace.version)
    return Seen(proposal=found, preview=shown, items=items, author=newest.author, meanwhile=meanwhile)


def proposal(connection: Any, turn: Turn, workspace: Workspace, draft: str, ask: str) -> Proposal:
    """What is about to be saved: typed and kept, or small enough for a button to carry."""
    if not ask:
        return configuring.proposal(connection, turn.team, draft, turn.person_id)
    verb, _, what = ask.partition(":")
    based_on = int(turn.meta.get("based_on") or workspace.version)
    if verb == "back":
        number = int(what) if what.isdecimal() else 0
        to = versions.find(connection, turn.team, number)
        return Proposal(edit=GoBack(version=number, to=to), based_on=based_on)
    if verb == "end":
        edit = _ending(configuring.rule_at(connection, turn.team, what, workspace), workspace, turn)
        return Proposal(edit=edit, based_on=based_on)
    workspace.configuration.conflict_type(what)
    return Proposal(edit=UseType(key=what, retired=verb == "retire"), based_on=based_on)


def _ending(rule: PrecedenceRule, workspace: Workspace, turn: Turn) -> PutRule:
    """It held until yesterday; one that never held is taken away."""
    today = workspace.today(turn.desk.clock())
    if rule.until is not None and rule.until < today:
        return PutRule(was=rule, row=rule)
    held = rule.since is None or rule.since < today
    return PutRule(was=rule, row=replace(rule, until=today - timedelta(days=1)) if held else None)


def _drawn(seen: Seen, turn: Turn, meta: str) -> View:
    after, effect = seen.preview.after, seen.preview.effect
    blocks: list[Block] = [
        *_meanwhile(seen, after),
        *kit.buttons([kit.button("Back", Acts.BACK, "back")]),
        kit.text("\n".join(bullets(effect.changes, after))),
    ]
    if effect.remarks:
        blocks.append(
            kit.text("\n".join(f"⚠ {read(remark, after)}" for remark in effect.remarks[:MOST_LINES]))
        )
    if effect.replay:
        blocks.append(kit.text(replayed(effect.replay)))
    if isinstance(seen.proposal.edit, PutTexts):
        blocks += rendered(after.configuration.texts, after, turn.desk.clock())
    blocks += _moves(effect, turn.person_id, after)
    blocks += _items(seen, after)
    why = forms.line(most=MOST_REASON)
    hint = "Whoever looks at the versions later reads it."
    blocks += [DividerBlock(), field("why", "Why?", why, hint=hint, optional=True)]
    return forms.modal(Views.PREVIEW, "What this changes", blocks, submit="Save", meta=meta)


def _meanwhile(seen: Seen, workspace: Workspace) -> list[Block]:
    if not seen.meanwhile:
        return []
    who = name(seen.author, workspace.people) if seen.author else "An import"
    head = f"*Nothing is saved yet:* {who} has changed the set-up meanwhile."
    lines = bullets(seen.meanwhile, workspace)
    return [kit.text("\n".join([head, *lines, "Below is what yours changes now."])), DividerBlock()]


def bullets(changes: tuple[Sentence, ...], workspace: Workspace) -> list[str]:
    """A line for each change; of very many the first ones."""
    lines = [f"• {read(change, workspace)}" for change in changes[:MOST_LINES]]
    more = len(changes) - MOST_LINES
    return [*lines, f"and {more} more"] if more > 0 else lines


def replayed(replay: Replay) -> str:
    """What would have been, in a sentence."""
    conflicts = {0: "no conflicts", 1: "1 conflict"}.get(replay.counted, f"{replay.counted} conflicts")
    if not replay.says_something:
        return f"Nothing to replay yet: {conflicts}."
    of = f"the newest {conflicts}" if replay.counted == MOST else f"the last {SPAN.days} days' {conflicts}"
    parts = [f"{replay.elsewhere or 'none'} would have gone elsewhere"]
    parts += [f"{replay.nobody} to nobody"] if replay.nobody else []
    parts += [f"{replay.retired} could not have been reported as this kind"] if replay.retired else []
    return f"Of {of} {', '.join(parts)}."


def _moves(effect: Effect, reader: str, workspace: Workspace) -> Iterator[Block]:
    if effect.moves:
        yield kit.text("*Open conflicts:* nothing moves unless you say so.")
    for move in effect.moves[:MOST_ASKED]:
        owner = plain_name(move.conflict.owner, workspace.people)
        to = plain_name(move.to, workspace.people)
        goes = f"Goes to {kit.clip(to, 40)}, who will be told"
        yield _choice(_block(move), _label(move.conflict, reader), f"Stays with {owner}", goes)
    rest = effect.moves[MOST_ASKED:]
    if rest:
        goes = "Go to their new owners, who will be told"
        yield _choice(REST, f"The other {len(rest)}", "Stay where they are", goes)


def _items(seen: Seen, workspace: Workspace) -> Iterator[Block]:
    """Who has left does nothing any more, so that they go along unless somebody says otherwise."""
    if seen.items and isinstance(seen.proposal.edit, Succeed):
        edit = seen.proposal.edit
        gone, to = (plain_name(person, workspace.people) for person in (edit.gone, edit.to))
        label = "One action item" if seen.items == 1 else f"{seen.items} action items"
        choices = [
            kit.option(f"Goes to {kit.clip(to, 40)}, who will be told", GOES),
            kit.option(f"Stays with {gone}", STAYS),
        ]
        yield field(ITEMS, label, forms.radios(choices, GOES))


def _block(move: Move) -> str:
    """No digit stands last: a field shown anew is told by that."""
    return f"{MOVE}_{move.conflict.number}n"


def _choice(block: str, label: str, stays: str, goes: str) -> Block:
    return field(block, label, forms.radios([kit.option(stays, STAYS), kit.option(goes, GOES)], STAYS))


def _label(conflict: Conflict, reader: str) -> str:
    """What it is about, for who may see it."""
    if not may_see(reader, conflict):
        return f"Confidential #{conflict.number}"
    return f"#{conflict.number} {' '.join(conflict.facts.subject.split())}"


def chosen(values: dict[str, Any], moves: tuple[Move, ...], asked: int) -> tuple[Move, ...]:
    """Which of the open conflicts go to the new owner; none newer than `asked`, which nobody has read of."""
    read_of = (move for move in moves if move.conflict.number <= asked)
    return tuple(move for move in read_of if values.get(_block(move), values.get(REST)) == GOES)
