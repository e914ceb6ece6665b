"""Due wake-ups: claim, ask the subject's rule *what now?*, save what it says. No rule lives here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from council.waking import wake
from storage import conflicts, wakes, workspaces
from storage.applying import apply
from storage.store import Lane, Store, Unit
from storage.wakes import Wake

AGAIN_AFTER = timedelta(minutes=1)
log = structlog.get_logger(__name__)


class Wakes:
    """Looks at what is due. `holder` names this process in leases."""

    def __init__(self, store: Store, clock: Callable[[], datetime], holder: str) -> None:
        self._store, self._clock, self._holder = store, clock, holder

    async def look(self) -> bool:
        """Look at every subject that is due now; True when there was any."""
        due = await self._store.write(
            lambda unit: wakes.claim(unit.connection, self._holder, self._clock()),
            team="",
            lane=Lane.BACKGROUND,
        )
        for each in due:
            await self._look_at(each)
        return bool(due)

    async def _look_at(self, due: Wake) -> None:
        try:
            await self._store.write(lambda unit: what_now(unit, due), team=due.team, lane=Lane.BACKGROUND)
        except Exception:
            log.exception("a rule raised", subject=due.subject, tries=due.tries)
            again = self._clock() + AGAIN_AFTER
            await self._store.write(
                lambda unit: wakes.failed(unit.connection, due, again), team=due.team, lane=Lane.BACKGROUND
            )


def what_now(unit: Unit, due: Wake) -> None:
    """Ask the conflict's rule and save its outcome; a subject that is gone is not looked at again."""
    conflict = conflicts.find(unit.connection, due.team, due.subject)
    now = unit.clock()
    part = conflict.insiders if conflict else ()
    workspace = workspaces.load(unit.connection, due.team, part, now=now)
    if conflict is None or workspace is None:
        wakes.arm(unit.connection, due.team, due.subject, None)
        return
    apply(unit.connection, unit.ids, wake(conflict, workspace, now), now)
