"""Under every answer to a subcommand: the way to the form, for who meant a report."""

from __future__ import annotations

from slack_sdk.models.blocks import ButtonElement

from handlers import kit
from handlers.conflicts.names import Acts

MOST_VALUE = 2000
"""Characters Slack lets a button carry."""


def report_instead(typed: str) -> ButtonElement:
    """What was typed stands in the form; where nothing was typed but a button pressed, it is empty."""
    if typed:
        return kit.button("Report this instead", Acts.REPORT_INSTEAD, typed[:MOST_VALUE])
    return kit.button("Report a conflict", Acts.REPORT, "new")
