"""What waits for the others: a person who has just been written to is one click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sandbox.page.messages import face
from sandbox.reading import Eyes
from sandbox.seen import shown_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sandbox.page.window import Window
    from sandbox.refusal import Json

MOST_PEOPLE = 4
MOST_WORDS = 80


def elsewhere(window: Window) -> list[Json]:
    """Other people with unread direct messages, the newest first, with its first words."""
    waiting = sorted(_waiting(window), key=lambda each: each["ts"], reverse=True)
    return waiting[:MOST_PEOPLE]


def _waiting(window: Window) -> Iterator[Json]:
    page, slack = window.page, window.slack
    people = slack.workspace.people
    for channel in slack.workspace.channels.values():
        if channel.kind != "im":
            continue
        for member in channel.members:
            if member == window.me or people[member].bot:
                continue
            news = list(page.news(member, channel))
            if news:
                words = shown_text(Eyes(slack, member), news[0].text, news[0].blocks)
                yield {
                    "ts": float(news[0].ts),
                    "face": face(people[member]),
                    "first_name": people[member].first_name,
                    "channel": channel.id,
                    "unread": len(news),
                    "words": " ".join(words.split())[:MOST_WORDS],
                }
