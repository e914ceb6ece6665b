"""The summary of a standup: one message in its channel, and the window with everything in it."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, DividerBlock
from slack_sdk.models.views import View

from council.standup import Issue, Severity, Standup, StandupState
from council.workspace import Workspace
from handlers import forms, kit
from handlers.conflicts.rows import MOST_MESSAGE, one_line, size
from handlers.standup.names import Acts, Views, of_issue
from handlers.standup.words import (
    MOST_SYSTEM,
    called,
    heading,
    in_order,
    issue_line,
    last_lines,
    outcome_line,
    starts,
    where,
)
from handlers.texts import Mrkdwn

MOST_SHOWN = 12
MOST_WORDS = 400
PER_PAGE = 10
MOST_READ = 2000


def summary(standup: Standup, workspace: Workspace) -> tuple[str, list[Block]]:
    """Fallback and blocks: per system the issues with what can be made of them; last, who said nothing."""
    first, last = [kit.text(_first_line(standup, workspace))], _last(standup, workspace)
    room = MOST_MESSAGE - sum(map(size, (*first, *last)))
    shown, blocks = 0, list[Block]()
    for issue_blocks in _by_issue(standup, workspace):
        if shown == MOST_SHOWN or sum(map(size, (*blocks, *issue_blocks))) > room:
            break
        blocks += issue_blocks
        shown += 1
    left = len(standup.issues) - shown
    if left:
        blocks.append(kit.text(f"*and {left} more*"))
        blocks += kit.buttons([kit.button("All issues", Acts.ALL, standup.id)])
    return fallback(standup, workspace), [*first, *blocks, *last]


def fallback(standup: Standup, workspace: Workspace) -> str:
    """What a notification says."""
    return f"{heading(standup, workspace)}: {_counted(len(standup.issues))}"


def _counted(count: int) -> str:
    if not count:
        return "nobody has anything to report"
    return f"{count} issue{'s' if count > 1 else ''}"


def _first_line(standup: Standup, workspace: Workspace) -> str:
    place = where(standup, workspace)
    linked = place if isinstance(place, Mrkdwn) else kit.escape(place)
    about = f"*{kit.escape(called(standup, workspace))}* · {starts(standup, workspace)}"
    held = f"{about} · {linked}" if linked else about
    nobody = "" if standup.issues else "\nNobody has anything to report."
    return f"{held}{nobody}"


def _by_issue(standup: Standup, workspace: Workspace) -> Iterator[list[Block]]:
    """Each issue with its buttons, below the system it is about."""
    for system, issues in in_order(standup.issues):
        for place, issue in enumerate(issues):
            title = [] if place else [kit.text(kit.strong(one_system(system), MOST_SYSTEM))]
            yield [*title, *issue_blocks(standup.id, issue, workspace, MOST_WORDS)]


def one_system(system: str) -> str:
    """The name of a system on one line, without fences."""
    return " ".join(system.replace("```", "'''").split())


def issue_blocks(standup: str, issue: Issue, workspace: Workspace, most: int) -> list[Block]:
    """One issue: what, how bad, who needs whom; and what can be made of it, or was."""
    words, made = issue_line(issue, workspace, most), outcome_line(issue, workspace)
    if made:
        return [kit.text(f"{words} {made}")]
    return [kit.text(words), *kit.buttons(making(standup, issue))]


def making(standup: str, issue: Issue) -> list[kit.Pressable]:
    """Where an issue leads; what its kind calls for is the first."""
    value = of_issue(standup, issue.id)
    wrong = "primary" if issue.severity is Severity.NUMBERS_WRONG else None
    costs = "primary" if issue.severity is Severity.COSTS_WORK else None
    return [
        kit.button("Make it a conflict", Acts.CONFLICT, value, wrong),
        kit.button("Make it an action item", Acts.ITEM, value, costs),
    ]


def _last(standup: Standup, workspace: Workspace) -> list[Block]:
    reporting = frozenset(issue.by for issue in standup.issues)
    adding = standup.state is StandupState.SUMMED_UP
    lines = last_lines(standup.asked, standup.unasked, reporting, workspace, open=adding)
    blocks: list[Block] = [kit.small("\n".join(lines))] if lines else []
    if quiet := standup.quiet:
        since = kit.when(quiet.starts, workspace.hours.zone)
        lines = last_lines(quiet.asked, quiet.unasked, frozenset(), workspace, open=quiet.open)
        words = " ".join([f"{since}: nobody had anything to report.", *lines])
        blocks += [DividerBlock(), kit.small(words)]
    return blocks


def issues_modal(standup: Standup, workspace: Workspace, page: int) -> View:
    """Every issue with all its words, ten at a time."""
    ordered = [issue for _, issues in in_order(standup.issues) for issue in issues]
    begin = max(0, min(page, (len(ordered) - 1) // PER_PAGE)) * PER_PAGE
    blocks: list[Block] = [kit.text(_first_line(standup, workspace))]
    for issue in ordered[begin : begin + PER_PAGE]:
        blocks.append(kit.text(f"*{one_line(issue.system, MOST_SYSTEM).replace('*', kit.STAR)}*"))
        blocks += issue_blocks(standup.id, issue, workspace, MOST_READ)
    if len(ordered) > PER_PAGE:
        number, further = begin // PER_PAGE, begin + PER_PAGE < len(ordered)
        before = [kit.button("Before", Acts.BEFORE, f"{standup.id}:{number - 1}")] if begin else []
        after = [kit.button("More", Acts.MORE, f"{standup.id}:{number + 1}")] if further else []
        blocks += kit.buttons([*before, *after])
    return forms.modal(Views.ISSUES, "Standup", blocks, close="Done")
