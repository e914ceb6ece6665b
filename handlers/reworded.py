"""The texts an organisation may word itself: what each may speak of, tried before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from slack_sdk.models.blocks import Block

from council.cadence import Ceremony, next_occurrence
from council.links import is_link
from council.rhythm import prepared_as
from council.sentence import Sentence, say
from council.workspace import Wordings, Workspace
from handlers import kit
from handlers.texts import Mrkdwn, Texts, moment

SPEAKS_OF = {
    "standup_prompt": ("standup", "starts", "where", "instead_of"),
    "agenda_intro": ("ceremony", "empty"),
}
"""What the words in {{ braces }} of each text may be."""


LABELS = {"standup_prompt": "Prompt of the standup", "agenda_intro": "Intro of the agenda"}


@cache
def texts() -> Texts:
    """The environment in which they are tried."""
    return Texts()


def mistakes(worded: Wordings, workspace: Workspace, now: datetime) -> dict[str, Sentence]:
    """What is wrong with each, tried with what it would speak of now; nothing with one that is as shipped."""
    tried = {text: getattr(worded, text) for text in SPEAKS_OF}
    found = {text: texts().mistake(own, facts_of(text, workspace, now)) for text, own in tried.items() if own}
    return {text: say("It does not work: {why}.", why=why) for text, why in found.items() if why}


def rendered(worded: Wordings, workspace: Workspace, now: datetime) -> list[Block]:
    """How they would read now."""
    return [
        kit.text(f"*{label}* reads:\n{_words(text, getattr(worded, text), workspace, now)}")
        for text, label in LABELS.items()
    ]


def _words(text: str, own: str, workspace: Workspace, now: datetime) -> str:
    return texts().worded(text, own, facts_of(text, workspace, now))


def facts_of(text: str, workspace: Workspace, now: datetime) -> Mapping[str, Any]:
    """What the text would speak of now: of the ceremony that takes place next."""
    ceremony = _next(workspace, "standup" if text == "standup_prompt" else "meeting", now)
    called = kit.clip(ceremony.name if ceremony else "AI integration standup", 100)
    if text == "agenda_intro":
        return {"ceremony": called, "empty": False}
    occurrence = ceremony and next_occurrence(workspace.calendar, ceremony.key, now)
    place = (ceremony.where if ceremony else None) or ""
    return {
        "standup": called,
        "starts": moment(occurrence.starts if occurrence else now, workspace.hours.zone),
        "summary": moment(occurrence.starts if occurrence else now, workspace.hours.zone),
        "where": Mrkdwn(kit.link(place, "join")) if is_link(place) else kit.clip(place, 100),
        "instead_of": "",
        "several": False,
        "why": "",
        "answered": False,
        "issues": False,
    }


def _next(workspace: Workspace, kind: str, now: datetime) -> Ceremony | None:
    """The first of the kind to take place."""
    found = (
        (occurrence.starts, ceremony)
        for ceremony in workspace.configuration.ceremonies
        if prepared_as(ceremony) == kind
        and (occurrence := next_occurrence(workspace.calendar, ceremony.key, now))
    )
    return min(found, key=lambda each: each[0], default=(now, None))[1]
