"""Letting time pass in the demo, stopping at everything that falls due on the way; and what is due next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.compose import Bot
from bot.demo.clock import DemoClock
from council.notice import Notice, NoticeKind
from council.standup_looking import look_at_standup
from council.waking import wake
from sandbox.page.window import Due
from sandbox.server import Server
from storage import conflicts, prepared, upcoming, workspaces

PAUSE = timedelta(seconds=5)
"""What is due so soon (a pause between two posts) is not worth a stop."""
MOST_ROUNDS = 400
MOST_RUNGS = 6
POLL_SECONDS = 0.01

WORDS: dict[str, str] = {
    NoticeKind.OWNER_ASKED: "{who} is asked",
    NoticeKind.CONCERNS_YOU: "{who} is told",
    NoticeKind.REMINDED: "reminder for {who}",
    NoticeKind.DUE: "reminder for {who}",
    NoticeKind.CHAIN_ASKED: "{who} is asked instead",
    NoticeKind.STILL_OPEN: "weekly line for {who}",
    NoticeKind.DEADLINE_MOVED: "{who} hears of a new deadline",
    NoticeKind.STANDUP_ASKED: "standup question for {who}",
    NoticeKind.STANDUP_REMINDED: "standup reminder for {who}",
}


@dataclass(slots=True)
class Skipping:
    """Moves the one clock. While the bot's own clock runs it is only stirred; before, it is made to look."""

    bot: Bot
    server: Server
    clock: DemoClock
    running: bool = False

    async def settle(self) -> None:
        """Let everything that is due now happen; short pauses between posts pass on the clock."""
        for _ in range(MOST_ROUNDS):
            await self.server.settle()
            await self._look()
            at = await self.bot.clock.earliest()
            if at is None or at - self.clock.now() > PAUSE:
                return
            self.clock.move_to(max(at, self.clock.now()))

    async def until(self, end: datetime) -> None:
        """Let time pass until `end`."""
        await self.settle()
        for _ in range(MOST_ROUNDS):
            at = await self.bot.clock.earliest()
            if at is None or at > end:
                break
            self.clock.move_to(max(at, self.clock.now()))
            self.server.look()
            await self.settle()
        self.clock.move_to(max(end, self.clock.now()))
        self.server.look()
        await self.settle()

    async def forward(self, by: timedelta) -> None:
        """Let `by` pass."""
        await self.until(self.clock.now() + by)

    async def next_due(self) -> Due | None:
        """What the bot does next by itself."""
        return await self.bot.store.read(self._next)

    async def _look(self) -> None:
        if self.running:
            self.bot.clock.stir()
            await asyncio.sleep(POLL_SECONDS)
        else:
            await self.bot.clock.look()

    def _next(self, connection: Connection) -> Due | None:
        found = [self._woken(connection, *row) for row in upcoming.next_wakes(connection)]
        waiting = upcoming.next_notice(connection)
        if waiting is not None:
            kind, to, at = waiting
            found.append(Due(self._said(kind, to), at))
        return min((due for due in found if due), key=lambda due: due.at, default=None)

    def _woken(self, connection: Connection, team: str, subject: str, at: datetime) -> Due | None:
        """What a conflict will say next, asked of the same rule that will be asked then."""
        kind, _, id = subject.partition(":")
        if kind == prepared.STANDUP:
            return self._standup(connection, team, id, at)
        conflict = conflicts.find(connection, team, subject)
        if conflict is None:
            return None
        workspace = workspaces.load(connection, team, conflict.insiders, now=at)
        looked: datetime | None = at
        for _ in range(MOST_RUNGS):
            if workspace is None or looked is None:
                return None
            outcome = wake(conflict, workspace, looked)
            if outcome.notices:
                return self._first(outcome.notices, conflict.number)
            conflict, looked = outcome.conflict, outcome.wake_at
        return None

    def _standup(self, connection: Connection, team: str, id: str, at: datetime) -> Due | None:
        """Whom a standup asks next, or its summary."""
        standup = prepared.find_standup(connection, team, id)
        workspace = workspaces.load(connection, team, now=at)
        if standup is None or workspace is None:
            return None
        outcome = look_at_standup(standup, workspace, at)
        if outcome.posts:
            return Due("standup summary", at)
        first = next(iter(outcome.notices), None)
        return Due(self._said(first.kind, first.to), at) if first else None

    def _first(self, notices: tuple[Notice, ...], number: int) -> Due:
        first = min(notices, key=lambda notice: notice.not_before)
        return Due(f"{self._said(first.kind, first.to)}, #{number}", first.not_before)

    def _said(self, kind: str, to: str) -> str:
        person = self.server.slack.workspace.people.get(to)
        who = person.first_name if person else "a channel"
        return WORDS.get(kind, "news for {who}").format(who=who)
