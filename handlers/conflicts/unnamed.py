"""Reporters who keep their name off the card: only the owner and the chair read it."""

from __future__ import annotations

from dataclasses import replace

from council.conflict import Conflict, Event
from council.sentence import Sentence, Who, say
from council.workspace import Workspace
from handlers import kit
from handlers.wording import name

MOST_TEAM = 40
AS_OWNER = frozenset(("acknowledged", "taken over", "handed over", "extended", "decided", "closed"))
"""What people do as the one who decides, in full view; whatever else they do may tell that they reported."""


def hides(conflict: Conflict, reader: str, workspace: Workspace) -> bool:
    """True when this reader does not learn who reported it."""
    knowing = (conflict.reporter, conflict.owner, *workspace.chairing)
    return conflict.facts.unnamed and reader not in knowing


def instead_of_the_name(conflict: Conflict) -> str:
    """What everybody reads instead: the team the reporter gave, else *a colleague*. Escaped.

    It is never worked out from seats, signals or channels. A seat has one holder and few deputies, so
    whoever knows the rule would read the person out of it; only the reporter can tell among how many
    people the name of a team hides them.
    """
    return kit.quoted(conflict.facts.team, MOST_TEAM) or "a colleague"


def reporter_for_all(conflict: Conflict, workspace: Workspace) -> str:
    """The reporter where everybody reads it: not by name when they keep it off the card. Escaped."""
    return (
        instead_of_the_name(conflict) if conflict.facts.unnamed else name(conflict.reporter, workspace.people)
    )


def reporter_words(conflict: Conflict, reader: str, workspace: Workspace) -> str:
    """Who reported it, as this reader may know it."""
    if hides(conflict, reader, workspace):
        return instead_of_the_name(conflict)
    off = " (the name stays off the card)" if conflict.facts.unnamed else ""
    return f"{name(conflict.reporter, workspace.people)}{off}"


def known_as(person: str, reader: str, conflict: Conflict, workspace: Workspace) -> str:
    """Somebody who may be the reporter, as this reader may know them. Escaped."""
    hidden = person == conflict.reporter and hides(conflict, reader, workspace)
    return "its reporter" if hidden else name(person, workspace.people)


def told(event: Event, conflict: Conflict) -> Event:
    """The row of the timeline as it is told to somebody who is not to learn who reported it."""
    in_view = event.by is None or event.kind in AS_OWNER
    if in_view and conflict.reporter in _in_view(conflict):
        if event.kind == "acknowledged" and event.by == conflict.reporter:
            return replace(event, words=say("{who} is on it", who=Who(conflict.reporter)))
        return event
    by = None if event.by == conflict.reporter else event.by
    return replace(event, by=by, words=masked(event.words, conflict.reporter))


def masked(sentence: Sentence, reporter: str) -> Sentence:
    """The sentence without the reporter's name."""
    facts = {key: "its reporter" if fact == Who(reporter) else fact for key, fact in sentence.facts.items()}
    return Sentence(sentence.text, facts)


def _in_view(conflict: Conflict) -> frozenset[str | None]:
    """Everybody the card names, or has named, for another reason than reporting it."""
    before = (conflict.previous_owner, *conflict.reached, *conflict.took_part)
    return frozenset((conflict.owner, conflict.asked, conflict.route.owner, *before))
