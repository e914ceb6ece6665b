"""The card: one glance says what disagrees, who decides by when, and what stands until then.

Its states change the last lines and the buttons; nothing jumps.
"""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.call_ladder import LENGTH
from council.conflict import Conflict, Signal, State
from council.links import is_link
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import ruling_lines, signature
from handlers.conflicts.names import Acts
from handlers.conflicts.parts import asked_as, took_over
from handlers.conflicts.rows import size
from handlers.conflicts.unnamed import reporter_for_all
from handlers.wording import listed, name, read

MENU = (
    ("Add context", Acts.ADD_CONTEXT),
    ("Hand over", Acts.HAND_OVER),
    ("Extend deadline", Acts.EXTEND),
    ("Call an emergency meeting", Acts.CALL),
    ("Withdraw", Acts.WITHDRAW),
)
MOST_SAID, LEAST_SAID = 500, 100
MOST_CARD = 10_000
"""Characters of text, after escaping; Slack refuses more than about 13,000."""
QUIET = frozenset({State.WITHDRAWN, State.MERGED, State.RESOLVED})
"""What ended without a decision takes one line."""


def conflict_card(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[str, list[Block]]:
    """The fallback text and the blocks. Names are plain text: a direct message is the ping.

    What people wrote counts longer once it is escaped; a card that grows too long for Slack quotes less.
    """
    card = _blocks(conflict, workspace, now, MOST_SAID)
    if size(card) > MOST_CARD:
        card = _blocks(conflict, workspace, now, LEAST_SAID)
    return fallback(conflict), card


def _blocks(conflict: Conflict, workspace: Workspace, now: datetime, most: int) -> list[Block]:
    if conflict.state in QUIET:
        return [kit.small(ended_line(conflict, workspace)), *_details(conflict)]
    top = [kit.text(title(conflict)), *signals(conflict, most)]
    if conflict.ruling is not None:
        decision = kit.text("\n".join(ruling_lines(conflict.ruling)))
        signed = kit.small(signature(conflict.ruling, workspace))
        return [*top, decision, signed, *kit.buttons([_details_button(conflict), _which_button(conflict)])]
    return [
        *top,
        kit.text("\n".join(_lines(conflict, workspace, now))),
        kit.small(_last_line(conflict, workspace, now)),
        *kit.buttons(_buttons(conflict)),
    ]


def _lines(conflict: Conflict, workspace: Workspace, now: datetime) -> list[str]:
    lines = [deadline_line(conflict, workspace, now), until_then(conflict, workspace)]
    return [*lines, *filter(None, (call_line(conflict, workspace, now),))]


def call_line(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """The emergency meeting: that it is asked for, or when and where it is."""
    call = conflict.call
    if call is None or call.state == "declined":
        return ""
    if call.starts is None:
        by = f"; {name(call.asked[-1], workspace.people)} is asked to call it" if call.asked else ""
        return f"An emergency meeting is asked for{by}."
    if call.starts + LENGTH <= now:
        return ""
    at = kit.when(call.starts, workspace.hours.zone)
    people = workspace.people
    there = [("there", call.coming), ("can't", call.missing)]
    said = [
        f"{words}: {listed([name(who, people) for who in answered])}" for words, answered in there if answered
    ]
    return " · ".join([f"*Emergency meeting {at}*{place(call.where)}", *said])


def place(where: str) -> str:
    """Where a meeting is: a link to join, or words."""
    if not where:
        return ""
    linked = is_link(where)
    return f" · {kit.link(where, 'join') if linked else kit.quoted(where, 100)}"


def fallback(conflict: Conflict) -> str:
    """What a notification and a screen reader say."""
    words = {
        State.DECIDED: "is decided",
        State.WITHDRAWN: "was withdrawn",
        State.RESOLVED: "resolved itself or was a mistake",
        State.MERGED: "is the same as another one",
    }
    state = words.get(conflict.state, "")
    subject = kit.quoted(conflict.facts.subject, 200)
    if conflict.is_open:
        return f"#{conflict.number} {kit.quoted(conflict.type_name, 80)}: {subject}"
    return f"#{conflict.number} {state}: {subject}"


def title(conflict: Conflict) -> str:
    """Number, kind and what it is about."""
    mark = "✅ " if conflict.state is State.DECIDED else ""
    kind = kit.quoted(conflict.type_name, 80)
    return f"{mark}*#{conflict.number}* · {kind}\n{kit.strong(conflict.facts.subject, 300)}"


def signals(conflict: Conflict, most: int = MOST_SAID) -> list[Block]:
    """What each source says, two beside each other."""
    cells = [_signal(signal, most) for signal in conflict.facts.signals]
    pairs = [(cells[n], cells[n + 1] if n + 1 < len(cells) else " ") for n in range(0, len(cells), 2)]
    return [kit.columns(left, right) for left, right in pairs]


def _signal(signal: Signal, most: int) -> str:
    linked = f"*{kit.link(signal.link, kit.clip(signal.source, 80))}*" if signal.link else ""
    as_of = f"\n_as of {kit.quoted(signal.as_of, 120)}_" if signal.as_of else ""
    was = f"\n_corrected, was {kit.quoted(signal.was, 200)}_" if signal.was else ""
    return f"{linked or kit.strong(signal.source, 80)}\n{kit.quoted(signal.says, most)}{as_of}{was}"


def deadline_line(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """Who decides by when and why then; or since when it is overdue and who has been asked."""
    owner = name(conflict.owner, workspace.people)
    role = f" ({kit.quoted(conflict.role, 80)})" if conflict.role else ""
    if conflict.overdue(now):
        since = kit.when(conflict.overdue_at, workspace.hours.zone)
        return f"*Overdue since {since}.* {_asked(conflict, workspace) or f'{owner}{role} decides.'}"
    by = kit.when(conflict.deadline.limit, workspace.hours.zone)
    return f"*{owner}*{role} decides by *{by}* · {read(conflict.deadline.because, workspace)}"


def _asked(conflict: Conflict, workspace: Workspace) -> str:
    """Whom the chain has asked last, and as what."""
    if conflict.asked == conflict.owner:
        return ""
    part = asked_as(conflict.asked, conflict, workspace)
    known = f"{name(conflict.asked, workspace.people)} ({kit.quoted(part, 80)})" if part else ""
    return f"{known or name(conflict.asked, workspace.people)} has been asked."


def until_then(conflict: Conflict, workspace: Workspace) -> str:
    """The number of record, with its because."""
    standing = conflict.route.standing
    if standing is None:
        owner = name(conflict.owner, workspace.people)
        return f"No source is agreed; nothing stands until {owner} decides."
    neither = ", which is neither of these" if standing.neither else ""
    because = f": {kit.quoted(standing.because.rstrip('.'), 300)}" if standing.because else ""
    return f"Until then use {kit.strong(standing.source, 80)}{neither}{because}."


def _last_line(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    facts = conflict.facts
    parts = ["*Immediate*"] if conflict.route.immediate else []
    if facts.waiting:
        parts.append(f"Waiting for it: {kit.quoted(facts.waiting, 200)}")
    if facts.account:
        parts.append(f"account: {kit.quoted(facts.account, 120)}")
    parts.append(f"reported by {reporter_for_all(conflict, workspace)}")
    parts.append(_progress(conflict, workspace, now))
    return " · ".join(part for part in parts if part)


def _progress(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """Whether somebody is on it."""
    owner = name(conflict.owner, workspace.people)
    before = name(conflict.previous_owner, workspace.people) if conflict.previous_owner else ""
    if took_over(conflict):
        return f"{owner} decides now; {before} did not answer"
    if conflict.state is State.ACKNOWLEDGED and conflict.acknowledged_at:
        return f"{owner} is on it since {kit.when(conflict.acknowledged_at, workspace.hours.zone)}"
    if conflict.overdue(now):
        return f"{owner} has not answered" if conflict.asked != conflict.owner else ""
    if conflict.asked != conflict.owner:
        asked = _asked(conflict, workspace).rstrip(".")
        return f"{owner} has not answered; {asked}"
    handed = f"it was with {before} before" if before else ""
    by = f"to be acknowledged by {kit.when(conflict.window_ends, workspace.hours.zone)}"
    return " · ".join(part for part in (handed, by if now < conflict.window_ends else "") if part)


def _buttons(conflict: Conflict) -> list[kit.Pressable]:
    row: list[kit.Pressable] = []
    if conflict.state is State.OPEN:
        row.append(kit.button("Acknowledge", Acts.ACKNOWLEDGE, conflict.id, "primary"))
    row.append(kit.button("Decide", Acts.DECIDE, conflict.id))
    row.append(kit.button("Details", Acts.DETAILS, conflict.id))
    row.append(kit.menu(Acts.MENU, [(label, f"{act}:{conflict.id}") for label, act in MENU]))
    return row


def _details(conflict: Conflict) -> list[Block]:
    return kit.buttons([_details_button(conflict)])


def _details_button(conflict: Conflict) -> kit.Pressable:
    return kit.button("Details", Acts.DETAILS, conflict.id)


def _which_button(conflict: Conflict) -> kit.Pressable:
    return kit.button("Which number stands?", Acts.WHICH, conflict.id)


def ended_line(conflict: Conflict, workspace: Workspace) -> str:
    """One quiet line for what has ended."""
    subject = f"#{conflict.number} {kit.quoted(conflict.facts.subject, 200)}"
    why = f" {kit.quoted(conflict.ended_because, 300)}" if conflict.ended_because else ""
    match conflict.state:
        case State.DECIDED:
            return f"✅ {subject}: decided."
        case State.RESOLVED:
            return f"{subject}: resolved itself or was a mistake.{why}"
        case State.MERGED:
            return f"{subject}: the same as{why or ' another one.'}"
        case _:
            who = "its reporter" if conflict.facts.unnamed else name(conflict.reporter, workspace.people)
            return f"{subject}: withdrawn by {who}.{why}"
