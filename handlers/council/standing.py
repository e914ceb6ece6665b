"""The answer to *Which number stands?* in words: value, why, who, when, until; or that nothing is agreed.

Only what the rule found is said; every number stands in a report or a decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block

from council.conflict import Conflict, Ruling
from council.which import Agreed, Answer, Decided
from council.words import content_words
from council.workspace import Workspace
from handlers import kit
from handlers.answers import Private
from handlers.conflicts.decided import MOST_DECISION, MOST_WHY, day
from handlers.conflicts.instead import MOST_VALUE
from handlers.conflicts.names import Acts
from handlers.conflicts.rows import MOST_MESSAGE, fitting, one_line
from handlers.council.names import COMMAND
from handlers.wording import listed, name, upper_first

MOST_ASKED, MOST_SUBJECT, MOST_NAME, MOST_SAID = 150, 200, 80, 200
BRIEFLY = 250
"""Characters of a reason where several stand below one another."""
MOST_COUNTED = 9
"""Of those that are found only the best are read: more are not counted to the last one."""
ROOM = MOST_MESSAGE - 1000
"""Characters for what is told; the rest is for the buttons and the last line."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who and what is named by which name, and what time it is (aware UTC)."""

    workspace: Workspace
    now: datetime


def standing(answer: Answer, words: str, workspace: Workspace, now: datetime) -> Private:
    """The whole answer, for one pair of eyes."""
    reading = Reading(workspace, now)
    return _decided(answer, words, reading) if answer.decided else _undecided(answer, words, reading)


def _decided(answer: Answer, words: str, reading: Reading) -> Private:
    several = len(answer.decided) > 1
    told = fitting([b for each in answer.decided for b in _one(each, reading, briefly=several)], ROOM)
    blocks: list[Block] = told
    if several:
        blocks = [kit.text(f"*Several fit “{one_line(words, MOST_ASKED)}”*; these are the closest:"), *told]
    if several or answer.others:
        blocks = [*blocks, kit.small(_others(answer.others))]
    first = _without_marks(_stands(answer.decided[0]))
    return Private(f"{len(answer.decided)} decisions fit." if several else first, blocks)


def _others(count: int) -> str:
    few = f"{count} more fit{'s' if count == 1 else ''}. " if count else ""
    more = f"More than {MOST_COUNTED} others fit. " if count > MOST_COUNTED else few
    precisely = "Ask more precisely, for example with the region, the quarter or the account"
    return f"{more}{precisely}; `{COMMAND} decisions` with the same words lists all."


def _one(each: Decided, reading: Reading, *, briefly: bool) -> list[Block]:
    """What stands, why, who said so and until when; and what questions it."""
    ruling = each.conflict.ruling
    if ruling is None:
        return []
    lines = [_stands(each)]
    if not (ruling.number and ruling.stands == "one"):
        lines.append(f"Decision: {kit.quoted(ruling.decision, BRIEFLY if briefly else MOST_DECISION)}")
    lines.append(f"Why: {kit.quoted(ruling.why, BRIEFLY if briefly else MOST_WHY)}")
    lines.append(_signed(each.conflict, ruling, reading.workspace))
    return [_with_details("\n".join(lines), each.conflict), *_contested(each, reading)]


def _stands(each: Decided, verb: str = "stands") -> str:
    """The first sentence, which says it all."""
    ruling, subject = each.conflict.ruling, kit.strong(each.conflict.facts.subject, MOST_SUBJECT)
    number = kit.strong(ruling.number, MOST_NAME) if ruling and ruling.number else ""
    signal = each.signal
    if signal is not None:
        as_of = f", as of {kit.quoted(signal.as_of, MOST_NAME)}" if signal.as_of else ""
        if number:
            return f"{number} ({kit.quoted(signal.source, MOST_NAME)}{as_of}) {verb} for {subject}."
        source = f"{kit.strong(signal.source, MOST_NAME)}{as_of}"
        return f"{source} {verb} for {subject}: {kit.quoted(signal.says, MOST_SAID)}"
    if ruling is not None and ruling.stands == "both":
        use = f"; the number to use: {number}" if number else ""
        return f"More than one {verb} for {subject}: they answer different questions{use}."
    sources = (kit.quoted(each.source, MOST_NAME) for each in each.conflict.facts.signals)
    neither = f"neither {' nor '.join(sources)}"
    return (
        f"{number} {verb} for {subject}, {neither}."
        if number
        else upper_first(f"{neither} {verb} for {subject}.")
    )


def _signed(conflict: Conflict, ruling: Ruling, workspace: Workspace) -> str:
    role = f" ({kit.quoted(ruling.role, MOST_NAME)})" if ruling.role else ""
    words = f"{name(ruling.by, workspace.people)}{role}, {day(workspace.today(ruling.at), workspace)}"
    if ruling.holds_until:
        words += f", holds until {day(ruling.holds_until, workspace)}"
    return f"{words} · confidential" if conflict.facts.confidential else words


def _contested(each: Decided, reading: Reading) -> list[Block]:
    """Who is asked about it, by when; its subject where it is worded otherwise."""
    questioning = each.contested
    if questioning is None:
        return []
    one, other = questioning.facts.subject, each.conflict.facts.subject
    worded = "" if content_words(one) == content_words(other) else f" ({kit.quoted(one, MOST_SUBJECT)})"
    by = _decides(questioning, reading)
    return [_with_details(f"*Contested:* #{questioning.number}{worded} questions it, {by}.", questioning)]


def _with_details(words: str, conflict: Conflict) -> Block:
    block = kit.text(words)
    block.accessory = kit.button("Details", Acts.DETAILS, conflict.id)
    return block


def _decides(conflict: Conflict, reading: Reading) -> str:
    owner, zone = name(conflict.owner, reading.workspace.people), reading.workspace.hours.zone
    at = kit.when(conflict.overdue_at, zone)
    return (
        f"{owner} decides, overdue since {at}"
        if conflict.overdue(reading.now)
        else f"{owner} decides by {at}"
    )


def _undecided(answer: Answer, words: str, reading: Reading) -> Private:
    """What stands meanwhile, what is being decided, what held before; and the way to have it decided."""
    nothing = _nothing(answer, kit.strong(" ".join(words.split()), MOST_ASKED))
    told: list[Block] = [kit.text(nothing)]
    told += [_open(each, reading) for each in answer.undecided]
    told += [_agreed(each, reading.workspace) for each in answer.agreed]
    told += [_lapsed(answer.lapsed, reading.workspace)] if answer.lapsed else []
    if answer.close:
        rows = [block for each in answer.close for block in _one(each, reading, briefly=True)]
        told += [kit.text("*Close to it, but not the same:*"), *rows]
    raising = [kit.button("Raise it", Acts.REPORT_INSTEAD, words[:MOST_VALUE])]
    button = [] if answer.undecided else kit.buttons(raising)
    return Private(_without_marks(nothing), [*fitting(told, ROOM), *button])


def _nothing(answer: Answer, asked: str) -> str:
    if answer.lapsed and not answer.undecided:
        return f"Nothing is agreed on {asked} any more."
    if answer.agreed or answer.undecided:
        return f"Nothing is decided on {asked} yet."
    return f"Nothing is agreed on {asked}."


def _open(conflict: Conflict, reading: Reading) -> Block:
    """Who decides by when, and what stands until then."""
    until = conflict.route.standing
    use = f" Until then use {kit.strong(until.source, MOST_NAME)}." if until else ""
    subject = kit.quoted(conflict.facts.subject, MOST_SUBJECT)
    return _with_details(f"#{conflict.number} {subject}: {_decides(conflict, reading)}.{use}", conflict)


def _agreed(each: Agreed, workspace: Workspace) -> Block:
    """The source, whose it is, for what, why, since and until when."""
    rule = each.rule
    scopes = [scope for scope in (rule.metric, rule.segment, rule.account) if scope]
    scope = f" about {kit.quoted(listed(scopes), MOST_NAME)}" if scopes else ""
    team = f" ({kit.quoted(rule.team, MOST_NAME)})" if rule.team else ""
    source, kind = kit.strong(rule.stands, MOST_NAME), kit.strong(each.kind, MOST_NAME)
    lines = [f"Until somebody decides, {source}{team} stands for every {kind}{scope}."]
    if rule.because:
        lines.append(f"Why: {kit.quoted(rule.because, MOST_WHY)}")
    dates = [f"agreed since {day(rule.since, workspace)}"] if rule.since else []
    dates += [f"holds until {day(rule.until, workspace)}"] if rule.until else []
    dates += [f"decided in #{each.decision.number}"] if each.decision else []
    words = "\n".join([*lines, *([upper_first(", ".join(dates))] if dates else [])])
    return _with_details(words, each.decision) if each.decision else kit.text(words)


def _lapsed(conflict: Conflict, workspace: Workspace) -> Block:
    """What held, and until when."""
    ruling, before = conflict.ruling, _stands(Decided(conflict=conflict), "stood")
    until = f"\nIt held until {day(ruling.holds_until, workspace)}." if ruling and ruling.holds_until else ""
    return _with_details(f"{before}{until}", conflict)


def _without_marks(mrkdwn: str) -> str:
    """A sentence of ours for notifications, without what makes it bold."""
    return mrkdwn.replace("*", "")
