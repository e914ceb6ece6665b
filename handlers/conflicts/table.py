"""What is listened to about conflicts, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.conflicts import (
    answering,
    changes,
    changing,
    commands,
    deciding,
    details,
    hearing,
    listing,
    reporting,
)
from handlers.conflicts.names import COMMAND, REPORT_MESSAGE, REPORT_SHORTCUT, Acts, Views
from handlers.guard import Listener

CONFLICTS: tuple[Listener, ...] = (
    Listener("command", COMMAND, "show", Act.REPORT, commands.on_command),
    Listener("action", Acts.REPORT_INSTEAD, "show", Act.REPORT, commands.on_report_instead),
    Listener("action", Acts.REPORT, "show", Act.REPORT, commands.on_report),
    Listener("action", Acts.LIST_OPEN, "show", Act.SEE, listing.on_list_open),
    Listener("action", Acts.LIST_MINE, "show", Act.SEE, listing.on_list_mine),
    Listener("action", Acts.LIST_OVERDUE, "show", Act.SEE, listing.on_list_overdue),
    Listener("action", Acts.DETAILS, "show", Act.SEE, details.on_details),
    Listener("shortcut", REPORT_SHORTCUT, "show", Act.REPORT, reporting.on_global_shortcut),
    Listener("shortcut", REPORT_MESSAGE, "show", Act.REPORT, reporting.on_message_shortcut),
    Listener("action", Acts.ADD_DETAILS, "show", Act.REPORT, reporting.on_form_changed),
    Listener("action", Acts.FIELD, "show", Act.REPORT, reporting.on_form_changed, within=Views.REPORT),
    Listener("options", "source", "show", Act.REPORT, reporting.on_source_typed),
    Listener("view", Views.REPORT, "change", Act.REPORT, reporting.on_submit),
    Listener("view", Views.DUPLICATES, "change", Act.REPORT, reporting.on_continue),
    Listener("action", Acts.ACKNOWLEDGE, "change", Act.ACKNOWLEDGE, answering.on_acknowledge),
    Listener("action", Acts.TAKE_OVER, "change", Act.TAKE_OVER, answering.on_take_over),
    Listener("action", Acts.DECIDE, "show", Act.DECIDE, deciding.on_decide),
    Listener("action", Acts.DECIDE_FURTHER, "show", Act.DECIDE, deciding.on_decide_further),
    Listener("action", Acts.ADD_MORE, "show", Act.DECIDE, deciding.on_form_changed),
    Listener("action", Acts.STANDS, "show", Act.DECIDE, deciding.on_form_changed),
    Listener("view", Views.DECIDE, "change", Act.DECIDE, deciding.on_submit),
    Listener("action", Acts.MENU, "show", Act.SEE, changing.on_menu),
    Listener("action", Acts.ADD_CONTEXT, "show", Act.ADD_CONTEXT, changing.on_add_context),
    Listener("action", Acts.JUST_CONTEXT, "show", Act.ADD_CONTEXT, changing.on_just_context),
    Listener("action", Acts.HAND_OVER, "show", Act.HAND_OVER, changing.on_hand_over),
    Listener("action", Acts.EXTEND, "show", Act.EXTEND, changing.on_extend),
    Listener("view", Views.CONTEXT, "change", Act.ADD_CONTEXT, changing.on_context_sent),
    Listener("view", Views.HAND_OVER, "change", Act.HAND_OVER, changing.on_hand_over_sent),
    Listener("view", Views.EXTEND, "change", Act.EXTEND, changing.on_extend_sent),
    Listener("view", Views.WITHDRAW, "change", Act.WITHDRAW, changing.on_withdraw_sent),
    *(
        Listener("action", f"{Acts.CHOOSE}_{place}", "show", Act.DECIDE, deciding.on_decide)
        for place in range(hearing.MOST_CHOICES)
    ),
    Listener("event", "message", "hear", Act.ACKNOWLEDGE, hearing.on_message),
    Listener("event", "reaction_added", "hear", Act.ACKNOWLEDGE, hearing.on_reaction),
    Listener("event", "user_change", "hear", None, changes.on_person_changed),
    Listener("event", "channel_archive", "hear", None, changes.on_channel_changed),
    Listener("event", "channel_unarchive", "hear", None, changes.on_channel_changed),
    Listener("event", "channel_rename", "hear", None, changes.on_channel_changed),
    Listener("event", "channel_shared", "hear", None, changes.on_sharing),
    Listener("event", "channel_unshared", "hear", None, changes.on_sharing),
    Listener("event", "group_archive", "hear", None, changes.on_channel_changed),
    Listener("event", "group_unarchive", "hear", None, changes.on_channel_changed),
    Listener("event", "group_rename", "hear", None, changes.on_channel_changed),
    Listener("event", "member_joined_channel", "hear", None, changes.on_membership),
    Listener("event", "member_left_channel", "hear", None, changes.on_membership),
)
