"""Hands on a keyboard: any form can be filled in by what is seen of it, with something that fits.

When Slack shows trouble people try again, each time later, and at last not at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.refusal import NotPossible
from sandbox.robot import Robot, SlackTrouble
from sandbox.robot_modal import TYPED, RobotModal
from sandbox.seen import NotVisible

MOST_TRIES = 5
MOST_WINDOWS = 4
"""So many windows may follow from one another."""
OFTEN_LEFT = 0.4
"""How often an input that has something in it already is left as it is."""
SENTENCES = (
    "Renewals are counted twice since October (0.9 M€).",
    "Present the lower one in the board deck.",
    "It was 3 M€ in October, says the ledger.",
    "They know the data.",
    "The query runs over night.",
)
Act = Callable[[], Awaitable[Any]]


class Hands:
    """Somebody's hands; `heard` is told what came of things, `colleagues` are whom they may choose."""

    def __init__(
        self, robot: Robot, chance: Random, heard: Callable[[str], None], colleagues: tuple[str, ...]
    ) -> None:
        self.robot, self.chance, self.heard, self.colleagues = robot, chance, heard, colleagues

    async def pause(self, shortest: float = 0.5, longest: float = 8.0) -> None:
        """Think, read, look for the key."""
        await asyncio.sleep(self.chance.uniform(shortest, longest))

    async def insist(self, act: Act) -> bool:
        """Do it, and again when Slack shows trouble; False when it never worked."""
        for tries in range(MOST_TRIES):
            try:
                await act()
                return True
            except SlackTrouble:
                self.heard("trouble")
                await self.pause(1, 15 * 2**tries)
        self.heard("given up")
        return False

    async def open(self, act: Act) -> RobotModal | None:
        """Do what may open a window; None when none came."""
        await self.put_away()
        if await self.insist(act) and self.robot.has_modal:
            return self.robot.modal
        return None

    async def put_away(self) -> None:
        """Close whatever stands open."""
        if not self.robot.has_modal:
            return
        try:
            await self.robot.modal.close(everything=True)
        except (NotVisible, NotPossible):
            self.heard("closed already")

    async def go_through(self) -> None:
        """Fill in and send the window that is open, and what follows from it; then put it away."""
        for _ in range(MOST_WINDOWS):
            if not self.robot.has_modal or not self.robot.modal.submit_label:
                break
            if not await self._send(self.robot.modal):
                break
        await self.pause()
        await self.put_away()

    async def _send(self, form: RobotModal) -> bool:
        """True when the window was taken: it is closed, or says something else."""
        before = form.title, form.submit_label
        for _ in range(MOST_TRIES):
            try:
                await self.fill(form)
                outcome = await form.submit(patient=True)
            except (SlackTrouble, NotVisible, NotPossible) as slip:
                self.heard(f"{before[0]}: {type(slip).__name__}")
                return False
            if outcome.ok and (not self.robot.has_modal or self._shows() != before):
                self.heard(f"{before[1]}: sent")
                return True
            self.heard(f"{before[1]}: not sent")
            await self.pause(2, 60)
        return False

    def _shows(self) -> tuple[str, str]:
        return self.robot.modal.title, self.robot.modal.submit_label

    async def fill(self, form: RobotModal) -> None:
        """Something that fits into every input; choosing may change what is asked, so it is read anew."""
        done: set[tuple[str, int]] = set()
        while True:
            left = [each for each in form.inputs if each[:2] not in done]
            if not left:
                return
            label, nth, kind = left[0]
            done.add((label, nth))
            await self._put(form, label, nth, kind)
            await self.pause(0.2, 4)

    async def _put(self, form: RobotModal, label: str, nth: int, kind: str) -> None:
        held = form.value(label, nth)
        if held and self.chance.random() < OFTEN_LEFT:
            return
        if kind in TYPED:
            await form.fill(label, self._words(label, kind, str(held or "")), nth)
        elif kind == "external_select":
            await self.insist(lambda: self._search(form, label, nth))
        elif kind == "checkboxes":
            if self.chance.random() < 0.15:
                await self.insist(lambda: form.tick(self.chance.choice(form.options(label, nth))))
        elif choice := self._choice(form, label, nth, kind):
            await self.insist(lambda: form.choose(label, choice, nth))

    def _words(self, label: str, kind: str, held: str) -> str:
        """What was there already stays in it."""
        if label == "Link" or kind == "url_text_input":
            return "https://example.com/report"
        if kind != "plain_text_input":
            return "7"
        said = self.chance.choice(SENTENCES)
        return f"{held} {self.chance.randrange(2, 9)}"[-280:] if held else said

    def _choice(self, form: RobotModal, label: str, nth: int, kind: str) -> str:
        at = self.robot.slack.now() + timedelta(days=self.chance.randrange(0, 9), hours=1)
        at = at.replace(minute=0, second=0, microsecond=0)
        match kind:
            case "datepicker":
                return at.astimezone(ZoneInfo(self.robot.person.zone)).date().isoformat()
            case "timepicker":
                return f"{self.chance.randrange(9, 18):02}:00"
            case "datetimepicker":
                return at.isoformat()
            case "users_select":
                return self.chance.choice(self.colleagues)
            case _:
                offered = form.options(label, nth)
                return self.chance.choice(offered) if offered else ""

    async def _search(self, form: RobotModal, label: str, nth: int) -> None:
        """Type something, and take what is offered first."""
        typed = self.chance.choice(("Clari AI", "Rep roll-up", "EMEA", "1"))
        if offered := await form.search(label, typed, nth):
            await form.choose(label, offered[0], nth, query=typed)
