"""A second Slack that begins where the first one stands."""

from __future__ import annotations

from datetime import timedelta

from sandbox.acts import speaking
from sandbox.clock import HandClock
from sandbox.delivery import Delivery
from sandbox.envelopes import Reply
from sandbox.slack import Slack
from tests.sandbox.asking import Asking, Ear


async def test_a_twin_knows_the_same_and_goes_its_own_way(asking: Asking, clock: HandClock) -> None:
    """Same messages, tokens and time; afterwards neither learns what the other does."""
    asking.join("C0SALES")
    asking.post(text="before")
    twin = asking.slack.twin()
    assert Asking(twin).slack.bot_token() == asking.slack.bot_token()
    Asking(twin).post(text="only in the twin")
    asking.post(text="only in the first")
    clock.forward(timedelta(hours=1))
    assert [words(slack) for slack in (asking.slack, twin)] == [
        ["before", "only in the first"],
        ["before", "only in the twin"],
    ]
    assert asking.slack.now() - twin.now() == timedelta(hours=1)


def words(slack: Slack) -> list[str]:
    return [message.text for message in slack.workspace.channels["C0SALES"].messages.values()]


async def test_nothing_a_twin_does_reaches_the_app_of_the_first(asking: Asking, ear: Ear) -> None:
    """It is connected to nothing, and nobody watches it."""
    asking.join("C0SALES")
    noticed: list[str] = []
    asking.slack.subscribe(lambda: noticed.append("changed"))
    twin = asking.slack.twin()
    speaking.say(twin, "U0NINA", "sales", "hello")
    twin.changed()
    await asking.slack.settle()
    assert ear.heard == []
    assert noticed == []


async def test_events_on_their_way_and_put_off_are_known_until_they_are_taken(
    asking: Asking, ear: Ear, clock: HandClock
) -> None:
    """Whoever goes on with a twin can deliver them to the next app."""
    delivery = Delivery(asking.slack, ear)
    asking.join("C0SALES")
    ear.answer = lambda envelope: Reply(failure="http_timeout")
    speaking.say(asking.slack, "U0NINA", "sales", "hello")
    assert [event.attempt for event in delivery.untaken()] == [0]
    await delivery.settle()
    [put_off] = delivery.untaken()
    assert put_off.attempt == 2
    ear.answer = lambda envelope: Reply()
    clock.forward(timedelta(minutes=1))
    delivery.look()
    await delivery.settle()
    assert delivery.untaken() == []
