"""A year of a council without a single conflict: everything that is said unasked, in the order it is said.

    python -m tests.simulation.year ZONE [WEEKS [KILLS]]

prints the calendar of it: when by the wall of the zone, to whom or where, and the first line.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from zoneinfo import ZoneInfo

from council.hours import Holidays
from council.workspace import Configuration
from sandbox.robot import Robot
from sandbox.seen import Seen
from sandbox.slack import Slack
from storage.store import open_store
from tests.simulation.process import at_once
from tests.simulation.story import complaints, folder_with_database
from tests.simulation.world import FIRST_MONDAY, World
from tests.stories.company import whole_juniper
from tests.stories.house import furnish

HOLIDAYS = {
    "Europe/Berlin": Holidays("DE", "BE"),
    "America/New_York": Holidays("US"),
    "Australia/Sydney": Holidays("AU", "NSW"),
}
"""Zones whose clocks change on different days, the last one the other way round; and their days off."""
WEEKS = 53
LONGEST = 110


def company(zone: str) -> Configuration:
    """The example company as if it had its seat there."""
    whole = whole_juniper()
    return replace(whole, hours=replace(whole.hours, zone=zone, holidays=HOLIDAYS[zone]))


@dataclass(eq=False)
class Year(World):
    """Nobody reports anything; the process is killed `kills` times, at any moment of what it does."""

    zone: str = "Europe/Berlin"
    kills: int = 0
    killed: list[datetime] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.start = FIRST_MONDAY

    def furnish(self) -> None:
        """What an import leaves behind."""
        store = at_once(open_store(self.database_url, ids=iter("x").__next__, clock=self.now, inline=True))
        done = partial(furnish, slack=self.slack, configuration=company(self.zone))
        at_once(store.write(done, team=self.slack.workspace.team))
        at_once(store.close())

    async def tell(self, weeks: int) -> None:
        """So many weeks; what is killed is started again within the minute."""
        self.start_process()
        chance = self.chance("kills")
        length = weeks * 7 * 24 * 3600
        for at in sorted(chance.uniform(0, length) for _ in range(self.kills)):
            await asyncio.sleep(max(at - self.time.now, 0))
            self._kill_soon()
        await asyncio.sleep(max(length - self.time.now, 0))

    def _kill_soon(self) -> None:
        """At one of the next commits, before or after it."""
        process, chance = self.process, self.chance(f"kill {len(self.killed)}")
        if process is not None and process.is_ready:
            self.killed.append(self.now())
            process.store.die_at(chance.randrange(1, 12), chance.choice(("before", "after")))


def calendar(slack: Slack, people: Iterable[str], zone: str) -> list[str]:
    """What the bot has said in Slack, by the minute: direct messages to these people, and in channels."""
    return sorted(_line(place, message, zone) for place, message in _said(slack, people))


def _said(slack: Slack, people: Iterable[str]) -> Iterator[tuple[str, Seen]]:
    readers = [Robot(slack, id) for id in people]
    for reader in readers:
        yield from ((reader.person.name, each) for each in reader.inbox() if each.author == "Tiebreak")
    for channel in ("ai-council", "ai-decisions"):
        seen = readers[0].sees(channel)
        yield from ((f"#{channel}", each) for each in seen if each.author == "Tiebreak")


def _line(place: str, message: Seen, zone: str) -> str:
    at = datetime.fromtimestamp(float(message.ts), UTC).astimezone(ZoneInfo(zone))
    first = next(line for line in message.text.split("\n") if not line.startswith("I am Tiebreak"))
    return f"{at:%Y-%m-%d %a %H:%M} {place}: {first[:LONGEST]}"


def live(zone: str, weeks: int = WEEKS, kills: int = 0) -> tuple[Year, list[str]]:
    """The year after it is over, and what was wrong with it."""
    with complaints() as complained, folder_with_database() as database:
        year = Year(0, database, troubled=False, zone=zone, kills=kills)
        year.furnish()
        try:
            year.run(weeks)
        finally:
            year.end()
        wrong = [*year.watch.wrong, *complained, *map(str, year.slack.record.defects)]
        year.watch.close()
        return year, wrong


def main(zone: str, weeks: str = str(WEEKS), kills: str = "0") -> int:
    """Print it; 1 when something was wrong."""
    year, wrong = live(zone, int(weeks), int(kills))
    print(*calendar(year.slack, year.colleagues, zone), sep="\n")
    print(*(f"WRONG  {what}" for what in wrong), sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
