"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    ADD = "agenda_add_form"
    PROPOSE = "agenda_propose_form"
    ARRANGE = "agenda_arrange_form"
    METRICS = "agenda_metrics_form"


class Acts(StrEnum):
    """Action ids of buttons and inputs."""

    SHOW = "agenda_show"
    OTHERS = "agenda_others"
    ADD = "agenda_add"
    PROPOSE = "agenda_propose"
    ARRANGE = "agenda_arrange"
    CHANGED = "agenda_arrange_changed"
    METRICS = "agenda_metrics"
