"""The people of the company and their habits: a few times a day they look into Slack and do what they like.

Everything they do they do by visible names, through a robot.
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
from sandbox.robot_modal import RobotModal
from sandbox.seen import NotVisible, Seen, buttons_of, menu_of
from tests.simulation.forms import Fill, Hands
from tests.simulation.reports import Report

if TYPE_CHECKING:
    from tests.simulation.world import World

OPENS, CLOSES = time(9), time(17, 30)
LOOKS = (2, 3, 3, 4, 5)
"""So many times a working day somebody looks into Slack."""
NEWEST = 8
"""So many messages of a conversation are looked at."""
HABITS = {
    "Acknowledge": 0.55,
    "Decide": 0.22,
    "Take over": 0.3,
    "Hand over": 0.05,
    "Extend deadline": 0.15,
    "Add context": 0.06,
    "Just context": 0.3,
    "eyes": 0.08,
    "words": 0.08,
    "twice": 0.15,
    "away": 0.04,
    "by night": 0.02,
    "on the card": 0.06,
    "commands": 0.1,
    "chat": 0.02,
}
COMMANDS = ("list", "list mine", "list overdue", "show 1", "show 2", "show 999", "help")
WORDS = (
    "use the CRM number",
    "ack",
    "Present the lower one; renewals are counted twice (0.9 M€).",
    "thanks!",
)


class Colleague:
    """One of the company. Some are diligent, some let things lie."""

    def __init__(self, world: World, id: str) -> None:
        self.world = world
        self.robot = Robot(world.slack, id)
        self.chance: Random = world.chance(f"person {id}")
        self.diligence = self.chance.uniform(0.25, 1.0)
        self.hands = Hands(self.robot, self.chance, self._heard)
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
        """The instants of the day at which they look into Slack; none when they are away."""
        chance = self.chance
        if day.weekday() > 4 or chance.random() < HABITS["away"]:
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
            for message in self.newest_of(""):
                await self._perhaps_answer(message)
            if self.feels_like("on the card"):
                await self._on_a_card()
            if self.feels_like("commands"):
                await self._commands()
            if self.feels_like("chat"):
                await self.does("chat", lambda: self.says(self.chance.choice(WORDS)))

    def newest_of(self, channel: str) -> list[Seen]:
        """What can be pressed below the newest messages of a channel, or of the conversation with the bot."""
        slack, robot = self.world.slack, self.robot
        if channel:
            place = slack.workspace.channel(channel)
        else:
            direct = slack.workspace.existing_direct({slack.app.bot_user, robot.id})
            if direct is None:
                return []
            place = direct
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

    async def says(self, words: str, thread: Seen | None = None) -> None:
        await self.robot.says(words, thread=thread, wait=False)

    async def presses(self, label: str, message: Seen) -> None:
        """Press a button, at times twice."""
        await self.hands.pause()
        if not self.feels_like("twice"):
            await self.robot.clicks(label, message)
            return
        self._heard("double click")
        both = (self.robot.clicks(label, message), self.robot.clicks(label, message))
        results = await asyncio.gather(*both, return_exceptions=True)
        for slip in results:
            if isinstance(slip, BaseException):
                raise slip

    async def _perhaps_answer(self, message: Seen) -> None:
        """What a message of the bot asks for, if they feel like it."""
        buttons = message.buttons
        if "Acknowledge" in buttons and self.feels_like("eyes"):
            await self.does("👀", lambda: self.robot.reacts("eyes", message, wait=False))
        elif "Acknowledge" in buttons and self.feels_like("Acknowledge"):
            await self.does("acknowledge", lambda: self.presses("Acknowledge", message))
        elif "Take over" in buttons and self.feels_like("Take over"):
            await self.does("take over", lambda: self.presses("Take over", message))
        elif "Just context" in buttons and self.feels_like("Just context"):
            await self._form("just context", "Just context", message, self._context)
        elif "Decide" in buttons and self.feels_like("words"):
            await self.does("words", lambda: self.says(self.chance.choice(WORDS), thread=message))
        elif "Decide" in buttons and self.feels_like("Decide"):
            await self._form("decide", "Decide", message, self._decision)
        elif "Hand over" in buttons and self.feels_like("Hand over"):
            await self._form("hand over", "Hand over", message, self._handing)
        elif "Extend deadline" in buttons and self.feels_like("Extend deadline"):
            await self._form("extend", "Extend deadline", message, self._extension)
        elif "Add context" in buttons and self.feels_like("Add context"):
            await self._form("context", "Add context", message, self._context)

    async def _form(self, what: str, label: str, message: Seen, fill: Fill) -> None:
        """Open a small form, fill it in, send it."""
        try:
            form = await self.hands.open(lambda: self.robot.clicks(label, message))
        except (NotVisible, NotPossible):
            self._heard(f"{what}: gone")
            return
        await self.hands.send(what, form, fill)

    async def _context(self, form: RobotModal) -> None:
        await form.fill("What should the owner know?", f"It was {self.chance.randrange(2, 9)} M€ in October.")

    async def _decision(self, form: RobotModal) -> None:
        if "Whose signal stands?" not in form.labels:
            await self._context(form)
            return
        choices = form.options("Whose signal stands?")
        weights = [8] * (len(choices) - 3) + [1, 1, 1]
        await form.choose("Whose signal stands?", self.chance.choices(choices, weights)[0])
        await form.fill("Decision", f"Present {self.chance.randrange(2, 9)} M€ in the board deck.")
        await form.fill("Why", "Renewals are counted twice since October (0.9 M€).")

    async def _handing(self, form: RobotModal) -> None:
        offered = form.options("To whom?")
        to = self.chance.choice(offered)
        await form.choose("To whom?", to)
        if to == "Somebody else":
            await form.choose("Somebody else", self.chance.choice(self.world.colleagues))
        await form.fill("Why?", "They know the data.")

    async def _extension(self, form: RobotModal) -> None:
        at = self.world.now() + timedelta(days=self.chance.randrange(1, 6))
        await form.choose("New deadline", at.replace(minute=0, second=0, microsecond=0).isoformat())
        await form.fill("Why?", "The query runs over night.")
        if "Agreed" in form.labels and self.chance.random() < 0.5:
            await form.tick("The reporter agrees to a later date")

    async def _withdrawal(self, form: RobotModal) -> None:
        if "Why?" in form.labels:
            await form.fill("Why?", "It was a typing mistake.")

    async def _on_a_card(self) -> None:
        """Something on a card in a channel, whoever it belongs to."""
        channel = self.chance.choice(("sales", "general", "ai-council"))
        cards = [seen for seen in self.newest_of(channel) if "Details" in seen.buttons]
        if not cards:
            return
        card = self.chance.choice(cards)
        match self.chance.randrange(6):
            case 0:
                await self.does("👀 on a card", lambda: self.robot.reacts("eyes", card, wait=False))
            case 1:
                await self.does("reply", lambda: self.says(self.chance.choice(WORDS), thread=card))
            case 2 if "Acknowledge" in card.buttons:
                await self.does("acknowledge a card", lambda: self.presses("Acknowledge", card))
            case 3 if "Withdraw" in card.menu:
                await self._menu("withdraw", "Withdraw", card, self._withdrawal)
            case 4 if "Add context" in card.menu:
                await self._menu("context on a card", "Add context", card, self._context)
            case _:
                if await self.does("details", lambda: self.presses("Details", card)):
                    await self.hands.finish()

    async def _menu(self, what: str, entry: str, card: Seen, fill: Fill) -> None:
        if await self.does(f"menu: {entry}", lambda: self.robot.picks(entry, card)) and self.robot.has_modal:
            await self.hands.send(what, self.robot.modal, fill)

    async def _commands(self) -> None:
        command = self.chance.choice(COMMANDS)
        await self.does("command", lambda: self.robot.types(f"/ai-conflict {command}", channel="general"))
        if self.robot.has_modal:
            await self.hands.finish()

    async def reports(self, report: Report) -> None:
        """Report something, and tell the world what the receipt said."""
        async with self.busy:
            try:
                number = await self.hands.report(report)
            except (NotVisible, NotPossible) as slip:
                self._heard(f"report: {type(slip).__name__}")
                return
            self._heard("reported" if number else "not reported")
            if number:
                self.world.promised[report.tag] = number
            await self.hands.finish()


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
