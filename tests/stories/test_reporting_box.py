"""The box in the form: who decides, by when, which number stands until then, and who will hear of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from council.people import Absence
from storage import workspaces
from storage.store import Unit
from tests.stories.company import RULES, juniper
from tests.stories.house import House
from tests.stories.reports import (
    FORECAST,
    HEALTH,
    KIND,
    LEADS,
    METRIC,
    NEEDED,
    SUBJECT,
    configured,
    conflict,
    opens,
    reports,
    signals,
)

THURSDAY_BEFORE_NOON = datetime(2026, 11, 19, 10, 30, tzinfo=UTC)

BOXES = {
    LEADS: (
        "Remy (RevOps lead) decides by",
        "48 hours on working days",
        "Until then use: CRM lead score. One field in the CRM is the agreed lead score.",
        "Dean (Sales Manager) and Mila (Marketing Director) are told too. · Seen by: #sales",
    ),
    FORECAST: (
        "Vera (VP Sales) decides by",
        "before the Forecast meeting.",
        "Until then use: Rep roll-up. Sales owns the pipeline forecast.",
        "Remy (RevOps lead) is told too. · Seen by: #sales",
    ),
    METRIC: (
        "Remy (RevOps lead) decides by",
        "at the next AI Coordination Council, or an emergency call.",
        "Until then use: Ops report. RevOps owns the data.",
        "Vera (VP Sales), Mila (Marketing Director), Carla (CS Director) and Iris (Data Engineering) are",
    ),
    HEALTH: (
        "Carla (CS Director) decides by",
        "24–48 hours on working days",
        "Until then use: CS score. CS owns the customer health call.",
        "Seen by: #sales",
    ),
    "Not sure": (
        "Remy (RevOps lead) decides by",
        "24 hours on working days",
        "No source is agreed; nothing stands until Remy decides.",
        "Seen by: #sales",
    ),
}


@pytest.mark.parametrize("kind", BOXES)
async def test_each_kind_shows_who_decides_by_when_and_what_stands(house: House, kind: str) -> None:
    """Choosing the kind shows owner, deadline with its because, the number of record and who will see it."""
    form = await opens(house.robot("nina"))
    assert "Choose a kind and this box says who decides" in form.text
    await form.choose(KIND, kind)
    for words in BOXES[kind]:
        assert words in form.text


@pytest.mark.parametrize("kind", [kind for kind in BOXES if kind != HEALTH])
async def test_what_the_box_says_is_what_happens(house: House, kind: str) -> None:
    """The owner in the box is the owner of the conflict, and the receipt names the same number and place."""
    nina = house.robot("nina")
    receipt = await reports(nina, kind)
    made = await conflict(house)
    assert made is not None
    owner = house.slack.workspace.people[made.owner].first_name
    assert f"{owner} (" in BOXES[kind][0]
    assert f"#1 is with {owner}, by" in receipt.text
    assert "The card is in #sales." in receipt.text
    assert receipt.close_label == "Done"
    await house.settle()
    assert [seen for seen in nina.sees("sales") if "#1" in seen.text]


async def test_customer_health_asks_whose_account_it_is_at_once(house: House) -> None:
    """*Account* and *Account owner* stand in the first view and are required; the owner is told."""
    nina, omar = house.robot("nina"), house.robot("omar")
    form = await opens(nina, "Acme is about to leave")
    await form.choose(KIND, HEALTH)
    await signals(form, "82 of 100", "leaving")
    outcome = await form.submit()
    assert outcome.errors.keys() == {"account", "account_owner"}
    await form.fill("Account", "Acme")
    await form.choose("Account owner", "omar")
    assert "Omar (Account owner) is told too." in form.text
    await form.submit()
    assert "#1 is with Carla" in nina.modal.text
    await house.settle()
    assert "#1 concerns you" in omar.inbox()[-1].text


async def test_R31_a_guest_can_not_own_the_account(house: House) -> None:
    """Whoever may do nothing here is not told anything either; the field says what to do."""
    form = await opens(house.robot("nina"), "Acme is about to leave")
    await form.choose(KIND, HEALTH)
    await signals(form, "82 of 100", "leaving")
    await form.fill("Account", "Acme")
    await form.choose("Account owner", "gil")
    await form.submit()
    assert form.errors == {"Account owner": "Choose a colleague who is a full member here."}
    await form.choose("Account owner", "omar")
    await form.submit()
    assert "#1 is with Carla" in house.robot("nina").modal.text


async def test_the_kind_names_its_sides_at_the_sources(house: House) -> None:
    """The hints use the kind's own words for its two sides."""
    form = await opens(house.robot("nina"))
    await form.choose(KIND, LEADS)
    assert "Marketing's score" in form.text
    assert "Sales' judgment" in form.text


async def vera_is_away(house: House, hours: int = 0, stand_in: str | None = None) -> None:
    """For five days, from so many hours on."""
    since = house.clock.now() + timedelta(hours=hours)
    away = Absence(person="U0VERA", since=since, until=since + timedelta(days=5), stand_in=stand_in)

    def save(unit: Unit) -> None:
        workspaces.save_absence(unit.connection, unit.team, unit.ids(), away, unit.clock())

    await house.bot.store.write(save, team=house.team)


async def test_an_absence_is_told_with_who_stands_in(house: House) -> None:
    """The owner is away for a while: the box says until when, and who decides instead."""
    await vera_is_away(house)
    form = await opens(house.robot("nina"))
    await form.choose(KIND, FORECAST)
    assert "Dean (deputy VP Sales) decides by" in form.text
    assert "Vera is away until" in form.text
    assert "Dean stands in." in form.text


@pytest.mark.parametrize(("stand_in", "who"), [(None, "Dean"), ("U0OMAR", "Omar")])
async def test_R45_an_absence_that_begins_before_it_is_due_is_told_too(
    house: House, stand_in: str | None, who: str
) -> None:
    """Vera decides, and is away from tomorrow: the box says who has it from then on, as it then happens."""
    await vera_is_away(house, 24, stand_in)
    form = await opens(house.robot("nina"))
    await form.choose(KIND, FORECAST)
    assert "Vera (VP Sales) decides by" in form.text
    assert "Vera is away from Tomorrow at" in form.text
    assert f"; from then on {who} decides." in form.text
    await form.fill(SUBJECT, "Q4 pipeline for EMEA")
    await signals(form)
    await form.submit()
    await house.forward(hours=25)
    made = await conflict(house)
    assert made is not None
    assert made.owner == house.robot(who.lower()).id


async def test_an_absence_that_begins_after_it_is_due_is_not_told(house: House) -> None:
    """It changes nothing for this one."""
    await vera_is_away(house, 24 * 3)
    form = await opens(house.robot("nina"))
    await form.choose(KIND, FORECAST)
    assert "away" not in form.text


async def test_an_empty_seat_is_told_with_who_gets_it(house: House) -> None:
    """Nobody holds any seat: whoever installed the bot gets it, and the box says so."""
    roles = tuple(replace(role, holder=None, deputy=None) for role in juniper().roles)
    await configured(house, roles=roles)
    form = await opens(house.robot("nina"))
    await form.choose(KIND, HEALTH)
    assert "Nobody holds CS Director; Pavel, who installed me, gets it." in form.text


async def test_no_agreed_source_is_said_plainly(house: House) -> None:
    """Without a rule nothing stands until somebody decides."""
    await configured(house, precedence=())
    form = await opens(house.robot("nina"))
    await form.choose(KIND, FORECAST)
    assert "No source is agreed; nothing stands until Vera decides." in form.text


async def test_an_agreed_source_that_is_neither_of_the_two_is_said(house: House) -> None:
    """The number of record is a third one."""
    rules = (*(rule for rule in RULES if rule.type != "pipeline_forecast"),)
    finance = replace(RULES[1], stands="Finance ledger")
    await configured(house, precedence=(*rules, finance))
    form = await opens(house.robot("nina"))
    await signals(form)
    await form.choose(KIND, FORECAST)
    assert "The agreed source is Finance ledger; neither of these two." in form.text


async def test_a_needed_by_before_the_deadline_becomes_the_deadline(house: House) -> None:
    """What is needed on Wednesday is not decided on Thursday, and the box says why."""
    form = await opens(house.robot("nina"), "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await form.choose(NEEDED, "2026-11-18 12:00")
    assert "12:00" in form.text
    assert "needed by then; without that, before the Forecast meeting." in form.text
    await signals(form)
    await form.submit()
    made = await conflict(house)
    assert made is not None
    assert made.deadline.limit == datetime(2026, 11, 18, 11, 0, tzinfo=UTC)


async def test_a_meeting_that_comes_too_late_is_not_waited_for(house: House) -> None:
    """The council meets in December, it is needed tomorrow."""
    form = await opens(house.robot("nina"))
    await form.choose(KIND, METRIC)
    await form.choose(NEEDED, "2026-11-18 12:00")
    assert "comes too late for that, so it is not waited for." in form.text


async def test_a_needed_by_that_is_over_is_said_at_once_and_refused(house: House) -> None:
    """The box says it while typing; sending it puts the sentence under the field."""
    form = await opens(house.robot("nina"), "Q4 pipeline")
    await form.choose(KIND, FORECAST)
    await form.choose(NEEDED, "2026-11-16 12:00")
    assert "Needed by is over; pick a time after now." in form.text
    await signals(form)
    await form.submit()
    assert form.errors == {NEEDED: "Pick a time after now."}
    assert form.value(SUBJECT) == "Q4 pipeline"


async def test_near_a_cut_off_the_form_asks_which_meeting_and_hurries(house: House) -> None:
    """An hour and a half before the cut-off: *today* is preselected and immediate, *the next* is a choice."""
    await house.until(THURSDAY_BEFORE_NOON)
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    asked = "Forecast meeting: for today's meeting or the next?"
    assert form.value(asked) == "For today's meeting"
    assert "at the Forecast meeting that starts then" in form.text
    await form.choose(asked, "For the next one")
    assert "before the Forecast meeting" in form.text
    await form.choose(asked, "For today's meeting")
    await signals(form)
    await form.submit()
    made = await conflict(house)
    assert made is not None
    assert made.route.immediate
    assert made.window_ends == THURSDAY_BEFORE_NOON + timedelta(minutes=30)


async def test_one_gentle_line_when_nobody_names_a_number(house: House) -> None:
    """Never a refusal: the report is taken, and the receipt offers to add one."""
    nina = house.robot("nina")
    form = await opens(nina, "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form, "far too high", "about right")
    await form.submit()
    assert "#1 is with Vera" in nina.modal.text
    assert "None of them gives a number yet." in nina.modal.text
    await nina.modal.click("Add context")
    assert nina.modal.title == "Add context"
