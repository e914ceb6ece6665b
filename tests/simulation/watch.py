"""What must hold at every call, whatever happens: watched from outside, in Slack and in the file.

The watch reads the bot's file through a connection of its own, so it sees only what is committed.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox.envelopes import Envelope, Reply
from sandbox.refusal import Refused
from sandbox.slack import Slack
from sandbox.wire import Answer, Request, arguments
from storage.outbox import key_of

ANSWERS = frozenset({"typed answer", "which one", "what can be done", "take over offered", "on it already"})
"""Kinds of notices that answer what somebody just typed: no pings."""
ASKING = frozenset(
    {"owner asked", "handed over", "reminded to acknowledge", "due soon", "chain asked", "still open"}
)
TAG = re.compile(r"case\d{4}")
OF_A_POST = "conflict, subject, kind, lane, reposted"
"""What the key of a post is made of."""
GRACE = timedelta(seconds=20)
"""What was on its way when a conflict became confidential may still arrive."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A confidential conflict, or one that is about to be reported: by whom, and since when it is one."""

    reporter: str
    since: datetime


class Watch:
    """Notes what is wrong in `wrong`; never stops the story."""

    def __init__(self, slack: Slack, database: Path) -> None:
        self._slack = slack
        self._file = sqlite3.connect(f"file:{database}?mode=ro", uri=True, isolation_level=None)
        self._file.row_factory = sqlite3.Row
        self.wrong: list[str] = []
        self.posted: Counter[str] = Counter()
        """How many times each key was posted."""
        self.pings: Counter[tuple[str, str, str]] = Counter()
        """Direct messages nobody asked for, by person, week, and kind."""
        self.secrets: dict[str, Secret] = {}
        """By their tags."""
        self._confidential = 0
        self._noted: set[str] = set()

    def query(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        """Rows of what is committed now."""
        return self._file.execute(sql, values).fetchall()

    def close(self) -> None:
        self._file.close()

    def note(self, what: str) -> None:
        """Something is wrong; the same is noted once."""
        if what not in self._noted:
            self._noted.add(what)
            self.wrong.append(f"{self._slack.now():%Y-%m-%d %H:%M:%S} {what}")

    # Calls

    def before(self, method: str, request: Request) -> None:
        """No post without its mark: it is committed as being said directly before it is."""
        if method != "chat.postMessage":
            return
        key = key_in(read(request))
        if key and not self._is_calling(key):
            self.note(f"posted without a mark: {self._named(key)}")

    def after(self, method: str, request: Request, answer: Answer) -> None:
        """What Slack did with it."""
        if not answer.ok:
            return
        self._learn()
        args = read(request)
        self._discreet(method, args)
        if method == "chat.postMessage":
            self._said(args, str(answer.body["channel"]))

    def keeps(self, tag: str, reporter: str) -> None:
        """A report that begins confidential."""
        self.secrets[tag] = Secret(reporter, self._slack.now())

    def _learn(self) -> None:
        """What was made confidential since."""
        rows = self.query("select reporter, body from conflicts where confidential = 1")
        if len(rows) == self._confidential:
            return
        self._confidential = len(rows)
        for row in rows:
            tag = TAG.search(json.loads(row["body"])["facts"]["subject"])
            if tag and tag[0] not in self.secrets:
                self.secrets[tag[0]] = Secret(row["reporter"], self._slack.now() + GRACE)

    def delivered(self, envelope: Envelope, reply: Reply) -> None:
        """What was answered to whoever pressed."""
        self._learn()
        if reply.body is None or not self.secrets:
            return
        user = envelope.payload.get("user")
        person = user["id"] if isinstance(user, dict) else envelope.payload.get("user_id")
        for tag in self._named_in(reply.body):
            if person not in self._may_know(tag):
                self.note(f"{person} was shown {tag}, which is confidential")

    def _said(self, args: dict[str, Any], channel: str) -> None:
        key = key_in(args)
        if not key:
            return
        self.posted[key] += 1
        place = self._slack.workspace.channels[channel]
        if place.kind != "im":
            return
        person = place.other(self._slack.app.bot_user)
        kinds = [row["kind"] for row in self.query("select kind from notices where key = ?", key)]
        if kinds and kinds[0] not in ANSWERS:
            year, week, _ = self._slack.now().isocalendar()
            self.pings[person, f"{year}-{week:02}", kinds[0]] += 1

    def _is_calling(self, key: str) -> bool:
        called = "select 1 from notices where (key = ? or told_with = ?) and state = 'calling'"
        cards = self.query(f"select {OF_A_POST} from messages where state = 'calling'")
        return bool(self.query(called, key, key)) or key in {card_key(row) for row in cards}

    def _named(self, key: str) -> str:
        rows = self.query('select kind, "to", state from notices where key = ?', key)
        return ", ".join(str(tuple(row)) for row in rows) or f"key {key}"

    # Confidential conflicts

    def _discreet(self, method: str, args: dict[str, Any]) -> None:
        """Nobody is told of a confidential conflict who does not take part in it."""
        for tag in self._named_in(args):
            allowed = self._may_know(tag)
            for person in self._audience(method, args):
                if person not in allowed:
                    self.note(f"{person} was told of {tag}, which is confidential, by {method}")

    def _named_in(self, shown: Any) -> Iterator[str]:
        if self.secrets:
            words = json.dumps(shown)
            now = self._slack.now()
            yield from (tag for tag, secret in self.secrets.items() if secret.since <= now and tag in words)

    def _audience(self, method: str, args: dict[str, Any]) -> list[str]:
        slack = self._slack
        if "channel" in args:
            place = slack.workspace.channels.get(str(args["channel"]))
            members = place.members if place else [str(args["channel"])]
            everybody = [p for p, who in slack.workspace.people.items() if not who.bot]
            return everybody if place and place.kind == "public" else _without(members, slack.app.bot_user)
        trigger = slack.triggers.get(str(args.get("trigger_id", "")))
        view = slack.views.get(str(args.get("view_id", "")))
        found = trigger.person if trigger else view.person if view else args.get("user_id")
        return [str(found)] if found else []

    def _may_know(self, tag: str) -> set[str]:
        """Who takes part, and the members of the private channel its card stands in."""
        rows = self.query("select id, home from conflicts where body like ?", f"%{tag}%")
        if not rows:
            return {self.secrets[tag].reporter}
        id, home = rows[0]
        inside = {row["person"] for row in self.query("select person from insiders where conflict = ?", id)}
        place = self._slack.workspace.channels.get(home or "")
        return (
            inside | {self.secrets[tag].reporter} | set(place.members if place and place.is_private else ())
        )


def read(request: Request) -> dict[str, Any]:
    """The arguments of a call, or the body of an answer."""
    try:
        return dict(arguments(request, form_only=False).values)
    except Refused:
        return {}


def key_in(args: dict[str, Any]) -> str:
    """The key a message of ours carries."""
    metadata = args.get("metadata") or {}
    if isinstance(metadata, str):
        metadata = json.loads(metadata)
    return str((metadata.get("event_payload") or {}).get("key", ""))


def card_key(row: sqlite3.Row) -> str:
    """The key of a card or another post, as the bot makes it."""
    return key_of(row["subject"] or row["conflict"], row["kind"], row["lane"], row["reposted"])


def _without(people: list[str], person: str) -> list[str]:
    return [each for each in people if each != person]
