"""The council's dates in somebody's own calendar: a private link, and what it leads to."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import aiohttp
import pytest
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import select

from bot.calendar_page import calendar_page
from bot.pages import served
from council.cadence import occurrence_on
from council.planning import Seen, Slot, move, skip
from handlers.calendar.feed import PATH
from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.robot import Robot
from sandbox.seen import Seen as Message
from storage import deliveries, planning
from storage.store import Unit
from storage.tables_council import feeds
from tests.stories.acting import reported
from tests.stories.company import whole_juniper
from tests.stories.house import House, open_house

ADDRESS = "https://tiebreak.juniper.example"
COUNCIL, STANDUP = "AI Coordination Council", "AI integration standup"


@dataclass
class Outside:
    """Somewhere outside of Slack: a calendar that asks for what a link leads to."""

    house: House
    session: aiohttp.ClientSession

    async def asks(self, link: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
        """Status, text and headers."""
        path = link.removeprefix(ADDRESS)
        async with self.session.get(path, headers=headers) as answer:
            return answer.status, await answer.text(), answer.headers

    async def calendar(self, link: str) -> Calendar:
        """What it shows."""
        status, text, _ = await self.asks(link)
        assert status == 200, text
        return IcsCalendarStream.calendar_from_ics(text)

    async def names(self, link: str) -> set[str]:
        """Of everything in it."""
        return {str(event.summary) for event in (await self.calendar(link)).events}


@pytest.fixture
async def outside(database_url: str) -> AsyncIterator[Outside]:
    """The company with all its ceremonies, and calendars that can be reached."""
    async with open_house(database_url, configuration=whole_juniper(), address=ADDRESS) as house:
        pages = {PATH: calendar_page(house.bot.desk, house.bot.client)}
        async with served("127.0.0.1", 0, pages) as url, aiohttp.ClientSession(url) as session:
            yield Outside(house, session)
        assert not house.slack.record.defects, house.slack.record.defects


async def types(person: Robot) -> Message:
    """`/ai-council calendar`: the answer."""
    await person.types("/ai-council calendar", channel="sales")
    return person.ephemerals[-1]


async def presses(person: Robot, label: str) -> Message:
    """A button of the answer."""
    await person.clicks(label, await types(person))
    return person.ephemerals[-1]


def link(message: Message) -> str:
    """The link in it; there is one."""
    [found] = set(re.findall(rf"{ADDRESS}/calendar/[\w-]+\.ics", message.text))
    return str(found)


async def test_a_private_link_leads_to_what_is_ones_own(outside: Outside) -> None:
    """Vera is VP Sales: the council's meetings are hers, the standup has other people."""
    vera = outside.house.robot("vera")
    answer = await types(vera)
    assert answer.only_me
    assert "In it: AI Coordination Council, Strategic review, Joint leadership review" in answer.text
    assert STANDUP not in answer.text
    assert answer.buttons == ("Show my private link", "Download .ics")
    shown = await presses(vera, "Show my private link")
    assert shown.only_me
    names = await outside.names(link(shown))
    assert {COUNCIL, "Strategic review"} <= names
    assert not names & {STANDUP, "Forecast meeting"}


async def test_it_follows_what_becomes_of_a_meeting(outside: Outside) -> None:
    """Moved, it is where it is now; skipped, it is there as cancelled; and only then there is news."""
    address = link(await presses(outside.house.robot("vera"), "Show my private link"))
    status, _, headers = await outside.asks(address)
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert headers["Cache-Control"] == "private, no-cache"
    known = {"If-None-Match": headers["ETag"]}
    assert (await outside.asks(address, **known))[:2] == (304, "")
    await _moved(outside.house)
    status, text, _ = await outside.asks(address, **known)
    assert status == 200
    [changed] = [event for event in IcsCalendarStream.calendar_from_ics(text).events if event.recurrence_id]
    assert (changed.recurrence_id, changed.start_datetime.isoformat()) == (
        "20261208T100000",
        "2026-12-09T13:00:00+00:00",
    )
    assert "Half of us are at a fair" in (changed.description or "")
    before = changed.sequence or 0
    await _skipped(outside.house)
    [changed] = [event for event in (await outside.calendar(address)).events if event.recurrence_id]
    assert (changed.summary, changed.status) == (f"Cancelled: {COUNCIL}", "CANCELLED")
    assert (changed.sequence or 0) > before


async def _moved(house: House) -> None:
    slot = Slot(day=date(2026, 12, 9), at=time(14), reason="Half of us are at a fair")

    def change(unit: Unit) -> None:
        workspace = planning.to_plan(unit)
        assert workspace is not None
        by, now = workspace.people["U0REMY"], unit.clock()
        planning.keep(unit, move(_seen(unit), slot, (), by=by, workspace=workspace, now=now))

    await house.bot.store.write(change, team=house.team)


async def _skipped(house: House) -> None:
    def change(unit: Unit) -> None:
        workspace = planning.to_plan(unit)
        assert workspace is not None
        by, now = workspace.people["U0REMY"], unit.clock()
        planning.keep(unit, skip(_seen(unit), "No need", (), by=by, workspace=workspace, now=now))

    await house.bot.store.write(change, team=house.team)


def _seen(unit: Unit) -> Seen:
    """December's council, where it is now."""
    workspace = unit.known.workspace(now=unit.clock())
    assert workspace is not None
    on = date(2026, 12, 8)
    found = occurrence_on(workspace.calendar, "council_meeting", on)
    assert found is not None
    return Seen(ceremony="council_meeting", on=on, starts=found.starts)


async def test_a_new_link_ends_the_old_one(outside: Outside) -> None:
    """It is shown once, and asking for it again replaces nothing; **New link** does, and says so."""
    vera = outside.house.robot("vera")
    first = await types(vera)
    old = link(await presses(vera, "Show my private link"))
    await vera.clicks("Show my private link", first)
    again = vera.ephemerals[-1]
    assert "cannot be shown again" in again.text
    assert again.buttons == ("New link", "Remove link", "Download .ics")
    assert (await outside.asks(old))[0] == 200
    await vera.clicks("New link", again)
    new = link(vera.ephemerals[-1])
    assert "The old one has stopped working." in vera.ephemerals[-1].text
    assert new != old
    assert ((await outside.asks(old))[0], (await outside.asks(new))[0]) == (404, 200)
    await presses(vera, "Remove link")
    assert (await outside.asks(new))[0] == 404
    assert (await types(vera)).buttons == ("Show my private link", "Download .ics")


async def test_what_is_unknown_tells_nothing(outside: Outside) -> None:
    """Neither a guessed secret nor another path; and the answer is kept by nobody."""
    for path in ("/calendar/x.ics", f"/calendar/{'A' * 43}.ics"):
        status, text, headers = await outside.asks(path)
        assert (status, text) == (404, "There is no such calendar.")
        assert headers["Cache-Control"] == "private, no-cache"
    assert (await outside.asks("/calendar/"))[0] == 404


@pytest.mark.parametrize("becoming", ["deactivated", "a guest"])
async def test_who_has_left_has_no_calendar_any_more(outside: Outside, becoming: str) -> None:
    """Nor has who became a guest; their link is as good as none."""
    house = outside.house
    address = link(await presses(house.robot("vera"), "Show my private link"))
    if becoming == "deactivated":
        admin.deactivate(house.slack, "U0VERA")
    else:
        admin.change_person(house.slack, "U0VERA", guest="multi-channel")
    await house.server.settle()
    assert (await outside.asks(address))[0] == 404


async def test_the_councils_calendar_has_everything_and_is_for_the_chair_and_admins(outside: Outside) -> None:
    """Others are not even offered it; it stays when who made it has left."""
    remy, pavel = outside.house.robot("remy"), outside.house.robot("pavel")
    assert "The council's calendar" not in (await types(outside.house.robot("vera"))).text
    shown = await presses(remy, "Show the council's link")
    assert {COUNCIL, STANDUP, "Forecast meeting"} <= await outside.names(link(shown))
    admin.deactivate(outside.house.slack, "U0REMY")
    await outside.house.server.settle()
    assert (await outside.asks(link(shown)))[0] == 200
    new = link(await presses(pavel, "New council link"))
    assert ((await outside.asks(link(shown)))[0], (await outside.asks(new))[0]) == (404, 200)


async def test_a_press_that_comes_twice_makes_one_link(outside: Outside) -> None:
    """The second time its answer cannot hold the link: nobody keeps it. The first one's works."""
    house, vera = outside.house, outside.house.robot("vera")
    answer = await types(vera)
    house.slack.faults.double_asking = 1
    await vera.clicks("Show my private link", answer)
    await house.settle()
    texts = [message.text for message in vera.ephemerals]
    links = {found for text in texts for found in re.findall(rf"{ADDRESS}\S+\.ics", text)}
    assert len(links) == 1
    assert (await outside.asks(links.pop()))[0] == 200
    assert sum("was shown once already" in text for text in texts) == 1


async def test_the_database_opens_no_calendar(outside: Outside) -> None:
    """Neither where links are kept nor among the answers kept for repetitions is a secret."""
    address = link(await presses(outside.house.robot("vera"), "Show my private link"))
    secret = address.rpartition("/")[2].removesuffix(".ics")

    def everything(unit: Unit) -> str:
        tables = (feeds, deliveries.deliveries)
        return "".join(str(unit.connection.execute(select(table)).all()) for table in tables)

    kept = await outside.house.bot.store.write(everything, team=outside.house.team)
    assert "U0VERA" in kept
    assert secret not in kept


async def test_without_an_address_there_are_no_links(council: House) -> None:
    """The operator has not switched them on: it says so, and the file is there."""
    vera = council.robot("vera")
    answer = await types(vera)
    assert "Links are switched off here." in answer.text
    assert answer.buttons == ("Download .ics",)


async def test_the_file_comes_as_a_direct_message(council: House) -> None:
    """Asked for once, there once; in it are the dates as they are planned now."""
    vera = council.robot("vera")
    answer = await presses(vera, "Download .ics")
    assert answer.text == "The file comes as a direct message."
    await council.settle()
    [message] = vera.inbox()
    assert message.text.split("\n")[-1].startswith("The dates as they are planned now.")
    assert message.text.startswith("I am Tiebreak")
    [(name, id)] = message.files.items()
    assert re.fullmatch(r"council-dates-[0-9a-f]{8}\.ics", name)
    assert {str(event.summary) for event in _file(council, id).events} >= {COUNCIL, "Strategic review"}
    await council.forward(hours=2)
    assert len(vera.inbox()) == 1


def _file(house: House, id: str) -> Calendar:
    content = house.slack.uploads[id].content
    assert content is not None
    return IcsCalendarStream.calendar_from_ics(content.decode())


async def test_the_councils_file_is_for_the_chair_and_admins(council: House) -> None:
    """With everything in it."""
    remy = council.robot("remy")
    await presses(remy, "Download the council's .ics")
    await council.settle()
    [(_, id)] = remy.inbox()[-1].files.items()
    assert {STANDUP, "Forecast meeting"} <= {str(event.summary) for event in _file(council, id).events}


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("files.getUploadURLExternal", {"error": "internal_error"}),
        ("files.getUploadURLExternal", {"after_the_fact": True}),
        ("files.completeUploadExternal", {"retry_after": 30}),
        ("files.completeUploadExternal", {"error": "internal_error"}),
        ("files.completeUploadExternal", {"after_the_fact": True}),
    ],
)
async def test_when_slack_stumbles_the_file_still_comes_once(
    council: House, method: str, fault: dict[str, Any]
) -> None:
    """Before it can be seen it is done again; after that it is looked for by its name."""
    vera = council.robot("vera")
    council.slack.faults.planned = [Fault(method=method, **fault)]
    await presses(vera, "Download .ics")
    await council.forward(minutes=5)
    assert len([message for message in vera.inbox() if message.files]) == 1


async def test_without_the_right_to_send_files_it_says_so_and_holds_up_nothing(council: House) -> None:
    """An app that was not installed anew since: the person reads why, and hears everything else."""
    vera = council.robot("vera")
    council.slack.faults.planned = [Fault(method="files.getUploadURLExternal", error="missing_scope")]
    await presses(vera, "Download .ics")
    await council.settle()
    [message] = vera.inbox()
    assert "Slack did not let me send the file (missing_scope)." in message.text
    await reported(council)
    assert "You decide #1" in vera.inbox()[-1].text
