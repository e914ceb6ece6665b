"""Every id this slice uses in Slack. They stand in messages for years: never rename one, only add."""

from __future__ import annotations

from enum import StrEnum

from handlers.conflicts.names import Acts as OfConflictActs
from handlers.conflicts.names import Views as OfConflicts


class Views(StrEnum):
    """Callback ids of modals."""

    RECORD = "meeting_record_form"
    DECIDE = OfConflicts.DECIDE_IN_MEETING
    OWNER = "meeting_owner_form"
    CARRY = "meeting_carry_form"
    ATTENDANCE = "meeting_attendance_form"
    ARRANGE = "meeting_arrange_form"
    EDIT = "minutes_form"


class Acts(StrEnum):
    """Action ids of buttons. The value is the meeting's id, mostly with the item it stands under."""

    START = OfConflictActs.START_MEETING
    RECORD_OUTCOMES = "meeting_record_outcomes"
    NOT_HELD = "meeting_not_held"
    RECORD = "meeting_record"
    OWNER = "meeting_owner"
    CARRY = "meeting_carry"
    NEXT = "meeting_next"
    FINISH = "meeting_finish"
    FINISH_NOW = "meeting_finish_now"
    BACK = "meeting_back"
    CARRY_REST = "meeting_carry_rest"
    MENU = "meeting_menu"
    EDIT = "minutes_edit"
    CHOSEN = "minutes_chosen"
    CONFIRM = "minutes_confirm"
    HISTORY = "minutes_history"
    DOWNLOAD = "minutes_download"
    FILE = "minutes_file"


class Entries(StrEnum):
    """What the … menu offers; its values are *entry:meeting|item*."""

    BACK = "back"
    ATTENDANCE = "attendance"
    ARRANGE = "arrange"
    NOTHING = "nothing"


def value(meeting: str, item: str) -> str:
    """What a button carries: the meeting and the item that it stands under."""
    return f"{meeting}|{item}"


def parsed(carried: str) -> tuple[str, str]:
    """The meeting and the item."""
    meeting, _, item = carried.partition("|")
    return meeting, item
