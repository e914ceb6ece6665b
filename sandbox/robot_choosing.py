"""From the visible text of a choice to what the window sends."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.reading import Control, Eyes, option_named
from sandbox.refusal import Json
from sandbox.seen import NotVisible
from sandbox.views import options_of

if TYPE_CHECKING:
    from sandbox.slack import Slack

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d:\d\d")


def chosen_option(eyes: Eyes, control: Control, offered: list[Json] | None, text: str) -> Json:
    """A select's or radio's choice."""
    options = offered or options_of(control.element)
    option = option_named(eyes, options, text)
    if option is None:
        there = [eyes.label(option["text"]) for option in options]
        raise NotVisible(f"{control.label!r} offers no {text!r}; it offers {there}")
    return (
        {"selected_options": [option]} if control.kind.startswith("multi_") else {"selected_option": option}
    )


def ticked(eyes: Eyes, control: Control, held: Json, text: str, now: bool) -> Json:
    """All ticked boxes of a group after one more, or one less."""
    before = [option for option in held["selected_options"] if eyes.label(option["text"]) != text]
    option = option_named(eyes, control.element["options"], text)
    return {"selected_options": [*before, option] if now else before}


def pick_person(slack: Slack, eyes: Eyes, control: Control, name: str) -> Json:
    """A person or channel by name."""
    multiple = control.kind.startswith("multi_")
    noun = control.kind.removeprefix("multi_").removesuffix("_select").removesuffix("s")
    if noun == "user":
        chosen = slack.workspace.person(name).id
    else:
        chosen = slack.workspace.channel(name).id
        if slack.workspace.channels[chosen] not in slack.workspace.visible_to(eyes.person):
            raise NotVisible(f"{name} is not in this person's list")
    return {f"selected_{noun}s": [chosen]} if multiple else {f"selected_{noun}": chosen}


def pick_date(slack: Slack, eyes: Eyes, control: Control, text: str) -> Json:
    """`2026-11-21`, `13:00`, or both for a date and time in the person's own zone."""
    if control.kind == "datepicker" and _DATE.fullmatch(text):
        return {"selected_date": text}
    if control.kind == "timepicker" and _TIME.fullmatch(text):
        return {"selected_time": text}
    if control.kind != "datetimepicker":
        raise NotVisible(f"{text!r} cannot be picked in a {control.kind}")
    at = datetime.fromisoformat(text)
    zone = ZoneInfo(slack.workspace.people[eyes.person].zone)
    aware = at if at.tzinfo else at.replace(tzinfo=zone)
    return {"selected_date_time": int(aware.timestamp())}
