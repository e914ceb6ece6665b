"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    NEXT = "meetings_next"
    MOVE = "meeting_move_form"
    SKIP = "meeting_skip_form"
    EXTRA = "meeting_add_form"
    CADENCES = "cadences"
    CADENCE = "cadence_form"
    CADENCE_PREVIEW = "cadence_preview"


class Acts(StrEnum):
    """Action ids of buttons and inputs."""

    NEXT = "meetings"
    MOVE = "meeting_move"
    SKIP = "meeting_skip"
    EXTRA = "meeting_add"
    CHANGED = "meeting_form_changed"
    CADENCES = "cadences_open"
    CADENCE_EDIT = "cadence_edit"
    CADENCE_CHANGED = "cadence_form_changed"
    CADENCE_BACK = "cadence_back"
