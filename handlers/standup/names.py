"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals."""

    ISSUE = "standup_issue_form"
    CHANGE = "standup_change_form"
    ITEM = "standup_item_form"
    ANSWER = "standup_answer"
    ISSUES = "standup_issues"


class Acts(StrEnum):
    """Action ids of buttons."""

    NOTHING = "standup_nothing"
    REPORT = "standup_report"
    SPARE = "standup_spare"
    ALWAYS = "standup_always"
    CHANGE = "standup_change"
    CHANGE_ISSUE = "standup_change_issue"
    CONFLICT = "standup_conflict"
    ITEM = "standup_item"
    ALL = "standup_all"
    BEFORE = "standup_before"
    MORE = "standup_more"


def of_issue(standup: str, issue: str) -> str:
    """What a button about an issue carries: both ids."""
    return f"{standup}:{issue}"


def both(value: str) -> tuple[str, str]:
    """The ids of the standup and its issue."""
    standup, _, issue = value.partition(":")
    return standup, issue
