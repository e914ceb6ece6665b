"""What happens to a company: people leave and come back, channels are archived, cards are deleted by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sandbox.acts import admin, speaking
from sandbox.refusal import NotPossible
from tests.simulation.watch import key_in

if TYPE_CHECKING:
    from tests.simulation.world import World

DAYS_APART = 3.0
DAY = 24 * 3600.0
ADMIN = "U0PAVEL"
STATUSES = ((":palm_tree:", "Vacationing"), (":face_with_thermometer:", "Out sick"), (":tada:", "Friday"))


class Life:
    """Lets it happen."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.slack = world.slack
        self.chance = world.chance("life")

    async def live(self) -> None:
        """One thing after another, now and then."""
        kinds: dict[Callable[[], Awaitable[None]], int] = {
            self._somebody_leaves: 3,
            self._archived: 2,
            self._bot_thrown_out: 3,
            self._bot_invited: 3,
            self._leaves_the_board: 2,
            self._card_deleted: 3,
            self._status: 3,
            self._renamed: 1,
        }
        while True:
            await asyncio.sleep(self.chance.expovariate(1 / DAYS_APART) * DAY)
            kind = self.chance.choices(list(kinds), list(kinds.values()))[0]
            self.world.counts[f"life: {kind.__name__.strip('_').replace('_', ' ')}"] += 1
            try:
                await kind()
            except NotPossible:
                self.world.counts["life: not possible"] += 1

    async def _somebody_leaves(self) -> None:
        """An account is closed, and perhaps opened again some days later, without its channels."""
        somebody = self.chance.choice([p for p in self.world.colleagues if p != ADMIN])
        admin.deactivate(self.slack, somebody)
        await asyncio.sleep(self.chance.uniform(0.2, 6) * DAY)
        admin.deactivate(self.slack, somebody, deactivated=False)
        for channel in ("general", "sales", "ai-council", "ai-decisions"):
            admin.invite(self.slack, channel, somebody, ADMIN)

    async def _archived(self) -> None:
        channel = self.chance.choice(("sales", "ai-council", "ai-decisions"))
        admin.archive(self.slack, channel, ADMIN)
        await asyncio.sleep(self.chance.uniform(0.1, 3) * DAY)
        admin.archive(self.slack, channel, ADMIN, archived=False)

    async def _bot_thrown_out(self) -> None:
        admin.remove(self.slack, self.chance.choice(("sales", "general", "board")), self.slack.app.bot_user)

    async def _bot_invited(self) -> None:
        channel = self.slack.workspace.channel(self.chance.choice(("board", "board", "general")))
        admin.invite(self.slack, channel.id, self.slack.app.bot_user, channel.members[0])

    async def _leaves_the_board(self) -> None:
        """And comes back some days later."""
        board = self.slack.workspace.channel("board")
        members = [member for member in board.members if member != self.slack.app.bot_user]
        if len(members) < 2:
            return
        somebody = self.chance.choice(members)
        admin.remove(self.slack, board.id, somebody)
        await asyncio.sleep(self.chance.uniform(0.2, 5) * DAY)
        admin.invite(self.slack, board.id, somebody, next(m for m in members if m != somebody))

    async def _card_deleted(self) -> None:
        """By an admin, who cleans up."""
        channel = self.slack.workspace.channel(self.chance.choice(("sales", "general", "ai-council")))
        ours = [m.ts for m in channel.messages.values() if m.user == self.slack.app.bot_user]
        if ours:
            deleted = self.chance.choice(ours[-5:])
            self.world.deleted.add(key_in({"metadata": channel.messages[deleted].metadata}))
            speaking.delete(self.slack, ADMIN, channel.id, deleted)

    async def _status(self) -> None:
        somebody = self.chance.choice(self.world.colleagues)
        emoji, text = self.chance.choice(STATUSES)
        admin.change_person(self.slack, somebody, status_emoji=emoji, status_text=text)
        await asyncio.sleep(self.chance.uniform(0.1, 5) * DAY)
        admin.change_person(self.slack, somebody, status_emoji="", status_text="")

    async def _renamed(self) -> None:
        channel = self.slack.workspace.channel("C0SALES")
        admin.rename(self.slack, channel.id, "revenue" if channel.name == "sales" else "sales")
