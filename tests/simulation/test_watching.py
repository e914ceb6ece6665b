"""What watches the simulated company does see what is wrong: each check, with what it has to find."""

from __future__ import annotations

import copy
import json
import sqlite3
from collections.abc import Callable, Iterator

import pytest

from sandbox.messages import Message
from sandbox.wire import Answer, as_json_call
from tests.simulation.defects import unprovoked
from tests.simulation.settled import unsettled
from tests.simulation.story import complaints, lived
from tests.simulation.watch import Secret, key_in
from tests.simulation.world import World

Mischief = Callable[[World], None]


OTHERS_TOLD = """select m.channel, m.ts from messages m join conflicts c on c.id = m.conflict
where m.kind = 'dm' and m.person <> c.owner and c.state in ('open', 'acknowledged')"""


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    """A company after an ordinary week in which something is open and something is confidential.

    Everything in it is as it should be. What people do changes with what they can do, so the first seed
    that has it all is taken.
    """
    for seed in range(1, 20):
        with complaints(), lived(seed, 1, troubled=False) as world:
            if world.watch.secrets and world.watch.query(OTHERS_TOLD):
                assert list(unsettled(world)) == []
                yield world
                return
    pytest.fail("no ordinary week has something open and something confidential")


def change(world: World, sql: str) -> None:
    """Change something behind everybody's back."""
    with sqlite3.connect(world.database) as file:
        assert file.execute(sql).rowcount > 0, sql
    file.close()


def dms(world: World) -> list[tuple[str, Message]]:
    """Everything of the bot that stands in direct messages and has a key, with its channel."""
    channels = world.slack.workspace.channels.values()
    return [
        (channel.id, message)
        for channel in channels
        for message in channel.messages.values()
        if channel.kind == "im" and key_in({"metadata": message.metadata})
    ]


def say_twice(world: World) -> None:
    channel, message = dms(world)[0]
    again = copy.copy(message)
    again.ts = world.slack.ids.ts()
    world.slack.workspace.channels[channel].add(again)


def take_away(world: World) -> None:
    channel, message = dms(world)[-1]
    world.slack.workspace.channels[channel].drop(message)


def promise(world: World) -> None:
    world.promised[world.reported[0].tag] = 99


def take_card_away(world: World) -> None:
    change(world, "update messages set ts = '1.000001' where kind = 'card' and state = 'shown'")


def lose_owner(world: World) -> None:
    [row] = world.watch.query("select owner from conflicts where state in ('open', 'acknowledged') limit 1")
    world.slack.workspace.people[row["owner"]].deactivated = True


def offer_to_another(world: World) -> None:
    row = world.watch.query(OTHERS_TOLD)[0]
    message = world.slack.workspace.message(row["channel"], row["ts"])
    assert message is not None
    message.blocks = [{"type": "actions", "elements": [{"type": "button", "action_id": "decide"}]}]


def betray(world: World) -> None:
    tag = next(report.tag for report in world.reported if not report.secret)
    world.watch.secrets[tag] = Secret("U0NINA", world.start)


@pytest.mark.parametrize(
    ("mischief", "seen"),
    [
        (say_twice, "stands 2 times in Slack"),
        (take_away, "was said, but stands nowhere"),
        (promise, "says #99"),
        (lose_owner, "who is not there"),
        (offer_to_another, "have the button that decides"),
        (betray, "stands in #"),
        (take_card_away, "is not in C0"),
        (lambda w: change(w, "update notices set state = 'waiting', not_before = 0"), "waits since"),
        (lambda w: change(w, "update notices set state = 'calling', called_at = 0"), "is being said since"),
        (lambda w: change(w, "update notices set state = 'dropped', why = ''"), "without a reason"),
        (lambda w: change(w, "update messages set state = 'waiting' where kind = 'card'"), "is waiting"),
        (lambda w: change(w, "update wakes set parked = 1"), "is parked"),
        (lambda w: change(w, "update wakes set wake_at = 0"), "was to be looked at"),
        (lambda w: change(w, "update lanes set failing_since = 0"), "fails since"),
        (lambda w: change(w, "update lanes set ready_at = 0"), "has something to do since"),
        (lambda w: change(w, "delete from messages where kind = 'card'"), "has no card"),
    ],
)
def test_what_does_not_hang_together_is_seen(world: World, mischief: Mischief, seen: str) -> None:
    """Once it was done, and not before."""
    assert not [what for what in unsettled(world) if seen in what]
    mischief(world)
    assert [what for what in unsettled(world) if seen in what]


def test_a_post_without_a_mark_is_seen(world: World) -> None:
    """Nothing is said whose saying was not committed first."""
    metadata = {"event_type": "tiebreak_notice", "event_payload": {"key": "made up"}}
    world.watch.before("chat.postMessage", as_json_call("", {"channel": "C0SALES", "metadata": metadata}))
    assert "posted without a mark" in world.watch.wrong[-1]


def test_telling_an_outsider_is_seen(world: World) -> None:
    """Whoever takes part may know; whoever does not may not, wherever it is said."""
    tag = next(iter(world.watch.secrets))
    channel = world.slack.workspace.direct(world.slack.app.bot_user, "U0LENA").id
    request = as_json_call("", {"channel": channel, "ts": "1.0", "text": f"Churn {tag}"})
    world.watch.after("chat.update", request, Answer({"ok": True, "channel": channel}))
    assert f"was told of {tag}" in world.watch.wrong[-1]


def test_a_refusal_nobody_provoked_is_seen(world: World) -> None:
    """As is an acknowledgement that came too late although no socket broke."""
    world.breaks.clear()
    world.slack.defect("refused", "invalid_blocks", "chat.postMessage: invalid_blocks")
    world.slack.defect("not acknowledged", "http_timeout", "block_actions")
    assert [what.split(": ")[1] for what in unprovoked(world)] == ["invalid_blocks", "http_timeout"]
    world.breaks.append(world.time.now - 1)
    assert [what.split(": ")[1] for what in unprovoked(world)] == ["invalid_blocks"]


def test_the_keys_of_messages_are_read_from_json_too() -> None:
    """The client sends metadata as an object, or as JSON text."""
    metadata = {"event_payload": {"key": "k"}}
    assert key_in({"metadata": json.dumps(metadata)}) == key_in({"metadata": metadata}) == "k"
