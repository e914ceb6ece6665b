"""The form **Morning hour**, and the list behind **Show all**."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from council.hours import Hours
from council.morning_hour import OPENING, offered
from council.people import Person
from handlers import forms, kit
from handlers.conflicts.rows import packed
from handlers.forms import Form, field
from handlers.morning.names import Views

TITLE = "Morning hour"
MOST_BLOCKS = 95
WHAT_FOR = (
    "What waits for the start of your day comes then, in one message; nothing waiting, no message. "
    "What is due inside your day comes at its time."
)


class HourForm(Form):
    """*Morning hour*, as chosen."""

    hour: str | None = None


def hour_modal(person: Person, hours: Hours) -> View:
    """When their day begins."""
    options = [kit.option(f"When work opens, {hours.opens:%H:%M}", OPENING)]
    options += [kit.option(f"{at:%H:%M}", f"{at:%H:%M}") for at in offered(hours)]
    chosen = f"{person.morning:%H:%M}" if person.morning else OPENING
    blocks: list[Block] = [
        kit.text(WHAT_FOR),
        field("hour", "When does your day begin?", forms.select(options, chosen), hint=_clock(person)),
    ]
    return forms.modal(Views.HOUR, TITLE, blocks, submit="Save")


def _clock(person: Person) -> str:
    return f"On your own clock in Slack, which is {person.zone} now."


def all_modal(rows: Iterable[str]) -> View:
    """Everything a message spoke of, a line each."""
    blocks = packed("*Since we last spoke*", [f"• {row}" for row in rows])
    return forms.modal(Views.ALL, "All of it", blocks[:MOST_BLOCKS], close="Done")
