"""What is asked often finds its rows by an index on SQLite: its cost does not grow with the years."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from council.conflict import Facts
from council.hours import Hours
from council.meeting import Meeting
from council.workspace import Configuration, Workspace
from storage import (
    absences,
    actions,
    agenda,
    conflicts,
    drafts,
    lanes,
    messages,
    outbox,
    planning,
    replies,
    sources,
    wakes,
)
from storage.comparing import comparable
from storage.forgetting import forget_notices
from storage.memory import Memory
from storage.overview import overview
from storage.search import offered
from storage.sqlite_engine import WRITING, driver, engine
from storage.tables import metadata
from storage.workspaces import Known
from tests.storage.opened import NOON, TEAM

SMALL = {"workspaces", "revisions", "blocked"}
PASSING = {"wakes", "lanes", "sources", "deliveries", "people", "channels", "absences", "changes", "homes"}
"""Of what is due, is there, or is forgotten again, all of a workspace's rows may be looked at."""

PLAIN = Workspace(team=TEAM, configuration=Configuration(hours=Hours(zone="UTC")))
MEETING = Meeting(id="m1", team=TEAM, ceremony="council", on=NOON.date(), starts=NOON, ends=NOON)
REPORT = Facts(type="x", subject="some words", signals=())
ASKED: dict[str, Callable[[Connection], object]] = {
    "show": lambda c: conflicts.numbered(c, TEAM, 12),
    "one conflict": lambda c: conflicts.find(c, TEAM, "c1"),
    "list": lambda c: conflicts.listed(c, TEAM, "U1", "open", NOON),
    "list mine": lambda c: conflicts.listed(c, TEAM, "U1", "mine", NOON),
    "list overdue": lambda c: conflicts.listed(c, TEAM, "U1", "overdue", NOON),
    "App Home": lambda c: overview(c, TEAM, "U1", NOON),
    "what may be the same by number": lambda c: offered(c, TEAM, "U1", "#12", today=NOON.date(), most=9),
    "what waits for somebody": lambda c: conflicts.waiting_for(c, TEAM, "U1"),
    "what may be the same": lambda c: comparable(c, TEAM, "U1", REPORT),
    "its timeline": lambda c: conflicts.events(c, "c1"),
    "its context": lambda c: conflicts.contexts(c, "c1"),
    "its replies": lambda c: replies.newest(c, "c1"),
    "its action items": lambda c: actions.of_conflict(c, "c1"),
    "its card": lambda c: messages.card(c, "c1"),
    "what happened while somebody was away": lambda c: absences.while_away(c, TEAM, "U1", NOON, NOON),
    "an agenda": lambda c: agenda.material(c, MEETING, PLAIN, NOON),
    "what hangs on a ceremony": lambda c: planning.hanging(c, TEAM, "council"),
    "agendas that stand": lambda c: agenda.follow(c, TEAM, NOON),
    "somebody's action items": lambda c: actions.open_of(c, TEAM, "U1"),
    "the message somebody reacts to": lambda c: messages.at(c, TEAM, "C1", "1.1"),
    "what changes with a conflict": lambda c: messages.want(c, TEAM, "c1", NOON, ended=True),
    "what changes with an action item": lambda c: messages.want_subject(c, TEAM, "action:a1", NOON),
    "what a lane has to say": lambda c: outbox.due(c, TEAM, "U1", NOON),
    "what a lane has to show": lambda c: messages.next_due(c, TEAM, "U1", NOON),
    "posts nobody knows of": lambda c: (outbox.unknown(c, TEAM, "U1"), messages.unknown(c, TEAM, "U1")),
    "what may be forgotten": lambda c: forget_notices(c, NOON),
    "lanes that are due": lambda c: lanes.claim(c, "me", NOON),
    "what is due": lambda c: wakes.claim(c, "me", NOON),
    "when to wake up": lambda c: (wakes.earliest(c), lanes.earliest(c)),
    "whose conflicts wait for them": lambda c: wakes.look_now(c, TEAM, "U1", NOON),
    "a kept form": lambda c: drafts.find(c, TEAM, "d1", "U1"),
    "known sources": lambda c: sources.search(c, TEAM, "cla"),
    "the workspace": lambda c: Known(c, TEAM).workspace(now=NOON),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_no_question_reads_a_table_from_end_to_end(
    tmp_path: Path, ask: Callable[[Connection], object]
) -> None:
    """SQLite says how it would go about each statement of it."""
    opened = engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}", WRITING, "BEGIN IMMEDIATE")
    opened.update_execution_options(memory=Memory())
    with opened.begin() as connection:
        metadata.create_all(connection)
        plans = explained(connection, ask)
    opened.dispose()
    assert plans
    everything = metadata.tables.keys()
    assert [step for step in plans if scanned(step) in everything - SMALL] == []
    assert [step for step in plans if searched(step, by="team=?") in everything - SMALL - PASSING] == []


def explained(connection: Connection, ask: Callable[[Connection], object]) -> list[str]:
    statements: list[tuple[str, Any]] = []

    def heard(
        _connection: object, _cursor: object, statement: str, given: Any, _: object, many: bool
    ) -> None:
        statements.append((statement, given[0] if many else given))

    event.listen(connection, "before_cursor_execute", heard)
    ask(connection)
    raw = driver(connection)
    return [row[3] for said, given in statements for row in raw.execute(f"EXPLAIN QUERY PLAN {said}", given)]


def scanned(step: str) -> str:
    """The table that a step reads from end to end, if it is one."""
    found = re.match(r"SCAN (\w+)", step)
    return found[1] if found else ""


def searched(step: str, by: str) -> str:
    """The table that a step narrows down by nothing but this, if it does."""
    found = re.match(rf"SEARCH (\w+) .*\({re.escape(by)}\)", step)
    return found[1] if found else ""
