"""Trouble while reporting: what was typed is kept, and a report is taken once or certainly not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from handlers.guard import NOT_SAVED
from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.robot_modal import RobotModal
from storage.people import change_person
from tests.conftest import execute
from tests.storage.opened import stores
from tests.stories.house import House
from tests.stories.reports import (
    FIRST,
    FORECAST,
    KIND,
    LEADS,
    SAYS,
    SECOND,
    SUBJECT,
    conflict,
    opens,
    reports,
    signals,
)

ASKED = "What would you like to do?"
FULL = """create function refuse() returns trigger language plpgsql
    as $$ begin raise exception 'no space left' using errcode = '53100'; end $$"""


async def filled_in(house: House) -> RobotModal:
    """A form that only waits to be sent."""
    form = await opens(house.robot("nina"), "Q4 pipeline for EMEA")
    await form.choose(KIND, FORECAST)
    await signals(form)
    return form


@asynccontextmanager
async def refusing(url: str) -> AsyncIterator[None]:
    """A database that takes no conflict: SQLite because another program holds it, PostgreSQL as if full."""
    where = make_url(url)
    if where.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(where.database), isolation_level=None)) as other:
            other.execute("begin immediate")
            yield
        return
    await execute(where, FULL)
    await execute(where, "create trigger refuse before insert on conflicts execute function refuse()")
    yield
    await execute(where, "drop trigger refuse on conflicts")


@asynccontextmanager
async def held_up(url: str) -> AsyncIterator[None]:
    """A PostgreSQL whose table of conflicts somebody else has locked."""
    engine = create_async_engine(url)
    async with engine.begin() as other:
        await other.execute(text("lock table conflicts in access exclusive mode"))
        yield
    await engine.dispose()


async def test_a_report_is_durable_before_it_is_acknowledged(house: House) -> None:
    """Nothing is said to Slack on the way: when the receipt stands there, the conflict is kept."""
    form = await filled_in(house)
    before = len(house.slack.record.calls)
    await form.submit()
    assert len(house.slack.record.calls) == before
    assert await conflict(house) is not None


@pytest.mark.parametrize("after", [timedelta(0), timedelta(minutes=5)], ids=["at once", "later"])
async def test_R24_the_same_report_delivered_twice_is_one_conflict(house: House, after: timedelta) -> None:
    """A second delivery, at once or minutes later, gets the first one's answer."""
    form = await filled_in(house)
    house.slack.faults.double_asking, house.slack.faults.double_after = 1, after
    await form.submit()
    await house.settle()
    house.clock.forward(after)
    house.server.look()
    await house.settle()
    assert "#1 is with Vera" in house.robot("nina").modal.text
    assert await conflict(house, 2) is None
    cards = [seen for seen in house.robot("nina").sees("sales") if "#1" in seen.text]
    assert len(cards) == 1


async def test_a_form_whose_answer_was_lost_is_taken_once_whatever_is_changed_in_it_then(
    house: House,
) -> None:
    """Another kind draws the form anew: still the same window and one conflict, and the receipt says so."""
    form = await filled_in(house)
    house.slack.faults.lose_acks = 1
    assert (await form.submit(patient=True)).trouble
    await form.choose(KIND, LEADS)
    await form.fill(SUBJECT, "Something else altogether")
    await form.submit()
    assert "#1 is with Vera" in form.text
    assert "What you changed after that is not in it" in form.text
    assert await conflict(house, 2) is None


async def test_what_is_corrected_before_it_is_taken_counts(house: House) -> None:
    """The offer to join was lost on its way: nothing was taken, so what stands in the form then is taken."""
    await reports(house.robot("nina"))
    form = await filled_in(house)
    house.slack.faults.lose_acks = 1
    assert (await form.submit(patient=True)).trouble
    await form.choose(KIND, LEADS)
    await form.fill(SUBJECT, "Are webinar leads any good?")
    await form.choose(FIRST, "Marketo", query="Marketo")
    await form.choose(SECOND, "Sales", query="Sales")
    await form.submit()
    assert form.title == "Report an AI conflict"
    made = await conflict(house, 2)
    assert made is not None
    assert (made.facts.subject, made.facts.type) == ("Are webinar leads any good?", "lead_quality")
    assert "What you changed" not in form.text


async def test_the_step_in_between_and_the_form_before_it_save_one_together(house: House) -> None:
    """Reported separately, the receipt lost, and sent again with the other choice: still one."""
    await reports(house.robot("nina"))
    form = await filled_in(house)
    await form.submit()
    await form.choose(ASKED, "Report it separately")
    house.slack.faults.lose_acks = 1
    assert (await form.submit(patient=True)).trouble
    await form.choose(ASKED, "Join #1 (open)")
    await form.submit()
    assert "#2 is with Vera" in form.text
    first = await conflict(house)
    assert first is not None
    assert first.joined == ()
    assert await conflict(house, 3) is None


async def test_R52_a_database_that_refuses_leaves_everything_typed(house: House, migrated_url: str) -> None:
    """The sentence stands under the first field; sent again, it is taken."""
    form = await filled_in(house)
    async with refusing(migrated_url):
        await form.submit()
    assert form.errors == {KIND: NOT_SAVED}
    assert form.value(SUBJECT) == "Q4 pipeline for EMEA"
    assert form.value(SAYS, nth=1) == "3.1 M€"
    assert await conflict(house) is None
    await form.submit()
    assert "#1 is with Vera" in house.robot("nina").modal.text
    assert await conflict(house, 2) is None


@pytest.mark.parametrize("migrated_url", ["postgres"], indirect=True)
async def test_R23_over_the_budget_it_is_rolled_back_and_said(house: House, migrated_url: str) -> None:
    """The database is held up for longer than Slack waits: said in time, not taken, and taken once later."""
    form = await filled_in(house)
    async with held_up(migrated_url):
        await form.submit()
    assert form.errors == {KIND: NOT_SAVED}
    assert await conflict(house) is None
    await form.submit()
    assert "#1 is with Vera" in house.robot("nina").modal.text
    assert await conflict(house, 2) is None


async def test_who_becomes_a_guest_while_the_form_is_open_is_told_and_loses_nothing(house: House) -> None:
    """The sentence stands under the first field."""
    form = await filled_in(house)
    admin.change_person(house.slack, "U0NINA", guest="single-channel")
    await house.server.settle()
    await form.submit()
    assert "Guests can't take part here" in form.errors[KIND]
    assert form.value(SUBJECT) == "Q4 pipeline for EMEA"


async def test_what_another_process_learned_of_somebody_counts_at_once(
    house: House, migrated_url: str
) -> None:
    """This one remembers a colleague; the other knows by now that the account was deactivated."""
    form = await filled_in(house)
    async with stores(migrated_url) as (_, (other,)):
        await other.write(
            lambda u: change_person(u.connection, u.team, "U0NINA", deactivated=True), team=house.team
        )
    await form.submit()
    assert "This account is deactivated" in form.errors[KIND]
    assert await conflict(house) is None


async def test_somebody_whom_slack_does_not_describe_at_the_last_moment_loses_nothing(house: House) -> None:
    """A day later the person is looked up again, and Slack does not answer: what was known counts."""
    form = await filled_in(house)
    house.clock.forward(timedelta(hours=25))
    house.slack.faults.plan(Fault(method="users.info", error="internal_error"))
    await form.submit()
    assert "#1 is with Vera" in house.robot("nina").modal.text
