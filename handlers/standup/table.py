"""What is listened to about standups, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.guard import Listener
from handlers.standup import listeners
from handlers.standup.names import Acts, Views

STANDUP: tuple[Listener, ...] = (
    Listener("action", Acts.NOTHING, "change", Act.ANSWER_STANDUP, listeners.on_nothing),
    Listener("action", Acts.REPORT, "show", Act.REPORT_ISSUE, listeners.on_report),
    Listener("view", Views.ISSUE, "change", Act.REPORT_ISSUE, listeners.on_reported),
    Listener("action", Acts.CHANGE, "show", Act.REPORT_ISSUE, listeners.on_change),
    Listener("action", Acts.CHANGE_ISSUE, "show", Act.CHANGE_ISSUE, listeners.on_change_issue),
    Listener("view", Views.CHANGE, "change", Act.CHANGE_ISSUE, listeners.on_changed),
    Listener("action", Acts.SPARE, "change", Act.CHOOSE_QUESTIONS, listeners.on_spare),
    Listener("action", Acts.ALWAYS, "change", Act.CHOOSE_QUESTIONS, listeners.on_always),
    Listener("action", Acts.CONFLICT, "show", Act.REPORT, listeners.on_conflict),
    Listener("action", Acts.ITEM, "show", Act.MAKE_ITEM_OF_ISSUE, listeners.on_item),
    Listener("view", Views.ITEM, "change", Act.MAKE_ITEM_OF_ISSUE, listeners.on_item_sent),
    Listener("action", Acts.ALL, "show", Act.SEE, listeners.on_all),
    Listener("action", Acts.BEFORE, "show", Act.SEE, listeners.on_page),
    Listener("action", Acts.MORE, "show", Act.SEE, listeners.on_page),
)
