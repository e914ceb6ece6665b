"""How a standup, its issues and its people are put into words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from council.links import is_link
from council.seats import seat_name
from council.standup import Asked, Issue, Severity, Standup, Unasked
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.rows import one_line
from handlers.texts import Mrkdwn, moment
from handlers.wording import listed, name

MOST_NAME, MOST_SYSTEM, MOST_SINCE, MOST_NAMED = 100, 100, 100, 12
MARKS = {Severity.NUMBERS_WRONG: "🔴", Severity.COSTS_WORK: "🟠", Severity.ANNOYING: "⚪"}


def called(standup: Standup, workspace: Workspace) -> str:
    """The ceremony's name as plain words, unescaped."""
    return kit.clip(workspace.calendar.name_of(standup.ceremony), MOST_NAME).replace("*", kit.STAR)


def heading(standup: Standup, workspace: Workspace) -> str:
    """Which one it is and when: *AI integration standup, Mon 10:00*."""
    return f"{kit.escape(called(standup, workspace))}, {starts(standup, workspace)}"


def starts(standup: Standup, workspace: Workspace) -> Mrkdwn:
    """When it begins."""
    return moment(standup.starts, workspace.hours.zone)


def where(standup: Standup, workspace: Workspace) -> str:
    """Where it takes place: a link to join, marked as markup, or plain words; empty when nobody said."""
    ceremony = workspace.calendar.ceremony(standup.ceremony)
    place = (ceremony.where if ceremony else None) or ""
    return Mrkdwn(kit.link(place, "join")) if is_link(place) else kit.clip(place, 100)


def issue_line(issue: Issue, workspace: Workspace, most: int) -> str:
    """What happens, how bad it is, since when, and who needs whom."""
    people = workspace.people
    needs = f" needs {name(issue.whom, people)}" if issue.whom else ""
    since = issue.since[6:] if issue.since.casefold().startswith("since ") else issue.since
    facts = [f"since {one_line(since, MOST_SINCE)}"] if since.strip() else []
    facts = [issue.severity.value, *facts, f"{name(issue.by, people)}{needs}"]
    return f"{MARKS[issue.severity]} {one_line(issue.what, most)}\n{' · '.join(facts)}"


def outcome_line(issue: Issue, workspace: Workspace) -> str:
    """What was made of it; empty while nothing was."""
    if issue.conflict:
        return f"→ #{issue.number}"
    if issue.item:
        who = name(issue.item_owner, workspace.people) if issue.item_owner else "a colleague"
        return f"→ action item of {who}"
    return ""


def own_lines(issues: Sequence[Issue], most: int) -> list[str]:
    """Somebody's own issues, a line each."""
    lines = [
        f"• {kit.strong(issue.system, MOST_SYSTEM)}: {one_line(issue.what, 200)}" for issue in issues[:most]
    ]
    return [*lines, *([f"and {len(issues) - most} more"] if len(issues) > most else [])]


def in_order(issues: Iterable[Issue]) -> list[tuple[str, list[Issue]]]:
    """By system, the one with the worst issue first; in each the worst first, then the earliest."""
    found: dict[str, list[Issue]] = {}
    for issue in issues:
        found.setdefault(" ".join(issue.system.split()).casefold(), []).append(issue)
    rows = [sorted(each, key=lambda issue: issue.severity.rank) for each in found.values()]
    rows.sort(key=lambda each: each[0].severity.rank)
    return [(each[0].system, each) for each in rows]


def last_lines(
    asked: Sequence[Asked],
    unasked: Sequence[Unasked],
    reporting: frozenset[str],
    workspace: Workspace,
    *,
    open: bool,
) -> list[str]:
    """Who has nothing, who was not heard from, who was not asked and why; `open`: they can still add."""
    silent = [each for each in asked if not each.quiet and each.person not in reporting]
    unheard = "Not heard from yet: {} (can still add)." if open else "Not heard from: {}."
    groups = (
        ("Nothing to report: {}.", [each for each in silent if each.nothing_at]),
        (unheard, [each for each in silent if not each.nothing_at]),
        ("Not asked, because nothing of theirs is open: {}.", [each for each in asked if each.quiet]),
    )
    lines = [words.format(_named(people, workspace)) for words, people in groups if people]
    return [*lines, *_not_asked(unasked, workspace)]


def _named(asked: Sequence[Asked], workspace: Workspace) -> str:
    words = [_one(each, workspace) for each in asked[:MOST_NAMED]]
    return ", ".join([*words, *([f"and {len(asked) - MOST_NAMED} more"] if len(asked) > MOST_NAMED else [])])


def _one(asked: Asked, workspace: Workspace) -> str:
    """Their name, and for whom they were asked."""
    instead = listed([name(each, workspace.people) for each in asked.instead_of]) if asked.instead_of else ""
    return name(asked.person, workspace.people) + (f" (for {instead})" if instead else "")


def _not_asked(unasked: Sequence[Unasked], workspace: Workspace) -> list[str]:
    lines = []
    for title, late in (("Nobody is there for", False), ("Not asked in time", True)):
        seats = [one_line(seat_name(each.seat, workspace), 80) for each in unasked if each.late is late]
        if seats:
            lines.append(f"{title}: {', '.join(seats[:MOST_NAMED])}.")
    return lines
