"""From the visible text of a choice to what the window sends."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sandbox.acts import clicking
from sandbox.reading import Control, Eyes, controls, names_of, option_named
from sandbox.refusal import Json
from sandbox.seen import NotVisible
from sandbox.views import options_of

if TYPE_CHECKING:
    from sandbox.slack import Slack

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TIME = re.compile(r"\d\d:\d\d")


async def choice(
    slack: Slack, eyes: Eyes, place: clicking.Place, control: Control, option: str, query: str | None
) -> Json:
    """What choosing `option` means for any select, radio, picker of people, channels, dates or times."""
    if control.kind in {"external_select", "multi_external_select"}:
        typed = option if query is None else query
        outcome = await clicking.suggest(slack, place, *control.ids, typed)
        if outcome.trouble:
            raise NotVisible(f"{control.label!r} found nothing for {typed!r}: {outcome.trouble}")
        return chosen_option(eyes, control, list(outcome.options), option)
    if control.kind in {"datepicker", "timepicker", "datetimepicker"}:
        return pick_date(slack, eyes, control, option)
    if any(noun in control.kind for noun in ("users", "channels", "conversations")):
        return pick_person(slack, eyes, control, option)
    return chosen_option(eyes, control, options_of(control.element), option)


def find_control(eyes: Eyes, blocks: list[Json], label: str, nth: int, where: str) -> Control:
    """An input or choice by any of its visible names; raises NotVisible with the labels there are."""
    inputs = [control for control in controls(eyes, blocks) if control.kind != "button"]
    found = [control for control in inputs if label in names_of(control, eyes)]
    if len(found) <= nth:
        there = [control.label for control in inputs]
        raise NotVisible(f"no {label!r} (number {nth + 1}) in {where}; there are {there}")
    return found[nth]


def chosen_option(eyes: Eyes, control: Control, options: list[Json], text: str) -> Json:
    """A select's or radio's choice."""
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
