"""What is listened to about action items, and which permission each of them asks."""

from __future__ import annotations

from council.permissions import Act
from handlers.actions import listeners, listing
from handlers.actions.names import Acts, Views
from handlers.conflicts.names import Acts as Conflicts
from handlers.guard import Listener

ACTIONS: tuple[Listener, ...] = (
    Listener("action", Conflicts.ASK_FOR_DATA, "show", Act.ASK_FOR_DATA, listeners.on_ask),
    Listener("view", Views.ASK, "change", Act.ASK_FOR_DATA, listeners.on_ask_sent),
    Listener("action", Acts.MINE, "show", Act.SEE, listing.on_mine),
    Listener("action", Acts.DONE, "change", Act.DO_ITEM, listeners.on_done),
    Listener("action", Acts.ANSWER, "show", Act.DO_ITEM, listeners.on_answer),
    Listener("view", Views.ANSWER, "change", Act.DO_ITEM, listeners.on_answer_sent),
    Listener("action", Acts.SNOOZE, "show", Act.DO_ITEM, listeners.on_snooze),
    Listener("view", Views.SNOOZE, "change", Act.DO_ITEM, listeners.on_snooze_sent),
    Listener("action", Acts.PASS_ON, "show", Act.PASS_ON_ITEM, listeners.on_pass_on),
    Listener("view", Views.PASS_ON, "change", Act.PASS_ON_ITEM, listeners.on_pass_on_sent),
)
