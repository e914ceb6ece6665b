"""The same window after **Report**: where it went, by when, and which number stands until then."""

from __future__ import annotations

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.conflict import Conflict
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.names import Acts
from handlers.wording import name


def receipt(conflict: Conflict, reader: str, workspace: Workspace, *, joined: bool = False) -> View:
    """One glance: the number, the owner, the deadline, the card."""
    by = kit.when(conflict.deadline.limit, workspace.hours.zone)
    own = conflict.owner == reader
    who = "you" if own else name(conflict.owner, workspace.people)
    first = f"*#{conflict.number}* is with *{who}*, by *{by}*."
    lines = [f"You joined {first}" if joined else first, until_then(conflict), _card(conflict)]
    blocks: list[Block] = [kit.text(" ".join(line for line in lines if line))]
    if own and conflict.is_open:
        blocks += kit.buttons([kit.button("Decide now", Acts.DECIDE_FURTHER, conflict.id, "primary")])
    return forms.modal("receipt", "Report an AI conflict", blocks, close="Done")


def until_then(conflict: Conflict) -> str:
    """Which number stands while nobody has decided."""
    standing = conflict.route.standing
    return (
        f"Until then: *{kit.quoted(standing.source, 80)}*." if standing else "Until then nothing is agreed."
    )


def _card(conflict: Conflict) -> str:
    if conflict.home is None:
        return "There is no card; only those concerned are told."
    if conflict.home == conflict.facts.reported_in or conflict.facts.reported_in is None:
        return f"The card is in {kit.channel_link(conflict.home)}."
    return f"The card is in {kit.channel_link(conflict.home)}, because it can't stand where you reported it."
