"""Slack fails, is slow, is away: everything is said in the end, once, and one in trouble delays no other."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from sandbox.acts import admin
from sandbox.faults import Fault
from sandbox.seen import Seen
from storage import lanes, messages, outbox
from storage.store import Unit
from tests.stories.company import COUNCIL, SALES
from tests.stories.house import House
from tests.stories.keeping import kept

POST = "chat.postMessage"


def cards(house: House, channel: str = "ai-council") -> list[Seen]:
    return [message for message in house.robot("nina").sees(channel) if "#1" in message.text]


def asked(house: House, name: str = "vera") -> list[Seen]:
    return [message for message in house.robot(name).inbox() if "#1" in message.text]


TROUBLES = [
    pytest.param(Fault(POST, status=500, times=2), id="fails twice"),
    pytest.param(Fault(POST, status=503, after_the_fact=True, times=2), id="fails, and drops the line"),
    pytest.param(Fault(POST, after_the_fact=True, times=3), id="done, but the answer never comes"),
    pytest.param(Fault(POST, error="internal_error", times=2), id="stumbles"),
    pytest.param(Fault(POST, retry_after=30, times=2), id="is too busy"),
    pytest.param(Fault("conversations.open", status=500, times=3), id="opens no conversation"),
    pytest.param(Fault("chat.update", status=500, times=3), id="changes nothing"),
    pytest.param(Fault("*", error="ratelimited", times=6), id="limits everything"),
]


@pytest.mark.parametrize("fault", TROUBLES)
async def test_R12_whatever_slack_does_everything_is_said_once(house: House, fault: Fault) -> None:
    """One card, one message for who decides and one for who is told, whatever happened on the way."""
    house.slack.faults.plan(fault)
    await kept(house)
    await house.forward(minutes=10)
    assert len(cards(house)) == 1
    assert len(asked(house)) == 1
    assert len(asked(house, "remy")) == 1


async def test_R26_one_429_delays_no_other_conversation(house: House) -> None:
    """The channel is blocked for a minute; the people hear at once, and the channel after the minute."""
    house.slack.faults.plan(Fault(POST, channel=COUNCIL, retry_after=60))
    await kept(house)
    await house.forward(seconds=30)
    assert (len(asked(house)), len(asked(house, "remy")), len(cards(house))) == (1, 1, 0)
    assert len(house.slack.record.calls_of(POST)) == 3
    await house.forward(seconds=45)
    assert len(cards(house)) == 1


async def test_R3_slack_is_away_for_half_an_hour(house: House) -> None:
    """Reported just before: all is said when it is back, once, and nobody is told of it as trouble twice."""
    await kept(house)
    house.slack.faults.go_away(house.clock.now(), timedelta(minutes=30))
    for _ in range(3):
        await house.bot.clock.look()
        house.clock.forward(timedelta(minutes=10, seconds=1))
    await house.forward(minutes=3)
    assert (len(cards(house)), len(asked(house)), len(asked(house, "remy"))) == (1, 1, 1)


async def test_R28_an_archived_channel_sends_the_card_home_and_tells_admins_once(house: House) -> None:
    """The card goes to the council's channel; Pavel, the admin, hears once what to do."""
    admin.archive(house.slack, "sales", "U0VERA")
    await kept(house, home=SALES)
    await kept(house, "another subject", home=SALES)
    await house.forward(minutes=2)
    assert len(cards(house)) == 1
    [told] = [m for m in house.robot("pavel").inbox() if "can't reach" in m.text]
    assert "#sales" in told.text or SALES in told.text


async def test_a_card_deleted_by_hand_is_posted_anew_once(house: House) -> None:
    """Deleted again it stays away: whoever deletes it twice means it."""
    id_ = await kept(house)
    await house.settle()
    for left in (1, 0):
        [card] = cards(house)
        await house.robot("pavel").deletes(card)
        await house.bot.store.write(partial(look_different, id_=id_), team=house.team)
        await house.forward(seconds=30)
        assert len(cards(house)) == left
    house.provoked("message_not_found")


def look_different(unit: Unit, id_: str) -> None:
    lanes.ready(unit.connection, unit.team, messages.want(unit.connection, unit.team, id_, unit.clock()))


async def test_somebody_who_left_is_not_written_to_again(house: House) -> None:
    """The deputy is asked instead; what was meant for who left is recorded as dropped with its reason."""
    id_ = await kept(house)
    admin.deactivate(house.slack, "U0VERA")
    await house.forward(minutes=5)
    assert len(asked(house, "dean")) == 1
    dropped = await house.bot.store.read(lambda c: outbox.history(c, house.team, id_))
    assert any(each.state == "dropped" for each in dropped)


async def test_many_small_things_for_one_person_become_one_message(house: House) -> None:
    """Five reminders that fell due while it was stopped are one message, a line for each."""
    for n in range(5):
        await kept(house, f"topic{n} figures{n}")
    await house.settle()
    before = len(house.robot("vera").inbox())
    house.clock.forward(timedelta(hours=6))
    await house.settle()
    [gathered] = house.robot("vera").inbox()[before:]
    assert gathered.text.startswith("5 things")
    assert all(f"#{n}" in gathered.text for n in range(1, 6))


async def test_when_nothing_is_due_nothing_is_called_and_nothing_is_written(house: House) -> None:
    """An idle bot makes no call to Slack; looking finds nothing to do."""
    await kept(house)
    await house.forward(minutes=1)
    calls = len(house.slack.record.calls)
    for _ in range(5):
        await house.bot.clock.look()
    assert len(house.slack.record.calls) == calls
