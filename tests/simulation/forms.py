"""Filling in forms as people do: field by field, again when Slack shows trouble, at last not at all."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random
from typing import Any

from sandbox.acts import speaking
from sandbox.refusal import NotPossible
from sandbox.robot import Robot, SlackTrouble
from sandbox.robot_modal import RobotModal
from sandbox.seen import NotVisible
from tests.simulation.reports import Report

MOST_TRIES = 5
SAME = "What would you like to do?"
RECEIPT = re.compile(r"#(\d+) is with")
Act = Callable[[], Awaitable[Any]]
Fill = Callable[[RobotModal], Awaitable[None]]


class Hands:
    """Somebody's hands on the keyboard; `heard` is told what came of things, in a word or two."""

    def __init__(self, robot: Robot, chance: Random, heard: Callable[[str], None]) -> None:
        self.robot, self.chance, self.heard = robot, chance, heard

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
        """Do what opens a window; None when none came."""
        if self.robot.has_modal:
            await self._away_with_it()
        for _ in range(MOST_TRIES):
            if not await self.insist(act):
                return None
            if self.robot.has_modal:
                return self.robot.modal
            self.heard("no window")
            await self.pause(5, 60)
        return None

    async def _away_with_it(self) -> None:
        try:
            await self.robot.modal.close(everything=True)
        except (NotVisible, NotPossible):
            self.heard("closed already")

    async def finish(self) -> None:
        """Read what the window says, and close it."""
        await self.pause()
        if self.robot.has_modal:
            await self._away_with_it()

    # Reporting

    async def report(self, report: Report) -> int | None:
        """Report it through its door; the number on the receipt, None when there was none."""
        form = await self.open(lambda: self._door(report))
        if form is None:
            return None
        for _ in range(MOST_TRIES):
            if form.submit_label == "Report" and not await self._fill(form, report):
                break
            if form.submit_label == "Continue":
                await self._same(form)
            outcome = await form.submit(patient=True)
            if not self.robot.has_modal:
                self.heard("closed without a receipt")
                return None
            if outcome.ok and form.submit_label == "":
                return self._number(form)
            self.heard("asked again" if outcome.ok else "not sent")
            await self.pause(2, 60)
        await self.finish()
        return None

    async def _door(self, report: Report) -> None:
        match report.door:
            case "global":
                await self.robot.shortcut("Report AI conflict")
            case "message":
                slack = self.robot.slack
                speaking.bot_says(slack, "U0SCORER", report.channel, f"Something says {report.says[0]}.")
                said = self.robot.sees(report.channel)[-1]
                await self.robot.shortcut("Report AI conflict", said)
            case _:
                await self.robot.types("/ai-conflict", channel=report.channel)

    async def _fill(self, form: RobotModal, report: Report) -> bool:
        await self.pause()
        if not await self.insist(lambda: form.choose("What kind of conflict?", report.kind)):
            return False
        if report.urgent or report.unnamed:
            await self._details(form, report)
        await form.fill("What do they disagree about?", report.subject)
        if report.account and "Account" in form.labels:
            await form.fill("Account", report.account)
            await self.insist(lambda: form.choose("Account owner", report.account_owner))
        for place, (source, says) in enumerate(zip(report.sources, report.says, strict=True)):
            await self._source(form, place, source)
            await form.fill("What it says", says, nth=place)
            await self.pause()
        if report.needed_in_days:
            await self.insist(lambda: form.choose("Needed by", self._in_days(report.needed_in_days)))
        return True

    async def _details(self, form: RobotModal, report: Report) -> None:
        if "Add details" in form.buttons:
            await self.insist(lambda: form.click("Add details"))
        if report.urgent and "How urgent?" in form.labels:
            await self.insist(lambda: form.choose("How urgent?", "Immediate"))
        if report.unnamed and "Privacy" in form.labels:
            await self.insist(lambda: form.tick("Keep my name off the card"))

    async def _source(self, form: RobotModal, place: int, source: str) -> None:
        label = f"{('First', 'Second')[place]} source"
        for _ in range(MOST_TRIES):
            try:
                await form.choose(label, source, query=source)
                return
            except (SlackTrouble, NotVisible):
                self.heard("no search")
                await self.pause(1, 20)

    async def _same(self, form: RobotModal) -> None:
        offered = form.options(SAME)
        await form.choose(SAME, self.chance.choice([*offered, offered[-1]]))
        await self.pause()

    def _in_days(self, days: int) -> str:
        at = self.robot.slack.now() + timedelta(days=days, hours=2)
        return at.replace(minute=0, second=0, microsecond=0).isoformat()

    def _number(self, form: RobotModal) -> int | None:
        found = RECEIPT.search(form.text)
        self.heard("receipt" if found else "joined or answered")
        return int(found[1]) if found else None

    # All other forms

    async def send(
        self, what: str, form: RobotModal | None, fill: Callable[[RobotModal], Awaitable[Any]]
    ) -> None:
        """Fill in a small form and send it until it is taken, or turns into something else."""
        if form is None:
            return
        label = form.submit_label
        for _ in range(MOST_TRIES):
            await self.pause()
            try:
                await fill(form)
                outcome = await form.submit(patient=True)
            except (SlackTrouble, NotVisible, NotPossible) as slip:
                self.heard(f"{what}: {type(slip).__name__}")
                break
            if outcome.ok and (not self.robot.has_modal or form.submit_label != label):
                self.heard(what)
                break
            self.heard(f"{what}: not sent")
            await self.pause(2, 60)
        await self.finish()
