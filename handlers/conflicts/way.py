"""The route of a conflict in rows, each part with its because."""

from __future__ import annotations

from collections.abc import Iterator

from council.conflict import Conflict
from council.routing import Standing, Told
from council.seats import seat_name
from council.sentence import Sentence, Who
from council.workspace import Workspace
from handlers import kit
from handlers.conflicts.rows import and_more, one_line
from handlers.conflicts.story import shortened
from handlers.conflicts.unnamed import hides
from handlers.wording import name, read, upper_first

MOST_TOLD = 8


def route_rows(conflict: Conflict, reader: str, workspace: Workspace) -> list[str]:
    """Owner, substitutions, deadline, who was told, who is asked next, the number of record."""
    hidden = hides(conflict, reader, workspace)
    return [
        *_owner(conflict, workspace),
        *_substitutions(conflict, hidden, workspace),
        *_deadlines(conflict, workspace),
        *_told(conflict.route.told, workspace),
        *_next(conflict, workspace),
        _standing(conflict.route.standing),
    ]


def _owner(conflict: Conflict, workspace: Workspace) -> Iterator[str]:
    route = conflict.route
    role = f" ({one_line(route.role, 80)})" if route.role else ""
    because = read(shortened(route.because), workspace)
    yield f"• Asked to decide: *{name(route.owner, workspace.people)}*{role}, because {because}"
    if conflict.owner != route.owner:
        role = f" ({one_line(conflict.role, 80)})" if conflict.role else ""
        yield f"• Since then it went to *{name(conflict.owner, workspace.people)}*{role}"


def _substitutions(conflict: Conflict, hidden: bool, workspace: Workspace) -> list[str]:
    """Why somebody stands in; that a passed-over one reported it is kept like the reporter's name."""
    reporter = Who(conflict.reporter)
    keep = not hidden or conflict.reporter == conflict.route.owner
    shown = [s for s in conflict.route.substitutions if keep or reporter not in s.facts.values()]
    return [f"• {upper_first(read(shortened(each), workspace))}" for each in shown]


def _deadlines(conflict: Conflict, workspace: Workspace) -> Iterator[str]:
    first, now, zone = conflict.route.deadline, conflict.deadline, workspace.hours.zone
    yield f"• By *{kit.when(now.limit, zone)}*: {_because(now.because, workspace)}"
    if first.limit != now.limit:
        yield f"• At first by {kit.when(first.limit, zone)}: {_because(first.because, workspace)}"
    yield f"• To be acknowledged by {kit.when(conflict.route.acknowledge_by, zone)}"


def _because(sentence: Sentence, workspace: Workspace) -> str:
    return read(shortened(sentence), workspace)


def _told(told: tuple[Told, ...], workspace: Workspace) -> list[str]:
    rows = [
        f"• Told: {name(each.person, workspace.people)} ({one_line(each.role, 80)}), "
        f"because {read(shortened(each.because), workspace)}"
        for each in told[:MOST_TOLD]
    ]
    return [*rows, *and_more(len(rows), len(told), " told")]


def _next(conflict: Conflict, workspace: Workspace) -> list[str]:
    """Whom the chain asks when there is no answer."""
    seats = [one_line(_seat(word, workspace), 80) for word in conflict.route.chain[:MOST_TOLD]]
    return [f"• Asked next when there is no answer: {', then '.join(seats)}"] if seats else []


def _seat(word: str, workspace: Workspace) -> str:
    reserved = {"deputy": "the deputy", "chair": "the council chair", "sponsor": "the sponsor"}
    return reserved.get(word) or seat_name(word, workspace)


def _standing(standing: Standing | None) -> str:
    if standing is None:
        return "• Until then nothing stands, because no source is agreed"
    team = f" ({one_line(standing.team, 80)})" if standing.team else ""
    because = f", because {one_line(standing.because, 300)}" if standing.because else ""
    neither = "; it is none of the sources that disagree" if standing.neither else ""
    return f"• Until then use *{one_line(standing.source, 80)}*{team}{because}{neither}"
