"""Messages as the page draws them: who, when, and what of them is safe HTML."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zlib import crc32
from zoneinfo import ZoneInfo

from markupsafe import Markup

from sandbox.blocks.render import message_html
from sandbox.blocks.state import HELD
from sandbox.messages import Ephemeral, Message
from sandbox.mrkdwn import html
from sandbox.mrkdwn.emoji import picture, pictured
from sandbox.refusal import Json
from sandbox.views import elements_of

if TYPE_CHECKING:
    from sandbox.page.window import Window
    from sandbox.people import Person

HUES = 10
TOGETHER = timedelta(minutes=5)
"""Messages of one author that follow each other so closely stand together."""
MOST_FACES = 4
SPOKEN = frozenset({"thread_broadcast", "bot_message", "file_share"})
"""Subtypes of what somebody says; the others tell what happened."""
CARD_BLOCKS = {"actions", "header", "table"}


@dataclass(frozen=True, slots=True)
class Eye:
    """How one person reads: names instead of ids, their zone, their day."""

    window: Window

    @property
    def names(self) -> dict[str, str]:
        workspace = self.window.slack.workspace
        seen = {channel.id for channel in workspace.visible_to(self.window.me)}
        channels = {
            each.id: each.name if each.id in seen else "private-channel"
            for each in workspace.channels.values()
            if each.name
        }
        return {person.id: person.first_name for person in workspace.people.values()} | channels

    @property
    def zone(self) -> str:
        return self.window.person.zone

    def local(self, at: datetime) -> datetime:
        return at.astimezone(ZoneInfo(self.zone))

    @property
    def now(self) -> datetime:
        return self.local(self.window.slack.now())

    def of_ts(self, ts: str) -> datetime:
        return self.local(datetime.fromtimestamp(float(ts), UTC))

    def day(self, at: datetime) -> str:
        """*Today*, *Yesterday*, or the date."""
        days = (self.now.date() - at.date()).days
        return {0: "Today", 1: "Yesterday"}.get(days, f"{at:%A} {at.day} {at:%B}")

    def moment(self, at: datetime) -> tuple[str, str]:
        """Day and time, as short as a clock on a wall."""
        local = self.local(at)
        return f"{local:%a} {local.day} {local:%b}", f"{local:%H:%M}"

    def body(self, text: str, blocks: list[Json]) -> Markup:
        """Blocks win over text, as on the screen; either is safe to show."""
        if blocks:
            return Markup(message_html(blocks, self.names, self.zone, self.now.date()))
        return Markup(html(text, self.names, self.zone, self.now.date()))


def face(person: Person) -> Json:
    """What stands beside a message or in a list: initials, a colour, a name."""
    words = person.real_name.split()
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()
    return {
        "id": person.id,
        "name": person.real_name,
        "initials": initials,
        "hue": crc32(person.id.encode()) % HUES,
        "bot": person.bot,
        "title": person.title,
        "status": f"{pictured(person.status_emoji)} {person.status_text}".strip(),
        "gone": person.deactivated,
    }


def conversation(window: Window) -> list[Json]:
    """What the open channel shows, oldest first, with what only this person sees."""
    shown: list[Message | Ephemeral] = [*window.channel.top_level(), *_whispered(window, "")]
    return list(_drawn(window, sorted(shown, key=lambda message: float(message.ts))))


def thread(window: Window) -> list[Json]:
    """The parent and its replies."""
    parent = window.channel.messages[window.thread]
    below: list[Message | Ephemeral] = [*window.channel.replies(parent.ts), *_whispered(window, parent.ts)]
    return list(_drawn(window, sorted([parent, *below], key=lambda message: float(message.ts))))


def _whispered(window: Window, parent: str) -> list[Ephemeral]:
    mine = window.slack.ephemerals.get(window.me, [])
    return [message for message in mine if (message.channel, message.thread_ts) == (window.at, parent)]


def _drawn(window: Window, messages: list[Message | Ephemeral]) -> Iterator[Json]:
    eye, above = Eye(window), None
    for message in messages:
        drawn = (
            _message(window, eye, message) if isinstance(message, Message) else _whisper(window, eye, message)
        )
        at = eye.of_ts(message.ts)
        new_day = above is None or at.date() != above["at"].date()
        drawn |= {"ts": message.ts, "at": at, "fresh": message.ts == window.fresh}
        drawn["day"] = eye.day(at) if new_day else ""
        drawn["follows"] = not new_day and not drawn["fresh"] and _belong_together(above, drawn)
        yield drawn
        above = drawn


def _belong_together(above: Json | None, drawn: Json) -> bool:
    """Whether a message needs no face and name of its own below the other."""
    if above is None or drawn["at"] - above["at"] > TOGETHER:
        return False
    plain = not any(each["system"] or each["only_me"] for each in (above, drawn))
    return plain and all(above[key] == drawn[key] for key in ("author", "face"))


def _message(window: Window, eye: Eye, message: Message) -> Json:
    slack = window.slack
    author = slack.workspace.people[message.user]
    replies = window.channel.replies(message.ts) if not message.is_reply else []
    return {
        "face": face(author),
        "author": message.username or author.real_name,
        "app": bool(message.bot_id) or author.bot,
        "html": eye.body(message.text, _as_chosen(window, message)),
        "card": bool(message.bot_id) and _is_card(message.blocks),
        "reactions": list(_reactions(window, message)),
        "replies": len(replies),
        "repliers": [face(slack.workspace.people[who]) for who in _in_order(replies)],
        "last_reply": _last(eye, replies),
        "mine": message.user == window.me or window.person.admin,
        "edited": message.edited is not None and not author.bot,
        "system": bool(message.subtype) and message.subtype not in SPOKEN,
        "files": [{"name": file["name"], "title": file["title"], "id": file["id"]} for file in message.files],
        "only_me": False,
    }


def _whisper(window: Window, eye: Eye, message: Ephemeral) -> Json:
    app = window.slack.workspace.people[window.slack.app.bot_user]
    return {
        "face": face(app),
        "author": app.real_name if message.from_app else "Sandbox",
        "app": True,
        "html": eye.body(message.text, message.blocks),
        "card": False,
        "system": False,
        "only_me": True,
        "trouble": not message.from_app,
    }


def _is_card(blocks: list[Json]) -> bool:
    return any(block["type"] in CARD_BLOCKS or block.get("fields") for block in blocks)


def _in_order(replies: list[Message]) -> list[str]:
    return list(dict.fromkeys(reply.user for reply in replies))[:MOST_FACES]


def _last(eye: Eye, replies: list[Message]) -> str:
    """When the newest reply was written: the time today, else the day."""
    if not replies:
        return ""
    at = eye.of_ts(replies[-1].ts)
    day = eye.day(at)
    return {"Today": f"{at:%H:%M}", "Yesterday": "yesterday"}.get(day, day)


def _as_chosen(window: Window, message: Message) -> list[Json]:
    """The blocks with what this person has chosen in them."""
    held = window.slack.choices.get((window.me, message.ts))
    if not held:
        return message.blocks
    blocks = copy.deepcopy(message.blocks)
    for block in blocks:
        for element in elements_of(block):
            chosen = held.get(block["block_id"], {}).get(element["action_id"])
            if chosen is not None and HELD[element["type"]][1]:
                key, initial, _ = HELD[element["type"]]
                element.pop(initial, None)
                element |= {initial: chosen[key]} if chosen.get(key) else {}
    return blocks


def _reactions(window: Window, message: Message) -> Iterator[Json]:
    people = window.slack.workspace.people
    for name, who in message.reactions.items():
        if who:
            yield {
                "name": name,
                "picture": picture(name),
                "count": len(who),
                "mine": window.me in who,
                "who": ", ".join(people[person].first_name for person in who),
            }
