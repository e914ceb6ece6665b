"""Reporting a conflict, from one of its doors to the receipt."""

from __future__ import annotations

import re
from datetime import timedelta

from sandbox.acts import speaking
from sandbox.robot import SlackTrouble
from sandbox.robot_modal import RobotModal
from sandbox.seen import NotVisible
from tests.simulation.hands import MOST_TRIES, Hands
from tests.simulation.reports import Report

SAME = "What would you like to do?"
RECEIPT = re.compile(r"#(\d+) is with")


class Reporter:
    """Somebody who has something to report."""

    def __init__(self, hands: Hands) -> None:
        self.hands, self.robot, self.chance, self.heard = hands, hands.robot, hands.chance, hands.heard
        self.wants_its_own = False
        """True once they were shown what may be the same, and reported it separately all the same."""

    async def report(self, report: Report) -> int | None:
        """Report it through its door; the number on the receipt, None when there was none."""
        form = await self._opened(report)
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
            self.heard("asked again" if outcome.ok else "Report: not sent")
            await self.hands.pause(2, 60)
        await self.hands.put_away()
        return None

    async def _opened(self, report: Report) -> RobotModal | None:
        for _ in range(MOST_TRIES):
            if form := await self.hands.open(lambda: self._door(report)):
                return form
            self.heard("no window")
            await self.hands.pause(5, 60)
        return None

    async def _door(self, report: Report) -> None:
        match report.door:
            case "global":
                await self.robot.shortcut("Report AI conflict")
            case "message":
                says = f"Something says {report.says[0]}."
                said = speaking.bot_says(self.robot.slack, "U0SCORER", report.channel, says)
                seen = next(each for each in self.robot.sees(report.channel) if each.ts == said.ts)
                await self.robot.shortcut("Report AI conflict", seen)
            case _:
                await self.robot.types("/ai-conflict", channel=report.channel)

    async def _fill(self, form: RobotModal, report: Report) -> bool:
        hands = self.hands
        await hands.pause()
        if not await hands.insist(lambda: form.choose("What kind of conflict?", report.kind)):
            return False
        if report.urgent or report.unnamed:
            await self._details(form, report)
        await form.fill("What do they disagree about?", report.subject)
        if report.account and "Account" in form.labels:
            await form.fill("Account", report.account)
            await hands.insist(lambda: form.choose("Account owner", report.account_owner))
        for place, (source, says) in enumerate(zip(report.sources, report.says, strict=True)):
            await self._source(form, place, source)
            await form.fill("What it says", says, nth=place)
            await hands.pause()
        if report.needed_in_days:
            await hands.insist(lambda: form.choose("Needed by", self._in_days(report.needed_in_days)))
        return True

    async def _details(self, form: RobotModal, report: Report) -> None:
        hands = self.hands
        if "Add details" in form.buttons:
            await hands.insist(lambda: form.click("Add details"))
        if report.urgent and "How urgent?" in form.labels:
            await hands.insist(lambda: form.choose("How urgent?", "Immediate"))
        if report.unnamed and "Privacy" in form.labels:
            await hands.insist(lambda: form.tick("Keep my name off the card"))

    async def _source(self, form: RobotModal, place: int, source: str) -> None:
        label = f"{('First', 'Second')[place]} source"
        for _ in range(MOST_TRIES):
            try:
                await form.choose(label, source, query=source)
                return
            except (SlackTrouble, NotVisible):
                self.heard("no search")
                await self.hands.pause(1, 20)

    async def _same(self, form: RobotModal) -> None:
        offered = form.options(SAME)
        choice = self.chance.choice([*offered, offered[-1]])
        self.wants_its_own = self.wants_its_own or choice == offered[-1]
        await form.choose(SAME, choice)
        await self.hands.pause()

    def _in_days(self, days: int) -> str:
        at = self.robot.slack.now() + timedelta(days=days, hours=2)
        return at.replace(minute=0, second=0, microsecond=0).isoformat()

    def _number(self, form: RobotModal) -> int | None:
        found = RECEIPT.search(form.text)
        self.heard("receipt" if found else "joined or answered")
        return int(found[1]) if found else None
