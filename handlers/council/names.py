"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum

COMMAND = "/ai-council"


class Views(StrEnum):
    """Callback ids of modals."""

    WHICH = "which_form"
    ANSWER = "which_answer"
    SEARCH = "search_form"
    DECISIONS = "decisions_page"


class Acts(StrEnum):
    """Action ids of buttons."""

    ASK_WHICH = "ask_which"
    DECISIONS = "decisions"
    OLDER = "decisions_older"
    NEWER = "decisions_newer"
    SEARCH = "search_decisions"
