"""Direct messages about a standup: the question, the reminder, the answer, and the line that is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from council.notice import NoticeKind
from council.standup import Standup, StandupState, Theirs
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.rows import one_line
from handlers.conflicts.spoken import Telling
from handlers.conflicts.to_do import due_words
from handlers.standup.names import Acts
from handlers.standup.words import called, heading, own_lines, starts, where
from handlers.texts import Mrkdwn, Texts, moment
from handlers.wording import listed, name, upper_first

TEMPLATES = {
    NoticeKind.STANDUP_ASKED: "standup_prompt",
    NoticeKind.STANDUP_REMINDED: "standup_reminder",
    NoticeKind.STANDUP_MOVED: "standup_moved",
    NoticeKind.STANDUP_OFF: "standup_off",
}
MOST_OPEN, MOST_OWN = 6, 6
SPARED = "From now on you are asked only when something of yours is open."


def standup_message(
    telling: Telling,
    standup: Standup,
    theirs: Theirs,
    workspace: Workspace,
    texts: Texts,
    now: datetime,
    *,
    live: bool = True,
) -> tuple[str, list[Block]]:
    """Fallback and blocks. The newest asks, or shows the answer; older ones and ended ones are one line."""
    if telling.kind is not NoticeKind.STANDUP_OFF and (not live or standup.state is not StandupState.PLANNED):
        line = left_line(standup, telling.to, workspace)
        late = live and standup.takes(now) and standup.state is StandupState.SUMMED_UP
        unheard = late and standup.asked_of(telling.to) and not standup.answer_of(telling.to)
        return line, [kit.small(line), *kit.buttons(answering(standup, telling.to) if unheard else [])]
    answered = bool(standup.answer_of(telling.to))
    if answered and telling.kind in (NoticeKind.STANDUP_ASKED, NoticeKind.STANDUP_REMINDED):
        words = answer_words(standup, telling.to, workspace)
    else:
        own = workspace.configuration.texts.standup_prompt if telling.kind is NoticeKind.STANDUP_ASKED else ""
        words = texts.worded(TEMPLATES[telling.kind], own, facts_of(telling, standup, workspace))
    blocks: list[Block] = [*telling.opening, kit.text(words)]
    if telling.kind is not NoticeKind.STANDUP_OFF:
        changes = kit.buttons(changing(standup, telling.to)) if answered else ()
        blocks += changes or _asking(telling, standup, theirs, workspace, now)
    return _fallback(words), blocks


def _fallback(words: str) -> str:
    return words.split("\n", 1)[0].replace("*", "")


def facts_of(telling: Telling, standup: Standup, workspace: Workspace) -> dict[str, Any]:
    """All that the texts about a standup may speak of: plain values, nothing of Slack."""
    asked = standup.asked_of(telling.to)
    away = [name(each, workspace.people) for each in asked.instead_of] if asked else []
    return {
        "standup": called(standup, workspace),
        "starts": starts(standup, workspace),
        "summary": moment(standup.summary_at, workspace.hours.zone),
        "where": where(standup, workspace),
        "instead_of": Mrkdwn(listed(away)) if away else "",
        "several": len(away) > 1,
        "why": kit.clip(str(telling.facts.get("why", "")), 300),
        "answered": bool(standup.answer_of(telling.to)),
        "issues": bool(standup.issues_of(telling.to)),
    }


def left_line(standup: Standup, person: str, workspace: Workspace) -> str:
    """What is left of a message that asks for nothing any more."""
    about = heading(standup, workspace)
    if standup.state is StandupState.SKIPPED:
        return f"{about}: it does not take place."
    if standup.state is StandupState.MISSED:
        return f"{about}: I was not there to gather the answers. What was reported goes on to the next one."
    said = said_words(standup, person)
    if standup.state is StandupState.PLANNED:
        return f"{about}: {said if standup.answer_of(person) else 'no answer yet'}."
    adds = standup.state is StandupState.SUMMED_UP and not standup.answer_of(person)
    return f"{about}: the summary is out. {upper_first(said)}{'; you can still add.' if adds else '.'}"


def said_words(standup: Standup, person: str) -> str:
    """What this person answered, in half a sentence."""
    count = len(standup.issues_of(person))
    if count:
        return f"you reported {count} issue{'s' if count > 1 else ''}"
    nothing = standup.answer_of(person) == "nothing"
    return "you have nothing to report" if nothing else "nothing was heard from you"


def answer_words(standup: Standup, person: str, workspace: Workspace) -> str:
    """The answer as it stands, with every issue of theirs."""
    lines = own_lines(standup.issues_of(person), MOST_OWN)
    return "\n".join([f"*{heading(standup, workspace)}*: {said_words(standup, person)}.", *lines])


def question(standup: Standup, workspace: Workspace) -> str:
    """The question in a line, where it stands among other things."""
    until = kit.when(standup.summary_at, workspace.hours.zone)
    about = f"{heading(standup, workspace)}: anything between tools or teams that does not work?"
    return f"{about}\nin the summary until {until}"


def answering(standup: Standup, person: str) -> list[kit.Pressable]:
    """The two answers; only who was asked can have nothing to report."""
    row: list[kit.Pressable] = []
    if standup.asked_of(person) and not standup.answer_of(person):
        row.append(kit.button("Nothing to report", Acts.NOTHING, standup.id))
    return [*row, kit.button("Report an issue", Acts.REPORT, standup.id)]


def changing(standup: Standup, person: str) -> list[kit.Pressable]:
    """What somebody who has answered can do."""
    row: list[kit.Pressable] = []
    if standup.state is StandupState.PLANNED:
        row.append(kit.button("Change it", Acts.CHANGE, standup.id))
    if standup.issues_of(person) or not row:
        row.append(kit.button("Report an issue", Acts.REPORT, standup.id))
    return row


def wish(theirs: Theirs) -> kit.Pressable:
    """When to be asked from the next standup on."""
    if theirs.only_when_open:
        return kit.button("Always ask me", Acts.ALWAYS, "standup")
    return kit.button("Only ask me when something of mine is open", Acts.SPARE, "standup")


def _asking(
    telling: Telling, standup: Standup, theirs: Theirs, workspace: Workspace, now: datetime
) -> Iterator[Block]:
    """What of theirs is open, and the answers."""
    lines = open_lines(theirs, workspace, now)
    if lines:
        yield kit.text("\n".join(["*Open with you*", *lines]))
    yield from kit.buttons([*answering(standup, telling.to), wish(theirs)])
    if theirs.only_when_open:
        yield kit.small(SPARED)


def open_lines(theirs: Theirs, workspace: Workspace, now: datetime) -> list[str]:
    """Conflicts and action items of theirs, a line each, those due first."""
    zone = workspace.hours.zone
    lines = [
        f"• #{each.number} {one_line(each.facts.subject, 120)} · "
        f"{'*overdue since' if each.overdue(now) else 'due'} {kit.when(each.overdue_at, zone)}"
        f"{'*' if each.overdue(now) else ''}"
        for each in theirs.conflicts
    ]
    lines += [f"• {one_line(item.text, 120)} · {due_words(item, workspace, now)}" for item in theirs.items]
    count = len(theirs.conflicts) + max(theirs.items_in_all, len(theirs.items))
    shown = lines[:MOST_OPEN]
    return [*shown, *([f"and {count - len(shown)} more"] if count > len(shown) else [])]
