"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    AWAY = "away_form"


class Acts(StrEnum):
    """Action ids of buttons and of inputs that are listened to."""

    AWAY = "im_away"
    BACK = "im_back"
    CHANGED = "away_changed"
