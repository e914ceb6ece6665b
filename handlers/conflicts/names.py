"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum


class Views(StrEnum):
    """Callback ids of modals, and the block ids of inputs that are listened to while a modal is open."""

    REPORT = "report"
    DUPLICATES = "duplicates"
    TYPE = "type"
    DECIDE = "decide_form"
    CONTEXT = "context_form"
    HAND_OVER = "hand_over_form"
    EXTEND = "extend_form"
    WITHDRAW = "withdraw_form"
    DETAILS = "details"
    CORRECT = "correct_form"
    KIND = "kind_form"
    SAME_AS = "same_as_form"
    CONFIDENTIAL = "confidential_form"
    REOPEN = "reopen_form"
    NOT_SOLVED = "not_solved_form"
    ASK_FOR_CALL = "ask_for_call_form"
    CALL = "call_form"
    DECLINE_CALL = "decline_call_form"


class Acts(StrEnum):
    """Action ids of buttons and menus."""

    ADD_DETAILS = "add_details"
    ADD_MORE = "add_more"
    ADD_ITEM = "add_item"
    STANDS = "signal_chosen"
    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    DECIDE_FURTHER = "decide_further"
    DETAILS = "details"
    MENU = "conflict_menu"
    ADD_CONTEXT = "add_context"
    HAND_OVER = "hand_over"
    EXTEND = "extend_deadline"
    AGREE = "agree_later"
    KEEP = "keep_deadline"
    WITHDRAW = "withdraw"
    TAKE_OVER = "take_over"
    JUST_CONTEXT = "just_context"
    CHOOSE = "choose"
    SEE_CARD = "see_card"
    REPORT_INSTEAD = "report_instead"
    REPORT = "report"
    LIST_OPEN = "list_open"
    LIST_MINE = "list_mine"
    LIST_OVERDUE = "list_overdue"
    FIELD = "field"
    CORRECT = "correct"
    CHANGE_KIND = "change_kind"
    KIND_CHOSEN = "kind_chosen"
    SAME_AS = "same_as"
    ASK_FOR_DATA = "ask_for_data"
    CALL = "call_meeting"
    DECLINE_CALL = "decline_call"
    MAKE_CONFIDENTIAL = "make_confidential"
    REOPEN = "reopen"
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"


REPORT_SHORTCUT = "report_conflict"
REPORT_MESSAGE = "report_message"
COMMAND = "/ai-conflict"
