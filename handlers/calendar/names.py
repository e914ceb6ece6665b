"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Acts(StrEnum):
    """Action ids of buttons; their value says whose calendar: *mine* or *council*."""

    SHOW_LINK = "calendar_show_link"
    NEW_LINK = "calendar_new_link"
    REMOVE_LINK = "calendar_remove_link"
    DOWNLOAD = "calendar_download"
