"""What must hold whenever nothing is under way: Slack shows what the file says, and both hang together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from storage.outbox import key_of
from tests.simulation.watch import OF_A_POST, card_key, key_in

if TYPE_CHECKING:
    from tests.simulation.world import World

LATE = timedelta(minutes=10)
"""What was due so long ago and is not done never will be."""
OPEN = "('open', 'acknowledged')"


def unsettled(world: World) -> Iterator[str]:
    """Everything that is wrong, in words."""
    for check in (reports, cards, notices, keys, asked, wakes, lanes, secrets):
        yield from check(world)


def reports(world: World) -> Iterator[str]:
    """Every report is one conflict at most, and one when there was a receipt.

    Whose acknowledgement was lost, and who wants it separately from what was taken, gets a second one.
    """
    numbers = {row["number"]: row["body"] for row in world.watch.query("select number, body from conflicts")}
    for report in world.reported:
        made = [
            number for number, body in numbers.items() if report.tag in json.loads(body)["facts"]["subject"]
        ]
        promised = world.promised.get(report.tag)
        if len(made) > 1 and report.tag not in world.separate:
            yield f"{report.tag} was taken {len(made)} times: {made}"
        if promised is not None and promised not in made:
            yield f"the receipt of {report.tag} says #{promised}, but there is {made}"


def cards(world: World) -> Iterator[str]:
    """A conflict with a home has one card there, which shows the newest state; others have none."""
    found = world.watch.query(
        "select c.number, c.home, m.conflict, m.subject, m.kind, m.lane, m.reposted, "
        "m.ts, m.state, m.wanted, m.shown "
        "from conflicts c left join messages m on m.conflict = c.id and m.kind = 'card'"
    )
    for number, times in Counter(row["number"] for row in found).items():
        if times > 1:
            yield f"#{number} has {times} cards"
    for row in found:
        if row["home"] is None and row["state"] not in (None, "gone"):
            yield f"#{row['number']} has no home, but a card"
        if row["home"] is not None and row["state"] is None:
            yield f"#{row['number']} has no card"
        if row["state"] in ("waiting", "calling"):
            yield f"the card of #{row['number']} is {row['state']}: {row['shown']} of {row['wanted']}"
        missing = row["state"] == "shown" and not world.slack.workspace.message(row["lane"], row["ts"])
        if missing and card_key(row) not in world.deleted:
            yield f"the card of #{row['number']} is not in {row['lane']}"


def notices(world: World) -> Iterator[str]:
    """Every notice was said, or waits for its time, or was dropped with its reason."""
    late = world.wall() - LATE
    rows = world.watch.query('select kind, "to", state, why, not_before, called_at from notices')
    for row in rows:
        what = f"{row['kind']} to {row['to']}"
        if row["state"] == "waiting" and instant(row["not_before"]) < late:
            yield f"{what} waits since {instant(row['not_before'])}"
        if row["state"] == "calling" and instant(row["called_at"]) < late:
            yield f"{what} is being said since {instant(row['called_at'])}"
        if row["state"] == "dropped" and not row["why"]:
            yield f"{what} was dropped without a reason"
        if row["state"] not in ("waiting", "calling", "said", "dropped"):
            yield f"{what} is {row['state']}"


def keys(world: World) -> Iterator[str]:
    """What stands in Slack under a key stands there once, and is known; what was said stands there."""
    standing = Counter(standing_keys(world))
    for key, times in standing.items():
        if times > 1:
            yield f"{key} stands {times} times in Slack"
    rows = world.watch.query('select key, told_with, state, kind, "to", why from notices')
    said = {row["told_with"] or row["key"] for row in rows if row["state"] == "said"}
    for row in rows:
        key = row["told_with"] or row["key"]
        what = f"{row['kind']} to {row['to']}"
        if row["state"] == "said" and key not in standing and key not in world.deleted:
            yield f"{what} was said, but stands nowhere"
        if row["state"] == "dropped" and key in standing and key not in said and row["why"] in NOT_SAID:
            yield f"{what} was dropped ({row['why']}), but stands in Slack"
    known = {key for row in rows for key in (row["key"], row["told_with"])} | set(card_keys(world))
    for key in standing.keys() - known:
        yield f"{key} stands in Slack, but nobody knows it"


def card_keys(world: World) -> Iterator[str]:
    """The keys of all posts, wherever they stand or stood before they moved."""
    posts = f"select {OF_A_POST} from messages where kind not in ('dm', 'log')"
    for row in world.watch.query(posts):
        for channel in world.slack.workspace.channels:
            for times in range(row["reposted"] + 1):
                yield key_of(row["subject"] or row["conflict"], row["kind"], channel, times)


NOT_SAID = ("not true any more", "too late to be useful", "its subject is gone")


def standing_keys(world: World) -> Iterator[str]:
    """The keys of all messages of the bot that stand in Slack."""
    for channel in world.slack.workspace.channels.values():
        for message in channel.messages.values():
            if key := key_in({"metadata": message.metadata}):
                yield key


def asked(world: World) -> Iterator[str]:
    """Exactly one person is asked, and only the owner has the button that decides."""
    people = world.slack.workspace.people
    rows = world.watch.query(
        f"select id, number, owner, asked, reporter from conflicts where state in {OPEN}"
    )
    for row in rows:
        for person in (row["owner"], row["asked"]):
            if person not in people or people[person].deactivated:
                yield f"#{row['number']} asks {person}, who is not there"
        deciding = sorted(set(_with_decide(world, row["id"])))
        if deciding not in ([row["owner"]], []):
            yield f"#{row['number']} is {row['owner']}'s, but {deciding} have the button that decides"


def _with_decide(world: World, conflict: str) -> Iterator[str]:
    shown = "select person, channel, ts from messages where conflict = ? and kind = 'dm' and state = 'shown'"
    for row in world.watch.query(shown, conflict):
        message = world.slack.workspace.message(row["channel"], row["ts"])
        if message is not None and '"action_id": "decide"' in json.dumps(message.blocks):
            yield row["person"]


def secrets(world: World) -> Iterator[str]:
    """Nothing of a confidential conflict stands in a public channel."""
    bot, late = world.slack.app.bot_user, world.now() - LATE
    tags = [tag for tag, secret in world.watch.secrets.items() if secret.since < late]
    for channel in world.slack.workspace.channels.values():
        if channel.kind != "public":
            continue
        for message in channel.messages.values():
            words = json.dumps([message.text, message.blocks]) if message.user == bot else ""
            yield from (f"{tag} stands in #{channel.name}" for tag in tags if tag in words)


def wakes(world: World) -> Iterator[str]:
    """What is open is looked at again, in time; nothing is parked."""
    rows = world.watch.query(
        "select c.number, c.state, w.wake_at, w.parked from conflicts c left join wakes w on w.subject = c.id"
    )
    for row in rows:
        if row["parked"]:
            yield f"#{row['number']} is parked"
        if row["wake_at"] is not None and instant(row["wake_at"]) < world.wall() - LATE:
            yield f"#{row['number']} was to be looked at {instant(row['wake_at'])}"


def lanes(world: World) -> Iterator[str]:
    """No lane is held up, and none waits for something that is over."""
    for row in world.watch.query("select lane, ready_at, failing_since, error from lanes"):
        if row["failing_since"] is not None:
            yield f"the lane of {row['lane']} fails since {instant(row['failing_since'])}: {row['error']}"
        if row["ready_at"] is not None and instant(row["ready_at"]) < world.wall() - LATE:
            yield f"the lane of {row['lane']} has something to do since {instant(row['ready_at'])}"


def instant(microseconds: Any) -> datetime:
    """What the file keeps, as aware UTC."""
    return datetime.fromtimestamp(int(microseconds) / 1_000_000, UTC)
