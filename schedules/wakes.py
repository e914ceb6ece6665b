"""Due wake-ups: claim, ask the subject's rule *what now?*, save what it says. No rule lives here."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog
from structlog.contextvars import bound_contextvars

from council.doing import remind
from council.waking import wake
from schedules import trouble
from schedules.commits import Commits
from storage import absences, actions, conflicts, prepared, rails, rhythm, wakes, workspaces
from storage.applying import apply, apply_item
from storage.errors import Unavailable
from storage.store import Unit
from storage.wakes import Wake

AGAIN_AFTER = timedelta(minutes=1)
log = structlog.get_logger(__name__)

Rule = Callable[[Unit, Wake], None]


class Wakes:
    """Looks at what is due. `holder` names this process in leases; `rule` asks a subject what now."""

    def __init__(
        self, commits: Commits, clock: Callable[[], datetime], holder: str, rule: Rule | None = None
    ) -> None:
        self._commits, self._clock, self._holder = commits, clock, holder
        self._rule = rule or what_now

    async def look(self) -> bool:
        """Look at subjects that are due now, a batch of them; True when there was any."""
        now = self._clock()
        due = await self._commits.write(lambda unit: wakes.claim(unit.connection, self._holder, now))
        await asyncio.gather(*(self._look_at(each) for each in due))
        return bool(due)

    async def _look_at(self, due: Wake) -> None:
        with bound_contextvars(team=due.team, subject=due.subject):
            await self._ask(due)

    async def _ask(self, due: Wake) -> None:
        try:
            await self._commits.write(lambda unit: self._rule(unit, due), due.team)
        except Unavailable:
            raise
        except Exception:
            log.exception("a rule raised", tries=due.tries)
            await self._commits.write(lambda unit: _failed(unit, due), due.team)


def what_now(unit: Unit, due: Wake) -> None:
    """Ask the rule of the subject's kind: *kind:id*, or a conflict's bare id."""
    kind, colon, _ = due.subject.partition(":")
    RULES[kind if colon else ""](unit, due)


def _conflict(unit: Unit, due: Wake) -> None:
    """Ask the conflict's rule and save its outcome; a subject that is gone is not looked at again."""
    conflict = conflicts.find(unit.connection, due.team, due.subject)
    now = unit.clock()
    part = conflict.insiders if conflict else ()
    workspace = workspaces.load(unit.connection, due.team, part, now=now)
    if conflict is None or workspace is None:
        wakes.arm(unit.connection, due.team, due.subject, None)
        return
    apply(unit.connection, unit.ids, wake(conflict, workspace, now), now)


def _failed(unit: Unit, due: Wake) -> None:
    """Tried again later; after the last try it is parked and the admins are told."""
    if wakes.failed(unit.connection, due, unit.clock() + AGAIN_AFTER):
        trouble.parked(unit, due, conflicts.number_of(unit.connection, due.subject))


def _action_item(unit: Unit, due: Wake) -> None:
    item = actions.find(unit.connection, due.team, due.subject.partition(":")[2])
    now = unit.clock()
    people = (item.owner, item.asked_by) if item else ()
    workspace = unit.known.workspace(people, now=now)
    if item is None or workspace is None:
        wakes.arm(unit.connection, due.team, due.subject, None)
        return
    outcome = remind(item, workspace, now)
    if outcome.item == item:
        wakes.arm(unit.connection, due.team, due.subject, outcome.wake_at)
    else:
        apply_item(unit.connection, unit.ids, outcome, now)


def _absence(unit: Unit, due: Wake) -> None:
    absences.look_at(unit, due.subject.partition(":")[2])


def _ceremony(unit: Unit, due: Wake) -> None:
    rhythm.look_at(unit, due.subject.partition(":")[2])


def _meeting(unit: Unit, due: Wake) -> None:
    rhythm.look_at_meeting(unit, due.subject.partition(":")[2])


def _standup(unit: Unit, due: Wake) -> None:
    rhythm.look_at_standup(unit, due.subject.partition(":")[2])


def _rails(unit: Unit, _due: Wake) -> None:
    rails.look_at(unit)


RULES: Mapping[str, Rule] = {
    "": _conflict,
    actions.SUBJECT: _action_item,
    absences.SUBJECT: _absence,
    prepared.CEREMONY: _ceremony,
    prepared.MEETING: _meeting,
    prepared.STANDUP: _standup,
    prepared.RAILS.partition(":")[0]: _rails,
}
"""What is asked *what now?*, by the kind of subject."""
