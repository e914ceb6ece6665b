"""Every button leads somewhere, and everything that is listened to can be pressed somewhere."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import handlers
from handlers.ceremonies import names as ceremonies
from handlers.conflicts import hearing
from handlers.conflicts.names import Acts, Views
from handlers.conflicts.receipt import receipt
from handlers.council import names as council
from handlers.listeners import LISTENERS
from handlers.morning import names as morning
from handlers.setup import names as setup
from handlers.standup import names as standup
from tests.council.builders import northwind, reported

NOT_PRESSED = frozenset({Acts.SEE_CARD, Acts.WITHDRAW})
"""A link in the text, and what stands only as an entry in the … menu, which has an id of its own."""
FIELDS_AND_READING = frozenset(
    {
        Views.TYPE,
        Views.DETAILS,
        council.Views.ANSWER,
        council.Views.DECISIONS,
        ceremonies.Views.NEXT,
        ceremonies.Views.CADENCES,
        setup.Views.HUB,
        setup.Views.TYPES,
        setup.Views.SAVED,
        setup.Views.VERSIONS,
        standup.Views.ANSWER,
        standup.Views.ISSUES,
        setup.Views.RULES,
        setup.Views.ROLES,
        morning.Views.ALL,
    }
)
"""The block id of an input, and windows that have nothing to send."""
SLICES = [
    import_module(f"handlers.{names.parent.name}.names")
    for names in sorted(Path(handlers.__path__[0]).glob("*/names.py"))
]
ACTS = [act for names in SLICES for act in getattr(names, "Acts", ())]
VIEWS = [view for names in SLICES for view in getattr(names, "Views", ())]


def registered(kind: str) -> set[str]:
    """The ids the code listens to, of one kind."""
    return {str(listener.name) for listener in LISTENERS if listener.kind == kind}


def test_every_action_id_has_a_listener_and_every_listener_an_id() -> None:
    """Each slice names its ids in one place; the choices of *which one?* are numbered."""
    numbered = {f"{Acts.CHOOSE}_{place}" for place in range(hearing.MOST_CHOICES)}
    drawn = {str(act) for act in ACTS if act is not Acts.CHOOSE and act not in NOT_PRESSED} | numbered
    assert drawn == registered("action")


def test_every_window_that_can_be_sent_has_a_listener_and_the_other_way_round() -> None:
    """Each slice names its windows in one place."""
    assert {str(view) for view in VIEWS if view not in FIELDS_AND_READING} == registered("view")


def test_the_receipt_only_has_buttons_that_lead_somewhere() -> None:
    """*Decide now* for one's own, *Add context* when no number was named."""
    workspace = northwind()
    conflict = reported(workspace, by="priya").conflict
    drawn = receipt(conflict, "priya", workspace).to_dict()
    pressed = [each["action_id"] for block in drawn["blocks"] for each in block.get("elements", [])]
    assert Acts.DECIDE_FURTHER in pressed
    assert set(pressed) <= registered("action")
