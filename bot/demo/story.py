"""What happened at Juniper Cloud before the demo begins: people used the real bot, some days ago."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.demo.skipping import Skipping
from council.hours import Hours, instant_of
from sandbox.acts import speaking
from sandbox.robot import Robot
from sandbox.robot_modal import RobotModal
from sandbox.seen import Seen
from sandbox.server import Server

TUESDAY = 1
STANDUP = "AI integration standup"
BEGIN, NOW = time(9, 55), time(11, 2)
DAYS_BEFORE = 6
COUNCIL_WEEK = range(8, 15)
"""A second Tuesday; the story keeps out of the way of the council's meeting."""
SEARCHED_WEEKS = 60


def quiet_tuesday(today: date, hours: Hours) -> date:
    """The latest Tuesday with ordinary working days before it, so that the story always goes the same way."""
    newest = today - timedelta(days=(today.weekday() - TUESDAY) % 7)
    for weeks in range(SEARCHED_WEEKS):
        tuesday = newest - timedelta(weeks=weeks)
        days = [tuesday - timedelta(days=back) for back in range(DAYS_BEFORE + 1)]
        plain = all(hours.is_working_day(day) for day in days if day.weekday() < 5)
        if plain and tuesday.day not in COUNCIL_WEEK:
            return tuesday
    return newest


def begins(tuesday: date, zone: str) -> datetime:
    """The instant at which the story is begun."""
    return instant_of(tuesday - timedelta(days=DAYS_BEFORE), BEGIN, zone)


@dataclass(slots=True)
class Story:
    """Tells it day by day, up to `NOW` on that Tuesday in the workspace's zone; there the demo begins."""

    server: Server
    skipping: Skipping
    tuesday: date
    zone: str

    async def tell(self) -> None:
        """Everything, in order."""
        for days, clock, act in (
            (-6, "10:02", self._leads_reported),
            (-6, "10:41", self._leads_taken),
            (-6, "14:10", self._dach_reported),
            (-6, "14:32", self._dach_taken),
            (-5, "09:24", self._health_reported),
            (-5, "11:05", self._leads_decided),
            (-5, "12:10", self._dach_decided),
            (-4, "15:05", self._churn_reported),
            (-4, "15:40", self._churn_taken),
            (-1, "09:12", self._standup_answered),
            (-1, "15:02", self._nordics_reported),
            (-1, "15:21", self._nordics_taken),
            (0, "10:14", self._meetings_reported),
        ):
            await self.skipping.until(self._at(days, clock))
            await act()
            await self.skipping.settle()
        await self.skipping.until(instant_of(self.tuesday, NOW, self.zone))

    def _at(self, days: int, clock: str) -> datetime:
        return instant_of(self.tuesday + timedelta(days=days), time.fromisoformat(clock), self.zone)

    def _robot(self, name: str) -> Robot:
        return self.server.robot(name)

    async def _leads_reported(self) -> None:
        say = speaking.bot_says
        say(self.server.slack, "U0SCORER", "sales", "Webinar leads of this week: average score 82 of 100.")
        await self._report(
            "dean",
            "sales",
            "Lead quality disagreement",
            "Score of the October webinar leads",
            ("HubSpot AI", "82 of 100 on average"),
            ("Sales' judgment", "3 of 40 were worth a call"),
        )

    async def _leads_taken(self) -> None:
        remy = self._robot("remy")
        await remy.clicks("Acknowledge", _newest(remy.inbox(), "You decide #1"))

    async def _leads_decided(self) -> None:
        await self._decide(
            "remy",
            "#1",
            stands="Sales' judgment",
            number="3 of 40",
            decision="Webinar leads go to nurturing; reps call only those who asked for a demo.",
            why="HubSpot counts every watched minute as intent: 37 of 40 never opened a second mail, "
            "and of 120 webinar leads since July 2 became opportunities.",
        )

    async def _dach_reported(self) -> None:
        await self._report(
            "nina",
            "sales",
            "Pipeline forecast discrepancy",
            "DACH forecast of the fourth quarter",
            ("Clari AI", "5.1 M€"),
            ("Rep roll-up", "4.4 M€"),
        )

    async def _dach_taken(self) -> None:
        vera = self._robot("vera")
        await vera.reacts("eyes", _newest(vera.inbox(), "You decide #2"))

    async def _dach_decided(self) -> None:
        await self._decide(
            "vera",
            "#2",
            stands="Rep roll-up",
            number="4.4 M€",
            decision="Present 4.4 M€ for DACH in the forecast meeting.",
            why="Clari counts the Helvetia renewal twice since it was split into two orders (0.7 M€).",
        )

    async def _health_reported(self) -> None:
        await self._report(
            "omar",
            "sales",
            "Customer health conflict",
            "Is Northgate Logistics safe?",
            ("CS score", "84, green"),
            ("Sales' read", "Champion has left; they asked for an exit clause"),
            account=("Northgate Logistics", "Omar Haddad"),
        )

    async def _churn_reported(self) -> None:
        await self._report(
            "hugo",
            "board",
            "Cross-functional metric contradiction",
            "Churn of the third quarter for the board",
            ("CS platform", "2.1 %"),
            ("Finance ledger", "3.4 %"),
        )

    async def _churn_taken(self) -> None:
        remy = self._robot("remy")
        await remy.clicks("Acknowledge", _newest(remy.inbox(), "You decide #4"))

    async def _standup_answered(self) -> None:
        remy, carla = self._robot("remy"), self._robot("carla")
        await remy.clicks("Nothing to report", _newest(remy.inbox(), STANDUP))
        await carla.clicks("Report an issue", _newest(carla.inbox(), STANDUP))
        form = carla.modal
        await form.fill("Which system or connection?", "CS platform → CRM")
        await form.fill("What happens?", "Health scores arrive a day late; we copy them by hand.")
        await form.fill("Since when?", "the update of last Thursday")
        await form.choose("Whom do you need?", "Iris Wong")
        await form.choose("How bad?", "costs us work")
        await _sent(form, lambda: carla.modal)
        await carla.modal.close(everything=True)

    async def _nordics_reported(self) -> None:
        await self._report(
            "nina",
            "sales",
            "Pipeline forecast discrepancy",
            "Nordics revenue in the board deck",
            ("Clari AI", "2.6 M€"),
            ("Rep roll-up", "1.9 M€"),
        )

    async def _nordics_taken(self) -> None:
        vera = self._robot("vera")
        await vera.clicks("Acknowledge", _newest(vera.inbox(), "You decide #5"))
        card = _newest(vera.sees("sales"), "Nordics revenue in the board deck")
        await self._robot("omar").says(
            "Clari still has the Oslo deal in it, that one moved to spring.", thread=card
        )

    async def _meetings_reported(self) -> None:
        await self._report(
            "lena",
            "general",
            "Not sure",
            "Meetings booked by the AI assistant in October",
            ("Assistant's dashboard", "212"),
            ("Calendars", "147"),
        )

    async def _report(
        self,
        who: str,
        channel: str,
        kind: str,
        subject: str,
        *signals: tuple[str, str],
        account: tuple[str, str] | None = None,
    ) -> None:
        """Report as a person does: type the command, fill in the form, press Report."""
        person = self._robot(who)
        await person.types("/ai-conflict", channel=channel)
        form = person.modal
        await form.choose("What kind of conflict?", kind)
        await form.fill("What do they disagree about?", subject)
        if account:
            await form.fill("Account", account[0])
            await form.choose("Account owner", account[1])
        for place, (source, says) in enumerate(signals):
            await form.choose(f"{('First', 'Second')[place]} source", source, query=source)
            await form.fill("What it says", says, nth=place)
        await _sent(form, lambda: person.modal)
        await person.modal.close(everything=True)

    async def _decide(
        self, who: str, number_of: str, *, stands: str, number: str, decision: str, why: str
    ) -> None:
        """Decide from the newest message about it."""
        person = self._robot(who)
        offering = [message for message in person.inbox() if "Decide" in message.buttons]
        await person.clicks("Decide", _newest(offering, number_of))
        await person.modal.choose("Whose signal stands?", stands)
        await person.modal.fill("The number to use", number)
        await person.modal.fill("Decision", decision)
        await person.modal.fill("Why", why)
        form = person.modal
        await _sent(form, lambda: person.modal)
        if person.has_modal:
            await person.modal.close(everything=True)


async def _sent(form: RobotModal, shown: Callable[[], RobotModal]) -> None:
    outcome = await form.submit()
    if outcome.errors:
        raise RuntimeError(f"the example company's form was refused: {outcome.errors} in {shown().title!r}")


def _newest(seen: list[Seen], words: str) -> Seen:
    """The newest message that says `words`."""
    return next(message for message in reversed(seen) if words in message.text)
