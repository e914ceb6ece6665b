"""A year of a council without a single conflict: everything that is said unasked, in the order it is said.

    python -m tests.simulation.year ZONE [WEEKS [KILLS]]

prints the calendar of it: when by the wall of the zone, to whom or where, and the first line.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from council.hours import Holidays
from council.workspace import Configuration
from sandbox.slack import Slack
from sandbox.wire import Answer, Request
from storage.store import open_store
from tests.simulation.process import at_once
from tests.simulation.story import complaints, folder_with_database
from tests.simulation.watch import read
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
LONGEST = 130
Posted = tuple[datetime, str, str]
"""When, in which conversation, with what fallback."""
DATE = re.compile(r"<!date\^[^|]*\|([^>]*)>")


def shown(text: str) -> str:
    """The first line as a notification shows it, dates by their fallbacks."""
    first = next(line for line in text.split("\n") if not line.startswith("I am Tiebreak"))
    return DATE.sub(r"\1", first)[:LONGEST]


def calendar(slack: Slack, zone: str, posted: Iterable[Posted]) -> list[str]:
    """A line for each: when by the wall of the zone, to whom or where, and what."""
    lines = (
        f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %a %H:%M} {receiver(slack, channel)}: {shown(text)}"
        for at, channel, text in posted
    )
    return sorted(lines)


def receiver(slack: Slack, channel: str) -> str:
    """The name of the person, or of the channel."""
    place = slack.workspace.channels[channel]
    if place.kind != "im":
        return f"#{place.name}"
    return slack.workspace.people[place.other(slack.app.bot_user)].name


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
    posted: list[Posted] = field(default_factory=list)

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

    def _while_down(self) -> float:
        """Seconds; a year without nights in which nothing runs."""
        return self._downtime.uniform(1, 30)

    def _answered(self, method: str, request: Request, answer: Answer) -> None:
        super()._answered(method, request, answer)
        if method == "chat.postMessage" and answer.ok:
            given = read(request)
            self.posted.append((self.now(), str(given["channel"]), str(given["text"])))

    @property
    def calendar(self) -> list[str]:
        """What was posted, by the minute of the zone's wall."""
        return calendar(self.slack, self.zone, self.posted)

    def _kill_soon(self) -> None:
        """At one of the next commits, before or after it."""
        process, chance = self.process, self.chance(f"kill {len(self.killed)}")
        if process is not None and process.is_ready:
            self.killed.append(self.now())
            process.store.die_at(chance.randrange(1, 12), chance.choice(("before", "after")))


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
    print(*year.calendar, sep="\n")
    for what in wrong:
        print(f"WRONG  {what}")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
