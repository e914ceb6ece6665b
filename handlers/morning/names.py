"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    HOUR = "morning_hour_form"
    ALL = "morning_all_of_it"


class Acts(StrEnum):
    """Action ids of buttons."""

    HOUR = "morning_hour"
    ALL = "morning_all"
