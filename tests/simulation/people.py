"""The people of the company and their habits: a few times a day they look into Slack and do what they like.

Everything they do they do by visible names, through a robot; so they find what is new by themselves.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.messages import Message
from sandbox.refusal import NotPossible
from sandbox.robot import Robot, SlackTrouble
from sandbox.seen import NotVisible, Seen, buttons_of, menu_of, see_ephemeral
from tests.simulation.hands import Hands
from tests.simulation.reporting import Reporter
from tests.simulation.reports import Report

if TYPE_CHECKING:
    from tests.simulation.world import World

OPENS, CLOSES = time(9), time(17, 30)
LOOKS = (2, 3, 3, 4, 5)
"""So many times a working day somebody looks into Slack."""
NEWEST = 8
"""So many messages of a conversation are looked at."""
PRESSES = {
    "Acknowledge": 0.55,
    "Decide": 0.25,
    "Take over": 0.3,
    "Done": 0.3,
    "Answer": 0.3,
    "Yes": 0.3,
    "No": 0.1,
    "Extend deadline": 0.15,
    "Hand over": 0.04,
    "Add context": 0.05,
    "Reopen": 0.01,
    "Withdraw": 0.02,
    "Details": 0.02,
    "See the card": 0.0,
}
"""How likely what is seen is pressed at a look; what is not named here:"""
ANYTHING = 0.06
HABITS = {
    "eyes": 0.08,
    "words": 0.06,
    "twice": 0.15,
    "off": 0.04,
    "by night": 0.02,
    "cards": 0.08,
    "commands": 0.05,
    "home": 0.05,
    "chat": 0.02,
    "further": 0.3,
}
COMMANDS = tuple(
    f"/ai-{line}"
    for line in (
        "conflict list",
        "conflict list mine",
        "conflict list overdue",
        "conflict show 1",
        "conflict show 3",
        "conflict show 999",
        "conflict search pipeline forecast",
        "conflict help",
        "council which EMEA pipeline forecast",
        "council decisions",
        "council actions",
        "council away",
        "council agenda",
        "council next",
        "council help",
    )
)
WORDS = ("use the CRM number", "ack", "Present the lower one; renewals are counted twice.", "thanks!")
CHANNELS = ("sales", "general", "ai-council", "ai-decisions")


class Colleague:
    """One of the company. Some are diligent, some let things lie."""

    def __init__(self, world: World, id: str) -> None:
        self.world = world
        self.robot = Robot(world.slack, id)
        self.chance: Random = world.chance(f"person {id}")
        self.diligence = self.chance.uniform(0.25, 1.0)
        self.hands = Hands(self.robot, self.chance, self._heard, world.colleagues)
        self.zone = ZoneInfo(self.robot.person.zone)
        self.busy = asyncio.Lock()

    def _heard(self, what: str) -> None:
        self.world.counts[f"people: {what}"] += 1

    # The day

    async def live(self) -> None:
        """Day after day, as long as the story goes on."""
        day = self.world.start.date()
        while True:
            for at in self._looks(day):
                await self.world.until(at)
                await self._look()
            day += timedelta(days=1)
            await self.world.until(datetime.combine(day, time(0), self.zone))

    def _looks(self, day: date) -> list[datetime]:
        """The instants of the day at which they look into Slack; none when they are off."""
        chance = self.chance
        if day.weekday() > 4 or chance.random() < HABITS["off"]:
            return []
        opens, closes = (datetime.combine(day, at, self.zone) for at in (OPENS, CLOSES))
        moments = [opens + chance.random() * (closes - opens) for _ in range(chance.choice(LOOKS))]
        if chance.random() < HABITS["by night"]:
            moments.append(closes + timedelta(hours=chance.uniform(1, 5)))
        return sorted(moments)

    def feels_like(self, habit: str) -> bool:
        return self.chance.random() < HABITS[habit] * (0.5 + self.diligence)

    async def _look(self) -> None:
        async with self.busy:
            if self.robot.person.deactivated:
                return
            for message in self._newest_of(""):
                await self._perhaps_answer(message)
            for habit, act in (
                ("cards", self._on_a_card),
                ("commands", self._commands),
                ("home", self._home),
                ("chat", self._chat),
            ):
                if self.feels_like(habit):
                    await act()

    def _newest_of(self, channel: str) -> list[Seen]:
        """What can be pressed below the newest messages of a channel, or of the conversation with the bot."""
        slack, robot = self.world.slack, self.robot
        mine = {slack.app.bot_user, robot.id}
        place = slack.workspace.channel(channel) if channel else slack.workspace.existing_direct(mine)
        if place is None or place not in slack.workspace.visible_to(robot.id):
            return []
        newest = list(place.messages.values())[-NEWEST:]
        return [_glance(robot, place.id, message) for message in newest if _asks(message)]

    # What they do

    async def does(self, what: str, act: Callable[[], Awaitable[object]]) -> bool:
        """Do something; Slack may show trouble, and what was there may be gone by now."""
        try:
            await act()
        except SlackTrouble:
            self._heard(f"{what}: trouble")
            return False
        except (NotVisible, NotPossible):
            self._heard(f"{what}: gone")
            return False
        self._heard(what)
        return True

    async def presses(self, label: str, message: Seen) -> None:
        """Press a button, at times twice, and go through what opens."""
        await self.hands.pause()
        twice = self.feels_like("twice")
        if twice:
            self._heard("double click")
        await self._forms(label, lambda: self._twice(label, message) if twice else self._once(label, message))

    async def _once(self, label: str, message: Seen) -> None:
        await self.robot.clicks(label, message)

    async def _twice(self, label: str, message: Seen) -> None:
        both = (self._once(label, message), self._once(label, message))
        for slip in await asyncio.gather(*both, return_exceptions=True):
            if isinstance(slip, BaseException):
                raise slip

    async def _forms(self, what: str, act: Callable[[], Awaitable[object]]) -> None:
        """Do what may open a window; a report is reported, everything else is filled in with something."""

        async def through() -> None:
            form = await self.hands.open(act)
            if form is None:
                return
            if form.title == "Report an AI conflict":
                await self.hands.put_away()
            elif not form.submit_label and form.buttons and self.feels_like("further"):
                await self._forms("further", lambda: form.click(self.chance.choice(form.buttons)))
            else:
                await self.hands.go_through()

        await self.does(what, through)
        await self.hands.put_away()

    async def _perhaps_answer(self, message: Seen) -> None:
        """What a message of the bot asks for, if they feel like it: one thing at a look."""
        if "Acknowledge" in message.buttons and self.feels_like("eyes"):
            await self.does("👀", lambda: self.robot.reacts("eyes", message, wait=False))
            return
        if "Decide" in message.buttons and self.feels_like("words"):
            await self.does("words", lambda: self._says(message))
            return
        for label in message.buttons:
            if self.chance.random() < PRESSES.get(label, ANYTHING) * (0.5 + self.diligence):
                await self.presses(label, message)
                return

    async def _says(self, thread: Seen | None = None) -> None:
        await self.robot.says(self.chance.choice(WORDS), thread=thread, wait=False)

    async def _chat(self) -> None:
        await self.does("chat", self._says)

    async def _on_a_card(self) -> None:
        """Something on a card in a channel, whoever it belongs to."""
        cards = self._newest_of(self.chance.choice(CHANNELS))
        if not cards:
            return
        card = self.chance.choice(cards)
        match self.chance.randrange(4):
            case 0:
                await self.does("👀 on a card", lambda: self.robot.reacts("eyes", card, wait=False))
            case 1:
                await self.does("reply", lambda: self._says(card))
            case 2 if card.menu:
                entry = self.chance.choice(card.menu)
                await self._forms(f"menu: {entry}", lambda: self.robot.picks(entry, card))
            case _ if card.buttons:
                await self.presses(self.chance.choice(card.buttons), card)

    async def _commands(self) -> None:
        command = self.chance.choice(COMMANDS)
        await self._forms("command", lambda: self.robot.types(command, channel="general"))
        shown = self.world.slack.ephemerals.get(self.robot.id, [])
        if shown and self.feels_like("further"):
            answer = see_ephemeral(self.world.slack, self.robot.eyes, shown[-1])
            if answer.buttons:
                await self.presses(self.chance.choice(answer.buttons), answer)

    async def _home(self) -> None:
        """Open App Home, and perhaps press something there."""
        await self.does("home", lambda: self.robot.opens_home(wait=False))
        await self.hands.pause(2, 30)
        if self.robot.id in self.world.slack.homes and self.robot.home.buttons and self.feels_like("further"):
            label = self.chance.choice(self.robot.home.buttons)
            await self._forms(f"home: {label}", lambda: self.robot.home.click(label))

    async def reports(self, report: Report) -> None:
        """Report something, and tell the world what the receipt said."""
        async with self.busy:
            reporter = Reporter(self.hands)
            try:
                number = await reporter.report(report)
            except (NotVisible, NotPossible) as slip:
                self._heard(f"report: {type(slip).__name__}")
                return
            self._heard("reported" if number else "not reported")
            if number:
                self.world.promised[report.tag] = number
            if reporter.wants_its_own:
                self.world.separate.add(report.tag)
            await self.hands.put_away()


def _asks(message: Message) -> bool:
    """True when there is something to press below it."""
    return any(block["type"] == "actions" for block in message.blocks)


def _glance(robot: Robot, channel: str, message: Message) -> Seen:
    """A message without its words: people who come back read them once."""
    return Seen(
        channel=channel,
        ts=message.ts,
        author=message.user,
        text="",
        fallback="",
        buttons=buttons_of(robot.eyes, message.blocks),
        menu=menu_of(robot.eyes, message.blocks),
    )
