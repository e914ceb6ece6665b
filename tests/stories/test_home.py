"""App Home: what waits for somebody, what they reported, what was decided; useful when empty."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from council.conflict import State
from sandbox.faults import Fault
from sandbox.robot import Robot
from storage.tables import conflicts as rows
from tests.stories.acting import PIPELINE, decides, now_of, reported
from tests.stories.company import COUNCIL
from tests.stories.house import House
from tests.stories.keeping import kept

EMPTY = "Nothing is waiting for you."


async def opens(house: House, name: str) -> Robot:
    """Somebody looks at the app."""
    robot = house.robot(name)
    await robot.opens_home()
    await house.settle()
    return robot


async def test_it_is_useful_when_empty(house: House) -> None:
    """Nothing is waiting, what the app is for, the next meeting, and a button to begin."""
    nina = await opens(house, "nina")
    assert EMPTY in nina.home.text
    assert "/ai-conflict" in nina.home.text
    assert "Next meeting" in nina.home.text
    assert "Set up" not in nina.home.text
    await nina.home.click("Report a conflict")
    assert nina.modal.title == "Report an AI conflict"


async def test_what_waits_for_somebody_stands_first_and_is_done_from_there(house: House) -> None:
    """The owner decides from Home; the reporter finds the decision on theirs without opening it again."""
    conflict = await reported(house)
    nina, vera = await opens(house, "nina"), await opens(house, "vera")
    assert "You reported" in nina.home.text
    assert "Vera decides by" in nina.home.text
    assert "#1 Q4 pipeline for EMEA\ndecide by" in vera.home.text
    await vera.home.click("Decide")
    await vera.modal.choose("Whose signal stands?", "Rep roll-up")
    await vera.modal.fill("Decision", "Present 3.1 M€.")
    await vera.modal.fill("Why", "Clari counts renewals twice.")
    await vera.modal.submit()
    await house.settle()
    assert (await now_of(house, conflict.id)).state is State.DECIDED
    assert EMPTY in vera.home.text
    assert "decided: Rep roll-up stands, 3.1 M€." in nina.home.text
    assert "Recent decisions" in nina.home.text


async def test_whoever_looked_lately_sees_what_is_new_without_looking_again(house: House) -> None:
    """For seven days; later it is drawn when they open it, and not before."""
    vera = await opens(house, "vera")
    await reported(house)
    assert "#1 Q4 pipeline for EMEA" in vera.home.text
    await house.forward(days=8)
    drawn = len(house.slack.record.calls_of("views.publish"))
    await reported(house, subject="Q1 outlook for LATAM")
    assert len(house.slack.record.calls_of("views.publish")) == drawn
    await opens(house, "vera")
    assert "Q1 outlook for LATAM" in vera.home.text


async def test_nobody_sees_what_others_keep_confidential(house: House) -> None:
    """A confidential decision stands on the Homes of those who take part, and on no other."""
    await reported(house, confidential=True)
    await decides(house, house.robot("vera"))
    omar, nina = await opens(house, "omar"), await opens(house, "nina")
    assert "Q4 pipeline" not in omar.home.text
    assert "Q4 pipeline" in nina.home.text


async def test_guests_are_told_kindly(house: House) -> None:
    """Who is no full member sees who can help instead."""
    gil = await opens(house, "gil")
    assert "Guests can't take part here" in gil.home.text
    assert gil.home.buttons == []


async def test_who_looks_after_it_sees_what_is_missing(house: House) -> None:
    """Seats without a deputy; to all others the set-up is no matter."""
    pavel = await opens(house, "pavel")
    assert "Set up" in pavel.home.text
    assert "has no deputy" in pavel.home.text or "Every seat is held" in pavel.home.text


async def test_R6_what_stands_still_shows_to_who_looks_after_it(house: House) -> None:
    """A channel that has taken nothing for a quarter of an hour, until it does again."""
    stuck = "1 receiver has taken nothing for a quarter of an hour"
    error = "team_access_not_granted"
    house.slack.faults.plan(Fault("chat.postMessage", channel=COUNCIL, error=error, times=10_000))
    await kept(house)
    assert stuck not in (await opens(house, "pavel")).home.text
    await house.forward(minutes=17)
    assert stuck in (await opens(house, "pavel")).home.text
    assert stuck not in (await opens(house, "nina")).home.text
    house.slack.faults.clear()
    await house.forward(minutes=2)
    assert stuck not in (await opens(house, "pavel")).home.text


async def test_one_person_owning_most_of_it_is_said_to_the_chair_only(house: House) -> None:
    """Four open, all Vera's: the chair reads it, Vera does not."""
    for word in ("alpha", "beta", "gamma", "delta"):
        await reported(house, replace(PIPELINE, subject=f"Pipeline {word}"))
    remy, vera = await opens(house, "remy"), await opens(house, "vera")
    assert "Vera owns more than half of what is open." in remy.home.text
    assert "more than half" not in vera.home.text


@pytest.mark.parametrize("many", [10_000])
async def test_ten_thousand_behind_it_fit_on_it(house: House, many: int) -> None:
    """The most urgent are shown, the others counted; Slack's hundred blocks are never passed."""
    conflict = await reported(house)

    def copy(connection: Connection) -> None:
        row = dict(connection.execute(rows.select()).one()._mapping)
        copies = [{**row, "id": f"x{n}", "number": n + 2} for n in range(many)]
        connection.execute(rows.insert(), copies)

    await house.bot.store.write(lambda unit: copy(unit.connection), team=house.team)
    vera = await opens(house, "vera")
    assert f"and {many + 1 - 12} more: /ai-conflict list mine shows them." in vera.home.text
    assert len(house.slack.views[house.slack.homes[vera.id]].blocks) <= 100
    assert conflict.number == 1


async def test_slack_refusing_to_draw_it_holds_up_nothing(house: House) -> None:
    """The message to the owner comes; Home is drawn when it is opened again."""
    vera = await opens(house, "vera")
    house.slack.faults.planned = [Fault(method="views.publish", error="internal_error")]
    await reported(house)
    assert any("You decide #1" in message.text for message in vera.inbox())
    assert EMPTY in vera.home.text
    await opens(house, "vera")
    assert "#1 Q4 pipeline for EMEA" in vera.home.text
