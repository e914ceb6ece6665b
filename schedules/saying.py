"""Something was said: what has to be remembered of it."""

from __future__ import annotations

from storage import messages, people
from storage.outbox import Waiting
from storage.people import is_person
from storage.store import Unit

PASSING = frozenset({"typed answer", "which one"})
"""What is about a conflict but does not follow it."""


def said(unit: Unit, waiting: Waiting, channel: str, ts: str) -> None:
    """A direct message about a conflict lives on: it follows the conflict until a newer one replaces it."""
    if not is_person(waiting.lane):
        return
    people.keep_greeted(unit.connection, unit.team, waiting.lane, unit.clock())
    if waiting.conflict is None or waiting.notice.kind.value in PASSING:
        return
    messages.add_dm(
        unit.connection,
        unit.team,
        unit.ids(),
        conflict=waiting.conflict,
        person=waiting.lane,
        notice=waiting.id,
        channel=channel,
        ts=ts,
        now=unit.clock(),
    )
