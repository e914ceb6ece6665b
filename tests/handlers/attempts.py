"""Who tries, in which scenes, and what is typed or chosen: what the table of permissions is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.stories.company import BOARD, COUNCIL, SALES

PEOPLE = {
    "member": "U0OMAR",
    "reporter": "U0NINA",
    "owner": "U0VERA",
    "asked": "U0DEAN",
    "chair": "U0REMY",
    "sponsor": "U0HUGO",
    "admin": "U0PAVEL",
    "guest": "U0GIL",
    "foreign": "U0OLGA",
    "deactivated": "U0LENA",
    "unknown": "U0WHO",
}
"""Every kind of person, towards a forecast reported by Nina that Vera owns and Dean was asked about."""
FULL = frozenset(PEOPLE) - {"guest", "foreign", "deactivated", "unknown"}
INSIDERS = frozenset({"reporter", "owner", "asked", "chair"})
"""Who sees it when it is confidential; the chair is RevOps lead, whom the route told."""
REFUSALS = (
    "Guests can't",
    "This belongs to another",
    "This account is deactivated",
    "I could not look you up",
    "There is no such conflict",
)
OWNER, REPORTER, CHAIR, ADMIN = (frozenset({who}) for who in ("owner", "reporter", "chair", "admin"))
SORTERS = OWNER | CHAIR
CONCERNED = frozenset({"reporter", "owner", "asked", "chair"})
ASKED = frozenset({"asked"})
PASSING_ON = ASKED | OWNER | CHAIR
"""The action item is Dean's, whom the chain asked; Vera, the owner, gave it to him."""
MAKING = ASKED | REPORTER | CHAIR
"""At the standup Dean was asked, and Nina has reported an issue."""
WISHED = 1795258800
"""The later deadline that Vera has asked Nina for: Saturday 21 November 2026, 12:00 in Berlin."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the card stands, where people try, and which of them see the conflict there."""

    name: str
    seeing: frozenset[str]
    confidential: bool = True
    home: str = BOARD
    place: str = BOARD

    def __str__(self) -> str:
        return self.name


SCENES = (
    Scene("for everybody", frozenset(PEOPLE), confidential=False, home=COUNCIL, place=SALES),
    Scene("confidential", INSIDERS, place=SALES),
    Scene("confidential, inside its private channel", FULL),
)


LINE = {"type": "plain_text_input"}


def typed(words: str) -> dict[str, Any]:
    """What an input of text holds."""
    return {**LINE, "value": words}


def chosen(value: str) -> dict[str, Any]:
    """What a select or radio holds."""
    return {
        "type": "static_select",
        "selected_option": {"text": {"type": "plain_text", "text": "x"}, "value": value},
    }


def picked(person: str) -> dict[str, Any]:
    """What a list of people holds."""
    return {"type": "users_select", "selected_user": person}


COUNCIL_DAY = "council_meeting:2026-12-08"
COUNCIL_SEEN = '{{"ceremony": "council_meeting", "on": "2026-12-08", "starts": 1796720400}}'
FORECAST_SEEN = '{{"ceremony": "forecast_meeting", "on": "2026-11-19", "starts": 1795093200}}'
PREVIEWED = '{{"ceremony": "council_meeting", "based_on": 1, "draft": "cadence.{id}"}}'
ON_COUNCIL = '{{"ceremony": "council_meeting", "based_on": 1}}'
CADENCE = {
    "every": chosen("month"),
    "day": chosen("last tue"),
    "at": {"type": "timepicker", "selected_time": "10:00"},
    "minutes": {"type": "number_input", "value": "60"},
}
LATER_DAY = {
    "day": {"type": "datepicker", "selected_date": "2026-11-23"},
    "at": {"type": "timepicker", "selected_time": "14:00"},
}
CHANGED_TYPE = {
    "name": typed("Lead quality disagreement"),
    "seat_owner": chosen("coo"),
    "timeframe": chosen("within"),
    "limit": typed("24 hours"),
    "seat_chain": {
        "type": "multi_external_select",
        "selected_options": [{"text": {"type": "plain_text", "text": "x"}, "value": "chair"}],
    },
}
"""The form of a conflict type, with another owner."""
DAY = {"type": "datepicker", "selected_date": "2026-11-20"}
ABSENCE = {"since": DAY, "until": DAY}


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it is tried, and who may. `value` and `meta` may name {id} and {draft} of the conflict tried on.

    `about` is False for what concerns no conflict: then it makes no difference whether one is confidential.
    """

    who: frozenset[str]
    value: str = "{id}"
    within: str = ""
    state: dict[str, dict[str, Any]] = field(default_factory=dict)
    meta: str = '{{"conflict": "{id}"}}'
    about: bool = True
    called: bool = False
    """True for what is tried while an emergency meeting is asked for."""
    decided: bool = False
    """True for what is tried on a conflict that is decided already."""
    linked: bool = False
    """True for what is tried while the council's calendar has a link."""
    agenda: bool = False
    """True for what is tried on the agenda of a meeting that is ahead."""
    meeting: str = ""
    """How far the meeting is in which it is tried, with this conflict on its agenda; empty for none."""
    answers: bool = False
    """True for what answers in words instead of with a window."""
