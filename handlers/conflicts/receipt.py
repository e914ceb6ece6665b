"""The same window after **Report**: where it went, by when, and which number stands until then."""

from __future__ import annotations

from dataclasses import replace

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict, Facts
from council.matrix import NOT_SURE
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Acts
from handlers.wording import listed, name

TITLE = "Report an AI conflict"
TAKEN_BEFORE = (
    "It was taken the first time you sent it. What you changed after that is not in it: "
    "*Details*, then *Correct*."
)
NO_NUMBERS = "None of them gives a number yet. If there is one, adding it helps whoever decides."


def receipt(
    conflict: Conflict,
    reader: str,
    workspace: Workspace,
    *,
    joined: bool = False,
    typed: Facts | None = None,
) -> View:
    """One glance: the number, the owner, the deadline, the card; `typed` is what was sent this time."""
    own = conflict.owner == reader
    line = " ".join((_with_whom(conflict, workspace, own=own, joined=joined), until_then(conflict)))
    blocks: list[Block] = [kit.text(f"{line} {_seen(conflict, reader, workspace)}")]
    row: list[kit.Pressable] = []
    if own and conflict.is_open:
        row.append(kit.button("Decide now", Acts.DECIDE_FURTHER, conflict.id, "primary"))
    if without_numbers(conflict):
        blocks.append(kit.small(NO_NUMBERS))
        row.append(kit.button("Add context", Acts.ADD_CONTEXT, conflict.id))
    if typed is not None and replace(typed, beyond=()) != conflict.facts:
        blocks.append(kit.small(TAKEN_BEFORE))
        row.append(kit.button("Details", Acts.DETAILS, conflict.id))
    return forms.modal("receipt", TITLE, [*blocks, *kit.buttons(row)], close="Done")


def _with_whom(conflict: Conflict, workspace: Workspace, *, own: bool, joined: bool) -> str:
    by = kit.when(conflict.overdue_at, workspace.hours.zone)
    who = "you" if own else name(conflict.owner, workspace.people)
    if joined:
        return f"You joined *#{conflict.number}*. It is with *{who}*, by *{by}*; nobody is asked twice."
    return f"*#{conflict.number}* is with *{who}*, by *{by}*."


def until_then(conflict: Conflict) -> str:
    """Which number stands while nobody has decided."""
    standing = conflict.route.standing
    return f"Until then: {kit.strong(standing.source, 80)}." if standing else "Until then nothing is agreed."


def without_numbers(conflict: Conflict) -> bool:
    """True when sources are compared and none of them names a number."""
    said = "".join(signal.says for signal in conflict.facts.signals)
    return conflict.facts.type != NOT_SURE and not any(char.isdigit() for char in said)


def _seen(conflict: Conflict, reader: str, workspace: Workspace) -> str:
    here, facts = conflict.home, conflict.facts
    if facts.confidential and here:
        return f"The card is in {kit.channel_link(here)}; only its members and those concerned see it."
    if facts.confidential:
        others = (conflict.owner, *conflict.told)
        names = [name(person, workspace.people) for person in dict.fromkeys(others) if person != reader]
        return f"It is confidential and has no card; only {listed([*names, 'you'])} see it."
    if here is None:
        return "There is no channel for its card; those concerned are told directly."
    if here == facts.reported_in or facts.reported_in is None:
        return f"The card is in {kit.channel_link(here)}."
    return f"The card is in {kit.channel_link(here)}, because it can't stand where you reported it."
