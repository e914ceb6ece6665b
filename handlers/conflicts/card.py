"""The card: one glance says what disagrees, who decides by when, and what stands until then."""

from __future__ import annotations

from datetime import datetime

from slack_sdk.models.blocks import Block

from council.conflict import Conflict, Signal, State
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.decided import decided_lines
from handlers.conflicts.names import Acts
from handlers.wording import name, read

MENU = (
    ("Add context", Acts.ADD_CONTEXT),
    ("Hand over", Acts.HAND_OVER),
    ("Extend deadline", Acts.EXTEND),
    ("Withdraw", Acts.WITHDRAW),
)


def conflict_card(conflict: Conflict, workspace: Workspace, now: datetime) -> tuple[str, list[Block]]:
    """The fallback text and the blocks. Names are plain text: a direct message is the ping."""
    if not conflict.is_open:
        return fallback(conflict), _ended(conflict, workspace)
    return fallback(conflict), [
        kit.text(title(conflict)),
        *signals(conflict),
        kit.text("\n".join((deadline_line(conflict, workspace, now), until_then(conflict)))),
        kit.small(_last_line(conflict, workspace, now)),
        *kit.buttons(_buttons(conflict)),
    ]


def fallback(conflict: Conflict) -> str:
    """What a notification and a screen reader say."""
    words = {State.DECIDED: "is decided", State.WITHDRAWN: "was withdrawn", State.RESOLVED: "resolved itself"}
    state = words.get(conflict.state, conflict.type_name)
    return kit.escape(kit.clip(f"#{conflict.number} {conflict.facts.subject}: {state}", 300))


def title(conflict: Conflict) -> str:
    """Number, kind and what it is about."""
    mark = "✅ " if conflict.state is State.DECIDED else ""
    kind = kit.quoted(conflict.type_name, 80)
    return f"{mark}*#{conflict.number}* · {kind}\n*{kit.quoted(conflict.facts.subject, 300)}*"


def signals(conflict: Conflict) -> list[Block]:
    """What each source says, two beside each other."""
    cells = [_signal(signal) for signal in conflict.facts.signals]
    pairs = [(cells[n], cells[n + 1] if n + 1 < len(cells) else " ") for n in range(0, len(cells), 2)]
    return [kit.columns(left, right) for left, right in pairs]


def _signal(signal: Signal) -> str:
    source = kit.quoted(signal.source, 80)
    head = f"*{kit.link(signal.link, kit.clip(signal.source, 80))}*" if signal.link else f"*{source}*"
    as_of = f"\n_as of {kit.quoted(signal.as_of, 120)}_" if signal.as_of else ""
    return f"{head}\n{kit.quoted(signal.says, 500)}{as_of}"


def deadline_line(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    """Who decides by when and why then; or since when it is overdue and who is asked now."""
    owner = name(conflict.owner, workspace.people)
    role = f" ({kit.quoted(conflict.role, 80)})" if conflict.role else ""
    by = kit.when(conflict.overdue_at, workspace.hours.zone)
    if conflict.overdue(now):
        asked = name(conflict.asked, workspace.people)
        also = f" {asked} has been asked." if conflict.asked != conflict.owner else ""
        return f"*Overdue since {by}.* {owner}{role} has not decided.{also}"
    because = read(conflict.deadline.because, workspace)
    return f"*{owner}*{role} decides by *{by}* · {because}"


def until_then(conflict: Conflict) -> str:
    """The number of record, with its because."""
    standing = conflict.route.standing
    if standing is None:
        return "No source is agreed; nothing stands until it is decided."
    because = f": {kit.quoted(standing.because, 300)}" if standing.because else ""
    return f"Until then use *{kit.quoted(standing.source, 80)}*{because}."


def _last_line(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    facts = conflict.facts
    parts = [f"Waiting for it: {kit.quoted(facts.waiting, 200)}"] if facts.waiting else []
    if facts.account:
        parts.append(f"account: {kit.quoted(facts.account, 120)}")
    parts.append(
        "reported by a colleague"
        if facts.unnamed
        else f"reported by {name(conflict.reporter, workspace.people)}"
    )
    parts.append(_acknowledged(conflict, workspace, now))
    return " · ".join(part for part in parts if part)


def _acknowledged(conflict: Conflict, workspace: Workspace, now: datetime) -> str:
    zone = workspace.hours.zone
    owner = name(conflict.owner, workspace.people)
    if conflict.previous_owner and conflict.state is State.ACKNOWLEDGED:
        before = name(conflict.previous_owner, workspace.people)
        return f"{owner} decides now; it was with {before}"
    if conflict.state is State.ACKNOWLEDGED and conflict.acknowledged_at:
        return f"{owner} is on it since {kit.when(conflict.acknowledged_at, zone)}"
    if conflict.asked != conflict.owner:
        return f"{owner} has not answered; {name(conflict.asked, workspace.people)} has been asked"
    return (
        f"to be acknowledged by {kit.when(conflict.window_ends, zone)}" if now < conflict.window_ends else ""
    )


def _buttons(conflict: Conflict) -> list[kit.Pressable]:
    row: list[kit.Pressable] = []
    if conflict.state is State.OPEN:
        row.append(kit.button("Acknowledge", Acts.ACKNOWLEDGE, conflict.id, "primary"))
    if conflict.asked != conflict.owner:
        row.append(kit.button("Take over", Acts.TAKE_OVER, conflict.id))
    row.append(kit.button("Decide", Acts.DECIDE, conflict.id))
    row.append(kit.button("Details", Acts.DETAILS, conflict.id))
    row.append(kit.menu(Acts.MENU, [(label, f"{act}:{conflict.id}") for label, act in MENU]))
    return row


def _ended(conflict: Conflict, workspace: Workspace) -> list[Block]:
    details = kit.buttons([kit.button("Details", Acts.DETAILS, conflict.id)])
    if conflict.state is State.DECIDED:
        lines = [title(conflict), *decided_lines(conflict, workspace)]
        return [kit.text("\n".join(lines)), *details]
    return [kit.small(ended_line(conflict, workspace)), *details]


def ended_line(conflict: Conflict, workspace: Workspace) -> str:
    """One quiet line for what ended without a decision."""
    subject = kit.quoted(conflict.facts.subject, 200)
    why = f" {kit.quoted(conflict.ended_because, 300)}" if conflict.ended_because else ""
    if conflict.state is State.RESOLVED:
        return f"#{conflict.number} {subject}: resolved itself or was a mistake.{why}"
    who = "its reporter" if conflict.facts.unnamed else name(conflict.reporter, workspace.people)
    return f"#{conflict.number} {subject}: withdrawn by {who}.{why}"
