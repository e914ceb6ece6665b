"""What one browser window shows, to whom; and what everybody has read so far."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox.clock import HandClock

if TYPE_CHECKING:
    from sandbox.channels import Channel
    from sandbox.messages import Message
    from sandbox.people import Person
    from sandbox.refusal import Json
    from sandbox.server import Server
    from sandbox.slack import Slack


@dataclass(frozen=True, slots=True)
class Due:
    """The next thing that happens by itself: in words, and when."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipping:
    """How time is moved when somebody else runs on the same clock: what waits next, and letting time pass."""

    next_due: Callable[[], Awaitable[Due | None]]
    forward: Callable[[timedelta], Awaitable[None]]


@dataclass(slots=True)
class Page:
    """What all windows share.

    `read` holds the newest message somebody has seen in a channel; what was there before the first window
    opened counts as read, except direct messages. `boot` tells one run of the sandbox from the next.
    """

    server: Server
    skipping: Skipping | None = None
    read: dict[tuple[str, str], str] = field(default_factory=dict)
    welcomed: bool = False
    opened: float = 0.0
    boot: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def slack(self) -> Slack:
        return self.server.slack

    @property
    def can_skip(self) -> bool:
        return self.skipping is not None or isinstance(self.slack.clock, HandClock)

    async def next_due(self) -> Due | None:
        """The earliest of what the app waits for and what Slack itself will send again."""
        theirs = await self.skipping.next_due() if self.skipping else None
        retry = self.server.delivery.next_due()
        ours = Due("Slack sends an event again", retry) if retry else None
        return min((due for due in (theirs, ours) if due), key=lambda due: due.at, default=None)

    async def forward(self, by: timedelta) -> None:
        """Let time pass."""
        clock = self.slack.clock
        if self.skipping is not None:
            await self.skipping.forward(by)
        elif isinstance(clock, HandClock):
            clock.forward(by)
        self.server.look()
        self.slack.changed()

    def news(self, person: str, channel: Channel) -> Iterator[Message]:
        """Messages of others since this person last looked, newest first; at the start only direct ones."""
        if person not in channel.members:
            return
        direct = channel.kind in {"im", "mpim"}
        seen = float(self.read.get((person, channel.id), 0 if direct else self.opened))
        for message in reversed(channel.messages.values()):
            if float(message.ts) <= seen:
                return
            if message.user != person and (not message.is_reply or message.broadcast):
                yield message

    def unread(self, person: str, channel: Channel) -> int:
        """How much of it there is."""
        return sum(1 for _ in self.news(person, channel))

    def waiting(self, person: str) -> int:
        """Unread direct messages of somebody."""
        channels = self.slack.workspace.channels.values()
        return sum(self.unread(person, each) for each in channels if each.kind in {"im", "mpim"})


@dataclass(slots=True)
class Window:
    """One tab of a browser. `thread` is the parent's ts; `home` shows the app's Home instead of messages.

    `fresh` is the first message that was unread when the conversation came on the screen. A `peeking` window
    has nobody in front of it yet: what it draws does not count as read.
    """

    page: Page
    me: str = ""
    at: str = ""
    thread: str = ""
    home: bool = False
    drawer: bool = False
    fresh: str = ""
    peeking: bool = False
    found: dict[tuple[str, str, str], list[Json]] = field(default_factory=dict)
    trouble: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.opened = self.page.opened or self.slack.now().timestamp()
        people = [p for p in self.slack.workspace.people.values() if not p.bot]
        names = {name: p.id for p in people for name in (p.name, p.id)}
        at, home, self.at, self.home = self.at, self.home, "", False
        self.be(names.get(self.me, people[0].id), at)
        if home and self.slack.manifest.home_tab:
            self.go(self.app_channel.id, home=True)

    @property
    def slack(self) -> Slack:
        return self.page.slack

    @property
    def person(self) -> Person:
        return self.slack.workspace.people[self.me]

    @property
    def channel(self) -> Channel:
        return self.slack.workspace.channels[self.at]

    @property
    def places(self) -> list[Channel]:
        """The channels in this person's list, then group messages."""
        seen = self.slack.workspace.visible_to(self.me)
        return [channel for channel in seen if channel.kind != "im"]

    @property
    def app_channel(self) -> Channel:
        """The direct message with the app."""
        return self.slack.workspace.direct(self.slack.app.bot_user, self.me)

    @property
    def address(self) -> str:
        """What the browser's address bar says, so that a reload shows the same."""
        thread = f"&thread={self.thread}" if self.thread else ""
        tab = "&tab=home" if self.home else ""
        return f"/?me={self.person.name}&at={self.at}{thread}{tab}"

    def be(self, person: str, at: str = "") -> None:
        """Look through somebody else's eyes: at the app if it is open, at the same channel if they see it."""
        with_app, home = bool(self.at) and self.at == self.app_channel.id, self.home
        self.me = person
        if with_app and not at:
            self.go(self.app_channel.id, home=home)
            return
        seen = [channel.id for channel in self.slack.workspace.visible_to(person)]
        same = [at or self.at, *(c.id for c in self.places if person in c.members), *seen]
        first = next((each for each in same if each in seen), self.app_channel.id)
        self.go(first, self.thread if first == self.at else "")

    def go(self, channel: str, thread: str = "", *, home: bool = False) -> None:
        """Show a channel, perhaps with a thread beside it; or the app's Home."""
        self.at, self.home = channel, home
        self.thread = thread if thread in self.channel.messages else ""
        unread = list(self.page.news(self.me, self.channel))
        self.fresh = unread[-1].ts if unread else ""
        self.see()

    def see(self) -> None:
        """What is on the screen has been read."""
        newest = next(reversed(self.channel.messages), "")
        if newest and not self.home and not self.peeking:
            self.page.read[self.me, self.at] = newest
