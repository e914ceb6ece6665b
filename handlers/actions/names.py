"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum

from handlers.conflicts.names import Acts as Conflicts


class Views(StrEnum):
    """Callback ids of modals."""

    ASK = "ask_for_data_form"
    ANSWER = "answer_form"
    PASS_ON = "pass_on_form"
    SNOOZE = "snooze_form"


class Acts(StrEnum):
    """Action ids of buttons."""

    SNOOZE = "item_snooze"
    DONE = Conflicts.ITEM_DONE
    ANSWER = Conflicts.ITEM_ANSWER
    PASS_ON = "item_pass_on"
    MINE = "items_mine"
